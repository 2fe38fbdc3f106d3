"""What all charts share: colours that the colour-blind tell apart, type, labelled rows."""

from typing import Any, TypeVar

import altair as alt

__all__ = [
    "DIVERGING",
    "INK",
    "LINE",
    "MAIN",
    "SECOND",
    "SOFT",
    "ink_on",
    "labels",
    "legend",
    "scale",
    "styled",
]

Drawn = TypeVar("Drawn", bound=alt.TopLevelMixin)

#: ColorBrewer PuOr with five classes: safe for the colour-blind, and its ends differ in lightness.
DIVERGING = ("#b35806", "#f1a340", "#d8dadb", "#998ec3", "#542788")
INK, SOFT, LINE = "#1d2b2f", "#4a5a5f", "#c3ced0"
MAIN, SECOND = "#0f5c6b", "#b35806"

#: Height of one row: a line of text and a bar under it.
ROW = 46


def ink_on(step: int) -> str:
    """Return the colour of a number that is legible on a step's colour."""
    return "#ffffff" if step in {1, 5} else INK


def scale(last: int, **axis: Any) -> alt.X:
    """Return the horizontal axis of a scale with `last` steps, its whole numbers only."""
    return alt.X(
        "x:Q",
        title=None,
        scale=alt.Scale(domain=[0.7, last + 0.3], nice=False),
        axis=alt.Axis(values=list(range(1, last + 1)), format="d", gridColor=LINE, **axis),
    )


def labels(base: Any, column: str) -> Any:
    """Return the line of text above each row, from the left edge."""
    return base.mark_text(
        align="left", baseline="middle", dy=-13, fontSize=12.5, color=INK, fontWeight=600
    ).encode(x=alt.value(0), text=alt.Text(f"{column}:N"))


def legend(columns: int = 0) -> alt.Legend:
    """Return a legend above the chart."""
    return alt.Legend(orient="top", columns=columns, labelLimit=140)


def styled(chart: Drawn) -> Drawn:
    """Return a finished chart: its type and its lines, and no frame."""
    finished: Drawn = chart.configure(
        font="Liberation Sans, Arial, Helvetica, sans-serif",
        background="#ffffff",
        view={"stroke": None},
        axis={"labelFontSize": 12, "labelColor": SOFT, "domainColor": LINE, "tickColor": LINE},
        legend={"labelFontSize": 12, "labelColor": INK},
    )
    return finished
