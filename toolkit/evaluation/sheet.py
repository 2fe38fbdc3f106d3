"""One person's sheet in one round: what they were asked, what they answered."""

from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from typing import Any

from toolkit.errors import PassingError, RatingError
from toolkit.evaluation.folder import Folder
from toolkit.evaluation.settings import Wave
from toolkit.evaluation.then import asked_again
from toolkit.instruments import Indicator, Instrument, Section
from toolkit.ratings import Aspect, Rating, Status
from toolkit.storage import Entry, Rater, Store
from toolkit.text import both

__all__ = ["Sheet"]


class Sheet:
    """Answers of one person in one round.

    The person and the round are fixed when the sheet is opened, from a signed link: nothing that
    a page sends can change them. Every method that writes has written when it returns.
    """

    def __init__(
        self, folder: Folder, store: Store, wave: str, rater: str, *, trial: bool = False
    ) -> None:
        self._folder = folder
        # A trial keeps nothing; what it asks of an earlier round, it asks as of anybody.
        self._trial = trial
        self._store = Store("sqlite://", create=True) if trial else store
        self._earlier, self._of = store, None if trial else rater
        self._wave = wave
        self.rater = rater

    @property
    def wave(self) -> Wave:
        """The round as it is set now."""
        found = self._folder.settings.wave(self._wave)
        if found is None:
            # A file that is being written may lack it for a moment.
            raise PassingError(both("refusal.no_round"))
        return found

    @property
    def open(self) -> bool:
        """Whether answers are still accepted."""
        return self.wave.status == "open"

    @property
    def person(self) -> Rater:
        """Which partner and group this person answers for."""
        return self._store.raters().get(self.rater, Rater(self.rater))

    @cached_property
    def instrument(self) -> Instrument:
        """What the round is asked with, as it was when this sheet was first looked at."""
        return self._folder.instrument_of(self._wave)

    @property
    def outdated(self) -> bool:
        """Whether the round asks other questions by now."""
        return self._folder.instrument_of(self._wave).digest != self.instrument.digest

    @property
    def sections(self) -> tuple[Section, ...]:
        """The conditions, then the round's modules, as far as they are asked of this person."""
        folder = self._folder
        wave = folder.settings.wave(self._wave)
        return self.instrument.asked(
            self.person.group,
            modules=wave.modules if wave else (),
            short=folder.settings.form == "short",
        )

    @property
    def answers(self) -> dict[tuple[str, str], Rating]:
        """The newest answer by (indicator, aspect), in the order they were given."""
        kept = self._store.answers(self._wave, self.rater)
        return {(r.indicator, r.aspect): r for r in kept if r.mode == "individual"}

    @property
    def then(self) -> Wave | None:
        """The earlier round that is rated again as it is seen now, or None."""
        settings = self._folder.settings
        wave = settings.wave(self._wave)
        return settings.wave(wave.then) if wave and wave.then else None

    @property
    def again(self) -> frozenset[str]:
        """The lines of that round that this person is asked; see `then.asked_again`."""
        if self.then is None:
            return frozenset()
        given = self._earlier.answers(self.then.code, self._of)
        before = self._folder.instrument_of(self.then.code)
        return asked_again(self.instrument, before, given)

    @property
    def consented(self) -> bool:
        """Whether the person agreed to the wording that stands now."""
        return self._store.acts(self._wave, self.rater).get("consented") == self._wording()

    @property
    def begun(self) -> bool:
        """Whether the person agreed to take part, or answered, on whatever device."""
        return bool(self._store.acts(self._wave, self.rater) or self.answers)

    @property
    def finished(self) -> bool:
        """Whether the person said that they were done."""
        return "finished" in self._store.acts(self._wave, self.rater)

    def consent(self, partner: str = "", group: str = "") -> None:
        """Keep that the person agreed, and for whom they answer if they said so."""
        self._writable()
        settings = self._folder.settings
        before = self.person
        if not before.partner and partner in {p.code for p in settings.partners}:
            self.claim(partner)
        known = Rater(
            self.rater,
            before.partner or (partner if partner in {p.code for p in settings.partners} else ""),
            before.group or (group if group in {g.code for g in settings.groups} else ""),
        )
        self._store.add_rater(known)
        self._store.note_act(self._wave, self.rater, "consented", self._wording())

    def claim(self, partner: str) -> None:
        """Keep that it is the person who says for whom they answer, and nobody else.

        Before it is known for whom: else it would count for a moment as the evaluator's own word.
        """
        claim = Entry("claim", {"accepted": False}, partner, self._wave, self.rater)
        self._store.entries.keep([claim])

    def record(
        self,
        indicator: str,
        *,
        aspect: Aspect = "current",
        value: int | None = None,
        status: Status | None = None,
        note: str | None = None,
    ) -> None:
        """Keep one answer, or only its note; what is not given stays as it was.

        A page that was opened long ago may so change a note without bringing back an old answer.

        Raises
        ------
        RatingError
            The round is closed or asked otherwise by now, the indicator is not asked, or the value
            is off its scale.
        StoreError
            It could not be kept; nothing was written.
        """
        self._writable(consented=True)
        before = self.answers.get((indicator, aspect)) if isinstance(aspect, str) else None
        if note is None:
            note = before.note if before else ""
        elif value is None and status is None:
            value, status = (before.value, before.status) if before else (None, "skipped")
        # Half an emoji, cut off by a browser, is no text that a file can hold.
        note = note.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        line = self._lines(self.sections).get(indicator)
        if line is None or (aspect == "then" and indicator not in self.again):
            raise RatingError(both("refusal.unknown_indicator"))
        rating = self._rating(line, aspect, value, status, note)
        self._begin()
        self._store.append([rating])

    def finish(self, *, plain: bool = False) -> None:
        """Keep that the person is done, and which lines they left without an answer.

        With `plain`, only of the modules that were read aloud to them: they met no other line.
        """
        self._writable(consented=True)
        given = self.answers
        met = [section for section in self.sections if section.plain or not plain]
        left = [
            self._rating(line, "current", None, "skipped", "")
            for line in self._lines(met).values()
            if (line.code, "current") not in given
        ]
        self._begin()
        self._store.append(left)
        self._store.note_act(self._wave, self.rater, "finished")

    def resume_at(self) -> int:
        """Return the section to show first: where the last answer was given, or the next one."""
        given = self.answers
        if not given:
            return 0
        last = next(reversed(given))[0]
        codes = [[line.code for line in section.indicators] for section in self.sections]
        place = next((i for i, lines in enumerate(codes) if last in lines), 0)
        complete = all((code, "current") in given for code in codes[place])
        return min(place + complete, len(codes) - 1)

    @staticmethod
    def _lines(sections: Iterable[Section]) -> dict[str, Indicator]:
        return {line.code: line for section in sections for line in section.indicators}

    def _rating(self, line: Indicator, aspect: Any, value: Any, status: Any, note: str) -> Rating:
        instrument = self.instrument
        scale = instrument.scales[line.scale]
        if value is not None and (type(value) is not int or value not in scale.steps):
            raise RatingError(both("refusal.off_scale", first=scale.first, last=scale.last))
        return Rating(
            wave=self._wave,
            rater=self.rater,
            indicator=line.code,
            instrument=instrument.id,
            version=instrument.version_of(line.code),
            scale=line.scale,
            aspect=aspect,
            value=value,
            status=status,
            note=note,
        )

    def _writable(self, *, consented: bool = False) -> None:
        if not self.open:
            raise RatingError(both("refusal.closed", wave=self.wave.text))
        if consented and "consented" not in self._store.acts(self._wave, self.rater):
            raise RatingError(both("refusal.no_consent"))

    def _begin(self) -> None:
        if not self._trial:
            self._folder.begin(self._wave, self.instrument)

    def _wording(self) -> str:
        """Return what stands for the consent text in the store: asked again when it changes."""
        text = self._folder.consent()
        return sha256(f"{text.fr}\n{text.en}".encode()).hexdigest()[:16]
