"""Himmelman's four ways of working, side by side: none stands above another."""

from collections.abc import Sequence
from typing import ClassVar, NotRequired, Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import fields
from toolkit.widgets.state import State

__all__ = ["Ladder", "LadderState", "Way"]


class Way(TypedDict):
    """One way of working.

    Attributes
    ----------
    code
        What the message calls it.
    name, about
        What it is called, and what it is.
    parts
        What it keeps of the others and, last, what it adds.
    example
        A local example; empty where there is none.
    asks
        What it asks for.
    mark
        A few words where it is the one that fits.
    """

    code: str
    name: str
    about: str
    parts: Sequence[str]
    example: str
    asks: NotRequired[str]
    mark: NotRequired[str]


class LadderState(State, total=False):
    """What the four ways are told.

    Attributes
    ----------
    title
        Their heading; where it is empty, nothing is shown.
    ways
        The ways, in their order.
    text
        What stands above them; blank lines part paragraphs.
    editable
        Whether the examples can be written.
    """

    title: Required[str]
    ways: Required[Sequence[Way]]
    text: str
    editable: bool


class Ladder(Component):
    """Show the four ways as equals, each with a local example.

    Messages
    --------
    keep
        The `examples`, by the code of the way.

    Examples
    --------
    >>> way = {"code": "networking", "name": "Networking", "about": "We tell.", "example": ""}
    >>> Ladder(title="Four ways", ways=[{**way, "parts": ["tell each other"]}])
    Ladder(title='Four ways')
    """

    _esm = shared_script("ladder")
    _css = shared_style("ladder")
    accepts: ClassVar = {"keep": {"examples": fields}}
    wording: ClassVar = {
        **{name: f"purpose.{name}" for name in ("added", "example", "hint")},
        "keep": "purpose.keep_examples",
    }

    def __init__(self, **state: Unpack[LadderState]) -> None:
        super().__init__(**state)
