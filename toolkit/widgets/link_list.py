"""Links to hand out: one for each person, or one for the group."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import either, number, word

__all__ = ["LinkList"]


class LinkList(Component):
    """Show links with a copy button and, for a projector, a QR code; says `make`.

    State: `title`, `text`, `links` (name, address, picture), `count` if several can be made at
    once, `makes` (name, label),
    `words`, `language`.
    """

    _esm = shared_script("link_list")
    _css = shared_style("link_list")
    accepts: ClassVar = {"make": {"what": word, "count": either(number)}}
