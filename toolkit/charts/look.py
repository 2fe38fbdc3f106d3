"""What all charts share: colours that the colour-blind tell apart, type, labelled rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import altair as alt
import numpy as np
import pandas as pd

from toolkit.charts.lettering import breadth, wrapped

__all__ = [
    "HALO",
    "INK",
    "LINE",
    "MAIN",
    "MIDDLE",
    "SECOND",
    "SOFT",
    "Rows",
    "axis",
    "diverging",
    "ink_on",
    "legend",
    "numbers",
    "scale",
    "styled",
]

Drawn = TypeVar("Drawn", bound=alt.TopLevelMixin)

# ColorBrewer PuOr: safe for the colour-blind, and its ends differ in lightness from its middle.
_LOW = ("#7f3b08", "#b35806", "#f1a340", "#fdd9a8")
_HIGH = ("#cfc8e6", "#998ec3", "#542788", "#2d004b")
MIDDLE = "#d8dadb"
INK, SOFT, LINE = "#1d2b2f", "#4a5a5f", "#c3ced0"
MAIN, SECOND = "#0f5c6b", "#b35806"
#: Round letters that stand on lines.
HALO = {"stroke": "#ffffff", "strokeWidth": 3, "strokeJoin": "round"}

# A row is its label, on one line or two, and a bar under it; in pixels.
_BAR_ROOM, _LINE_ROOM = 30, 16
#: Where a front end draws from the specification, its letters may be an eighth wider.
_ROOM = 0.88
#: The sign of a legend's name and what parts it from the next, in pixels; the most columns.
_SIGN, _MOST = 34, 5


@dataclass(frozen=True)
class Rows:
    """Labelled rows of one chart: how tall, and where in a row its label and its bar lie.

    Attributes
    ----------
    labels
        The labels, broken into lines.
    height
        Of all rows, in pixels.
    label_at, bar_at
        Distance of the label's first line, and of the bar, from the middle of a row, in pixels.
    """

    labels: pd.Series
    height: int
    label_at: float
    bar_at: float

    @classmethod
    def of(cls, texts: pd.Series, width: float) -> "Rows":
        """Lay out as many rows as there are texts, in a width in pixels."""
        room = max(width * _ROOM, 90)
        labels = texts.map(lambda text: "\n".join(wrapped(str(text), room, 12.5, bold=True)))
        lines = max((label.count("\n") + 1 for label in labels), default=1)
        # The last line lies on the bar that it names, however many lines the others take.
        labels = labels.map(lambda label: "\n" * (lines - 1 - label.count("\n")) + label)
        row = _BAR_ROOM + _LINE_ROOM * lines
        return cls(labels, row * max(len(labels), 1), 4 - row / 2, row / 2 - _BAR_ROOM / 2)

    def draw(self, rows: alt.Y) -> Any:
        """Return the layer that writes each label from the left edge, in rows by `y`."""
        table = pd.DataFrame({"y": range(len(self.labels)), "label": self.labels})
        base: Any = alt.Chart(table).encode(y=rows)
        text = {"fontSize": 12.5, "fontWeight": 600, "color": INK, "lineBreak": "\n"}
        place = {"align": "left", "baseline": "line-top", "dy": self.label_at}
        # Under the letters the same in white, wider: a grid line never crosses a word.
        said = {"x": alt.XValue(0), "text": alt.Text("label:N")}
        halo = base.mark_text(**place, **text, **HALO).encode(**said)
        return halo + base.mark_text(**place, **text).encode(**said)


def diverging(last: int) -> list[str]:
    """Return a colour for each step: oranges below the middle, purples above it."""
    half = last // 2
    low, high = _LOW[1 : 1 + half], _HIGH[3 - half : 3]
    if half > len(_LOW) - 1:
        low, high = _between(_LOW, half), _between(_HIGH, half)
    middle = [MIDDLE] if last % 2 else []
    return [*low, *middle, *high]


def _between(colours: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Return so many colours, evenly spaced from the first to the last of some."""
    parts = [[int(colour[i : i + 2], 16) for colour in colours] for i in (1, 3, 5)]
    places, given = np.linspace(0, len(colours) - 1, count), np.arange(len(colours))
    mixed = np.stack([np.interp(places, given, part) for part in parts], axis=-1).round()
    return tuple("#" + "".join(f"{int(part):02x}" for part in colour) for colour in mixed)


def ink_on(colour: str) -> str:
    """Return the colour of a number that is legible on another colour."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#ffffff" if 0.3 * red + 0.59 * green + 0.11 * blue < 110 else INK  # noqa: PLR2004


def numbers(frame: pd.DataFrame) -> range:
    """Return the numbers of the steps that a frame's rows are rated on, as it says itself.

    By `first` (the number of the lowest step) and `steps` (how many there are); of rows on several
    scales, from the lowest number of all to the highest.
    """
    told = frame[["first", "steps"]].dropna().astype("int64")
    if told.empty:  # nothing is rated: an axis without a number
        return range(0)
    return range(int(told["first"].min()), int((told["first"] + told["steps"]).max()))


def scale(frame: pd.DataFrame, column: str = "x") -> alt.X:
    """Return the horizontal axis of the scale of a frame, its whole numbers only.

    Every layer of a chart needs it: one without brings an axis of its own, of fewer numbers.
    """
    return alt.X(f"{column}:Q", title=None, **axis(frame))


def axis(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the domain and the marks of the scale of a frame, for an axis either way."""
    steps = numbers(frame) or range(1)
    return {
        "scale": alt.Scale(domain=[steps[0] - 0.3, steps[-1] + 0.3], nice=False),
        "axis": alt.Axis(values=list(numbers(frame)), format="d", gridColor=LINE),
    }


def legend(names: Sequence[str], width: float) -> alt.Legend:
    """Return a legend of some names above a chart, in as many columns as find room in a width."""
    longest = max((breadth(name, 12) for name in names), default=0) + _SIGN
    columns = min(max(int(width // longest), 1), _MOST)
    return alt.Legend(orient="top", columns=columns, labelLimit=max(width - _SIGN, _SIGN))


def styled(chart: Drawn, said: str) -> Drawn:
    """Return a finished chart: its type and its lines, no frame, and what it says in words."""
    finished: Drawn = chart.properties(description=said).configure(
        font="Liberation Sans, Arial, Helvetica, sans-serif",
        background="#ffffff",
        view={"stroke": None},
        axis={"labelFontSize": 12, "labelColor": SOFT, "domainColor": LINE, "tickColor": LINE}
        | {"titleFontWeight": 400, "titleColor": SOFT},
        legend={"labelFontSize": 12, "labelColor": INK},
    )
    return finished
