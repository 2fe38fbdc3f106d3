"""Everything that the dashboard shows of one round: what each of its parts is told to show."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

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

__all__ = ["figures"]

#: Of a chart that has nothing to show.
_NOTHING: dict[str, Any] = {"shows": False}


def figures(
    page: Page,
    wave: Wave,
    visible: Sequence[Wave],
    *,
    own: bool,
    parts: Sequence[str] = FIGURES,
    ties: bool = True,
) -> dict[str, Any]:
    """Return the state of each part by its name, and of the pairs of charts under `lines`.

    The modules' are under `modules`, `module_lines` and `sides`; under `said`, what the group
    said, of which only a release holds anything.

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
        What is shown, of `PARTS`; the state of any other is empty.
    ties
        Whether all who are named on a release's map still agree to it.
    """
    tables = page.source.tables(page.language)
    profile = tables.profile(by_group=True)
    # Rounds that were asked otherwise are never compared; that they are not is said.
    apart = tables.apart(wave.code)
    alike = [seen for seen in visible if seen.code not in apart]
    conditions, guide = {}, {}
    now = profile[profile["wave"] == wave.code]
    everybody = now[now["group"] == "all"]
    if "conditions" in parts:
        conditions = {
            "conditions": texts.conditions(page, everybody),
            "profile": drawn.profile(page, wave.code, everybody),
        }
    if "guide" in parts:
        sided = any(part.paired for part in asked(page, wave)) and "modules" in parts
        chosen = talk(tables, wave.code, of_module)
        lines = tables.gaps(wave.code)
        guide = texts.guide(page, wave, chosen, lines, desired="desired" in parts, sided=sided)
    return {
        "alike": _alike(page, tables, wave) if own else {},
        **(conditions or {"conditions": {}, "profile": {}}),
        "guide": guide,
        "lines": _lines(page, tables, wave, parts),
        **_modules(page, tables, wave, parts),
        **_over_time(page, tables, wave, alike, parts),
        "then": then(page, tables, wave, visible) if "change" in parts else {},
        "apart": texts.apart(page, tables, wave, visible),
        "groups": texts.groups(page, now) if "groups" in parts else {},
        "how": texts.how(page),
        "said": conversation(page, tables, wave, _said(page, wave, ties=ties)),
    }


def _alike(page: Page, tables: Tables, wave: Wave) -> dict[str, Any]:
    """Return what all answered alike, in the conditions and in the modules of a round."""
    apart = (of_module(tables, part.code).warnings() for part in asked(page, wave))
    warned = pd.concat([tables.warnings(), *apart], ignore_index=True)
    return texts.alike(page, warned[warned["wave"] == wave.code])


def _said(page: Page, wave: Wave, *, ties: bool) -> Conversation:
    """Return what a release holds of what the group said of a round; nothing without one."""
    if not isinstance(page.source, Snapshot):
        return Conversation()
    said = page.source.conversation(wave.code)
    return said if ties else said.model_copy(update={"relations": None})


def _over_time(
    page: Page, tables: Tables, wave: Wave, alike: Sequence[Wave], parts: Sequence[str]
) -> dict[str, Any]:
    """Return what moved since the round before, and the rounds side by side."""
    earlier = alike[: [seen.code for seen in alike].index(wave.code)]
    change, rounds = _NOTHING, {}
    if earlier and "change" in parts:
        change = drawn.change(page, wave.code, tables.changes(earlier[-1].code, wave.code))
    if alike[1:] and "rounds" in parts:
        profile = tables.profile()
        otherwise = {
            (seen.code, code) for seen in alike for code in tables.otherwise(seen.code, wave.code)
        }
        compared = [
            row["wave"] in {seen.code for seen in alike}
            and (row["wave"], row["condition"]) not in otherwise
            for row in profile.to_dict("records")
        ]
        shown = profile[compared]
        moves = [(two, tables.turnover(two[0].code, two[1].code)) for two in pairwise(alike)]
        note = " ".join([page.say("dashboard.rounds_text"), *texts.turnover(page, moves)])
        rounds = drawn.rounds(page, wave.code, shown, note)
    return {"change": change, "rounds": rounds}


def _modules(page: Page, tables: Tables, wave: Wave, parts: Sequence[str]) -> dict[str, Any]:
    if "modules" not in parts:
        return {"modules": {}, "module_lines": {}, "sides": {}}
    return modules(page, tables, wave)


def _lines(
    page: Page, tables: Tables, wave: Wave, parts: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    """Return two charts for each condition: how people answered, and what they desire."""
    counts, gaps = tables.counts(), tables.gaps(wave.code)
    today = counts[(counts["wave"] == wave.code) & (counts["aspect"] == "current")]

    def of(code: str) -> list[dict[str, Any]]:
        bars, desired = _NOTHING, _NOTHING
        if "answers" in parts:
            bars = drawn.distribution(page, wave.code, code, today[today["condition"] == code])
        if "desired" in parts:
            desired = drawn.desired(page, wave.code, code, gaps[gaps["condition"] == code])
        return [bars, desired]

    sections = page.source.instrument_of(wave.code).conditions
    return {section.code: of(section.code) for section in sections}
