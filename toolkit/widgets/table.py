"""A plain table with a caption: what a chart cannot say in a few marks."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style

__all__ = ["Table"]


class Table(Component):
    """Show rows under headers.

    State: `title`, `text`, `headers`, `rows` (a cell is a text, or blocks of lines), `language`;
    `wide` where its cells hold sentences, `print` where it can be printed by itself.
    """

    _esm = shared_script("table")
    _css = shared_style("table")
    accepts: ClassVar = {}
