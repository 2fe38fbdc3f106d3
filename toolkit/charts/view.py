"""How a chart reaches a page or a notebook: drawn here, so that nothing is fetched to see it."""

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import unescape
from typing import Any, NotRequired, TypedDict

import altair as alt
import vl_convert

from toolkit.charts.lettering import breadth, known
from toolkit.text import Language

__all__ = ["WIDTHS", "View", "bundle", "described", "show_offline", "svg", "view"]

#: Widths of the two pictures, in pixels: a phone's, and a laptop's.
WIDTHS = (300, 680)

_RENDERER, _SVG = "agir", "image/svg+xml"
#: The newest that JupyterLab 4 and Notebook 7 draw; nothing of ours asks for more.
_SPECIFIED = "application/vnd.vegalite.v5+json"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"

_TEXT = re.compile(r'<text((?: [\w:-]+="[^"]*")*)>(.*?)</text>', re.DOTALL)
_LINE = re.compile(r'<tspan((?: [\w:-]+="[^"]*")*)>(.*?)</tspan>', re.DOTALL)
_SIZE, _WEIGHT = re.compile(r'font-size="([\d.]+)px"'), re.compile(r'font-weight="(\w+)"')
#: From so many letters on it matters that another font is wider.
_SHORT = 3
_BOLD = {"bold", "600", "700", "800", "900"}


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
    """Return a chart, or what a specification says, as SVG; its texts are as wide in every font."""
    version = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    # The tests draw every chart; checking each mark against the schema is a third of a page's wait.
    drawing = chart if isinstance(chart, dict) else chart.to_dict(validate=False)
    return _TEXT.sub(_fitted, str(vl_convert.vegalite_to_svg(drawing, vl_version=version)))


def bundle(spec: dict[str, Any], **_options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a notebook keeps of a chart: its specification, its picture, and its words.

    JupyterLab draws the specification itself. Everything else, from a saved file on a code host to
    `nbconvert`, shows the picture, and what shows neither reads the words. An Altair renderer.
    """
    said = described(spec)
    data = {
        _SPECIFIED: spec | {"$schema": _SCHEMA},
        _SVG: svg(spec),
        "text/plain": said or "Vega-Lite",
    }
    return data, {_SVG: {"alt": said}}


def described(spec: dict[str, Any]) -> str:
    """Return what a chart says in words, else its title."""
    title = spec.get("description") or spec.get("title") or ""
    text = title.get("text", "") if isinstance(title, dict) else title
    return " ".join(text) if isinstance(text, list) else str(text)


def show_offline() -> None:
    """Let Altair's charts show themselves by `bundle`, unless another renderer was chosen.

    The one that Altair starts with fetches what draws from a public server.
    """
    alt.renderers.register(_RENDERER, bundle)
    if alt.renderers.active == "default":
        alt.renderers.enable(_RENDERER)


def _fitted(found: re.Match[str]) -> str:
    """Return a text that keeps the width it was laid out in, whatever font a reader has."""
    told, content = found.groups()
    size, weight = _SIZE.search(told), _WEIGHT.search(told)
    if size is None:
        return found[0]
    length = partial(_length, float(size[1]), weight is not None and weight[1] in _BOLD)
    if "<tspan" not in content:
        return f"<text{told}{length(content)}>{content}</text>"
    lines = _LINE.sub(lambda m: f"<tspan{m[1]}{length(m[2])}>{m[2]}</tspan>", content)
    return f"<text{told}>{lines}</text>"


def _length(size: float, bold: bool, content: str) -> str:  # noqa: FBT001  # of a partial
    text = unescape(content)
    if len(text) < _SHORT or not known(text):
        return ""
    wide = breadth(text, size, bold=bold)
    return f' textLength="{wide:.1f}" lengthAdjust="spacingAndGlyphs"'


def _picture(chart: Any) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg(chart).encode()).decode()
