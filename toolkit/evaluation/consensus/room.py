"""A consensus session as the people in the room have it: where it stands, and their own answer."""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, Self

from toolkit.errors import ConflictError, RatingError
from toolkit.evaluation.consensus.ballots import Figures
from toolkit.evaluation.folder import STORE, Folder
from toolkit.evaluation.sheet import Sheet
from toolkit.instruments import Indicator, Instrument
from toolkit.storage import Entry, Store
from toolkit.text import both

__all__ = ["Room", "Stage", "State"]

Stage = Literal["closed", "wait", "rate", "again", "open", "talk", "recorded"]
_VOTING = ("rate", "again")
#: How often a vote is sent again when a timer was set in the same moment.
_TRIES = 5
#: Seconds for which a file's time may stay the same while it changes: a USB stick counts by two.
_FRESH = 3.0


@dataclass(frozen=True, slots=True)
class State:
    """Where a session stands.

    Attributes
    ----------
    stage
        `closed`, `wait` (people come in), `rate` (the first ballot), `again` (one more), `open`
        (the room sees it), `talk`, `recorded`.
    indicator, ballot
        The statement that is taken up, and which ballot on it; 0 before the first.
    order
        The statements in the order in which they are proposed.
    timer
        Seconds that were left, and when that was by the server's clock; None without one.
    coded
        Whether the facilitator's screens show the code to join by.
    number
        Which entry says so; 0 before there was one.
    """

    stage: Stage = "closed"
    indicator: str = ""
    ballot: int = 0
    order: tuple[str, ...] = ()
    timer: tuple[float, float] | None = None
    coded: bool = False
    number: int = 0

    @classmethod
    def read(cls, entry: Entry) -> Self:
        """Return what an entry says."""
        told = {**entry.content, "order": tuple(entry.content["order"])}
        timer = told["timer"]
        return cls(**{**told, "timer": timer and tuple(timer)}, number=entry.number)

    def entry(self, wave: str) -> Entry:
        """Return the entry that says it of a round."""
        content = {name: getattr(self, name) for name in ("stage", "indicator", "ballot", "coded")}
        timer = None if self.timer is None else list(self.timer)
        return Entry("session", {**content, "order": list(self.order), "timer": timer}, wave=wave)

    @property
    def voting(self) -> bool:
        """Whether answers are taken."""
        return self.stage in _VOTING

    @property
    def subject(self) -> str:
        """What a vote now is about."""
        return f"{self.indicator}/{self.ballot}"

    @property
    def left(self) -> float | None:
        """Seconds until the timer ends, by this machine's clock; negative afterwards."""
        return None if self.timer is None else self.timer[0] + self.timer[1] - time.time()


