"""Ties with other partners: first those one knows, then one choice for each."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, NotRequired, Required, TypedDict, Unpack

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import either, whole, word, words
from toolkit.widgets.state import State

__all__ = ["TieAnswer", "TieChoice", "TiePartner", "Ties", "TiesState"]

_TIED = ("which", "next", "also", "desired", "nobody", "apart", "rest", "none", "change", "done")


class TiePartner(TypedDict):
    """Another partner.

    Attributes
    ----------
    code, name
        Which it is.
    about
        What helps to know it.
    """

    code: str
    name: str
    about: NotRequired[str]


class TieChoice(TypedDict):
    """One way of working with a partner.

    Attributes
    ----------
    value, name
        What the message says, and what it is called.
    hint
        What it means; one without stands apart.
    """

    value: int | str
    name: str
    hint: NotRequired[str]


class TieAnswer(TypedDict):
    """What was said of one partner.

    Attributes
    ----------
    current, desired
        How one works with it, and would like to.
    """

    current: int | str | None
    desired: int | None


class TiesState(State, total=False):
    """What the question about ties is told.

    Attributes
    ----------
    title
        Its heading; where it is empty, nothing is shown.
    partners
        The other partners.
    ways
        What can be answered.
    text, how
        What stands above each of its two steps.
    answers
        What was said, by partner.
    key
        Under what unsent answers wait on the device; without it, they do not.
    open
        Whether it takes answers.
    focus
        Whether the reader is led to the heading.
    """

    title: Required[str]
    partners: Required[Sequence[TiePartner]]
    ways: Required[Sequence[TieChoice]]
    text: str
    how: str
    answers: Mapping[str, TieAnswer]
    key: str
    open: bool
    focus: bool


class Ties(Component):
    """Ask how a partner works with each other one; nothing is preselected.

    Messages
    --------
    answer
        What was said of one `partner`: what changed of `current` and `desired`.
    none
        There is no contact with these `partners`, of whom nothing was said.
    done
        The person has finished.

    Examples
    --------
    >>> ways = [{"value": 1, "name": "Networking", "hint": "We tell each other what we do."}]
    >>> Ties(title="Our ties", partners=[{"code": "clsc", "name": "CLSC"}], ways=ways)
    Ties(title='Our ties')
    """

    _esm = shared_script("ties")
    _css = shared_style("ties")
    accepts: ClassVar = {
        "answer": {"partner": word, "current": either(whole, word), "desired": either(whole)},
        "none": {"partners": words},
        "done": {},
    }
    usual: ClassVar = {"answers": {}, "open": True}
    wording: ClassVar = {
        **{name: f"rate.{name}" for name in ("saved", "saving")},
        **{name: f"relations.ties_{name}" for name in _TIED},
    }

    def __init__(self, **state: Unpack[TiesState]) -> None:
        super().__init__(**state)
