"""The list of partners, typed line by line or pasted from a spreadsheet."""

from collections.abc import Sequence
from typing import ClassVar, Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import rows, text
from toolkit.widgets.state import State

__all__ = ["Roster", "RosterRow", "RosterState"]

_TYPED = (
    *("add", "remove", "keep", "paste", "paste_hint", "paste_read"),
    *("sector", "level", "unsaved"),
)


class RosterRow(TypedDict):
    """One organisation.

    Attributes
    ----------
    code, name
        Which it is; no code before it is kept.
    sector, level
        The codes of what was chosen; a sector may be a text of its own.
    """

    code: str
    name: str
    sector: str
    level: str


class RosterState(State, total=False):
    """What the list is told.

    Attributes
    ----------
    title
        Its heading; where it is empty, nothing is shown.
    rows
        The organisations.
    levels, sectors
        What can be chosen: code and name.
    text
        What stands above it; blank lines part paragraphs.
    message
        What became of what was pressed elsewhere.
    focus
        Whether the reader is led to the heading.
    """

    title: Required[str]
    rows: Required[Sequence[RosterRow]]
    levels: Required[Sequence[tuple[str, str]]]
    sectors: Required[Sequence[tuple[str, str]]]
    text: str
    message: str
    focus: bool


class Roster(Component):
    """Edit rows of name, sector and level.

    Messages
    --------
    keep
        All `rows`, as they stand.
    paste
        A `text` to be read as a list, with the `rows` as they stand.

    Examples
    --------
    >>> Roster(title="Partners", rows=[], levels=[("local", "Local")], sectors=[])
    Roster(title='Partners')
    """

    _esm = shared_script("roster")
    _css = shared_style("roster")
    accepts: ClassVar = {"keep": {"rows": rows}, "paste": {"text": text, "rows": rows}}
    wording: ClassVar = {**{name: f"setup.{name}" for name in _TYPED}, "name": "setup.partner"}

    def __init__(self, **state: Unpack[RosterState]) -> None:
        super().__init__(**state)
