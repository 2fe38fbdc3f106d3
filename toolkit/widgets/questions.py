"""Questions about one subject, each kept as soon as it is answered."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, NotRequired, Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import either, text, whole, word
from toolkit.widgets.state import State

__all__ = ["MoreQuestions", "Option", "Question", "QuestionPart", "Questions", "QuestionsState"]


class Option(TypedDict):
    """One answer that can be chosen.

    Attributes
    ----------
    value
        What the message says.
    label
        Its name.
    anchor
        What it describes.
    aside
        Whether it stands apart from the others, since it is no step.
    """

    value: int | str
    label: NotRequired[str]
    anchor: NotRequired[str]
    aside: NotRequired[bool]


class Question(TypedDict):
    """One question.

    Attributes
    ----------
    code
        What the message calls it.
    text
        The question.
    options
        What can be chosen; without them it asks for a text.
    short
        Whether the options stand in a row.
    hint
        What helps to write the text.
    """

    code: str
    text: str
    options: NotRequired[Sequence[Option]]
    short: NotRequired[bool]
    hint: NotRequired[str]


class MoreQuestions(TypedDict):
    """Questions that are there for whoever opens them.

    Attributes
    ----------
    label
        What opens them.
    questions
        What is asked.
    """

    label: str
    questions: Sequence[Question]


class QuestionPart(TypedDict):
    """Questions under one heading.

    Attributes
    ----------
    title, text
        The heading, and what stands under it.
    questions
        What is asked.
    more
        Questions that are optional.
    """

    title: str
    questions: Sequence[Question]
    text: NotRequired[str]
    more: NotRequired[MoreQuestions]


class QuestionsState(State, total=False):
    """What a set of questions is told.

    Attributes
    ----------
    title, about
        The heading, and what stands under it.
    parts
        What is asked.
    subject
        What the answers are about.
    answers
        What was answered, by question.
    back, next
        The labels of the ways on; without one, there is none.
    key
        Under what unsent answers wait on the device; without it, they do not.
    open
        Whether it takes answers.
    focus
        Whether the reader is led to the heading.
    """

    title: Required[str]
    parts: Required[Sequence[QuestionPart]]
    about: str
    subject: str
    answers: Mapping[str, int | str | None]
    back: str | None
    next: str | None
    key: str
    open: bool
    focus: bool


class Questions(Component):
    """Ask choices and short texts; nothing is preselected.

    Messages
    --------
    answer
        One answer: the `subject`, the `question` by its code, and the `value`; none where the
        answer was taken back.
    go
        Where the reader wants `to`: `back` or `next`.

    Examples
    --------
    >>> question = {"code": "why", "text": "Why?"}
    >>> Questions(title="Our purpose", parts=[{"title": "Need", "questions": [question]}])
    Questions(title='Our purpose')
    """

    _esm = shared_script("questions")
    _css = shared_style("form") + "\n" + shared_style("questions")
    accepts: ClassVar = {
        "answer": {"subject": word, "question": word, "value": either(whole, text)},
        "go": {"to": word},
    }
    usual: ClassVar = {"answers": {}, "subject": "", "open": True}
    wording: ClassVar = {
        **{name: f"rate.{name}" for name in ("saved", "saving", "clear")},
        "steps": "purpose.steps",
    }

    def __init__(self, **state: Unpack[QuestionsState]) -> None:
        super().__init__(**state)
