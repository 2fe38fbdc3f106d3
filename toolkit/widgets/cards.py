"""Cards side by side: the four conditions, what to talk about, the rounds and what can be done."""

from collections.abc import Sequence
from typing import ClassVar, Literal, NotRequired, Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import word
from toolkit.widgets.state import Button, State

__all__ = ["Card", "Cards", "CardsState"]


class Card(TypedDict):
    """One card.

    Attributes
    ----------
    title
        Its heading.
    code
        What the message calls it; needed where it has actions.
    figure, unit
        What stands large on it, and of what it is.
    lines
        Paragraphs.
    items
        A list after them.
    actions
        What can be done with it.
    tone
        Whether its figures are masked.
    """

    title: str
    code: NotRequired[str]
    figure: NotRequired[str]
    unit: NotRequired[str]
    lines: NotRequired[Sequence[str]]
    items: NotRequired[Sequence[str]]
    actions: NotRequired[Sequence[Button]]
    tone: NotRequired[Literal["plain", "masked"]]


class CardsState(State, total=False):
    """What a set of cards is told.

    Attributes
    ----------
    title
        Their heading; where it is empty, nothing is shown.
    cards
        The cards, in their order.
    text
        What stands above them; blank lines part paragraphs.
    message
        What became of what was pressed elsewhere.
    focus
        Whether the reader is led to the heading.
    """

    title: Required[str]
    cards: Required[Sequence[Card]]
    text: str
    message: str
    focus: bool


class Cards(Component):
    """Show cards under a heading.

    Messages
    --------
    act
        An action was pressed: the `card` by its code, and the `action` by its name.

    Examples
    --------
    >>> Cards(title="Common vision", cards=[{"title": "Strength", "lines": ["Seven of nine."]}])
    Cards(title='Common vision')
    """

    _esm = shared_script("cards")
    _css = shared_style("cards")
    accepts: ClassVar = {"act": {"card": word, "action": word}}

    def __init__(self, **state: Unpack[CardsState]) -> None:
        super().__init__(**state)
