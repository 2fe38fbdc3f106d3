"""Draw the map: bands, wedges, ties, partners, and their names or their numbers."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from toolkit.charts import canvas, look
from toolkit.charts.frames import WIDTH, comparable, spoken
from toolkit.charts.lettering import breadth, wrapped
from toolkit.charts.relations.key import DASHED, legend, listed, thickness
from toolkit.charts.relations.names import LINE, SIZE, Box, Name, beside
from toolkit.charts.relations.partners import level_name, numbered, worded
from toolkit.charts.relations.rings import LEVELS, Place, Rings, around
from toolkit.charts.relations.sentence import describe_relations
from toolkit.errors import ChartError
from toolkit.text import Language, both

__all__ = ["relations"]

_TINTS = ("#e6ecee", "#f2f5f6", "#fafbfb", "#ffffff")
_WIDE = 500  # from here on names may stand on the map
# A point's radius; the largest and the smallest of one that holds a number; in pixels.
_POINT, _LARGEST, _SMALLEST = 6.5, 10.0, 7.5


def relations(
    nodes: pd.DataFrame,
    ties: pd.DataFrame,
    *,
    language: Language | None = None,
    width: int = WIDTH,
) -> alt.LayerChart:
    """Draw partners on rings, local inside and national outside, and the ties between them.

    A map with names is never anonymous: it goes to those who agreed to be on it. Two partners
    without a line are two of whom this table says nothing.

    Parameters
    ----------
    nodes
        One row a partner: `partner` (code), `name`, `sector` (in words), `level` (local,
        regional, national) and, where it may be seen, `answered`; who did not answer is drawn
        hollow.
    ties
        One row a tie: `source` and `target` (codes), `value` (level 1 to 4, or a mean; null or
        nought draws nothing) and `confirmed`; what is not confirmed is drawn dashed.
    language
        Of the texts around the figures; without it, the frame's own.
    width
        In pixels. Names stand beside their points where all of them find room; elsewhere points
        are numbered, and the names listed underneath.

    Raises
    ------
    ChartError
        A column is missing, or a tie names a partner that `nodes` does not hold.
    """
    language = spoken(nodes, language)
    comparable(nodes, ("partner", "name", "sector", "level"))
    comparable(ties, ("source", "target", "value", "confirmed"))
    stranger = {*ties["source"], *ties["target"]} - {*nodes["partner"]}
    if stranger:
        raise ChartError(both("chart.stranger", partner=min(map(str, stranger))))
    if nodes.empty:
        return canvas.drawn([canvas.texts([])], width, 1, "")
    table = numbered(worded(nodes, language))
    named = _named(table, ties, language, width) if width > _WIDE else None
    layers, top = named or _in_numbers(table, ties, width)
    levels = [level for level in LEVELS if (table["level"] == level).any()]
    below, top = legend(levels, language, width, top, answers="answered" in table)
    if named is None:
        listing, top = listed(table, width, top + 8)
        below += listing
    said = describe_relations(nodes, ties, language=language)
    return canvas.drawn([*layers, *below], width, top, said)


def _named(
    table: pd.DataFrame, ties: pd.DataFrame, language: Language, width: float
) -> tuple[list[Any], float] | None:
    """Return the map with its names and where it ends, or nothing if they find no room."""
    radius, edge = width * 0.37, 36
    middle = (width / 2, radius + edge)
    rings = Rings.of(table, radius, 60)
    levels = _levels(rings, middle, language)
    rings = rings.moved(*middle)
    sectors, taken = _sectors(rings, middle)
    taken += [(mark["x"] - 26, mark["y"] - 7, mark["x"] + 26, mark["y"] + 7) for mark in levels]
    names = dict(zip(table["partner"], table["name"], strict=True))
    lines = _ties(ties, rings, 1)
    names_at = beside(rings.places, names, (0, 0, width, 2 * middle[1]), taken, _along(lines))
    if names_at is None:
        return None
    layers = [
        *_ground(rings, middle, levels),
        _drawn_ties(lines),
        *_points(table, rings, _POINT),
        *_written(names_at),
        canvas.texts(sectors, align="center", fontSize=SIZE, fontWeight=600, lineHeight=LINE),
    ]
    return layers, 2 * middle[1] + 6


def _written(names: list[Name]) -> list[Any]:
    """Return names on a pale edge, so that they are legible over a line."""
    layers = []
    for align, at in (("left", 0.0), ("center", 0.5), ("right", 1.0)):
        marks = [
            {
                "x": name.box[0] + at * (name.box[2] - name.box[0]),
                "y": name.box[1] + LINE / 2,
                "said": "\n".join(name.lines),
            }
            for name in names
            if name.align == align
        ]
        style = {"align": align, "fontSize": SIZE, "lineHeight": LINE}
        layers += [canvas.texts(marks, **style, **look.HALO), canvas.texts(marks, **style)]
    return layers


def _in_numbers(table: pd.DataFrame, ties: pd.DataFrame, width: float) -> tuple[list[Any], float]:
    """Return the map with a number in each point, and where it ends."""
    radius = min(width / 2, 250) - 18
    middle = (width / 2, radius + 18)
    rings = Rings.of(table, radius, 2.2 * _LARGEST).moved(*middle)
    size = min(max(rings.nearest / 2 - 0.5, _SMALLEST), _LARGEST)
    letters = dict(zip(table["sector"], table["letter"], strict=True))
    rim = {sector: around(sum(ends) / 2, radius + 10) for sector, ends in rings.wedges.items()}
    marks = [
        {"x": middle[0] + x, "y": middle[1] + y, "said": letters[sector]}
        for sector, (x, y) in rim.items()
    ]
    layers = [
        *_ground(rings, middle, []),
        _drawn_ties(_ties(ties, rings, 0.7)),
        *_points(table, rings, size, numbers=True),
        canvas.texts(marks, align="center", fontWeight=600),
    ]
    return layers, 2 * middle[1] + 10


def _levels(rings: Rings, middle: Place, language: Language) -> list[dict[str, Any]]:
    """Return the names of the levels, each in its band."""
    return [
        {"x": middle[0] + x, "y": middle[1] + y, "said": level_name(level, language)}
        for level, (x, y) in rings.level_places().items()
    ]


def _ground(rings: Rings, middle: Place, levels: list[dict[str, Any]]) -> list[Any]:
    """Return the bands with their levels, and the borders of the sectors."""
    x, y = middle
    bands = [
        {"x": x, "y": y, "size": (2 * edge) ** 2, "tint": tint}
        for edge, tint in zip(rings.edges.values(), _TINTS, strict=False)
    ]
    borders = []
    if len(rings.wedges) > 1:
        for start, _ in rings.wedges.values():
            right, down = around(start, rings.radius)
            borders.append({"x": x, "y": y, "x2": x + right, "y2": y + down})
    style = {"align": "center", "fontSize": 10.5, "color": look.SOFT}
    tint = alt.Fill("tint:N", scale=None, legend=None)
    disc = canvas.points(bands[::-1], stroke=look.LINE, strokeWidth=1)
    return [
        disc.encode(fill=tint),
        canvas.lines(borders, strokeWidth=0.8),
        canvas.texts(levels, **style, **look.HALO),
        canvas.texts(levels, **style),
    ]


def _ties(ties: pd.DataFrame, rings: Rings, scale: float) -> list[dict[str, Any]]:
    """Return the lines of the ties, those that are not confirmed first, underneath."""
    rows = []
    for tie in ties[ties["value"] > 0].to_dict("records"):
        (x, y), (x2, y2) = rings.places[tie["source"]], rings.places[tie["target"]]
        row = {"x": x, "y": y, "x2": x2, "y2": y2, "confirmed": bool(tie["confirmed"])}
        rows.append(row | {"size": thickness(tie["value"]) * scale})
    return sorted(rows, key=lambda row: row["confirmed"])


def _drawn_ties(lines: list[dict[str, Any]]) -> Any:
    dash = alt.condition("datum.confirmed", alt.value([1, 0]), alt.value(DASHED))
    ink = alt.condition("datum.confirmed", alt.value(look.MAIN), alt.value(look.SOFT))
    return canvas.lines(lines, opacity=0.8).encode(strokeDash=dash, color=ink)


def _along(lines: list[dict[str, Any]]) -> NDArray[np.float64]:
    """Return points along the lines, shape (n, 2)."""
    part = np.linspace(0, 1, 60)
    ends = [(line["x"], line["y"], line["x2"], line["y2"]) for line in lines]
    x, y, x2, y2 = np.array(ends, dtype=float).reshape(-1, 4).T[:, :, None]
    return np.stack([x + (x2 - x) * part, y + (y2 - y) * part], axis=-1).reshape(-1, 2)


def _points(
    table: pd.DataFrame, rings: Rings, radius: float, *, numbers: bool = False
) -> list[Any]:
    """Return the partners, filled where they answered and hollow where they did not."""
    rows = [
        {"x": x, "y": y, "answered": bool(row.get("answered", True)), "said": str(row["number"])}
        for row in table.to_dict("records")
        for x, y in [rings.places[row["partner"]]]
    ]
    fill = alt.condition("datum.answered", alt.value(look.MAIN), alt.value("#ffffff"))
    ink = alt.condition("datum.answered", alt.value("#ffffff"), alt.value(look.INK))
    points = canvas.points(rows, size=(2 * radius) ** 2, stroke=look.MAIN, strokeWidth=1.6)
    written = canvas.texts(rows, align="center", fontSize=radius + 1, fontWeight=600)
    return [points.encode(fill=fill), *([written.encode(color=ink)] if numbers else [])]


def _sectors(rings: Rings, middle: Place) -> tuple[list[dict[str, Any]], list[Box]]:
    """Return the sectors' names along the rim, and the boxes that they fill."""
    marks, boxes = [], []
    for sector, ends in rings.wedges.items():
        x, y = around(sum(ends) / 2, rings.radius + 10)
        lines = wrapped(sector, 92, SIZE, bold=True)
        wide = max(breadth(line, SIZE, bold=True) for line in lines)
        tall = LINE * len(lines)
        # The text grows away from the rim: to the side that it stands on.
        left = middle[0] + x - wide / 2 * (1 - x / (rings.radius + 10))
        top = middle[1] + y - tall / 2 * (1 - y / (rings.radius + 10))
        marks.append({"x": left + wide / 2, "y": top + LINE / 2, "said": "\n".join(lines)})
        boxes.append((left, top, left + wide, top + tall))
    return marks, boxes
