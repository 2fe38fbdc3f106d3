"""Who answered a round, and whose answers count: one person, one voice."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.errors import EvaluationError
from toolkit.evaluation.archive import erase_in_backups
from toolkit.storage import Activity, Entry, Link, Rater, Store
from toolkit.text import both

__all__ = ["KINDS", "People", "Person", "Voices", "check_count", "voices"]

#: How a person came: by a link of their own, their partner's, a group's, or from the evaluator's
#: own hand or file.
KINDS = ("personal", "partner", "group", "file")
#: Starts that follow each other this closely, by one group's link, are one burst.
_BURST = datetime.timedelta(minutes=3)
_MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Voices:
    """Whose answers count in no figure.

    Attributes
    ----------
    aside
        Pseudonyms that the evaluator set aside, in every round.
    unvouched
        (wave, pseudonym) of those who came by a group's link, where more answered for a group than
        the evaluator counted: which of them are one person each, nobody can tell.
    """

    aside: frozenset[str]
    unvouched: frozenset[tuple[str, str]]

    def excluded(self, wave: str, rater: str) -> str | None:
        """Return why a person's answers in a wave do not count: `set_aside`, `unvouched`, None."""
        if rater in self.aside:
            return "set_aside"
        return "unvouched" if (wave, rater) in self.unvouched else None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has a link, or answered, in a round: when they did what, and never what.

    Attributes
    ----------
    rater
        The pseudonym: the code by which they are set aside or erased.
    kind
        One of `KINDS`.
    partner, group
        Codes of what they answer for; empty if unknown.
    opens
        Whether their link still opens something.
    linked_at, begun_at, finished_at, last_answer_at
        UTC, without zone; None for what has not happened.
    burst
        Of those who came by a group's link: the number of their burst, from 1, the starts that
        followed each other within minutes; 0 for others.
    excluded
        Why their answers do not count: `set_aside`, `unvouched`, or None.
    """

    rater: str
    kind: str
    partner: str
    group: str
    opens: bool
    linked_at: datetime.datetime | None
    begun_at: datetime.datetime | None
    finished_at: datetime.datetime | None
    last_answer_at: datetime.datetime | None
    burst: int
    excluded: str | None


class People:
    """The people of one evaluation, as its evaluator looks after them."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder = folder
        self._store = store
        self._entries = store.entries

    @property
    def voices(self) -> Voices:
        """Whose answers count in no figure, now."""
        return voices(self._store)

    def of(self, wave: str) -> list[Person]:
        """Return everybody who has a link or did something in a round, in the order they came."""
        links = {link.rater: link for link in self._store.links() if _personal(link, wave)}
        done, known = self._store.activity(wave), self._store.raters()
        spoke = {rater for place, rater in self._store.spoke() if place == wave}
        bursts, heard = _bursts(links.values(), done), self.voices
        people = []
        for rater in dict.fromkeys([*links, *done, *sorted(spoke)]):
            link, did = links.get(str(rater)), done.get(str(rater), Activity())
            who = known.get(str(rater), Rater(str(rater)))
            person = Person(
                rater=who.rater,
                kind=_kind(link, who),
                partner=who.partner,
                group=who.group,
                opens=link is not None and link.revoked_at is None,
                linked_at=link.created_at if link else None,
                begun_at=did.begun_at,
                finished_at=did.finished_at,
                last_answer_at=did.last_answer_at,
                burst=bursts.get(who.rater, 0),
                excluded=heard.excluded(wave, who.rater),
            )
            people.append(person)
        return people

    def everybody(self) -> set[str]:
        """Return the pseudonyms of all who gave something in any round, or have a link for one."""
        return self._store.everybody()

    def set_aside(self, raters: Iterable[str]) -> None:
        """Count people nowhere from now on; what they gave is kept, and this can be undone."""
        self._entries.keep([Entry("aside", content=True, subject=rater) for rater in raters])

    def take_back(self, raters: Iterable[str]) -> None:
        """Count people again who were set aside."""
        self._entries.keep([Entry("aside", content=None, subject=rater) for rater in raters])

    def headcounts(self, wave: str) -> dict[str, int]:
        """Return how many people the evaluator counted who answered by a group's link, by group."""
        kept = self._entries.newest("headcount", wave=wave)
        return {entry.subject: int(entry.content) for entry in kept}

    def vouch(self, wave: str, group: str, count: int) -> None:
        """Keep how many people of a group the evaluator counted who answered by a group's link.

        Raises
        ------
        EvaluationError
            It is no number of people.
        """
        check_count(count)
        self._entries.keep([Entry("headcount", count, group, wave)])

    def check(self, raters: Iterable[str]) -> None:
        """Refuse to name people whom this evaluation does not know.

        Raises
        ------
        EvaluationError
            Naming the first of them, or saying that nobody is named.
        """
        chosen = list(raters)
        if not chosen:
            raise EvaluationError(both("people.nobody_named"))
        known = {rater for _, rater in self._store.spoke()} | set(self._store.raters())
        known |= {link.rater for link in self._store.links() if link.rater}
        for rater in chosen:
            if rater not in known:
                raise EvaluationError(both("people.unknown", code=rater))

    def erase(self, raters: Iterable[str]) -> "Erased":
        """Erase people and everything they gave, from the store and the copies beside it.

        Raises
        ------
        StoreError
            The store or one of its copies could not be written; what could be is erased.
        """
        gone = self._store.erase(raters)
        return Erased(gone, *erase_in_backups(self._folder))


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure reached.

    Attributes
    ----------
    rows
        How many rows of the store are gone.
    cleaned, unreached
        Names of the copies that were cleaned, and of those that could not be read.
    """

    rows: int
    cleaned: tuple[str, ...]
    unreached: tuple[str, ...]


def check_count(count: Any) -> None:
    """Refuse what is no number of people."""
    if type(count) is not int or not 0 <= count <= _MOST_COUNTED:
        raise EvaluationError(both("people.count_bad"))


def voices(store: Store) -> Voices:
    """Return whose answers count in no figure of a store."""
    aside = frozenset(entry.subject for entry in store.entries.newest("aside"))
    shared = {(str(link.wave), str(link.rater)) for link in store.links() if link.role == "own"}
    if not shared:
        return Voices(aside, frozenset())
    known = store.raters()
    group = {
        (wave, rater): (wave, known[rater].group if rater in known else "")
        for wave, rater in shared & store.spoke()
        if rater not in aside
    }
    counted = Counter(group.values())
    vouched = {(e.wave, e.subject): int(e.content) for e in store.entries.newest("headcount")}
    beyond = {place for place, count in counted.items() if count > vouched.get(place, 0)}
    return Voices(aside, frozenset(one for one, place in group.items() if place in beyond))


def _personal(link: Link, wave: str) -> bool:
    return link.wave == wave and link.rater is not None


def _kind(link: Link | None, who: Rater) -> str:
    if link is None:
        return "file"
    if link.role == "own":
        return "group"
    return "partner" if who.partner else "personal"


def _bursts(links: Iterable[Link], done: Mapping[str, Activity]) -> dict[str, int]:
    """Return the burst of each person who came by a group's link."""
    came: dict[str | None, list[tuple[datetime.datetime, str]]] = {}
    for link in links:
        if link.role == "own" and link.rater and link.created_at:
            begun = done.get(link.rater, Activity()).begun_at
            came.setdefault(link.made_by, []).append((begun or link.created_at, link.rater))
    found, number = {}, 0
    for starts in came.values():
        last = None
        for at, rater in sorted(starts):
            number += last is None or at - last > _BURST
            found[rater], last = number, at
    return found
