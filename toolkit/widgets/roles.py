"""Roles by organisation: a table of boxes to tick."""

from collections.abc import Sequence
from typing import ClassVar, Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import word, words
from toolkit.widgets.state import State

__all__ = ["Role", "RolePartner", "RoleTable", "RoleTableState"]


class Role(TypedDict):
    """One role.

    Attributes
    ----------
    code
        What the message calls it.
    name, about
        What it is called, and what it is.
    """

    code: str
    name: str
    about: str


class RolePartner(TypedDict):
    """One organisation.

    Attributes
    ----------
    code, name
        Which it is.
    roles
        The codes of those that it holds.
    """

    code: str
    name: str
    roles: Sequence[str]


class RoleTableState(State, total=False):
    """What the table of roles is told.

    Attributes
    ----------
    title
        Its heading; where it is empty, nothing is shown.
    roles, partners
        Its columns and its rows.
    text
        What stands above it; blank lines part paragraphs.
    """

    title: Required[str]
    roles: Required[Sequence[Role]]
    partners: Required[Sequence[RolePartner]]
    text: str


class RoleTable(Component):
    """Show partners by roles, a box for each.

    Messages
    --------
    roles
        One `partner`, with all the `roles` that it holds now.

    Examples
    --------
    >>> role = {"code": "host", "name": "Host", "about": "Lends its rooms."}
    >>> partner = {"code": "clsc", "name": "CLSC", "roles": ["host"]}
    >>> RoleTable(title="Roles", roles=[role], partners=[partner])
    RoleTable(title='Roles')
    """

    _esm = shared_script("roles")
    _css = shared_style("roles")
    accepts: ClassVar = {"roles": {"partner": word, "roles": words}}
    wording: ClassVar = {"partner": "relations.one", "about": "relations.roles_about"}

    def __init__(self, **state: Unpack[RoleTableState]) -> None:
        super().__init__(**state)
