"""The head of a page: what it is, how far one is, and in which language."""

from collections.abc import Sequence
from typing import ClassVar, Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import word
from toolkit.widgets.state import State

__all__ = ["HeadChoices", "Masthead", "MastheadState", "Progress"]


class Progress(TypedDict):
    """How far somebody is.

    Attributes
    ----------
    label
        In words.
    value, total
        How many are done, of how many.
    """

    label: str
    value: int
    total: int


class HeadChoices(TypedDict, total=False):
    """What a page may offer in its head; see `MastheadState`."""

    progress: Progress | None
    choices: Sequence[tuple[str, str]]
    choice: str
    choice_label: str
    views: Sequence[tuple[str, str]]
    view: str
    view_label: str


class MastheadState(HeadChoices, State, total=False):
    """What the head of a page is told.

    Attributes
    ----------
    title
        What the page is.
    subtitle
        Whose it is.
    page
        What the browser calls it; its title unless told.
    languages, label
        What it can be read in, as code and name; what that choice is called.
    progress
        How far the reader is.
    choices, choice, choice_label
        What can be looked at, as code and name; the code of what is; what the choice is called.
    views, view, view_label
        What the screen can be used for; what it is; what that choice is called.
    home, leave
        Where the reader came from, and where they end their visit: address and label.
    followed
        Whether the browser says now and then that somebody looks.
    """

    title: Required[str]
    subtitle: str
    page: str
    languages: Sequence[tuple[str, str]]
    label: str
    home: tuple[str, str] | None
    leave: tuple[str, str] | None
    followed: bool


class Masthead(Component):
    """Show a title, a progress line and the choice of a language.

    Messages
    --------
    language
        Another `language` was chosen, by its code.
    choice
        Something else is to be looked at: the code of the `choice`.
    view
        The screen is to be used for something else: the code of the `view`.
    here
        Somebody looks; said now and then where the page is followed.

    Examples
    --------
    >>> Masthead(title="Our vision", languages=[("fr", "Français"), ("en", "English")])
    Masthead(title='Our vision')
    """

    _esm = shared_script("masthead")
    _css = shared_style("masthead")
    accepts: ClassVar = {
        **{kind: {kind: word} for kind in ("language", "choice", "view")},
        "here": {},
    }

    def __init__(self, **state: Unpack[MastheadState]) -> None:
        super().__init__(**state)
