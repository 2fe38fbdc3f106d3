"""Roles by organisation: a table of boxes to tick."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import word, words

__all__ = ["RoleTable"]


class RoleTable(Component):
    """Show partners by roles, a box for each; says `roles`: one partner with all that it holds.

    State: `title`, `text`, `roles` (code, name, about), `partners` (code, name, roles), `words`,
    `language`.
    """

    _esm = shared_script("roles")
    _css = shared_style("roles")
    accepts: ClassVar = {"roles": {"partner": word, "roles": words}}
