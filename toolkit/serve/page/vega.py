"""Charts that a cell shows as a specification, drawn here: a page has no library to draw them."""

import json
import re
from typing import Any

from nbformat import NotebookNode

__all__ = ["specified", "still"]

_SPECIFIED = re.compile(r"application/vnd\.vega(lite)?\.v\d+(\.\d+)*\+json")
_SVG = "image/svg+xml"


def specified(outputs: list[NotebookNode]) -> bool:
    """Return whether a chart is among what a cell shows; to draw it takes a moment."""
    return any(_kind(output) for output in outputs)


def still(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Put each chart's picture in its place; one that cannot be drawn stays what it was."""
    for output in outputs:
        if (kind := _kind(output)) and (drawn := _drawn(output.data[kind], kind)):
            output.data = {_SVG: drawn[0]}
            output.metadata = {_SVG: {"alt": drawn[1]}}
    return outputs


def _kind(output: NotebookNode) -> str | None:
    return next(filter(_SPECIFIED.fullmatch, output.get("data", ())), None)


def _drawn(spec: Any, kind: str) -> tuple[str, str] | None:
    import vl_convert  # noqa: PLC0415  # a server that meets no such chart need not carry it

    lite = "vegalite" in kind
    draw = vl_convert.vegalite_to_svg if lite else vl_convert.vega_to_svg
    try:
        found = json.loads(spec) if isinstance(spec, str) else spec
        # It fetches nothing: what a chart is made of is in it, as on every page of ours.
        return str(draw(found, allowed_base_urls=[])), _said(found)
    except (ValueError, TypeError):
        return None


def _said(spec: dict[str, Any]) -> str:
    title = spec.get("description") or spec.get("title") or ""
    return str(title.get("text", "") if isinstance(title, dict) else title)
