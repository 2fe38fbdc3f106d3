"""One condition at a time: every indicator a native radio group of anchored steps."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, NotRequired, Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import either, text, whole, word
from toolkit.widgets.state import State

__all__ = ["Answer", "Form", "FormQuestion", "FormState", "FormStep"]

_RATED = (
    *("saved", "saving", "dont_know", "not_applicable", "clear"),
    *("desired", "desired_hint", "note", "note_hint", "steps"),
)


class FormStep(TypedDict):
    """One step of a scale.

    Attributes
    ----------
    value, name
        Its number and its name.
    anchor
        What it describes, of one indicator.
    """

    value: int
    name: str
    anchor: str


class FormQuestion(TypedDict):
    """One indicator to rate.

    Attributes
    ----------
    code
        What the message calls it.
    text, question
        The indicator, and how it is asked.
    steps
        What can be chosen.
    then
        What is asked about an earlier round; nothing where that is not asked.
    """

    code: str
    text: str
    question: str
    steps: Sequence[FormStep]
    then: NotRequired[str]


class Answer(TypedDict):
    """What was answered.

    Attributes
    ----------
    value
        The step; none where there is a status.
    status
        Why there is no step: `dont_know`, `not_applicable` or `skipped`.
    note
        What was written beside it.
    """

    value: int | None
    status: NotRequired[str | None]
    note: NotRequired[str | None]


class FormState(State, total=False):
    """What a form is told.

    Attributes
    ----------
    title, about
        Its heading, and what stands under it.
    questions
        What is asked.
    answers, given
        What was answered by `indicator/aspect`, and when, in milliseconds since 1970.
    at
        Which part of the whole it is, from 0.
    back, next
        The labels of the ways on; without one, there is none.
    key
        Under what unsent answers wait on the device; without it, they do not.
    open
        Whether it takes answers.
    aloud
        Whether somebody reads it out: large, and the steps alone.
    focus
        Whether the reader is led to the heading.
    """

    title: Required[str]
    questions: Required[Sequence[FormQuestion]]
    about: str
    answers: Mapping[str, Answer]
    given: Mapping[str, int]
    at: int
    back: str | None
    next: str | None
    key: str
    open: bool
    aloud: bool
    focus: bool


class Form(Component):
    """Ask the indicators of one section; nothing is preselected.

    Messages
    --------
    answer
        One answer: the `indicator`, its `aspect` (`current`, `desired`, `then`), and what changed
        of `value`, `status` and `note`.
    go
        Another part is to be shown: the place that it has, as `to`.

    Examples
    --------
    >>> steps = [{"value": 1, "name": "Little", "anchor": "We have none."}]
    >>> question = {"code": "CV1", "text": "A vision", "question": "Have we one?", "steps": steps}
    >>> Form(title="Common vision", questions=[question])
    Form(title='Common vision')
    """

    _esm = shared_script("form")
    _css = shared_style("form")
    accepts: ClassVar = {
        "answer": {
            "indicator": word,
            "aspect": word,
            "value": either(whole),
            "status": either(word),
            "note": either(text),
        },
        "go": {"to": either(whole)},
    }
    usual: ClassVar = {"answers": {}, "given": {}, "at": 0, "open": True}
    wording: ClassVar = {name: f"rate.{name}" for name in _RATED}

    def __init__(self, **state: Unpack[FormState]) -> None:
        super().__init__(**state)
