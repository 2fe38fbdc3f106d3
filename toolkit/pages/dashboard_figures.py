"""Everything that the dashboard shows of one round: what each of its parts is told to show."""

from collections.abc import Sequence
from typing import Any

from toolkit.evaluation import Wave
from toolkit.evaluation.tables import Tables
from toolkit.pages import dashboard_charts as drawn
from toolkit.pages import dashboard_texts as texts
from toolkit.pages.dashboard_head import participation
from toolkit.pages.page import Page

__all__ = ["figures"]


def figures(page: Page, wave: Wave, visible: Sequence[Wave], *, own: bool) -> dict[str, Any]:
    """Return the state of each part by its name, and of the pairs of charts under `lines`.

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
    """
    tables = page.evaluation.tables(page.language)
    profile = tables.profile(by_group=True)
    profile = profile[profile["wave"].isin({seen.code for seen in visible})]
    now, everybody = profile["wave"] == wave.code, profile["group"] == "all"
    warned = tables.warnings()
    earlier = visible[: visible.index(wave)]
    return {
        "answered": participation(page, wave),
        "alike": texts.alike(page, warned[warned["wave"] == wave.code]) if own else {},
        "conditions": texts.conditions(page, profile[now & everybody]),
        "profile": drawn.profile(page, profile[now & everybody]),
        "guide": texts.guide(page, tables.guide(wave.code)),
        "lines": _lines(page, tables, wave),
        "change": _change(page, tables, earlier[-1], wave) if earlier else {"shows": False},
        "rounds": drawn.rounds(page, profile[everybody]) if visible[1:] else {},
        "groups": texts.groups(page, profile[now]),
        "how": texts.how(page),
    }


def _change(page: Page, tables: Tables, before: Wave, after: Wave) -> dict[str, Any]:
    return drawn.change(page, tables.changes(before.code, after.code))


def _lines(page: Page, tables: Tables, wave: Wave) -> dict[str, list[dict[str, Any]]]:
    """Return two charts for each condition: how people answered, and what they desire."""
    counts, gaps = tables.counts(), tables.gaps(wave.code)
    today = counts[(counts["wave"] == wave.code) & (counts["aspect"] == "current")]

    def of(code: str) -> list[dict[str, Any]]:
        bars = drawn.distribution(page, code, today[today["condition"] == code])
        return [bars, drawn.desired(page, code, gaps[gaps["condition"] == code])]

    return {section.code: of(section.code) for section in page.evaluation.instrument.conditions}
