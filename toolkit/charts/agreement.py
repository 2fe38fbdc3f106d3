"""How alike people rate each statement, on a strip from split views to close ones."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from toolkit.charts import canvas, look
from toolkit.charts.frames import WIDTH, read, spoken
from toolkit.charts.lettering import wrapped
from toolkit.charts.masked import said_masked
from toolkit.text import Language, number, say

__all__ = ["agreement", "describe_agreement"]

_NEEDS = ("agreement", "reading", "shown")
_SHAPES = {"shared": "circle", "mixed": "diamond", "divided": "cross"}
_SAID = {name: f"chart.{name}" for name in _SHAPES}
# Room for the figure and its word at the right, above the first strip, and under each label.
_BESIDE, _TOP, _STRIP = 122, 24, 34


def agreement(
    summary: pd.DataFrame,
    *,
    language: Language | None = None,
    sort: str | None = None,
    by: str | None = None,
    totals: bool = False,
    width: int = WIDTH,
) -> alt.LayerChart:
    """Draw a strip for each statement, with a mark where its agreement lies.

    The marks differ in shape by reading, and the reading is written beside them.

    Parameters
    ----------
    summary
        One row a statement, in the order wanted: `statement`, `agreement` (0, half the people at
        each end, to 1, everybody on one step; null where masked), `reading` (shared, mixed,
        divided, or null) and `shown`. A reading without a figure is written and not placed.
    language
        Of the texts around the figures; without it, the frame's own.
    sort, by, totals
        In which order, one row for each group or round, and with how many people answered; see
        `frames.read`.
    width
        In pixels.
    """
    language = spoken(summary, language)
    table = read(summary, "statement", language, needs=_NEEDS, sort=sort, by=by, totals=totals)
    room = width - _BESIDE
    labels, strips, marks = [], [], []
    figures: list[dict[str, Any]] = []
    quiet: list[dict[str, Any]] = []
    top = _TOP
    for row in table.to_dict("records"):
        label = wrapped(row["statement"], width, 12.5, bold=True)
        labels.append({"x": 0, "y": top + 8, "said": "\n".join(label)})
        at = top + canvas.LINE * len(label) + 12
        top += canvas.LINE * len(label) + _STRIP
        beside = {"x": room + 12, "y": at, "said": _figure(row, language)}
        (figures if _reading(row) else quiet).append(beside)
        strips.append({"x": 0, "x2": room, "y": at, "y2": at, "placed": _placed(row)})
        if _placed(row):
            marks.append({"x": float(row["agreement"]) * room, "y": at, "reading": row["reading"]})
    ends = [{"x": 0, "y": 8, "said": say("chart.divided", language)}]
    far = [{"x": room, "y": 8, "said": say("chart.shared", language)}]
    shape = alt.Shape(
        "reading:N",
        legend=None,
        scale=alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values())),
    )
    dash = alt.condition("datum.placed", alt.value([1, 0]), alt.value([2, 4]))
    layers = [
        canvas.lines(strips, strokeWidth=2).encode(strokeDash=dash),
        canvas.lines(_ticks(strips, room), strokeWidth=1.5),
        canvas.points(marks, size=150, stroke="#ffffff", strokeWidth=1).encode(shape=shape),
        canvas.texts(labels, fontSize=12.5, fontWeight=600),
        canvas.texts(figures),
        canvas.texts(quiet, fontStyle="italic", color=look.SOFT),
        canvas.texts(ends, color=look.SOFT, fontSize=11.5),
        canvas.texts(far, color=look.SOFT, fontSize=11.5, align="right"),
    ]
    return canvas.drawn(layers, width, top, _described(table, language))


def describe_agreement(
    summary: pd.DataFrame,
    *,
    language: Language | None = None,
    sort: str | None = None,
    by: str | None = None,
    totals: bool = False,
) -> str:
    """Return the agreement as a sentence for each statement, from the same numbers."""
    language = spoken(summary, language)
    table = read(summary, "statement", language, needs=_NEEDS, sort=sort, by=by, totals=totals)
    return _described(table, language)


def _described(table: pd.DataFrame, language: Language) -> str:
    rows = table.to_dict("records")
    said = [
        say("chart.line", language, title=row["statement"], said=_said(row, language))
        for row in rows
    ]
    return " ".join([say("chart.agreement_intro", language), *said])


def _reading(row: Mapping[Any, Any]) -> str:
    hidden = row["shown"] == "nothing" or pd.isna(row["reading"])
    return "" if hidden else str(row["reading"])


def _placed(row: Mapping[Any, Any]) -> bool:
    return bool(_reading(row)) and not pd.isna(row["agreement"])


def _figure(row: Mapping[Any, Any], language: Language) -> str:
    if not _reading(row):
        said = said_masked({**row, "shown": "nothing"}, language)
        return "\n".join(wrapped(said, _BESIDE - 12, 12))
    word = say(_SAID[_reading(row)], language)
    return f"{number(row['agreement'], language, 2)}  {word}" if _placed(row) else word


def _said(row: Mapping[Any, Any], language: Language) -> str:
    if not _reading(row):
        return said_masked({**row, "shown": "nothing"}, language)
    if not _placed(row):
        return _figure(row, language)
    value = number(row["agreement"], language, 2)
    word = say(_SAID[_reading(row)], language)
    return say("chart.agreement_value", language, reading=word, value=value)


def _ticks(strips: canvas.Marks, room: float) -> list[dict[str, float]]:
    ends = [(strip["y"], x) for strip in strips for x in (0, room / 2, room)]
    return [{"x": x, "x2": x, "y": y - 5, "y2": y + 5} for y, x in ends]
