"""Several coalitions side by side, each on its own: nothing is ranked or sorted."""

from collections import defaultdict
from collections.abc import Mapping
from string import ascii_uppercase
from typing import Any

import altair as alt
import pandas as pd

from toolkit.charts import canvas, look
from toolkit.charts.frames import WIDTH, comparable, spoken
from toolkit.charts.lettering import wrapped
from toolkit.charts.masked import said_masked
from toolkit.text import Language, say

__all__ = ["describe_portfolio", "portfolio"]

_NEEDS = ("coalition", "title", "low", "high", "shown")
Marks = defaultdict[str, list[dict[str, Any]]]
# In pixels: from row to row, between panels, under a panel, and beside the scale left and right.
_ROW, _GAP, _FOOT, _LEFT, _RIGHT = 22, 24, 34, 22, 44


def portfolio(
    conditions: pd.DataFrame, *, language: Language | None = None, width: int = WIDTH
) -> alt.LayerChart:
    """Draw one small panel for each coalition, all on the same scale, in the order given.

    Must not be used to rank: coalitions differ in their purpose, their partners and their raters.

    Parameters
    ----------
    conditions
        One row for each condition of each coalition: `coalition`, `title` (of the condition),
        `low` and `high` (medians, by the numbers of the scale; null where masked), `first` and
        `steps` (of their scale), `shown` and `why`.
    language
        Of the texts around the figures; without it, the frame's own.
    width
        In pixels: two panels in a row, or three where there is room.
    """
    language = spoken(conditions, language)
    comparable(conditions, _NEEDS)
    columns = 3 if width > 500 else 2  # noqa: PLR2004
    letters = dict(zip(dict.fromkeys(conditions["title"]), _letters(), strict=False))
    panels = [part for _, part in conditions.groupby("coalition", sort=False)]
    room = (width - _GAP * (columns - 1)) / columns
    layers, top = _key(letters, width)
    marks: Marks = defaultdict(list)
    numbers = look.numbers(conditions)
    for first in range(0, len(panels), columns):
        across = panels[first : first + columns]
        names = [wrapped(str(part["coalition"].iloc[0]), room, 12.5, bold=True) for part in across]
        head = canvas.LINE * max(len(name) for name in names)
        for place, (part, name) in enumerate(zip(across, names, strict=True)):
            left = place * (room + _GAP)
            marks["names"].append({"x": left, "y": top + 8, "said": "\n".join(name)})
            where = (left, top + head, room)
            _panel(marks, part, letters, language, where=where, numbers=numbers)
        top += head + _ROW * len(letters) + _FOOT
    note = wrapped(say("chart.portfolio_note", language), width, 11.5)
    said = {"x": 0, "y": top + 8, "said": "\n".join(note)}
    layers += [*_layers(marks), canvas.texts([said], fontSize=11.5, color=look.SOFT)]
    told = describe_portfolio(conditions, language=language)
    return canvas.drawn(layers, width, top + canvas.LINE * len(note), told)


def describe_portfolio(conditions: pd.DataFrame, *, language: Language | None = None) -> str:
    """Return the medians as a sentence for each coalition, from the same numbers."""
    language = spoken(conditions, language)
    comparable(conditions, _NEEDS)
    said = [say("chart.portfolio_note", language)]
    for name, part in conditions.groupby("coalition", sort=False):
        rows = [
            say("chart.part", language, title=row["title"], said=_median(row, language))
            for row in part.to_dict("records")
        ]
        said.append(say("chart.line", language, title=name, said=", ".join(rows)))
    return " ".join(said)


def _letters() -> list[str]:
    return [*ascii_uppercase, *(f"{a}{b}" for a in ascii_uppercase for b in ascii_uppercase)]


def _median(row: Mapping[Any, Any], language: Language) -> str:
    if _hidden(row):
        return said_masked(row, language)
    low, high = int(row["low"]), int(row["high"])
    key = "chart.median_one" if low == high else "chart.median_two"
    return say(key, language, low=low, high=high)


def _hidden(row: Mapping[Any, Any]) -> bool:
    return bool(row["shown"] == "nothing" or pd.isna(row["low"]))


def _key(letters: Mapping[Any, str], width: float) -> tuple[list[Any], float]:
    """Return what each letter stands for, and where the panels begin."""
    marks, names, top = [], [], 0
    for title, letter in letters.items():
        lines = wrapped(str(title), width - _LEFT, 12)
        marks.append({"x": 0, "y": top + 8, "said": letter})
        names.append({"x": _LEFT, "y": top + 8, "said": "\n".join(lines)})
        top += canvas.LINE * len(lines) + 2
    return [canvas.texts(marks, fontWeight=600), canvas.texts(names)], top + 18


def _panel(
    marks: Marks,
    part: pd.DataFrame,
    letters: Mapping[Any, str],
    language: Language,
    *,
    where: tuple[float, float, float],
    numbers: range,
) -> None:
    """Add the marks of one coalition, at a left, a top and in a width in pixels."""
    left, top, room = where
    start, end = left + _LEFT, left + room - _RIGHT
    length = (end - start) / max(len(numbers) - 1, 1)
    steps = {step: start + place * length for place, step in enumerate(numbers)}
    foot = top + _ROW * len(letters)
    for row in part.to_dict("records"):
        y = top + _ROW * (list(letters).index(row["title"]) + 0.5)
        marks["letters"].append({"x": left, "y": y, "said": letters[row["title"]]})
        value = {"x": left + room, "y": y, "said": _median(row, language)}
        if _hidden(row):
            marks["masked"].append(value)
            continue
        marks["values"].append(value)
        low, high = (steps[int(row[name])] for name in ("low", "high"))
        marks["bands"].append({"x": low, "x2": high, "y": y, "y2": y})
        marks["dots"] += [{"x": low, "y": y}, {"x": high, "y": y}]
    marks["grid"] += [{"x": x, "x2": x, "y": top + 4, "y2": foot} for x in steps.values()]
    marks["axis"] += [{"x": x, "y": foot + 8, "said": str(i)} for i, x in steps.items()]


def _layers(marks: Marks) -> list[Any]:
    masked = {"align": "right", "fontStyle": "italic", "fontSize": 11, "color": look.SOFT}
    return [
        canvas.lines(marks["grid"]),
        canvas.lines(marks["bands"], strokeWidth=5, color=look.MAIN),
        canvas.points(marks["dots"]),
        canvas.texts(marks["names"], fontSize=12.5, fontWeight=600),
        canvas.texts(marks["letters"], fontWeight=600, color=look.SOFT),
        canvas.texts(marks["values"], align="right", fontWeight=600),
        canvas.texts(marks["masked"], **masked),
        canvas.texts(marks["axis"], align="center", fontSize=11, color=look.SOFT),
    ]
