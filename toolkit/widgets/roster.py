"""The list of partners, typed line by line or pasted from a spreadsheet."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import rows, text

__all__ = ["Roster"]


class Roster(Component):
    """Edit rows of name, sector and level; says `keep` (every row) and `paste` (a text).

    State: `title`, `text`, `rows` (code, name, sector, level), `levels` and `sectors` (code, name),
    `words`, `language`.
    """

    _esm = shared_script("roster")
    _css = shared_style("roster")
    accepts: ClassVar = {"keep": {"rows": rows}, "paste": {"text": text, "rows": rows}}
