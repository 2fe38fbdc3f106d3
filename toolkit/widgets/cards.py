"""Cards side by side: the four conditions, what to talk about, the rounds and what can be done."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import word

__all__ = ["Cards"]


class Cards(Component):
    """Show cards under a heading; says `act` with a card and one of its actions.

    State: `title`, `text`, `cards` (code, title, figure, lines, items, actions, tone), `focus`,
    `language`.
    """

    _esm = shared_script("cards")
    _css = shared_style("cards")
    accepts: ClassVar = {"act": {"card": word, "action": word}}
