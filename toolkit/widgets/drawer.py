"""Lines for one reader alone: shut until they are asked for."""

from collections.abc import Sequence
from typing import Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.state import State

__all__ = ["Drawer", "DrawerState", "ListGroup"]


class ListGroup(TypedDict):
    """A list under its own heading.

    Attributes
    ----------
    title
        The heading.
    items
        Its lines.
    """

    title: str
    items: Sequence[str]


class DrawerState(State, total=False):
    """What a drawer is told.

    Attributes
    ----------
    title
        The label that opens it; where it is empty, nothing is shown.
    groups
        The lists in it.
    text
        What stands above them; blank lines part paragraphs.
    """

    title: Required[str]
    groups: Required[Sequence[ListGroup]]
    text: str


class Drawer(Component):
    """Show lists under a label that opens them.

    Messages
    --------
    None.

    Examples
    --------
    >>> Drawer(title="What people wrote", groups=[{"title": "Time", "items": ["We lack it."]}])
    Drawer(title='What people wrote')
    """

    _esm = shared_script("drawer")
    _css = shared_style("drawer")

    def __init__(self, **state: Unpack[DrawerState]) -> None:
        super().__init__(**state)
