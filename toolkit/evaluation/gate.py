"""One evaluation, as every page and every analyst meets it."""

from collections.abc import Collection
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Self, cast

from toolkit.errors import EvaluationError, InstrumentError, LinkError, StoreError
from toolkit.evaluation import settings as settings_file
from toolkit.evaluation.asked import Asked, Difference, checked, difference
from toolkit.evaluation.consensus import Room, Session
from toolkit.evaluation.folder import STORE, Folder
from toolkit.evaluation.links import DAYS, Links
from toolkit.evaluation.people import People
from toolkit.evaluation.plan import Plan
from toolkit.evaluation.relations import Relations
from toolkit.evaluation.release import Release, Releases
from toolkit.evaluation.settings import Settings, Wave
from toolkit.evaluation.sheet import Sheet
from toolkit.evaluation.strategy import Strategy
from toolkit.evaluation.tabled import Tabled
from toolkit.evaluation.then import asked_again
from toolkit.evaluation.visit import Visit
from toolkit.evaluation.visitor import opened_by
from toolkit.instruments import Instrument, find
from toolkit.storage import Entry, Rater, Store
from toolkit.text import LANGUAGES, Language, both

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.evaluation.tables import Tables

__all__ = ["Evaluation"]

#: Devices that one group's link may let in.
_MOST_DEVICES = 2000


