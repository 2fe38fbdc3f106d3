"""Purposes, local examples, and what people answered about each purpose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.errors import ConflictError, EvaluationError, RatingError
from toolkit.evaluation.folder import Folder
from toolkit.evaluation.people import voices
from toolkit.evaluation.sheet import Sheet
from toolkit.evaluation.strategy.questions import QUESTIONS, WAYS, checked, one_line, sound_text
from toolkit.instruments import Indicator, find
from toolkit.storage import Store
from toolkit.storage.entries import Entry
from toolkit.text import both

__all__ = ["Purpose", "Strategy"]

_MOST = 100
_TRIES = 5
#: The lines of the instrument that word the need and the obstacles, and where they always are.
_LINES = {"need": "NEED1", "time": "TIME", "trust": "TRUST", "turf": "TURF"}
_USUAL = "four_conditions"
#: Those lines are answered by choosing an anchor: an instrument that words fewer is not asked.
_STEPS = {1, 2, 3, 4}


@dataclass(frozen=True, slots=True)
class Purpose:
    """What partners want to reach together, or a project of theirs."""

    code: str
    name: str


class Strategy:
    """The purposes of one evaluation, and what was answered about each, round by round.

    A person's answers are kept under their pseudonym; the one that the group agreed on, under
    nobody's. What is read here is raw, and the evaluator's alone; `outlook` says what may be
    shown.
    """

    def __init__(self, folder: Folder, store: Store) -> None:
        self.folder = folder
        self.store = store
        self._entries = store.entries

    def lines(self, wave: str) -> dict[str, Indicator]:
        """Return how a round asks about the need and the obstacles; as usual if it has no words."""
        own = self.folder.instrument_of(wave).indicators
        whole = all(code in own and own[code].anchors.keys() >= _STEPS for code in _LINES.values())
        usual = own if whole else find(_USUAL).indicators
        return {question: usual[code] for question, code in _LINES.items()}

    @property
    def purposes(self) -> list[Purpose]:
        """The purposes that stand, in the order in which they were first named."""
        found = [Purpose(entry.subject, entry.content) for entry in self._entries.newest("purpose")]
        return sorted(found, key=lambda purpose: (len(purpose.code), purpose.code))

    def purpose(self, code: str) -> Purpose:
        """Return one purpose.

        Raises
        ------
        RatingError
            It was taken off the list, or never was on it.
        """
        found = next((known for known in self.purposes if known.code == code), None)
        if found is None:
            raise RatingError(both("purpose.gone"))
        return found

    def add(self, name: str) -> str:
        """Keep a new purpose and return its code; one that was removed comes back as it was.

        Raises
        ------
        EvaluationError
            It has no name, or another's, or there are too many.
        """
        name = self._free(name)
        said = self._entries.history("purpose")
        if len(self.purposes) >= _MOST:
            raise EvaluationError(both("purpose.too_many", most=_MOST))
        # Its last name before it was removed: then its answers belong to it still.
        removed = {entry.content: entry.subject for entry in said if entry.content}
        code = removed.get(name, "")
        standing = {purpose.code for purpose in self.purposes}
        if code and code not in standing:
            self._entries.keep([Entry("purpose", name, code)])
            return code
        code = f"b{len({entry.subject for entry in said}) + 1}"
        self._entries.keep([Entry("purpose", name, code)], after=0)
        return code

    def rename(self, code: str, name: str) -> None:
        """Give a purpose another name; what was answered stays."""
        if self.purpose(code).name != one_line(name):
            self._entries.keep([Entry("purpose", self._free(name), code)])

    def remove(self, code: str) -> None:
        """Take a purpose off the list; what was answered is kept."""
        self._entries.keep([Entry("purpose", None, self.purpose(code).code)])

    @property
    def examples(self) -> dict[str, str]:
        """What the coalition wrote as its own example of a way of working, by way."""
        return {entry.subject: entry.content for entry in self._entries.newest("example")}

    def illustrate(self, examples: Mapping[str, str]) -> None:
        """Keep local examples of ways of working; an empty one takes back what was there."""
        known = [(way, sound_text(examples[way])) for way in WAYS if way in examples]
        self._entries.keep([Entry("example", text or None, way) for way, text in known])

    def answers(self, wave: str, purpose: str) -> dict[str, dict[str, Any]]:
        """Return what each person who counts answered, by pseudonym. The evaluator's alone."""
        kept = self._entries.newest("strategy", wave=wave, subject=purpose)
        return {entry.author: entry.content for entry in self._counted(kept)}

    def people(self, wave: str) -> dict[str, int]:
        """Return how many people answered about each purpose."""
        kept = self._entries.newest("strategy", wave=wave)
        told = [entry.subject for entry in self._counted(kept)]
        return {purpose: told.count(purpose) for purpose in set(told)}

    def _counted(self, kept: Iterable[Entry]) -> list[Entry]:
        heard = voices(self.store)
        own = [entry for entry in kept if entry.author and entry.content]
        return [entry for entry in own if not heard.excluded(entry.wave, entry.author)]

    @property
    def rounds(self) -> frozenset[str]:
        """The rounds in which a purpose that stands was answered, by people or by the group."""
        standing = {purpose.code for purpose in self.purposes}
        kept = self._entries.newest("strategy")
        said = [entry for entry in kept if {*QUESTIONS} & {*entry.content}]
        return frozenset(entry.wave for entry in said if entry.subject in standing)

    def answer(self, wave: str, purpose: str, rater: str = "") -> dict[str, Any]:
        """Return what one person answered; without one, what the group agreed on."""
        kept = self._entries.newest("strategy", wave=wave, subject=purpose, author=rater)
        given = kept[-1].content if kept else {}
        return {name: value for name, value in given.items() if name in QUESTIONS}

    def asked(self, wave: str) -> bool:
        """Whether people may answer in a round now."""
        found = self.folder.settings.wave(wave)
        return found is not None and found.status == "open" and "strategy" in found.activities

    def record(self, wave: str, purpose: str, question: str, value: Any, rater: str) -> None:
        """Keep one answer of one person; with None it is taken back.

        Raises
        ------
        RatingError
            Nobody is asked this now, the person did not consent, or it is no answer to that.
        """
        if not self.asked(wave):
            raise RatingError(both("purpose.shut"))
        if not rater or not Sheet(self.folder, self.store, wave, rater).consented:
            raise RatingError(both("refusal.no_consent"))
        self._change(wave, purpose, question, value, rater)

    def agree(self, wave: str, purpose: str, question: str, value: Any) -> None:
        """Keep one answer that the whole group agreed on, in a round or, with "", in none."""
        self._change(wave, purpose, question, value, "")

    def closed(self, wave: str, purpose: str) -> bool:
        """Whether people's answers about a purpose stay as they are."""
        found = self.folder.settings.wave(wave)
        if found is None or found.status != "open":
            return True
        return bool(self._entries.newest("purpose_closed", wave=wave, subject=purpose))

    def close(self, wave: str, purpose: str) -> None:
        """Take no more answers about a purpose in this round, so that its figures never move."""
        code = self.purpose(purpose).code
        self._entries.keep([Entry("purpose_closed", True, code, wave)])

    def reopen(self, wave: str, purpose: str) -> None:
        """Take answers again where nothing was shown yet.

        Raises
        ------
        EvaluationError
            So many answered that figures were shown: the next answer would be the difference.
        """
        if len(self.answers(wave, purpose)) >= self.folder.settings.privacy.minimum:
            raise EvaluationError(both("purpose.seen"))
        self._entries.keep([Entry("purpose_closed", None, purpose, wave)])

    def _change(self, wave: str, purpose: str, question: str, value: Any, rater: str) -> None:
        code = self.purpose(purpose).code
        value = checked(question, value)
        for turn in range(_TRIES):
            ended = self._entries.history("purpose_closed", wave=wave, subject=code)
            end = ended[-1] if ended else Entry("purpose_closed", None, code, wave)
            if rater and end.content:
                raise RatingError(both("purpose.shut"))
            kept = self._entries.newest("strategy", wave=wave, subject=code, author=rater)
            given = {**(kept[-1].content if kept else {}), question: value}
            content = {name: said for name, said in given.items() if said is not None}
            if not rater:
                content["mode"] = "group"
            try:
                # As long as nobody ended it: what comes in that very instant is refused too.
                seen = end.number, kept[-1].number if kept else 0
                said = Entry("strategy", content, code, wave, rater)
                self._entries.keep([end, said], after=seen)
            except ConflictError:
                # The same person on a second device, or a second facilitator: on top of theirs.
                if turn == _TRIES - 1:
                    raise
            else:
                return

    def _free(self, name: str) -> str:
        name = one_line(name)
        if not name:
            raise EvaluationError(both("purpose.nameless"))
        if name.casefold() in {known.name.casefold() for known in self.purposes}:
            raise EvaluationError(both("purpose.named_twice"))
        return name
