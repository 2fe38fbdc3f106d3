"""Which of the four strategies each obstacle allows today: side by side, never a ladder."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from toolkit.charts import canvas, look
from toolkit.charts.frames import WIDTH, comparable, spoken
from toolkit.charts.lettering import breadth, wrapped
from toolkit.text import Language, say

__all__ = ["describe_strategy", "strategy"]

_NEEDS = ("obstacle", "title", "strategy", "feasible", "binding", "fits")

_NAMES = (
    "strategy.networking",
    "strategy.coordinating",
    "strategy.cooperating",
    "strategy.collaborating",
)
# In pixels: what stands above the cells, a cell, an obstacle's whole row, and between two cells.
_HEAD, _CELL, _ROW, _GAP = 68, 30, 66, 6
_ROOMY = 100  # from this width on, a column's name is written in full size


def strategy(
    panel: pd.DataFrame, *, language: Language | None = None, width: int = WIDTH
) -> alt.LayerChart:
    """Draw obstacles by strategies: what today's obstacles allow, and what fits.

    Neither colour nor place grades the strategies; each can be the right one.

    Parameters
    ----------
    panel
        One row for each obstacle and strategy: `obstacle` (time, trust, turf), `title` (the
        obstacle in words), `strategy` (1 to 4), `feasible` (the obstacle's present step allows
        it; null where masked or unknown), `binding` (the obstacle holds the coalition back now)
        and `fits` (the strategy that fits today, 1 to 4, the same on each row, or null).
    language
        Of the texts around the figures; without it, the frame's own.
    width
        In pixels.
    """
    language = spoken(panel, language)
    comparable(panel, _NEEDS)
    room = (width - _GAP * 3) / 4
    lefts = [place * (room + _GAP) for place in range(4)]
    cells, titles, flags = [], [], []
    top = _HEAD
    for _, part in panel.groupby("obstacle", sort=False):
        lines = wrapped(part["title"].iloc[0], width, 12.5, bold=True)
        titles.append({"x": 0, "y": top + 12, "said": "\n".join(lines)})
        top += canvas.LINE * (len(lines) - 1)
        if part["binding"].eq(True).any():
            flag = say("chart.binding", language)
            beside = breadth(lines[-1], 12.5, bold=True) + 12 + breadth(flag, 11.5, bold=True)
            top += canvas.LINE if beside > width else 0
            flags.append({"x": width, "y": top + 12, "said": flag})
        for row in part.to_dict("records"):
            left, y = lefts[int(row["strategy"]) - 1], top + 26
            box = {"x": left, "x2": left + room, "y": y, "y2": y + _CELL}
            cells.append({**box, "state": _state(row)})
        top += _ROW
    foot = top
    note = wrapped(_note(panel, language), width, 11.5)
    said = {"x": 0, "y": foot + 12, "said": "\n".join(note)}
    layers = [
        *_cells(cells, language),
        canvas.texts(titles, fontSize=12.5, fontWeight=600),
        canvas.texts(flags, align="right", fontSize=11.5, fontWeight=600),
        *_head(lefts, room, language, 11.5 if room > _ROOMY else 10.5),
        *_fits(panel, cells, room, language),
        canvas.texts([said], fontSize=11.5, color=look.SOFT),
    ]
    told = describe_strategy(panel, language=language)
    return canvas.drawn(layers, width, foot + 4 + canvas.LINE * len(note), told)


def describe_strategy(panel: pd.DataFrame, *, language: Language | None = None) -> str:
    """Return what each obstacle allows as a sentence, from the same table."""
    language = spoken(panel, language)
    comparable(panel, _NEEDS)
    said = []
    for _, part in panel.groupby("obstacle", sort=False):
        rows = [
            say(
                "chart.part",
                language,
                title=say(_NAMES[int(row["strategy"]) - 1], language),
                said=say(f"chart.{_state(row)}", language),
            )
            for row in part.to_dict("records")
        ]
        if part["binding"].eq(True).any():
            rows.append(say("chart.binding", language))
        title = part["title"].iloc[0]
        said.append(say("chart.line", language, title=title, said=", ".join(rows)))
    fits = _fitting(panel)
    if fits:
        name = say(_NAMES[fits - 1], language)
        said.append(say("chart.strategy_fits", language, name=name))
    return " ".join([*said, _note(panel, language)])


def _state(row: Mapping[Any, Any]) -> str:
    if row.get("shown") == "nothing":
        return "masked"
    if pd.isna(row["feasible"]):
        return "unknown"
    return "feasible" if row["feasible"] else "not_yet"


def _fitting(panel: pd.DataFrame) -> int:
    """Return the strategy that fits today, or nought."""
    told = panel["fits"].dropna()
    return int(told.iloc[0]) if len(told) else 0


def _note(panel: pd.DataFrame, language: Language) -> str:
    key = "chart.strategy_note" if _fitting(panel) else "chart.strategy_none"
    return say(key, language)


def _cells(cells: list[dict[str, Any]], language: Language) -> list[Any]:
    allowed = [cell for cell in cells if cell["state"] == "feasible"]
    others = [cell for cell in cells if cell["state"] != "feasible"]
    said = [
        {
            "x": (cell["x"] + cell["x2"]) / 2,
            "y": (cell["y"] + cell["y2"]) / 2,
            "said": say(f"chart.{cell['state']}", language),
            "state": cell["state"],
        }
        for cell in cells
    ]
    sure = [mark for mark in said if mark["state"] == "feasible"]
    quiet = [mark for mark in said if mark["state"] != "feasible"]
    return [
        canvas.boxes(allowed, color=look.MIDDLE, stroke=look.INK, strokeWidth=1),
        canvas.boxes(others, color="#ffffff", stroke=look.SOFT, strokeDash=[3, 3]),
        canvas.texts(sure, align="center", fontWeight=600),
        canvas.texts(quiet, align="center", color=look.SOFT, fontSize=11.5),
    ]


def _head(lefts: list[float], room: float, language: Language, size: float) -> list[Any]:
    names = [
        {"x": left + room / 2, "y": _HEAD - 16, "said": say(name, language)}
        for left, name in zip(lefts, _NAMES, strict=True)
    ]
    return [canvas.texts(names, align="center", fontSize=size, fontWeight=600)]


def _fits(
    panel: pd.DataFrame, cells: list[dict[str, Any]], room: float, language: Language
) -> list[Any]:
    """Return the outlines of the strategy that fits today, over its cells and its name."""
    fits = _fitting(panel)
    if not fits:
        return []
    left = (fits - 1) * (room + _GAP)
    name = {"x": left, "x2": left + room, "y": _HEAD - 28, "y2": _HEAD - 4}
    lines = wrapped(say("chart.fits", language), max(room, 70), 11.5, bold=True)
    top = _HEAD - 38 - canvas.LINE * (len(lines) - 1)
    said = {"x": left + room / 2, "y": top, "said": "\n".join(lines)}
    column = [name, *(cell for cell in cells if cell["x"] == left)]
    return [
        canvas.boxes(column, filled=False, stroke=look.INK, strokeWidth=3),
        canvas.texts([said], align="center", fontSize=11.5, fontWeight=600),
    ]
