"""The session on paper: what a room fills in by show of hands when there is no network."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style

__all__ = ["Paper"]


class Paper(Component):
    """Show a sheet that prints by itself: each statement, boxes for hands, lines to write on.

    State: `title`, `text`, `head` (lines), `lines` (code, text, question, steps (value, name,
    anchor)), `print`, `words` (`hands`, `dont_know`, `agreed`, `dissent`, `fact`), `language`.
    """

    _esm = shared_script("paper")
    _css = shared_style("paper")
    accepts: ClassVar = {}
