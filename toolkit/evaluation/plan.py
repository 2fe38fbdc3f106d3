"""What a coalition makes of its figures: notes, priorities, actions; added to, never replaced."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from toolkit.errors import EvaluationError
from toolkit.evaluation.folder import Folder
from toolkit.storage import Entry, Store
from toolkit.text import both

__all__ = ["OBSTACLES", "STATUSES", "Action", "Note", "Plan", "Priority"]

OBSTACLES = ("time", "trust", "turf")
#: What became of an action; the first is how it starts.
STATUSES = ("open", "under_way", "done", "dropped")

#: The places for priorities: whoever sets more sets none.
_SLOTS = ("1", "2", "3")
#: Characters of a note or a reason, and of a line.
_LONGEST, _LONGEST_LINE = 4000, 300


@dataclass(frozen=True, slots=True)
class Note:
    """What the group understands of one figure; `number` is that of its newest entry, 0 of none."""

    text: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Priority:
    """One of at most three things to change; `about` is a condition, an indicator, or nothing."""

    slot: str
    text: str
    about: str
    number: int


@dataclass(frozen=True, slots=True)
class Action:
    """Who does what by when.

    Attributes
    ----------
    code, wave
        Its key, and the round in whose talk it was decided.
    what, who, by
        The promise; `by` is None without a date.
    obstacle, indicator
        What it lifts (`time`, `trust`, `turf` or nothing), and the line expected to move.
    status, reason
        One of `STATUSES`; why, if it was dropped.
    number
        That of its newest entry.
    """

    code: str
    wave: str
    what: str
    who: str
    by: datetime.date | None = None
    obstacle: str = ""
    indicator: str = ""
    status: str = STATUSES[0]
    reason: str = ""
    number: int = 0

    @property
    def standing(self) -> bool:
        """Whether it is still to be done."""
        return self.status in {"open", "under_way"}


class Plan:
    """The notes, priorities and actions of one evaluation, round by round.

    Whoever writes says which entry they saw last (`seen`); if somebody else wrote in between,
    nothing is kept and a ConflictError says so.
    """

    def __init__(self, folder: Folder, store: Store) -> None:
        self._folder = folder
        self._entries = store.entries

    def notes(self, wave: str) -> dict[str, Note]:
        """Return the note beside each figure, by the code of its condition or indicator."""
        found = self._last("interpretation", wave)
        return {code: Note(said.content or "", said.number) for code, said in found.items()}

    def interpret(self, wave: str, code: str, text: str, *, seen: int) -> None:
        """Keep the note beside a figure; an empty one takes it back."""
        self._asked(wave, code, self.notes(wave))
        said = _sound(text, _LONGEST) or None
        self._entries.keep([Entry("interpretation", said, code, wave)], after=seen)

    def priorities(self, wave: str) -> list[Priority]:
        """Return the priorities of a round, in their order."""
        found = self._last("priority", wave)
        return [
            Priority(slot, found[slot].content["text"], found[slot].content["about"], said.number)
            for slot in _SLOTS
            if (said := found.get(slot)) and said.content is not None
        ]

    def prioritise(
        self, wave: str, text: str, about: str = "", *, slot: str = "", seen: int = 0
    ) -> None:
        """Keep a priority: a new one, or the one in a slot in other words.

        Raises
        ------
        EvaluationError
            It has no words, or three are set.
        """
        text = _sound(text, _LONGEST_LINE)
        if not text:
            raise EvaluationError(both("plan.priority_empty"))
        found = self._last("priority", wave)
        if not slot:
            free = (one for one in _SLOTS if one not in found or found[one].content is None)
            slot = next(free, "")
            if not slot:
                raise EvaluationError(both("plan.three"))
            seen = found[slot].number if slot in found else 0
        self._asked(wave, about, {(said.content or {}).get("about") for said in found.values()})
        content = {"text": text, "about": about}
        self._entries.keep([Entry("priority", content, slot, wave)], after=seen)

    def withdraw(self, wave: str, slot: str, *, seen: int) -> None:
        """Take back a priority."""
        self._entries.keep([Entry("priority", None, slot, wave)], after=seen)

    def actions(self, wave: str) -> list[Action]:
        """Return the actions that were decided after a round, oldest first."""
        first: dict[str, int] = {}
        for entry in self._entries.history("action", wave=wave, author=""):
            first.setdefault(entry.subject, entry.number)
        found = self._entries.newest("action", wave=wave, author="")
        return [_action(entry) for entry in sorted(found, key=lambda said: first[said.subject])]

    def earlier(self, wave: str) -> list[Action]:
        """Return what a round opens on: actions of the round before, and older ones still to do."""
        codes = [known.code for known in self._folder.settings.waves]
        before = [code for code in codes[: codes.index(wave)] if self.actions(code)]
        return [
            action
            for code in before
            for action in self.actions(code)
            if code == before[-1] or action.standing
        ]

    def act(self, wave: str, fields: Mapping[str, Any], *, code: str = "", seen: int = 0) -> Action:
        """Keep an action: a new one, or the one with a code as it is now.

        Parameters
        ----------
        wave
            The round in whose talk it was decided.
        fields
            `what`, `who`, `by` (a day, as 2027-03-31), `obstacle`, `indicator`, `status`, `reason`.

        Raises
        ------
        EvaluationError
            It says not what or not who, its date is none, or it was dropped without a reason.
        """
        said = {name: str(fields.get(name) or "") for name in ("obstacle", "indicator", "status")}
        said |= {name: _sound(fields.get(name), _LONGEST_LINE) for name in ("what", "who")}
        said["reason"] = _sound(fields.get("reason"), _LONGEST)
        by = _day(str(fields.get("by") or ""))
        said["by"] = by.isoformat() if by else ""
        said["status"] = said["status"] if said["status"] in STATUSES else STATUSES[0]
        said["obstacle"] = said["obstacle"] if said["obstacle"] in OBSTACLES else ""
        for name, key in (("what", "plan.no_what"), ("who", "plan.no_who")):
            if not said[name]:
                raise EvaluationError(both(key))
        if said["status"] == "dropped" and not said["reason"]:
            raise EvaluationError(both("plan.no_reason"))
        self._asked(wave, said["indicator"], {known.indicator for known in self.actions(wave)})
        entry = Entry("action", said, code or token_hex(4), wave)
        number = self._entries.keep([entry], after=seen)
        return _action(Entry(entry.kind, said, entry.subject, wave, number=number))

    def _asked(self, wave: str, code: str, known: Any) -> None:
        """Refuse what is no condition and no indicator; one withdrawn since may stay."""
        instrument = self._folder.instrument_of(wave)
        sections = {section.code for section in instrument.sections}
        if code and code not in instrument.indicators and code not in sections | {*known}:
            raise EvaluationError(both("plan.unknown_line"))

    def _last(self, kind: str, wave: str) -> dict[str, Entry]:
        """Return the last entry on each subject, also where it takes back."""
        history = self._entries.history(kind, wave=wave, author="")
        return {entry.subject: entry for entry in history}


def _action(entry: Entry) -> Action:
    told = dict(entry.content)
    by = told.pop("by")
    day = datetime.date.fromisoformat(by) if by else None
    return Action(code=entry.subject, wave=entry.wave, by=day, number=entry.number, **told)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text.strip() else None
    except ValueError as error:
        raise EvaluationError(both("plan.bad_date")) from error


def _sound(text: Any, longest: int) -> str:
    """Return what somebody typed, as a file can hold it."""
    # Half an emoji, cut off by a browser, is no text that a file can hold.
    whole = str(text or "").encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
    if len(whole) > longest:
        raise EvaluationError(both("plan.too_long", limit=longest))
    return whole
