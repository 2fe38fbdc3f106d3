"""One evaluation, as every page and every analyst meets it."""

from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Self

from toolkit.errors import EvaluationError, LinkError
from toolkit.evaluation.consensus import Room, Session
from toolkit.evaluation.folder import STORE, Folder
from toolkit.evaluation.links import DAYS, Links
from toolkit.evaluation.plan import Plan
from toolkit.evaluation.relations import Relations
from toolkit.evaluation.release import Releases
from toolkit.evaluation.settings import Wave
from toolkit.evaluation.sheet import Sheet
from toolkit.evaluation.strategy import Strategy
from toolkit.evaluation.then import asked_again
from toolkit.storage import Rater, Store
from toolkit.text import LANGUAGES, Language, both

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.evaluation.tables import Tables

__all__ = ["Evaluation"]

#: Devices that group links of one round may let in.
_MOST_DEVICES = 2000


class Evaluation(Folder):
    """A folder that holds one evaluation: settings, answers, notebooks.

    Attributes
    ----------
    folder
        Where it is.
    language
        `fr` or `en`: what its pages open in.
    """

    def __init__(self, folder: Path, store: Store, wave: str | None, language: Language) -> None:
        super().__init__(folder)
        self._store = store
        self._chosen = wave
        self.language: Language = language

    @classmethod
    def open(
        cls, folder: str | Path = ".", *, wave: str | None = None, language: Language | None = None
    ) -> Self:
        """Open the evaluation in a folder.

        Raises
        ------
        EvaluationError, InstrumentError, StoreError
            The folder is no evaluation, or one of its files is broken or newer than this program.
        """
        place = Path(folder)
        settings = Folder(place).settings
        if language is not None and language not in LANGUAGES:
            raise EvaluationError(both("folder.no_language", language=str(language)))
        if wave is not None and settings.wave(wave) is None:
            raise EvaluationError(both("folder.no_wave", wave=wave))
        return cls(place, Store.file(place / STORE), wave, language or settings.language)

    @cached_property
    def links(self) -> Links:
        """The signed links of this evaluation."""
        return Links(self._store)

    @cached_property
    def plan(self) -> Plan:
        """The group's notes, priorities and actions."""
        return Plan(self, self._store)

    @cached_property
    def relations(self) -> Relations:
        """The ties between partners, and the roles that they hold."""
        return Relations(self, self._store)

    @cached_property
    def releases(self) -> Releases:
        """What was frozen and shown, to whom."""
        return Releases(self, self._store.entries)

    @cached_property
    def strategy(self) -> Strategy:
        """The purposes, and what each needs and allows."""
        return Strategy(self, self._store)

    @property
    def wave(self) -> Wave | None:
        """The round that was named on opening, else the open one, else the last."""
        waves = self.settings.waves
        named = self.settings.wave(self._chosen) if self._chosen else None
        return named or self.open_wave or (waves[-1] if waves else None)

    def newest(self, rounds: Collection[str]) -> Wave | None:
        """Return the round that was named on opening, else the newest of some, else `wave`."""
        among = [wave for wave in self.settings.waves if wave.code in rounds]
        return among[-1] if among and not self._chosen else self.wave

    def invite(self, wave: str, count: int, *, days: int = DAYS) -> list[str]:
        """Return new links for as many people, who get a pseudonym each."""
        return self.links.make("rater", wave, [token_hex(6) for _ in range(count)], days=days)

    def invite_partner(self, wave: str, partner: str, *, days: int = DAYS) -> str | None:
        """Return a new link for a partner, or None if it has one in this round.

        Its pseudonym is the one of earlier rounds, so that rounds link up.
        """
        people = self.raters()
        linked = {link.rater for link in self.links.of(wave) if link.role == "rater"}
        if partner in {people[rater].partner for rater in linked if rater in people}:
            return None
        rater = self.rater_of(partner)
        if rater is None:
            rater = token_hex(6)
            self.know(Rater(rater, partner))
        return self.links.make("rater", wave, [rater], days=days)[0]

    def enrol(self, wave: str) -> str:
        """Return the own link of one more device that a group's link was opened on.

        Raises
        ------
        LinkError
            The round has had more devices than any room: somebody's script fills the store.
        """
        if sum(link.role == "own" for link in self.links.of(wave)) >= _MOST_DEVICES:
            raise LinkError(both("door.refused"), "used up")
        return self.links.make("own", wave, [token_hex(6)])[0]

    def sheet(self, wave: str, rater: str | None = None) -> Sheet:
        """Return a person's sheet in a round; with no person, one to try that keeps nothing."""
        if rater is None:
            return Sheet(self, self._store, wave, "preview", trial=True)
        return Sheet(self, self._store, wave, rater)

    def again(self, wave: str) -> frozenset[str]:
        """Return the lines of a round that people can be asked to rate again, in today's words."""
        return asked_again(self.instrument, self._store.answers(wave))

    def room(self, wave: str) -> Room:
        """Return the consensus session of a round as those in the room have it."""
        return Room(self, self._store, wave)

    @property
    def sessions(self) -> frozenset[str]:
        """The rounds of whose consensus session something was shown or recorded."""
        kept = (self._store.entries.newest(kind) for kind in ("figures", "consensus"))
        return frozenset(entry.wave for found in kept for entry in found)

    def session(self, wave: str) -> Session:
        """Return the consensus session of a round as a facilitator leads it."""
        return Session(self, self._store, wave)

    def participation(self, wave: str) -> int:
        """Return how many people gave at least one answer of their own in a round."""
        given = self._store.answers(wave)
        return len({r.rater for r in given if r.mode == "individual" and r.status != "skipped"})

    def raters(self) -> dict[str, Rater]:
        """Return who the pseudonyms answer for. The evaluator's alone."""
        return self._store.raters()

    def know(self, rater: Rater) -> None:
        """Keep for whom a pseudonym answers."""
        self._store.add_rater(rater)

    def rater_of(self, partner: str) -> str | None:
        """Return the pseudonym that a partner's own link used before, so that rounds link up."""
        own = {link.rater for link in self._store.links() if link.role == "rater"}
        people = self._store.raters().values()
        return next((p.rater for p in people if p.partner == partner and p.rater in own), None)

    def ratings(self, *, history: bool = False) -> "pd.DataFrame":
        """Return every answer as a tidy table; see `raw.ratings`. The evaluator's alone."""
        # A rating page never asks for a table, and must not carry pandas (116 MB against 39).
        from toolkit.evaluation import raw  # noqa: PLC0415

        return raw.ratings(self, self._store, history=history)

    def counts(self, *, by_group: bool = False, language: Language | None = None) -> "pd.DataFrame":
        """Return the masked distribution of every indicator; see `Tables.counts`."""
        return self.tables(language).counts(by_group=by_group)

    def summary(
        self, *, by_group: bool = False, language: Language | None = None
    ) -> "pd.DataFrame":
        """Return what each masked distribution says; see `Tables.summary`."""
        return self.tables(language).summary(by_group=by_group)

    def profile(
        self, *, by_group: bool = False, language: Language | None = None
    ) -> "pd.DataFrame":
        """Return the four conditions of each round, masked, never summed; see `Tables.profile`."""
        return self.tables(language).profile(by_group=by_group)

    def guide(self, wave: str) -> "pd.DataFrame":
        """Return what to talk about first after a round; see `talk.talk`."""
        from toolkit.evaluation.tables.talk import talk  # noqa: PLC0415

        return talk(self.tables(), wave)

    def gaps(self, wave: str, *, language: Language | None = None) -> "pd.DataFrame":
        """Return current and desired medians side by side, masked; see `Tables.gaps`."""
        return self.tables(language).gaps(wave)

    def changes(
        self, before: str, after: str, *, language: Language | None = None
    ) -> "pd.DataFrame":
        """Return how each condition moved between two rounds, masked; see `Tables.changes`."""
        return self.tables(language).changes(before, after)

    def warnings(self, *, language: Language | None = None) -> "pd.DataFrame":
        """Return what to know before showing; the evaluator's alone; see `Tables.warnings`."""
        return self.tables(language).warnings()

    def tables(self, language: Language | None = None) -> "Tables":
        """Return every masked table as it is now, so that several cost one reading."""
        from toolkit.evaluation.tables import Tables  # noqa: PLC0415

        return Tables(self, self.ratings(), language or self.language)
