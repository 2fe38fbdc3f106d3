"""The dashboard's charts, each with its sentence and its table."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import pandas as pd

from toolkit import charts
from toolkit.charts.masked import said_masked, said_of
from toolkit.instruments import Scale, Section
from toolkit.pages import kept
from toolkit.pages.page import Page
from toolkit.text import Language
from toolkit.widgets import ChartState, Nothing

__all__ = ["change", "desired", "distribution", "profile", "rounds"]

State = ChartState | Nothing

#: What stands side by side, each with the column that says why it is masked.
_GAP = (("current", "why"), ("wanted", "wanted_why"))


def _once(draw: Callable[..., State]) -> Callable[..., State]:
    """Draw the same figures once, for whoever sees them: most answers change few of them."""

    @wraps(draw)
    def drawn(page: Page, wave: str, *shown: str | pd.DataFrame) -> State:
        told = [part if isinstance(part, str) else str(part.to_dict("list")) for part in shown]
        asked = page.source.instrument_of(wave).digest
        name = kept.key(draw.__name__, page.language, asked, *told)
        state: State | None = kept.find(name)
        if state is None:
            state = draw(page, wave, *shown)
            kept.keep(name, state)
        return state

    return drawn


@_once
def profile(page: Page, _wave: str, conditions: pd.DataFrame) -> State:
    """Return the medians of the four conditions."""
    language = page.language
    return charts.view(
        lambda width: charts.profile(conditions, language=language, width=width),
        title=page.say("dashboard.profile"),
        description=charts.describe_profile(conditions, language=language),
        headers=[page.say("chart.condition"), page.say("chart.median"), page.say("chart.people")],
        rows=[[r["title"], median(page, r), whole(r["n"])] for r in _rows(conditions)],
        words=_words(page),
        language=language,
    )


@_once
def distribution(page: Page, wave: str, code: str, counts: pd.DataFrame) -> State:
    """Return the diverging bars of one condition."""
    if not ((counts["shown"] == "distribution").any() or counts["dont_know"].notna().any()):
        return {}
    language = page.language
    section, scale = _section(page, wave, code)
    names = [text[language] for text in scale.steps.values()]
    told = [*(f"step_{place}" for place in range(1, len(names) + 1)), "dont_know"]
    return charts.view(
        lambda width: charts.distribution(counts, language=language, width=width, names=names),
        title=page.say("dashboard.by_indicator", title=section.title[language]),
        description=charts.describe_distribution(counts, language=language),
        headers=[
            page.say("chart.statement"),
            *(f"{step} {name}" for step, name in zip(scale.steps, names, strict=True)),
            page.say("chart.dont_know"),
            page.say("chart.reason"),
        ],
        rows=[
            [r["statement"], *(whole(r[name]) for name in told), _hidden(r, language)]
            for r in _rows(counts)
        ],
        words=_words(page),
        language=language,
    )


@_once
def desired(page: Page, wave: str, code: str, gaps: pd.DataFrame) -> State:
    """Return today beside what is desired, of one condition."""
    if not gaps[["current", "wanted"]].notna().all(axis=1).any():
        return {}
    language = page.language
    section, _ = _section(page, wave, code)
    return charts.view(
        lambda width: charts.desired(gaps, language=language, width=width),
        title=page.say("dashboard.desired", title=section.title),
        description=charts.describe_desired(gaps, language=language),
        headers=[page.say(f"chart.{name}") for name in ("statement", "current", "desired")],
        rows=[[r["statement"], *(_step(r, *of, language) for of in _GAP)] for r in _rows(gaps)],
        words=_words(page),
        language=language,
    )


@_once
def rounds(page: Page, _wave: str, conditions: pd.DataFrame, note: str) -> State:
    """Return the four conditions from round to round, with how they are to be read."""
    language = page.language
    names = list(dict.fromkeys(conditions["round"]))
    rows = []
    for title, part in conditions.groupby("title", sort=False):
        said = {r["round"]: median(page, r) for r in _rows(part)}
        rows.append([str(title), *(said.get(name, "–") for name in names)])
    return charts.view(
        lambda width: charts.rounds(conditions, language=language, width=width),
        title=page.say("dashboard.rounds"),
        description=charts.describe_rounds(conditions, language=language),
        headers=[page.say("chart.condition"), *names],
        rows=rows,
        words=_words(page),
        note=note,
        language=language,
    )


@_once
def change(page: Page, _wave: str, changes: pd.DataFrame) -> State:
    """Return who moved since the round before, among the same people."""
    if not changes["pairs"].notna().any():
        return {}
    language = page.language
    moved = ("rose", "same", "fell")
    return charts.view(
        lambda width: charts.change(changes, language=language, width=width),
        title=page.say("dashboard.change"),
        description=charts.describe_change(changes, language=language),
        headers=[
            page.say("chart.condition"),
            *(page.say(f"dashboard.{name}") for name in moved),
            page.say("chart.chance"),
        ],
        rows=[
            [r["title"], *(whole(r[name]) for name in moved), _chance(r, language)]
            for r in _rows(changes)
        ],
        words=_words(page),
        note=page.say("dashboard.change_text"),
        language=language,
    )


def median(page: Page, row: Mapping[Any, Any]) -> str:
    """Return « 3 » or « 3 à 4 », or that it is masked."""
    if row["shown"] == "nothing" or pd.isna(row["low"]):
        return said_masked(row, page.language)
    low, high = int(row["low"]), int(row["high"])
    key = "dashboard.median_one" if low == high else "dashboard.median_two"
    return page.say(key, low=low, high=high)


def _hidden(row: Mapping[Any, Any], language: Language) -> str:
    """Return why a row does not show its counts; nothing where it does."""
    return "" if row["shown"] == "distribution" else said_masked(row, language)


def _step(row: Mapping[Any, Any], name: str, why: str, language: Language) -> str:
    return said_of(row, why, language) if pd.isna(row[name]) else whole(row[name])


def _chance(row: Mapping[Any, Any], language: Language) -> str:
    """Return what chance would make of who moved, or why these are masked."""
    return charts.said_chance(row, language) or said_of(row, "why", language)


def whole(value: Any) -> str:
    """Return a whole number as text, or a dash where it is masked."""
    return "–" if pd.isna(value) else str(int(value))


def _section(page: Page, wave: str, code: str) -> tuple[Section, Scale]:
    """Return a condition or a module as a round asked it, and its scale."""
    instrument = page.source.instrument_of(wave)
    section = next(part for part in instrument.sections if part.code == code)
    return section, instrument.scales[section.rated_on]


def _rows(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records")


def _words(page: Page) -> dict[str, str]:
    return {"table": page.say("chart.table"), "chart": page.say("chart.chart")}