class Room:
    """The session of one round. Nothing here tells what anybody else answered."""

    def __init__(self, folder: Folder, store: Store, wave: str) -> None:
        self._folder, self._store, self._entries = folder, store, store.entries
        self._known: tuple[tuple[tuple[int, int], ...], int] = (), 0
        self.wave = wave

    @cached_property
    def instrument(self) -> Instrument:
        """What the round is asked with, as it was when the room was first looked at."""
        return self._folder.instrument_of(self.wave)

    @cached_property
    def lines(self) -> dict[str, Indicator]:
        """The statements that everybody in the room can answer, in the instrument's order."""
        settings, instrument = self._folder.settings, self.instrument
        wave = settings.wave(self.wave)
        modules = wave.modules if wave else ()
        asked = instrument.asked("", modules=modules, short=settings.form == "short")
        everybody = [section for section in asked if section.paired is None]
        return {line.code: line for section in everybody for line in section.indicators}

    def turn(self) -> int:
        """Return a number that grows whenever something was said: cheap to ask for.

        A room of sixty asks some hundred times a second, so the store itself is asked only when
        its files have just changed.
        """
        stamp = self._stamp()
        changed = max((at for at, _ in stamp), default=0) / 1e9
        if not stamp or stamp != self._known[0] or time.time() - changed < _FRESH:
            self._known = stamp, self._entries.turn()
        return self._known[1]

    def _stamp(self) -> tuple[tuple[int, int], ...]:
        """Return when the store's files changed last, and their sizes."""
        found = []
        for name in (STORE, f"{STORE}-wal"):
            with suppress(OSError):
                file = (self._folder.folder / name).stat()
                found.append((file.st_mtime_ns, file.st_size))
        return tuple(found)

    @property
    def state(self) -> State:
        """Where the session stands now; before the first statement, if it was at one withdrawn."""
        found = self._entries.newest("session", wave=self.wave)
        state = State.read(found[-1]) if found else State()
        if state.stage == "closed" or state.indicator in self.lines:
            return state
        first = next((code for code in state.order if code in self.lines), next(iter(self.lines)))
        return replace(state, stage="wait", indicator=first, ballot=0, timer=None)

    @property
    def joined(self) -> int:
        """How many people took a seat."""
        return self._entries.authors("seat", self.wave, "")

    def answered(self, state: State) -> int:
        """Return how many people answered the ballot that a state is at."""
        return self._entries.authors("vote", self.wave, state.subject)

    def figures(self, indicator: str) -> list[Figures]:
        """Return what the room saw of each ballot on a statement, oldest first."""
        kept = self._entries.newest("figures", wave=self.wave)
        found = [entry for entry in kept if entry.subject.rpartition("/")[0] == indicator]
        return [Figures.read(entry.content) for entry in found]

    def consensus(self, indicator: str) -> dict[str, Any] | None:
        """Return what the group agreed on: `value`, `dissent`, `fact`; None before it did."""
        kept = self._entries.newest("consensus", wave=self.wave, subject=indicator)
        return kept[-1].content if kept else None

    def take_seat(self, sheet: Sheet) -> None:
        """Keep that a person is in the room; taken twice it is one seat."""
        self._may_speak(sheet)
        self._entries.keep([Entry("seat", content=True, wave=self.wave, author=sheet.rater)])

    def vote_of(self, sheet: Sheet, state: State) -> Mapping[str, Any] | None:
        """Return a person's own answer to the ballot that a state is at."""
        key = {"wave": self.wave, "subject": state.subject, "author": sheet.rater}
        kept = self._entries.newest("vote", **key)
        return kept[-1].content if kept else None

    def vote(self, sheet: Sheet, subject: str, value: Any) -> None:
        """Keep a person's silent answer to a ballot, as long as it is open.

        Parameters
        ----------
        sheet
            Whose answer it is.
        subject
            The statement and the ballot that they saw.
        value
            A step, or None if they do not know.

        Raises
        ------
        RatingError
            The ballot is over, the value is no step, or they never consented.
        """
        self._may_speak(sheet)
        for _ in range(_TRIES):
            state = self.state
            if not state.voting or subject != state.subject:
                break
            self._check(state.indicator, value)
            vote = Entry("vote", {"value": value}, subject, self.wave, sheet.rater)
            try:
                # The state comes first: the store keeps the vote only while it stands.
                self._entries.keep([state.entry(self.wave), vote], after=state.number)
            except ConflictError:
                continue
            return
        raise RatingError(both("consensus.late"))

    def _check(self, indicator: str, value: Any) -> None:
        """Refuse what is neither a step of a statement's scale nor None."""
        if indicator not in self.lines:
            raise RatingError(both("refusal.unknown_indicator"))
        scale = self.instrument.scale_of(indicator)
        if value is not None and (type(value) is not int or value not in scale.steps):
            raise RatingError(both("refusal.off_scale", first=scale.first, last=scale.last))

    def _may_speak(self, sheet: Sheet) -> None:
        if not sheet.open:
            raise RatingError(both("refusal.closed", wave=sheet.wave.text))
        if not sheet.consented:
            raise RatingError(both("refusal.no_consent"))
