"""What a whole room looks at together: on a projector, legible from far; on a phone, in brief."""

from collections.abc import Sequence
from typing import ClassVar, Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.masthead import Progress
from toolkit.widgets.state import AnchoredStep, State

__all__ = ["Figure", "Stage", "StageState", "Timer"]


class Timer(TypedDict):
    """A timer; told as what is left of it, since clocks of phones differ.

    Attributes
    ----------
    left
        The seconds that are left.
    set
        How many there were: another number is another timer.
    """

    left: float
    set: float


class Figure(TypedDict):
    """What came out of one ballot.

    Attributes
    ----------
    title
        Its heading.
    bars
        What was answered: its label, how many people, and how long the bar is, up to 1.
    lines
        What is said of it.
    """

    title: str
    bars: Sequence[tuple[str, int, float]]
    lines: Sequence[str]


class StageState(State, total=False):
    """What the room is shown.

    Attributes
    ----------
    title
        What it is about.
    kicker, text
        What stands above the title, and under it.
    steps
        What can be answered: number, name and anchor.
    count
        How many have answered.
    timer
        What is left of the time.
    figures
        What came out.
    facts
        Names with what is so.
    items
        A list.
    picture, address
        A QR code with the address that it leads to.
    at
        Where the session is: changes with each move.
    big
        Whether it is projected.
    """

    title: Required[str]
    kicker: str
    text: str
    steps: Sequence[AnchoredStep]
    count: Progress | None
    timer: Timer | None
    figures: Sequence[Figure]
    facts: Sequence[tuple[str, str]]
    items: Sequence[str]
    picture: str | None
    address: str
    at: str
    big: bool


class Stage(Component):
    """Show where a session is.

    Messages
    --------
    here
        Somebody looks; said now and then.

    Examples
    --------
    >>> Stage(title="Have we a vision?", steps=[(1, "Little", "None yet.")], big=True)
    Stage(title='Have we a vision?')
    """

    _esm = shared_script("stage")
    _css = shared_style("stage")
    accepts: ClassVar = {"here": {}}
    usual: ClassVar = {**dict.fromkeys(("steps", "figures", "facts", "items"), ()), "at": ""}
    wording: ClassVar = {
        **{name: f"consensus.{name}" for name in ("timer", "over", "whole")},
        "qr": "setup.qr",
    }

    def __init__(self, **state: Unpack[StageState]) -> None:
        super().__init__(**state)
