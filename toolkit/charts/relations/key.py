"""What stands under a map: how to read its marks, and who each number is."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from toolkit.charts import canvas, look
from toolkit.charts.lettering import wrapped
from toolkit.charts.relations.partners import level_name
from toolkit.text import Language, say

__all__ = ["DASHED", "HIGHEST", "legend", "listed", "thickness"]

#: The highest level of a tie on the named scale; how a tie that is not confirmed is dashed.
HIGHEST, DASHED = 4, [5, 4]
_STEP, _SIGN, _GAP, _INDENT = 20, 60, 22, 24


def thickness(value: float) -> float:
    """Return how wide a tie is drawn, in pixels."""
    return 0.6 + 1.1 * float(value)


def legend(
    levels: Sequence[str], language: Language, width: float, top: float, *, answers: bool
) -> tuple[list[Any], float]:
    """Return what the marks and the rings of these levels mean, and where it ends."""
    columns = 2 if width > 500 else 1  # noqa: PLR2004
    points = ("answered", "silent") if answers else ()
    keys = ("tie_sure", "tie_unsure", *points, "tie_width")
    spots = [
        (place % columns * width / 2, top + 8 + place // columns * _STEP)
        for place in range(len(keys))
    ]
    said = [
        {"x": x + _SIGN, "y": y, "said": say(f"chart.{key}", language, last=HIGHEST)}
        for (x, y), key in zip(spots, keys, strict=True)
    ]
    sure, unsure, *dots, wide = spots
    widths = [
        {"x": wide[0] + step * 13, "x2": wide[0] + step * 13 + 8, "y": wide[1], "y2": wide[1]}
        | {"size": thickness(step + 1)}
        for step in range(HIGHEST)
    ]
    foot = top + -(-len(keys) // columns) * _STEP + 4
    names = ", ".join(level_name(level, language).lower() for level in levels)
    note = [
        *wrapped(say("chart.rings", language, levels=names), width, 11.5),
        *wrapped(say("chart.relations_note", language), width, 11.5),
    ]
    below = {"x": 0, "y": foot + 8, "said": "\n".join(note)}
    layers = [
        canvas.lines([_sample(sure)], color=look.MAIN, strokeWidth=thickness(3)),
        canvas.lines([_sample(unsure)], color=look.SOFT, strokeWidth=2.5, strokeDash=DASHED),
        canvas.lines(widths, color=look.MAIN),
        canvas.points([_dot(spot) for spot in dots[:1]], size=150),
        canvas.points(
            [_dot(spot) for spot in dots[1:]], size=150, filled=False, strokeWidth=2, fill="#ffffff"
        ),
        canvas.texts(said),
        canvas.texts([below], fontSize=11.5, color=look.SOFT),
    ]
    return layers, foot + canvas.LINE * len(note) + 8


def listed(nodes: pd.DataFrame, width: float, top: float) -> tuple[list[Any], float]:
    """Return each sector's letter and name over its partners' numbers and names, and the end."""
    columns = 2 if width > 500 else 1  # noqa: PLR2004
    room = (width - _GAP * (columns - 1)) / columns
    blocks = [_block(part, room) for _, part in nodes.groupby("sector", sort=False)]
    tallest = sum(map(len, blocks)) / columns
    heads: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    column, y, lowest = 0, top, top
    for block in blocks:
        if y - top >= tallest * canvas.LINE and column + 1 < columns:
            column, y = column + 1, top
        for place, (mark, text) in enumerate(block):
            x = column * (room + _GAP)
            (rows if place else heads).append({"x": x, "y": y + 8, "said": mark})
            (rows if place else heads).append({"x": x + _INDENT, "y": y + 8, "said": text})
            y += canvas.LINE * (text.count("\n") + 1)
        y += 8
        lowest = max(lowest, y)
    return [canvas.texts(heads, fontWeight=600), canvas.texts(rows)], lowest


def _block(part: pd.DataFrame, room: float) -> list[tuple[str, str]]:
    """Return the marks and texts of one sector, the sector's own first."""
    pairs = [(part["letter"].iloc[0], part["sector"].iloc[0])]
    pairs += zip(part["number"], part["name"], strict=True)
    return [
        (str(mark), "\n".join(wrapped(str(text), room - _INDENT, 12, bold=not place)))
        for place, (mark, text) in enumerate(pairs)
    ]


def _sample(spot: tuple[float, float]) -> dict[str, float]:
    return {"x": spot[0], "x2": spot[0] + 40, "y": spot[1], "y2": spot[1]}


def _dot(spot: tuple[float, float]) -> dict[str, float]:
    return {"x": spot[0] + 20, "y": spot[1]}
