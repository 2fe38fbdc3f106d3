"""Links to hand out: one for each person, or one for the group."""

from collections.abc import Sequence
from typing import ClassVar, NotRequired, Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import either, number, word
from toolkit.widgets.state import Button, State

__all__ = ["HandedLink", "LinkList", "LinkListState"]


class HandedLink(TypedDict):
    """One link.

    Attributes
    ----------
    name
        Whose it is.
    address
        Where it leads.
    picture
        Its QR code, as the address of a picture.
    """

    name: str
    address: str
    picture: NotRequired[str]


class LinkListState(State, total=False):
    """What a list of links is told.

    Attributes
    ----------
    title
        Its heading; where it is empty, nothing is shown.
    links
        The links, in their order.
    text
        What stands above them; blank lines part paragraphs.
    makes
        What can be made.
    count
        How many are made at once unless somebody types another number; without it, nobody can.
    """

    title: Required[str]
    links: Required[Sequence[HandedLink]]
    text: str
    makes: Sequence[Button]
    count: int


class LinkList(Component):
    """Show links with a copy button and, for a projector, a QR code.

    Messages
    --------
    make
        Links are to be made: `what` by its name, and the `count` that was typed.

    Examples
    --------
    >>> LinkList(title="Links", links=[{"name": "Parents", "address": "https://example.org/x"}])
    LinkList(title='Links')
    """

    _esm = shared_script("link_list")
    _css = shared_style("link_list")
    accepts: ClassVar = {"make": {"what": word, "count": either(number)}}
    usual: ClassVar = {"makes": ()}
    wording: ClassVar = {
        name: f"setup.{name}" for name in ("count", "copy", "copy_all", "copied", "qr")
    }

    def __init__(self, **state: Unpack[LinkListState]) -> None:
        super().__init__(**state)
