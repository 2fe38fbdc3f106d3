"""How a chart reaches a page: as pictures drawn here, so that nothing is fetched to see it."""

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NotRequired, TypedDict

import altair as alt
import vl_convert

from toolkit.text import Language

__all__ = ["WIDTHS", "View", "svg", "view"]

#: Widths of the two pictures, in pixels: a phone's, and a laptop's.
WIDTHS = (300, 680)


class View(TypedDict):
    """What a `widgets.ChartView` is told: its `ChartState`, which no chart imports."""

    title: str
    pictures: Sequence[str]
    description: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: NotRequired[str]
    language: NotRequired[Language]
    words: NotRequired[Mapping[str, str]]


def view(
    draw: Callable[[int], Any],
    *,
    title: str,
    description: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    words: dict[str, str],
    language: Language,
    note: str = "",
) -> View:
    """Return the state of a `widgets.ChartView`: the chart drawn at both widths, and its table.

    Parameters
    ----------
    draw
        Returns the altair chart, or its specification, for a width in pixels.
    title, description
        What stands above it; what a screen reader says instead of it.
    headers, rows
        The same figures as a table; without rows, there is none.
    words
        `table` and `chart`: the words of the toggle.
    language
        Of all these texts.
    note
        How the chart is to be read, under its title.
    """
    return {
        "title": title,
        "pictures": [_picture(draw(width)) for width in WIDTHS],
        "description": description,
        "headers": list(headers),
        "rows": [list(row) for row in rows],
        "words": words,
        "language": language,
        "note": note,
    }


def svg(chart: Any) -> str:
    """Return a chart, or what a specification says, as SVG, drawn in this process."""
    version = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    # The tests draw every chart; checking each mark against the schema is a third of a page's wait.
    drawing = chart if isinstance(chart, dict) else chart.to_dict(validate=False)
    return str(vl_convert.vegalite_to_svg(drawing, vl_version=version))


def _picture(chart: Any) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg(chart).encode()).decode()
