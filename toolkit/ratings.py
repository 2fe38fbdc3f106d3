"""One person, one indicator, one answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from toolkit.errors import RatingError
from toolkit.text import both

__all__ = ["ASPECTS", "MODES", "NOTE_LIMIT", "STATUSES", "Aspect", "Mode", "Rating", "Status"]

Aspect = Literal["current", "desired", "then"]
Mode = Literal["individual", "consensus"]
Status = Literal["dont_know", "not_applicable", "skipped"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
MODES: tuple[Mode, ...] = get_args(Mode)
STATUSES: tuple[Status, ...] = get_args(Status)

#: Longest private note that is kept, in characters: what one spreadsheet cell can hold.
NOTE_LIMIT = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One answer, frozen: a person who changes their mind gives another one.

    Attributes
    ----------
    wave, rater, indicator
        Codes of the round, the person (a pseudonym) and the line that is rated.
    aspect
        `current`, `desired` in twelve months, or `then`: how an earlier round is seen now.
    mode
        `individual` or `consensus`; the two are never mixed.
    instrument, version, scale
        What the answer was given on; answers on different scales never merge.
    value
        The step, 1 to K, or None.
    status
        Why there is no value: `dont_know`, `not_applicable`, `skipped`; None with a value.
    note
        Private evidence, empty when there is none.
    recorded_at
        When the store kept it (UTC); None before.

    Raises
    ------
    RatingError
        Neither or both of value and status, a word that is not one of these, a note too long.
    """

    wave: str
    rater: str
    indicator: str
    instrument: str
    version: int
    scale: str
    aspect: Aspect = "current"
    mode: Mode = "individual"
    value: int | None = None
    status: Status | None = None
    note: str = ""
    recorded_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse an answer that says nothing, or two things."""
        if (self.value is None) == (self.status is None):
            raise RatingError(both("refusal.value_or_status", indicator=self.indicator))
        words = (self.aspect in ASPECTS, self.mode in MODES, self.status in (None, *STATUSES))
        if not all(words):
            raise RatingError(both("refusal.unknown_word", indicator=self.indicator))
        if len(self.note) > NOTE_LIMIT:
            raise RatingError(both("refusal.long_note", limit=NOTE_LIMIT))

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What the answer is about: the newest answer for a key is the one that counts."""
        return (self.wave, self.rater, self.mode, self.indicator, self.aspect)

    @property
    def answer(self) -> tuple[int | None, str | None, str, str]:
        """What was said about it: two ratings with the same key and answer are one answer."""
        return (self.value, self.status, self.note, self.scale)
