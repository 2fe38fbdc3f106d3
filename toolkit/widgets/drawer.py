"""Lines for one reader alone: shut until they are asked for."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style

__all__ = ["Drawer"]


class Drawer(Component):
    """Show lists under a label that opens them; says nothing.

    State: `title` (the label), `text`, `groups` (title, items), `language`.
    """

    _esm = shared_script("drawer")
    _css = shared_style("drawer")
    accepts: ClassVar = {}
