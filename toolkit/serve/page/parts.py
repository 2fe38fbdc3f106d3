"""The parts of a page as they are written: for our own short script, or for Voilà's bundle."""

import json
import re
from base64 import b64encode
from html import escape
from typing import Any

from nbconvert.filters.markdown import markdown2html
from nbformat import NotebookNode

__all__ = ["VIEW", "Parts", "WidgetParts"]

VIEW = "application/vnd.jupyter.widget-view+json"
_SVG = "image/svg+xml"
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)


class Parts:
    """For our own script: each part is an element that acts as soon as it arrives.

    Parameters
    ----------
    failed
        What is said of a page that cannot be made.
    left_out
        What is said of a part that needs a script of its own.
    """

    template = "page.html"

    def __init__(self, failed: str, left_out: str) -> None:
        self.failed = f'<agir-said class="agir-said">{escape(failed)}</agir-said>\n'
        self.left_out = f'<p class="agir-said">{escape(left_out)}</p>'

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
        """Return what a cell shows; of an error, what its page says of it."""
        if output.output_type == "error":
            return f'<agir-said class="agir-said">{escape(output.evalue)}</agir-said>\n'
        if output.output_type == "stream":
            return f"<agir-said><pre>{escape(output.text)}</pre></agir-said>\n"
        return self.output(output)

    def output(self, output: NotebookNode) -> str:
        """Return what a cell shows that went well."""
        if VIEW in output.data:
            return self.view(output)
        return f"<agir-said>{self._still(output)}</agir-said>\n"

    def view(self, output: NotebookNode) -> str:
        """Return the view of a widget."""
        return f'<agir-view data-model="{escape(output.data[VIEW]["model_id"])}"></agir-view>\n'

    def _still(self, output: NotebookNode) -> str:
        """Return what needs no widget, in the best form in which it is shown without a script."""
        data = {kind: _text(content) for kind, content in output.data.items()}
        if "text/html" in data:
            html = data["text/html"]
            return f"{html}\n{self.left_out}" if _SCRIPT.search(html) else html
        for kind in (*_PICTURES, _SVG):
            if kind in data:
                return _picture(kind, data[kind], output.metadata.get(kind, {}).get("alt", ""))
        if "text/markdown" in data:
            return str(markdown2html(data["text/markdown"]))
        if any(kind.startswith(("application/", "video/", "audio/")) for kind in data):
            return self.left_out
        return f"<pre>{escape(data.get('text/plain', ''))}</pre>"


class WidgetParts(Parts):
    """For Voilà's bundle, which draws any widget: it reads outputs as JSON, at the end.

    Parameters
    ----------
    failed, left_out
        As above.
    settings
        What Voilà tells its bundle.
    """

    template = "widgets.html"

    def __init__(self, failed: str, left_out: str, settings: dict[str, Any]) -> None:
        super().__init__(failed, left_out)
        self._settings = settings

    def kernel(self, base: str, kernel_id: str) -> str:
        """Return what the bundle finds its kernel by."""
        told = {**self._settings, "baseUrl": base, "kernelId": kernel_id}
        return _json("application/json", told, 'id="jupyter-config-data"')

    def seen(self, page: Any) -> str:  # noqa: ARG002
        """Return nothing: the bundle draws nothing before its kernel."""
        return ""

    def view(self, output: NotebookNode) -> str:
        """Return the view of a widget as the bundle reads it."""
        shown = _json("application/vnd.voila.cell-output+json", output)
        return f'<div class="agir-cell">{shown}</div>\n'


def _text(content: Any) -> str:
    return content if isinstance(content, str) else json.dumps(content)


def _picture(kind: str, content: str, alt: str) -> str:
    """Return a picture, in which no script runs."""
    if kind == _SVG:
        content = b64encode(content.encode()).decode()
    source = f"data:{kind};base64,{escape(content.strip())}"
    return f'<img alt="{escape(str(alt))}" src="{source}">'


def _json(kind: str, content: Any, more: str = "") -> str:
    # Inside a script element only its own end tag would be read as markup.
    text = json.dumps(content).replace("<", "\\u003c")
    return f'<script type="{kind}" {more}>{text}</script>\n'
