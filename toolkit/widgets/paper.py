"""The session on paper: what a room fills in by show of hands when there is no network."""

from collections.abc import Sequence
from typing import ClassVar, Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.state import AnchoredStep, State

__all__ = ["Paper", "PaperLine", "PaperState"]


class PaperLine(TypedDict):
    """One statement of the sheet.

    Attributes
    ----------
    code, text, question
        The statement, and how it is asked.
    steps
        What hands are raised for: number, name and anchor.
    """

    code: str
    text: str
    question: str
    steps: Sequence[AnchoredStep]


class PaperState(State, total=False):
    """What the sheet is told.

    Attributes
    ----------
    title
        The label that opens it; where it is empty, nothing is shown.
    head
        What stands over the sheet, in lines.
    lines
        The statements.
    print
        The label of the button that prints it alone.
    text
        What stands above it; blank lines part paragraphs.
    """

    title: Required[str]
    head: Required[Sequence[str]]
    lines: Required[Sequence[PaperLine]]
    print: Required[str]
    text: str


class Paper(Component):
    """Show a sheet that prints by itself: each statement, boxes for hands, lines to write on.

    Messages
    --------
    None.

    Examples
    --------
    >>> line = {"code": "CV1", "text": "A vision", "question": "Have we one?", "steps": []}
    >>> Paper(title="On paper", head=["Session"], lines=[line], print="Print")
    Paper(title='On paper')
    """

    _esm = shared_script("paper")
    _css = shared_style("paper")
    wording: ClassVar = {
        **{name: f"consensus.{name}" for name in ("hands", "agreed", "dissent", "fact")},
        "dont_know": "rate.dont_know",
    }

    def __init__(self, **state: Unpack[PaperState]) -> None:
        super().__init__(**state)
