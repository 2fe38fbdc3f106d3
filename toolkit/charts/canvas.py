"""Marks placed by the pixel, for the charts that are a layout more than a scale.

Each mark is a mapping: `x` and `y` in pixels from the top left corner, `x2` and `y2` of what has
a second end, `said` of what is written, and `size` where marks differ in it: the width of a line,
the square around a point.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from toolkit.charts import look

__all__ = ["LINE", "Marks", "boxes", "drawn", "lines", "points", "texts"]

Marks = Sequence[Mapping[str, Any]]

#: From one line of text to the next, in pixels.
LINE = 16

_AT = {"x": alt.X("x:Q", scale=None, axis=None), "y": alt.Y("y:Q", scale=None, axis=None)}
_ENDS = {"x2": alt.X2("x2:Q"), "y2": alt.Y2("y2:Q")}


def texts(marks: Marks, **style: Any) -> Any:
    """Return what is written, the middle of its first line at `y`; lines part at a line feed."""
    usual = {"fontSize": 12, "color": look.INK, "align": "left", "baseline": "middle"}
    given: dict[str, Any] = usual | {"lineBreak": "\n", "lineHeight": LINE} | style
    return _chart(marks).mark_text(**given).encode(**_AT, text=alt.Text("said:N"))


def lines(marks: Marks, **style: Any) -> Any:
    """Return straight lines."""
    given: dict[str, Any] = {"color": look.LINE, "strokeWidth": 1} | style
    return _chart(marks).mark_rule(**given).encode(**_AT, **_ENDS, **_size(marks))


def boxes(marks: Marks, **style: Any) -> Any:
    """Return boxes from one corner to the opposite one."""
    return _chart(marks).mark_rect(**style).encode(**_AT, **_ENDS)


def points(marks: Marks, **style: Any) -> Any:
    """Return points."""
    given: dict[str, Any] = {"filled": True, "opacity": 1, "color": look.MAIN, "size": 110} | style
    return _chart(marks).mark_point(**given).encode(**_AT, **_size(marks))


def drawn(layers: Sequence[Any], width: float, height: float, said: str) -> alt.LayerChart:
    """Return the finished chart, the first layer at the back, with what it says in words."""
    chart: Any = alt.layer(*layers).properties(width=width, height=height)
    finished: alt.LayerChart = look.styled(chart, said)
    return finished


def _chart(marks: Marks) -> Any:
    return alt.Chart(pd.DataFrame(list(marks)))


def _size(marks: Marks) -> dict[str, Any]:
    sized = any("size" in mark for mark in marks)
    return {"size": alt.Size("size:Q", scale=None, legend=None)} if sized else {}
