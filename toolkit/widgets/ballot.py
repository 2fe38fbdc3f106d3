"""One question for a phone in a room: every step a native radio, nothing preselected."""

from collections.abc import Sequence
from typing import ClassVar, Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import either, whole, word
from toolkit.widgets.state import AnchoredStep, State

__all__ = ["Ballot", "BallotState", "Vote"]


class Vote(TypedDict):
    """What somebody answered.

    Attributes
    ----------
    value
        The step; none where they do not know.
    """

    value: int | None


class BallotState(State, total=False):
    """What a ballot is told.

    Attributes
    ----------
    question
        What is asked; where it is empty, nothing is shown.
    subject
        The statement and the ballot, as the message names them.
    steps
        What can be chosen: number, name and anchor.
    about
        What stands under the question.
    given
        What this person answered; none before they do.
    key
        Under what an unsent vote waits on the device; without it, it does not.
    """

    question: Required[str]
    subject: Required[str]
    steps: Required[Sequence[AnchoredStep]]
    about: str
    given: Vote | None
    key: str


class Ballot(Component):
    """Ask one statement.

    Messages
    --------
    vote
        What was answered: the `subject` that was seen, and the step as `value`; none where the
        person does not know.

    Examples
    --------
    >>> Ballot(question="Have we a vision?", subject="CV1/1", steps=[(1, "Little", "None yet.")])
    Ballot(question='Have we a vision?')
    """

    _esm = shared_script("ballot")
    # It looks as the form does.
    _css = shared_style("form")
    accepts: ClassVar = {"vote": {"subject": word, "value": either(whole)}}
    usual: ClassVar = {"given": None}
    wording: ClassVar = {name: f"rate.{name}" for name in ("saved", "saving", "dont_know")}

    def __init__(self, **state: Unpack[BallotState]) -> None:
        super().__init__(**state)