class Evaluation(Folder, Tabled):
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
        self._asked = Asked(store.entries)
        self.chosen = wave
        self.language: Language = language

    def __repr__(self) -> str:
        name = self.settings.coalition.name or self.folder.absolute().name
        rounds = ", ".join(f"{wave.code} {wave.status}" for wave in self.settings.waves)
        return f"<Evaluation {name!r}: {self.settings.instrument}; rounds: {rounds or 'none'}>"

    @classmethod
    def open(
        cls, folder: str | Path = ".", *, wave: str | None = None, language: Language | None = None
    ) -> Self:
        """Open the evaluation in a folder, as whoever is here.

        In a notebook that is the evaluator. On a served page it is the visitor: whatever their link
        does not open raises `AccessError`; see `visitor`. It speaks the named language, else the
        visitor's, else its own.

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
        visit = Visit.now()
        spoken = language or visit.language or settings.language
        found = cls(place, Store.file(place / STORE), wave, spoken)
        if not visit.served or visit.role == "evaluator":
            return found
        return cast("Self", opened_by(found, found.links.visiting(visit.token)))

    def instrument_of(self, wave: str) -> Instrument:
        """Return what a round is asked with: what was kept when it was opened, else the file."""
        return self._asked.of(wave) or self.instrument

    def begin(self, wave: str, asked: Instrument) -> None:
        """Keep that a round is asked with an instrument; see `Folder.begin`."""
        checked(self._asked.keep(wave, asked), asked)

    def begun(self, wave: str) -> bool:
        """Return whether anybody answered anything in a round: it is never asked otherwise then."""
        return bool(self._store.answers(wave)) or wave in self.sessions | self.strategy.rounds

    def changed_since(self, wave: str) -> Difference | None:
        """Return how the file differs by now from what a round is asked with; None if it does not.

        Raises
        ------
        InstrumentError
            The file cannot be used any more; the round goes on without it.
        """
        asked = self._asked.of(wave)
        return difference(asked, self.instrument) if asked else None

    def ask_anew(self, wave: str) -> None:
        """Ask a round with the file as it is now.

        Raises
        ------
        EvaluationError
            Somebody has answered: their answers are to what they were asked.
        """
        if self.begun(wave):
            raise EvaluationError(both("setup.asked_begun"))
        self._asked.replace(wave, self.instrument)

    def can_ask_anew(self, wave: str) -> bool:
        """Return whether the file is another than an open round is asked with, and may be taken."""
        opened = self.open_wave is not None and self.open_wave.code == wave
        try:
            return opened and self.changed_since(wave) is not None and not self.begun(wave)
        except InstrumentError:
            return False

    def change(self, settings: Settings, *, seen: Settings | None = None) -> bool:
        """Write new settings; a round that they open is asked with the file as it is now."""
        for wave in settings.waves:
            if wave.status == "open" and self._asked.of(wave.code) is None:
                self._asked.keep(wave.code, find(settings.instrument, self.folder))
        return super().change(settings, seen=seen)

    @cached_property
    def links(self) -> Links:
        """The signed links of this evaluation."""
        return Links(self._store)

    @cached_property
    def people(self) -> People:
        """Who answered, and whose answers count. The evaluator's alone."""
        return People(self.folder, self._store)

    def holding(self, raters: Collection[str]) -> list[Release]:
        """Return every release, open or not, of a round in which somebody of these answered."""
        waves = {wave for wave, rater in self._store.spoke() if rater in raters}
        found = [*self.releases.closed(), *self.releases.every()]
        held = [release for release in found if waves.intersection(release.draft.rounds)]
        return sorted(held, key=lambda release: release.number)

    def owner(self, token: str) -> str:
        """Return the pseudonym of whom a link is, also where it opens nothing any more.

        Raises
        ------
        LinkError
            It is no link of this evaluation, or nobody's own.
        """
        link = self.links.find(token)
        if link.rater is None:
            raise LinkError(both("people.no_person"), "nobody's")
        return link.rater

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
        named = self.settings.wave(self.chosen) if self.chosen else None
        return named or self.open_wave or (waves[-1] if waves else None)

    def newest(self, rounds: Collection[str]) -> Wave | None:
        """Return the round that was named on opening, else the newest of some, else `wave`."""
        among = [wave for wave in self.settings.waves if wave.code in rounds]
        return among[-1] if among and not self.chosen else self.wave

    def confirmed(self, notebook: str) -> str:
        """Return the digest of a notebook as the evaluator last let others see it, or nothing."""
        kept = self._store.entries.newest("notebook", subject=notebook)
        return str(kept[-1].content) if kept else ""

    def confirm(self, notebook: str, digest: str) -> None:
        """Let others see a notebook as it is while it has this digest."""
        self._store.entries.keep([Entry("notebook", digest, notebook)])

    def invite(self, wave: str, count: int, *, days: int = DAYS) -> list[str]:
        """Return new links for as many people, who get a pseudonym each."""
        return self.links.make("rater", wave, [token_hex(6) for _ in range(count)], days=days)

    def invite_partner(self, wave: str, partner: str, *, days: int = DAYS) -> str | None:
        """Return a new link for a partner, or None if it has one in this round.

        Its pseudonym is the one of earlier rounds, so that rounds link up.
        """
        people, unvouched = self.raters(), self.relations.partners.unvouched
        own = (link.rater for link in self.links.of(wave) if link.role == "rater")
        linked = {rater for rater in own if rater not in unvouched}
        if partner in {people[rater].partner for rater in linked if rater in people}:
            return None
        rater = self.rater_of(partner)
        if rater is None:
            rater = token_hex(6)
            self.know(Rater(rater, partner))
        return self.links.make("rater", wave, [rater], days=days)[0]

    def enrol(self, wave: str, made_by: str | None = None) -> str:
        """Return the own link of one more device that a group's link was opened on.

        Parameters
        ----------
        wave
            The round.
        made_by
            The id of the group's link.

        Raises
        ------
        LinkError
            The link has had more devices than any room: somebody's script fills the store. The
            evaluator makes another one.
        """
        if self._store.made_by(made_by, wave) >= _MOST_DEVICES:
            raise LinkError(both("door.refused"), "used up")
        return self.links.make("own", wave, [token_hex(6)], made_by=made_by)[0]

    def sheet(self, wave: str, rater: str | None = None) -> Sheet:
        """Return a person's sheet in a round; with no person, one to try that keeps nothing."""
        if rater is None:
            return Sheet(self, self._store, wave, "preview", trial=True)
        return Sheet(self, self._store, wave, rater)

    def again(self, wave: str) -> frozenset[str]:
        """Return the lines of a round that people can be asked to rate again, in today's words."""
        return asked_again(self.instrument, self.instrument_of(wave), self._store.answers(wave))

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

    def try_writing(self) -> None:
        """Find out, before anybody's answer has to be written, whether one could be.

        Raises
        ------
        EvaluationError, StoreError
            The folder or the file of the answers is protected, or the disk is full.
        """
        settings_file.try_writing(self.folder)
        self._store.try_writing()

    def participation(self, wave: str, *, vouched: bool = False) -> int:
        """Return how many people gave at least one answer of their own in a round.

        Those who were set aside are not counted; nor are, with `vouched`, those for whom nobody
        vouches.
        """
        heard = self.people.voices
        why = [heard.excluded(wave, rater) for rater in self._store.answered(wave)]
        return why.count(None) + (0 if vouched else why.count("unvouched"))

    def raters(self) -> dict[str, Rater]:
        """Return who the pseudonyms answer for. The evaluator's alone."""
        return self._store.raters()

    def know(self, rater: Rater) -> None:
        """Keep for whom a pseudonym answers, on the evaluator's own word."""
        self._store.add_rater(rater)
        if rater.rater in self.relations.partners.unvouched:
            self.relations.partners.accept(rater.rater)

    def rater_of(self, partner: str) -> str | None:
        """Return the pseudonym that a partner's own link used before, so that rounds link up."""
        own = {link.rater for link in self._store.links() if link.role == "rater"}
        own -= self.relations.partners.unvouched
        people = self._store.raters().values()
        return next((p.rater for p in people if p.partner == partner and p.rater in own), None)

    def ratings(self, *, history: bool = False) -> "pd.DataFrame":
        """Return every answer as a tidy table; see `raw.ratings`. The evaluator's alone."""
        # A rating page never asks for a table, and must not carry pandas (116 MB against 39).
        from toolkit.evaluation import raw  # noqa: PLC0415

        return raw.ratings(self, self._store, history=history)

    def warnings(self, *, language: Language | None = None) -> "pd.DataFrame":
        """Return what to know before showing; the evaluator's alone; see `Tables.warnings`."""
        return self.tables(language).warnings()

    def tables(self, language: Language | None = None) -> "Tables":
        """Return every masked table as it is now, so that several cost one reading."""
        from toolkit.evaluation.tables import Tables  # noqa: PLC0415

        ratings = self.ratings()
        with suppress(StoreError):  # a copy that cannot be written is read as it is
            for wave in ratings["wave"].unique():  # answers that came from a file
                self._asked.keep(wave, self.instrument_of(wave))
        return Tables.of(self, ratings, language or self.language)
