"""What a group said and decided beside its figures, as a release keeps it."""

import datetime
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from toolkit.text import Text

__all__ = ["Aim", "Conversation", "Holding", "Promise", "Ties", "Weighed"]


class _Kept(BaseModel):
    """A part of a conversation, as JSON holds it; an older release may know less of it."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Aim(_Kept):
    """A priority, and the name of the figure that it touches, if any."""

    text: str
    about: Text | None = None


class Promise(_Kept):
    """An action: who (empty where that was not chosen) does what by when, and what it is for."""

    what: str
    who: str = ""
    by: datetime.date | None = None
    status: str
    obstacle: str = ""
    indicator: Text | None = None


class Holding(_Kept):
    """An obstacle that holds back: its anchor today, and what the group says would lift it."""

    obstacle: str
    anchor: Text | None = None
    lift: str = ""


class Weighed(_Kept):
    """What is said of one purpose, by the group (`people` is 0) or by so many people.

    Attributes
    ----------
    purpose, people
        Its name, and how many answered.
    fits
        The strategy that fits, or empty.
    messages, masked
        What the strategy page says of it, in its order; the questions that some answered, but of
        which nothing may be told.
    holding
        What holds back.
    others
        How many people's own answers allow another strategy, where that may be told.
    """

    purpose: str
    people: int
    fits: str = ""
    messages: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    holding: tuple[Holding, ...] = ()
    others: int | None = None


class Ties(_Kept):
    """The map as the group may see it: see `PartnersMap`; nothing is in it that is withheld."""

    answered: int = 0
    partners: int = 0
    left_out: int = 0
    several: bool = False
    withheld: str = ""
    nodes: tuple[tuple[str, str, str | None, str | None], ...] = ()
    today: tuple[tuple[str, str, float, bool], ...] = ()
    desired: tuple[tuple[str, str, float, bool], ...] = ()

    @property
    def named(self) -> dict[str, str]:
        """The names on it, by their partners."""
        return {partner: name for partner, name, _, _ in self.nodes if name}


class Conversation(_Kept):
    """What a group said of one round, as it was released; nothing of what was not chosen.

    Attributes
    ----------
    interpretation
        The note beside each figure, by the code of its condition or indicator.
    aims, promises
        The priorities and the actions.
    strategy
        What is said of each purpose: by the group, by people, or both.
    relations
        The map of ties, where the round asked for them.
    """

    interpretation: Mapping[str, str] = {}
    aims: tuple[Aim, ...] = ()
    promises: tuple[Promise, ...] = ()
    strategy: tuple[Weighed, ...] = ()
    relations: Ties | None = None
