"""The modules of a round on the dashboard: beside the four conditions, never among them."""

from collections.abc import Mapping
from typing import Any

from toolkit.evaluation import Wave
from toolkit.evaluation.release.frozen import of_module
from toolkit.evaluation.tables import Tables
from toolkit.evaluation.tables.modules import ModuleTables
from toolkit.instruments import Section
from toolkit.pages.dashboard import charts as drawn
from toolkit.pages.dashboard import texts
from toolkit.pages.dashboard.head import in_cards
from toolkit.pages.masked import masked_sides
from toolkit.pages.page import Page
from toolkit.widgets import Card, ChartState, Nothing, TableState

__all__ = ["asked", "modules"]


def modules(page: Page, tables: Tables, wave: Wave) -> dict[str, Any]:
    """Return what is shown of the modules that a round asked.

    Returns
    -------
    dict
        `modules`: a card for each; `module_lines`: two charts for each, by its code; `sides`: a
        table for each whose group stands beside the others.
    """
    pooled = [part for part in asked(page, wave) if not part.paired]
    paired = [part for part in asked(page, wave) if part.paired]
    of = {part.code: of_module(tables, part.code) for part in (*pooled, *paired)}
    cards = [card for part in pooled for card in _card(page, part, of[part.code], wave)]
    return {
        "modules": in_cards(page, "dashboard.modules", page.say("dashboard.modules_text"), cards),
        "module_lines": {part.code: _lines(page, part, of[part.code], wave) for part in pooled},
        "sides": {part.code: _sides(page, part, of[part.code], wave) for part in paired},
    }


def asked(page: Page, wave: Wave) -> list[Section]:
    """Return the modules that a round asked."""
    modules = page.source.instrument_of(wave.code).modules
    return [part for part in modules if part.code in wave.modules]


def _card(page: Page, part: Section, tables: ModuleTables, wave: Wave) -> list[Card]:
    profile = tables.profile()
    cards = texts.medians(page, profile[profile["wave"] == wave.code])
    lines = [page.say("dashboard.unanswered")]
    return cards or [{"title": part.title[page.language], "lines": lines, "tone": "masked"}]


def _lines(
    page: Page, part: Section, tables: ModuleTables, wave: Wave
) -> list[ChartState | Nothing]:
    counts = tables.counts()
    today = counts[(counts["wave"] == wave.code) & (counts["aspect"] == "current")]
    bars = drawn.distribution(page, wave.code, part.code, today)
    return [bars, drawn.desired(page, wave.code, part.code, tables.gaps(wave.code))]


def _sides(page: Page, part: Section, tables: ModuleTables, wave: Wave) -> TableState:
    """Return a group's medians beside the others', where both may be shown."""
    found = tables.pairs()
    found = found[found["wave"] == wave.code]
    names = {group.code: group.text[page.language] for group in page.source.settings.groups}
    group = names.get(part.paired or "", part.paired or "")
    rows = [
        [row["statement"], _median(page, row, ""), _median(page, row, "others_")]
        for row in found.to_dict("records")
    ]
    minimum = page.source.settings.privacy.minimum
    text = page.say("dashboard.sides_text", group=group, minimum=minimum)
    if not rows:
        text = masked_sides(page, group, few=any(tables.few_sides(wave.code).values()))
    headers = [page.say("chart.statement"), group, page.say("dashboard.others")]
    return {
        "title": page.say("dashboard.sides", title=part.title),
        "text": text,
        "headers": headers,
        "rows": rows,
        "language": page.language,
    }


def _median(page: Page, row: Mapping[Any, Any], side: str) -> str:
    low, high = row[f"{side}low"], row[f"{side}high"]
    return drawn.median(page, {"shown": "statistic", "low": low, "high": high})
