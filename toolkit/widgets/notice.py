"""A short text with the choices that follow from it: consent, a finish, a refusal, a small form."""

from collections.abc import Sequence
from typing import ClassVar, Literal, NotRequired, Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import fields, word
from toolkit.widgets.state import Button, State

__all__ = ["Field", "Notice", "NoticeState"]


class Field(TypedDict):
    """Something to fill in or to choose.

    Attributes
    ----------
    name
        What the message calls it.
    label
        What it is called on the screen.
    type
        What is typed; text unless told.
    value
        What it holds at first; of boxes, the codes that are ticked.
    options
        One of these is chosen: code and label of each.
    choices
        Each is a box of its own: code, label and what it adds. They come back as a list.
    rows
        How many lines of text it has room for.
    min, max
        The least and the largest number.
    hint
        What helps to fill it in.
    """

    name: str
    label: str
    type: NotRequired[Literal["text", "textarea", "number", "date"]]
    value: NotRequired[str | int | Sequence[str]]
    options: NotRequired[Sequence[tuple[str, str]]]
    choices: NotRequired[Sequence[tuple[str, str, str]]]
    rows: NotRequired[int]
    min: NotRequired[int]
    max: NotRequired[int]
    hint: NotRequired[str]


class NoticeState(State, total=False):
    """What a notice is told.

    Attributes
    ----------
    title
        Its heading; where it is empty, nothing is shown.
    text
        What it says; blank lines part paragraphs.
    facts
        Names with what is so.
    fields
        What is filled in.
    buttons
        What can be pressed.
    tone
        Whether something is over and well, or to beware of.
    form
        Which form it is: what was typed stays as long as this does.
    grid
        Whether the fields stand side by side.
    focus
        Whether the reader is led to the heading.
    """

    title: Required[str]
    text: str
    facts: Sequence[tuple[str, str]]
    fields: Sequence[Field]
    buttons: Sequence[Button]
    tone: Literal["plain", "done", "stop"]
    form: str
    grid: bool
    focus: bool


class Notice(Component):
    """Show a heading, paragraphs, facts and a small form.

    Messages
    --------
    press
        A button was pressed: its name as `button`, and what was filled in as `fields`, by name.

    Examples
    --------
    >>> Notice(title="Ready?", buttons=[{"name": "go", "label": "Let us go"}])
    Notice(title='Ready?')
    """

    _esm = shared_script("notice")
    _css = shared_style("notice")
    accepts: ClassVar = {"press": {"button": word, "fields": fields}}

    def __init__(self, **state: Unpack[NoticeState]) -> None:
        super().__init__(**state)
