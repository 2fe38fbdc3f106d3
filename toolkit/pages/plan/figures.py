"""What the plan says of figures, in sentences: where each stands, and whether it moved."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from toolkit.evaluation.release.frozen import of_module
from toolkit.evaluation.tables.modules import ModuleTables
from toolkit.evaluation.tables.talk import talk
from toolkit.pages.masked import masked, masked_sides
from toolkit.pages.page import Page

if TYPE_CHECKING:
    from toolkit.evaluation import Wave
    from toolkit.evaluation.tables import Tables
    from toolkit.instruments import Section

__all__ = ["moved", "standing", "tags"]


def standing(page: Page, tables: "Tables", wave: "Wave") -> dict[str, str]:
    """Return where each condition, module and indicator stood after a round, by its code."""
    instrument = page.source.instrument_of(wave.code)
    asked = [part for part in instrument.modules if part.code in wave.modules]
    rooms = [(tables, instrument.conditions)]
    rooms += [(of_module(tables, part.code), (part,)) for part in asked if not part.paired]
    said: dict[str, str] = {}
    for found, parts in rooms:
        profile, summary = found.profile(), found.summary()
        for part in parts:
            of, lines = _now(profile, part, wave), _now(summary, part, wave)
            rows = _by(of, "condition") | _by(lines[lines["aspect"] == "current"], "indicator")
            for code in (part.code, *(line.code for line in part.indicators)):
                said[code] = _figure(page, rows.get(code))
    for part in asked:
        said |= _sides(page, of_module(tables, part.code), part, wave) if part.paired else {}
    return said


def tags(page: Page, tables: "Tables", wave: "Wave") -> dict[str, list[str]]:
    """Return why the guide puts an indicator forward, by its code."""
    found: dict[str, list[str]] = {}
    for row in talk(tables, wave.code).to_dict("records"):
        found.setdefault(row["indicator"], []).append(page.say(f"plan.tag_{row['kind']}"))
    return found


def moved(page: Page, tables: "Tables", code: str, before: str, after: str) -> list[str]:
    """Return whether an indicator moved among the same people, or why that cannot be said."""
    instrument = page.evaluation.instrument_of(before)
    part = instrument.section_of(code) if code in instrument.indicators else None
    if part is not None and part.paired:
        return [page.say("plan.two_sides")]
    module = next((one.code for one in instrument.modules if one == part), None)
    found = of_module(tables, module) if module else tables
    row = _by(found.line_moves(before, after), "indicator").get(code)
    if row is None:
        return [page.say("plan.withdrawn")]
    if row["reworded"]:
        return [page.say("plan.reworded")]
    return [*_moves(page, row), *_medians(page, found, code, before, after)]


def _moves(page: Page, row: Mapping[Any, Any]) -> list[str]:
    """Return how many people moved, as far as that may be told."""
    if row["few_moved"]:
        return [page.say("plan.half_stayed")]
    if pd.isna(row["pairs"]):
        minimum = page.evaluation.settings.privacy.minimum_distribution
        why = "few" if row["why"] == "few" else "beside"
        return [page.say(f"plan.moved_masked_{why}", minimum=minimum)]
    people = {name: int(row[name]) for name in ("pairs", "rose", "same", "fell")}
    chance = page.say(f"chart.chance_{row['chance']}", odds=int(row["odds"]))
    return [page.say("plan.moved", **people), chance]


def _now(frame: pd.DataFrame, part: "Section", wave: "Wave") -> pd.DataFrame:
    kept: pd.DataFrame = frame[(frame["wave"] == wave.code) & (frame["condition"] == part.code)]
    return kept


def _by(frame: pd.DataFrame, name: str) -> dict[str, dict[Any, Any]]:
    """Return each row by what stands in one column."""
    return {row[name]: row for row in frame.to_dict("records")}


def _figure(page: Page, row: Mapping[Any, Any] | None) -> str:
    if row is None:
        return page.say("plan.unanswered")
    if row["shown"] == "nothing" or pd.isna(row["low"]):
        return masked(page, row)
    first = int(row["first"])
    ends = {"first": first, "last": first + int(row["steps"]) - 1}
    values = {"median": _median(page, row), **ends, "count": int(row["n"])}
    if pd.isna(row["reading"]):
        return page.say("plan.figure_bare", **values)
    return page.say("plan.figure", **values, reading=page.say(f"dashboard.{row['reading']}"))


def _sides(page: Page, tables: ModuleTables, part: "Section", wave: "Wave") -> dict[str, str]:
    """Return both sides of each line, where both may be shown."""
    names = {group.code: group.text[page.language] for group in page.source.settings.groups}
    group = names.get(part.paired or "", part.paired)
    few = tables.few_sides(wave.code)
    said = {code: masked_sides(page, str(group), few=few[code]) for code in few}
    pairs = tables.pairs()
    for row in pairs[pairs["wave"] == wave.code].to_dict("records"):
        others = {"low": row["others_low"], "high": row["others_high"]}
        values = {"own": _median(page, row), "others": _median(page, others)}
        said[row["indicator"]] = page.say("plan.figure_sides", group=group, **values)
    return {part.code: page.say("plan.two_sides"), **said}


def _median(page: Page, row: Mapping[Any, Any]) -> str:
    low, high = int(row["low"]), int(row["high"])
    key = "dashboard.median_one" if low == high else "dashboard.median_two"
    return page.say(key, low=low, high=high)


def _medians(page: Page, tables: "Tables", code: str, before: str, after: str) -> list[str]:
    """Return everybody's medians of both rounds, if both are shown."""
    frame = tables.summary()
    frame = frame[(frame["indicator"] == code) & (frame["aspect"] == "current")]
    rows = _by(frame[frame["low"].notna()], "wave")
    if not {before, after} <= set(rows):
        return []
    first, second = (_median(page, rows[wave]) for wave in (before, after))
    return [page.say("plan.medians", before=first, after=second)]
