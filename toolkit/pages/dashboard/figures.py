"""Everything that the dashboard shows of one round: part by part, in the order of the page."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from toolkit.evaluation import FIGURES, Snapshot, Wave
from toolkit.evaluation.release.conversation import Conversation
from toolkit.evaluation.release.frozen import of_module
from toolkit.evaluation.tables import Tables
from toolkit.evaluation.tables.talk import talk
from toolkit.pages.dashboard import charts as drawn
from toolkit.pages.dashboard import texts
from toolkit.pages.dashboard.conversation import conversation
from toolkit.pages.dashboard.modules import asked, modules
from toolkit.pages.dashboard.then import then
from toolkit.pages.page import Page
from toolkit.widgets import ChartState, Nothing, NoticeState

__all__ = ["Part", "figures"]

#: Of any component.
State = Mapping[str, object]


class Part(NamedTuple):
    """One part of the page.

    Attributes
    ----------
    name
        Its section (one of `PARTS`, or of what is always told), then what of it.
    component
        The class of `widgets` that shows it.
    state
        What that is told to show; without a title, nothing.
    """

    name: str
    component: str
    state: State


#: What a group said and decided beside its figures, in the order in which it comes to it: each part
#: with its component, and its name among what `conversation` returns.
_SAID = (
    ("relations", "Notice", "around"),
    ("relations/today", "ChartView", "today"),
    ("relations/desired", "ChartView", "desired"),
    ("relations/counts", "Table", "counts"),
    ("strategy", "Cards", "purposes"),
    ("plan/aims", "Cards", "aims"),
    ("plan/promises", "Cards", "promises"),
)


def figures(
    page: Page,
    wave: Wave,
    visible: Sequence[Wave],
    *,
    own: bool,
    parts: Sequence[str] = FIGURES,
    ties: bool = True,
) -> list[Part]:
    """Return every part that has something to show, in the order of the page.

    What a group said is among them only of a release: nothing else holds any of it.

    Parameters
    ----------
    page
        Says everything in its language.
    wave
        The round that is shown.
    visible
        Every round whose figures the visitor may see, in the order of time.
    own
        Whether the visitor is the evaluator, who is warned before the coalition sees.
    parts
        What is shown, of `PARTS`.
    ties
        Whether all who are named on a release's map still agree to it.
    """
    tables = page.source.tables(page.language)
    said = conversation(page, tables, wave, _said(page, wave, ties=ties))
    found = [
        *([Part("alike", "Notice", _alike(page, tables, wave))] if own else []),
        *_conditions(page, tables, wave, parts),
        *_lines(page, tables, wave, parts, said["notes"]),
        *(_modules(page, tables, wave, said["notes"]) if "modules" in parts else []),
        *_over_time(page, tables, wave, visible, parts),
        *(Part(name, component, said[of]) for name, component, of in _SAID),
        Part("how", "Notice", texts.how(page)),
    ]
    return [part for part in found if part.state.get("title")]


def _conditions(page: Page, tables: Tables, wave: Wave, parts: Sequence[str]) -> list[Part]:
    """Return the conditions side by side, and what to talk about first."""
    found = []
    if "conditions" in parts:
        everybody = _now(tables.profile(), wave)
        cards = texts.conditions(page, everybody)
        found += [
            Part("conditions", "Cards", cards),
            Part("conditions/profile", "ChartView", drawn.profile(page, wave.code, everybody)),
        ]
    if "guide" in parts:
        sided = any(part.paired for part in asked(page, wave)) and "modules" in parts
        chosen = talk(tables, wave.code, of_module)
        lines = tables.gaps(wave.code)
        guide = texts.guide(page, wave, chosen, lines, desired="desired" in parts, sided=sided)
        found.append(Part("guide", "Cards", guide))
    return found


def _alike(page: Page, tables: Tables, wave: Wave) -> NoticeState | Nothing:
    """Return what all answered alike, in the conditions and in the modules of a round."""
    apart = (of_module(tables, part.code).warnings() for part in asked(page, wave))
    warned = pd.concat([tables.warnings(), *apart], ignore_index=True)
    return texts.alike(page, _now(warned, wave))


def _said(page: Page, wave: Wave, *, ties: bool) -> Conversation:
    """Return what a release holds of what the group said of a round; nothing without one."""
    if not isinstance(page.source, Snapshot):
        return Conversation()
    said = page.source.conversation(wave.code)
    return said if ties else said.model_copy(update={"relations": None})


def _lines(
    page: Page,
    tables: Tables,
    wave: Wave,
    parts: Sequence[str],
    notes: Mapping[str, State],
) -> list[Part]:
    """Return of each condition how people answered, what they desire, what was understood."""
    counts, gaps = tables.counts(), tables.gaps(wave.code)
    today = _now(counts[counts["aspect"] == "current"], wave)
    found = []
    for section in page.source.instrument_of(wave.code).conditions:
        code = section.code
        if "answers" in parts:
            answers = today[today["condition"] == code]
            state = drawn.distribution(page, wave.code, code, answers)
            found.append(Part(f"answers/{code}", "ChartView", state))
        if "desired" in parts:
            state = drawn.desired(page, wave.code, code, gaps[gaps["condition"] == code])
            found.append(Part(f"desired/{code}", "ChartView", state))
        found.append(Part(f"interpretation/{code}", "Cards", notes.get(code, {})))
    return found


def _modules(page: Page, tables: Tables, wave: Wave, notes: Mapping[str, State]) -> list[Part]:
    """Return the modules that a round asked, after the conditions and never among them."""
    states = modules(page, tables, wave)
    found = [Part("modules", "Cards", states["modules"])]
    for code, (answers, desired) in states["module_lines"].items():
        found += [
            Part(f"modules/answers/{code}", "ChartView", answers),
            Part(f"modules/desired/{code}", "ChartView", desired),
            Part(f"interpretation/{code}", "Cards", notes.get(code, {})),
        ]
    for code, state in states["sides"].items():
        found += [
            Part(f"modules/sides/{code}", "Table", state),
            Part(f"interpretation/{code}", "Cards", notes.get(code, {})),
        ]
    return found


def _over_time(
    page: Page, tables: Tables, wave: Wave, visible: Sequence[Wave], parts: Sequence[str]
) -> list[Part]:
    """Return what moved since the round before, the rounds side by side, and the groups."""
    # Rounds that were asked otherwise are never compared; that they are not is said.
    apart = tables.apart(wave.code)
    alike = [seen for seen in visible if seen.code not in apart]
    earlier = alike[: [seen.code for seen in alike].index(wave.code)]
    found = []
    if earlier and "change" in parts:
        state = drawn.change(page, wave.code, tables.changes(earlier[-1].code, wave.code))
        found.append(Part("change", "ChartView", state))
    if "change" in parts:
        found.append(Part("change/then", "Cards", then(page, tables, wave, visible)))
    if alike[1:] and "rounds" in parts:
        found.append(Part("rounds", "ChartView", _rounds(page, tables, wave, alike)))
    found.append(Part("apart", "Notice", texts.apart(page, tables, wave, visible)))
    if "groups" in parts:
        groups = texts.groups(page, _now(tables.profile(by_group=True), wave))
        found.append(Part("groups", "Table", groups))
    return found


def _rounds(page: Page, tables: Tables, wave: Wave, alike: Sequence[Wave]) -> ChartState | Nothing:
    profile = tables.profile()
    otherwise = {
        (seen.code, code) for seen in alike for code in tables.otherwise(seen.code, wave.code)
    }
    compared = [
        row["wave"] in {seen.code for seen in alike}
        and (row["wave"], row["condition"]) not in otherwise
        for row in profile.to_dict("records")
    ]
    moves = [(two, tables.turnover(two[0].code, two[1].code)) for two in pairwise(alike)]
    note = " ".join([page.say("dashboard.rounds_text"), *texts.turnover(page, moves)])
    return drawn.rounds(page, wave.code, profile[compared], note)


def _now(frame: pd.DataFrame, wave: Wave) -> pd.DataFrame:
    return frame[frame["wave"] == wave.code]
