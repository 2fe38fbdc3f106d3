"""From one round to another: the medians' slope, and how many rose, stayed and fell."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from toolkit.charts import canvas, look
from toolkit.charts.frames import WIDTH, comparable, spoken
from toolkit.charts.lettering import breadth, wrapped
from toolkit.charts.masked import said_of
from toolkit.text import Language, say

__all__ = ["change", "describe_change", "said_chance"]

Marks = defaultdict[str, list[dict[str, Any]]]
_ENDS = ("before", "after")
_NEEDS = ("title", *_ENDS, "before_round", "after_round", "rose", "same", "fell", "pairs", "shown")
_MOVES = (("rose", "↑"), ("same", "="), ("fell", "↓"))
_SAID = {name: f"chart.{name}" for name, _ in _MOVES}
# In pixels: a slope's height, its room with the rounds' names under it, a masked row's, the words'.
_SLOPE, _BODY, _MASKED, _WORDS = 60, 122, 34, 86


def change(
    changes: pd.DataFrame, *, language: Language | None = None, width: int = WIDTH
) -> alt.LayerChart:
    """Draw where the low median was and is, beside how many people moved, row by row.

    Parameters
    ----------
    changes
        One row a condition or a statement, in the order wanted: `title`, `before_round` and
        `after_round` (names), `before` and `after` (low medians), `first`
        and `steps` (of their scale), `rose`, `same`, `fell`
        and `pairs` (people who answered both times), `chance` and `odds` (what chance alone would
        make of them; see `scoring.change.chance`); null where masked; `shown`; `before_why`,
        `after_why`, and `why` of who moved.
    language
        Of the texts around the figures; without it, the frame's own.
    width
        In pixels.
    """
    language = spoken(changes, language)
    comparable(changes, _NEEDS)
    half = min(width * 0.46, 290)
    marks: Marks = defaultdict(list)
    top, numbers = 0, look.numbers(changes)
    for row in changes.to_dict("records"):
        label = wrapped(row["title"], width, 12.5, bold=True)
        marks["titles"].append({"x": 0, "y": top + 8, "said": "\n".join(label)})
        top += canvas.LINE * len(label) + 6
        if row["shown"] == "nothing":
            marks["masked"].append({"x": 0, "y": top + 6, "said": _why(row, language)})
            top += _MASKED
            continue
        _slope(marks, row, language, (top, half), numbers)
        _moves(marks, row, language, (top, half + 16, width))
        top += _BODY
        if chance := said_chance(row, language):
            lines = wrapped(chance, width, 11.5)
            marks["left"].append({"x": 0, "y": top - 8, "said": "\n".join(lines)})
            top += canvas.LINE * len(lines) + 4
    said = describe_change(changes, language=language)
    return canvas.drawn(_layers(marks), width, max(top, 1), said)


def describe_change(changes: pd.DataFrame, *, language: Language | None = None) -> str:
    """Return each change as a sentence, from the same numbers."""
    language = spoken(changes, language)
    comparable(changes, _NEEDS)
    return " ".join(_sentence(row, language) for row in changes.to_dict("records"))


def said_chance(row: Mapping[Any, Any], language: Language) -> str:
    """Return what chance alone would make of who moved; nothing where they are masked."""
    if _moves_masked(row) or pd.isna(row["chance"]):
        return ""
    return say(f"chart.chance_{row['chance']}", language, odds=int(row["odds"]))


def _slope(
    marks: Marks,
    row: Mapping[Any, Any],
    language: Language,
    where: tuple[float, float],
    numbers: range,
) -> None:
    """Add the slope of one row, at a top and in a width in pixels."""
    top, width = where
    for name, side, x in (("before_round", "left", 0.0), ("after_round", "right", width)):
        said = "\n".join(wrapped(str(row[name]), width / 2 - 6, 11.5))
        marks[side].append({"x": x, "y": top + _SLOPE + 20, "said": said})
    if pd.isna(row["before"]) or pd.isna(row["after"]):
        masked = "\n".join(wrapped(_why(row, language), width, 12))
        marks["masked"].append({"x": 0, "y": top + _SLOPE / 2, "said": masked})
        return
    space = (_SLOPE - 8) / max(len(numbers) - 1, 1)
    heights = {step: top + 4 + (numbers[-1] - step) * space for step in numbers}
    before, after = (say("chart.step", language, step=int(row[name])) for name in _ENDS)
    first, second = (heights[int(row[name])] for name in _ENDS)
    left, right = breadth(before, 12, bold=True) + 10, width - breadth(after, 12, bold=True) - 10
    marks["grid"] += [{"x": left, "x2": right, "y": y, "y2": y} for y in heights.values()]
    marks["slopes"].append({"x": left, "y": first, "x2": right, "y2": second})
    marks["dots"] += [{"x": left, "y": first}, {"x": right, "y": second}]
    marks["steps"].append({"x": 0, "y": first, "said": before})
    marks["steps"].append({"x": right + 10, "y": second, "said": after})


def _moves(
    marks: Marks, row: Mapping[Any, Any], language: Language, where: tuple[float, float, float]
) -> None:
    """Add how many people moved, from a top and a left to a right in pixels."""
    top, left, right = where
    if _moves_masked(row):
        masked = "\n".join(wrapped(said_of(row, "why", language), right - left, 12))
        marks["masked"].append({"x": left, "y": top + _SLOPE / 2, "said": masked})
        return
    start = left + _WORDS
    for place, (name, sign) in enumerate(_MOVES):
        y, count = top + 6 + place * 24, int(row[name])
        end = start + (right - start) * count / max(int(row["pairs"]), 1)
        marks["bars"].append({"x": start, "x2": end, "y": y - 7, "y2": y + 7})
        said = say(_SAID[name], language, count=count)
        marks["words"].append({"x": left, "y": y, "said": sign})
        marks["words"].append({"x": left + 14, "y": y, "said": said})
    marks["zeros"].append({"x": start, "x2": start, "y": top - 4, "y2": top + 64})
    pairs = wrapped(say("chart.pairs", language, count=int(row["pairs"])), right - left, 11.5)
    marks["left"].append({"x": left, "y": top + _SLOPE + 20, "said": "\n".join(pairs)})


def _moves_masked(row: Mapping[Any, Any]) -> bool:
    return any(pd.isna(row[name]) for name in ("pairs", *_SAID))


def _layers(marks: Marks) -> list[Any]:
    small = {"fontSize": 11.5, "color": look.SOFT}
    return [
        canvas.lines(marks["grid"]),
        canvas.lines(marks["slopes"], strokeWidth=3, color=look.MAIN),
        canvas.points(marks["dots"]),
        canvas.boxes(marks["bars"], color=look.MIDDLE, stroke=look.SOFT, strokeWidth=1),
        canvas.lines(marks["zeros"], color=look.SOFT),
        canvas.texts(marks["titles"], fontSize=12.5, fontWeight=600),
        canvas.texts(marks["steps"], fontWeight=600),
        canvas.texts(marks["words"]),
        canvas.texts(marks["left"], **small),
        canvas.texts(marks["right"], **small, align="right"),
        canvas.texts(marks["masked"], fontStyle="italic", color=look.SOFT),
    ]


def _sentence(row: Mapping[Any, Any], language: Language) -> str:
    where = {"title": row["title"], "first": row["before_round"], "second": row["after_round"]}
    if row["shown"] == "nothing":
        return say("chart.change_masked", language, **where, said=_why(row, language))
    said = [say("chart.change_medians", language, **where, **_medians(row, language))]
    if not _moves_masked(row):
        counts = {name: int(row[name]) for name, _ in _MOVES}
        people = int(row["pairs"])
        said.append(say("chart.change_moves", language, **counts, count=people))
        said.append(said_chance(row, language))
    else:
        why = said_of(row, "why", language)
        said.append(say("chart.change_moves_masked", language, said=why))
    return " ".join(said)


def _medians(row: Mapping[Any, Any], language: Language) -> dict[str, Any]:
    return {
        name: said_of(row, f"{name}_why", language) if pd.isna(row[name]) else int(row[name])
        for name in _ENDS
    }


def _why(row: Mapping[Any, Any], language: Language) -> str:
    """Return why the two medians do not stand side by side: too few of either, or another."""
    hidden = [f"{name}_why" for name in _ENDS if pd.isna(row[name])]
    few = [name for name in hidden if row.get(name) == "few"]
    return said_of(row, (few or hidden)[0], language)
