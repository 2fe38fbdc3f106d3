"""The parts of a page as they are written: for our own short script, or for Voilà's bundle."""

import json
from html import escape
from typing import Any

from nbconvert.filters.markdown import markdown2html
from nbformat import NotebookNode

__all__ = ["Parts", "WidgetParts"]

_VIEW = "application/vnd.jupyter.widget-view+json"
_PICTURES = ("image/png", "image/jpeg")


class Parts:
    """For our own script: each part is an element that acts as soon as it arrives.

    Parameters
    ----------
    failed
        What is said instead of a traceback.
    """

    template = "page.html"

    def __init__(self, failed: str) -> None:
        self.failed = f'<agir-said class="agir-said">{escape(failed)}</agir-said>\n'

    def kernel(self, base: str, kernel_id: str) -> str:
        """Return the part that connects the page with its kernel."""
        return f'<agir-kernel data-base="{escape(base)}" data-id="{kernel_id}"></agir-kernel>\n'

    def progress(self, text: str) -> str:
        """Return the part that says what is waited for."""
        return f'<agir-progress data-text="{escape(text)}"></agir-progress>\n'

    def seen(self, page: Any) -> str:
        """Return the part that shows the page as its last visitor saw it."""
        return _json("application/json", page, 'id="agir-seen"') + "<agir-seen></agir-seen>\n"

    def prose(self, cell: NotebookNode) -> str:
        """Return a cell of text, unless only the notebook's reader needs it."""
        if "notebook-only" in cell.metadata.get("tags", []):
            return ""
        return f'<div class="agir-prose">{markdown2html(cell.source)}</div>\n'

    def shown(self, output: NotebookNode) -> str:
        """Return what a cell shows; of an error, only that there was one."""
        if output.output_type == "error":
            return self.failed
        return self.output(output)

    def output(self, output: NotebookNode) -> str:
        """Return what a cell shows that went well."""
        data = output.data
        if _VIEW in data:
            return f'<agir-view data-model="{escape(data[_VIEW]["model_id"])}"></agir-view>\n'
        picture = next((kind for kind in _PICTURES if kind in data), None)
        if "text/html" in data:
            inside = data["text/html"]
        elif "image/svg+xml" in data:
            inside = data["image/svg+xml"]
        elif picture:
            inside = f'<img alt="" src="data:{picture};base64,{escape(data[picture].strip())}">'
        else:
            inside = f"<pre>{escape(data.get('text/plain', ''))}</pre>"
        return f"<agir-said>{inside}</agir-said>\n"


class WidgetParts(Parts):
    """For Voilà's bundle, which draws any widget: it reads outputs as JSON, at the end.

    Parameters
    ----------
    failed
        What is said instead of a traceback.
    settings
        What Voilà tells its bundle.
    """

    template = "widgets.html"

    def __init__(self, failed: str, settings: dict[str, Any]) -> None:
        super().__init__(failed)
        self._settings = settings

    def kernel(self, base: str, kernel_id: str) -> str:
        """Return what the bundle finds its kernel by."""
        told = {**self._settings, "baseUrl": base, "kernelId": kernel_id}
        return _json("application/json", told, 'id="jupyter-config-data"')

    def seen(self, page: Any) -> str:  # noqa: ARG002
        """Return nothing: the bundle draws nothing before its kernel."""
        return ""

    def output(self, output: NotebookNode) -> str:
        """Return an output as the bundle reads it."""
        shown = _json("application/vnd.voila.cell-output+json", output)
        return f'<div class="agir-cell">{shown}</div>\n'


def _json(kind: str, content: Any, more: str = "") -> str:
    # Inside a script element only its own end tag would be read as markup.
    text = json.dumps(content).replace("<", "\\u003c")
    return f'<script type="{kind}" {more}>{text}</script>\n'
