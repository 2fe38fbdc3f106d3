"""A note beside each figure: what a group understands of it, written together."""

from collections.abc import Sequence
from typing import ClassVar, NotRequired, Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import either, text, whole, word
from toolkit.widgets.state import State

__all__ = ["NoteGroup", "NoteLine", "Notes", "NotesState"]

_NOTED = (
    *("note", "placeholder", "saving", "theirs", "emptied"),
    *("keep_mine", "keep_theirs", "keep_both"),
)


class NoteLine(TypedDict):
    """One figure with its note.

    Attributes
    ----------
    code
        What the message calls it.
    title, figure
        What it is about, and the figure in words.
    note, number
        What is written beside it, and the number of that version.
    tag
        Why it is put forward.
    """

    code: str
    title: str
    figure: str
    note: str
    number: int
    tag: NotRequired[str]


class NoteGroup(TypedDict):
    """Figures that belong together.

    Attributes
    ----------
    code, title
        Which they are.
    lines
        The figures.
    count
        How many are noted, in words.
    open
        Whether they are open at first.
    """

    code: str
    title: str
    lines: Sequence[NoteLine]
    count: NotRequired[str]
    open: NotRequired[bool]


class NotesState(State, total=False):
    """What the notes are told.

    Attributes
    ----------
    title
        Their heading; where it is empty, nothing is shown.
    groups
        The figures, by group.
    text
        What stands above them; blank lines part paragraphs.
    wave
        Of which round they are.
    key
        Under what unsent notes wait on the device; without it, they do not.
    """

    title: Required[str]
    groups: Required[Sequence[NoteGroup]]
    text: str
    wave: str
    key: str


class Notes(Component):
    """Show figures by group, each with a box for a note.

    Where another note came in between, both texts stand in the box's place, and the writer chooses.

    Messages
    --------
    note
        What was written: the `code` of the figure, the `wave`, the `text`, and the number of the
        note that the writer had before their eyes as `seen`.

    Examples
    --------
    >>> line = {"code": "CV", "title": "Vision", "figure": "Median 3", "note": "", "number": 0}
    >>> Notes(title="What we see", groups=[{"code": "CV", "title": "Vision", "lines": [line]}])
    Notes(title='What we see')
    """

    _esm = shared_script("notes")
    _css = shared_style("notes")
    accepts: ClassVar = {"note": {"code": word, "text": text, "seen": either(whole), "wave": word}}
    usual: ClassVar = {"wave": ""}
    wording: ClassVar = {name: f"plan.{name}" for name in _NOTED}

    def __init__(self, **state: Unpack[NotesState]) -> None:
        super().__init__(**state)
