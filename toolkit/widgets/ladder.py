"""Himmelman's four ways of working, side by side: none stands above another."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import fields

__all__ = ["Ladder"]


class Ladder(Component):
    """Show the four ways as equals, each with a local example; says `keep` with the examples.

    State: `title`, `text`, `ways` (code, name, about, asks, parts, example, mark: a few words
    where it is the one that fits, else empty), `parts` of a way being what it keeps and, last,
    what it adds; `editable`; `words` (added, example, and where it is editable `keep`, `hint`);
    `language`.
    """

    _esm = shared_script("ladder")
    _css = shared_style("ladder")
    accepts: ClassVar = {"keep": {"examples": fields}}
