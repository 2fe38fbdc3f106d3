"""Medians of groups over the lines of a condition: proof that they tell nobody's answer.

A group's medians over all lines of a condition are a coarse figure. They are safe where every
answer that stands behind them could be another one: two people exchange their answers to a line,
or one answers otherwise, and every figure that is shown stays as it is. So it must be for each
reader, who knows their own answers; and, beside another round, for whoever believes that those who
were there both times answered alike.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from toolkit.scoring.suppression.differencing import ABSENT
from toolkit.scoring.suppression.ways import statistics

__all__ = ["LineTold", "Pooled", "nameable", "not_open"]

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

# So many groups together are a set that a reader has in mind.
_UNITED = 3
# Of more people than this allows, nobody is looked for who makes up for an exchange.
_AT_MOST = 4_000_000


@dataclass(frozen=True)
class LineTold:
    """Which figures of everybody's answers to a line are shown.

    Attributes
    ----------
    people, counts, medians, word
        How many chose a step; how many each; their medians; the word for how people rate.
    statuses
        How many of the statuses are counted, the first ones.
    """

    people: bool = False
    counts: bool = False
    medians: bool = False
    word: bool = False
    statuses: int = 0


@dataclass(frozen=True)
class Pooled:
    """What everybody answered to the lines of a condition in a round, and what is shown of it.

    Attributes
    ----------
    answers
        What each person said on each line: a step from 0, then a status, then `blank`; `ABSENT`
        if they did not take part. Shape (people, lines).
    steps, blank
        How many steps there are, and the number of no answer at all.
    told
        What is shown of each line.
    sets
        The people whom a reader has in mind together, see `nameable`; each of shape (people,).
    k
        The smallest number of people that may be told apart.
    block
        The block of each person: those whose medians are told together, or not at all.
    shown
        Which blocks' medians are shown, shape (blocks,).
    """

    answers: Whole
    steps: int
    blank: int
    told: tuple[LineTold, ...]
    sets: tuple[Mask, ...]
    k: int
    block: Whole
    shown: Mask

    @cached_property
    def there(self) -> Mask:
        """Who took part."""
        return np.asarray((self.answers != ABSENT).any(axis=1))

    @cached_property
    def stays(self) -> Mask:
        """Whether a block's medians stay if one answer c of it becomes d, shape (blocks, c, d)."""
        found = np.ones((len(self.shown), self.blank + 1, self.blank + 1), dtype=bool)
        for place in np.flatnonzero(self.shown):
            every = self._every(self.answers[self.block == place])
            found[place] = _same(every, self.steps, LineTold(medians=True))
        return found

    @cached_property
    def lines(self) -> Mask:
        """Whether a line's figures stay if one answer c to it becomes d, shape (lines, c, d)."""
        every = [self._every(line) for line in self.answers.T]
        return np.stack(
            [_same(one, self.steps, told) for one, told in zip(every, self.told, strict=True)]
        )

    def _every(self, answers: Whole) -> Whole:
        return np.bincount(answers[answers != ABSENT], minlength=self.blank + 1)


def _same(every: Whole, steps: int, told: LineTold) -> Mask:
    """Return whether the figures of a distribution stay if one answer c becomes d."""
    width = len(every)
    one = np.eye(width, dtype=np.int64)
    other = every - one[:, None] + one[None]
    chosen = np.maximum(other[..., :steps], 0)
    same = np.broadcast_to((every > 0)[:, None], (width, width)).copy()
    if told.people or told.counts:
        same &= chosen.sum(axis=2) == every[:steps].sum()
    if told.counts:
        same &= (chosen == every[:steps]).all(axis=2)
    elif told.medians and every[:steps].any():
        same &= chosen.any(axis=2)
        now, then = statistics(every[None, :steps]), statistics(chosen.reshape(-1, steps))
        for said, found in list(zip(now, then, strict=True))[: 3 if told.word else 2]:
            same &= (found == said[0]).reshape(width, width)
    counted = slice(steps, steps + told.statuses)
    return np.asarray(same & (other[..., counted] == every[counted]).all(axis=2))


@dataclass(frozen=True)
class _Worlds:
    """Which other answers leave every figure as it is: by line, from the first of each to others.

    Attributes
    ----------
    exchange
        Two people exchange theirs, shape (people, people, lines).
    alone
        One person gives another, shape (people, lines, answers).
    third
        Two exchange theirs and a third makes up for it, as `_thirds` returns it.
    """

    exchange: Mask
    alone: Mask
    third: Mask | None


def not_open(here: Pooled, *beside: Pooled) -> Mask:
    """Return which answers of a few are not seen to be possibly others, beside what is shown.

    Parameters
    ----------
    here
        The round.
    beside
        Others of the same people and lines, for who believes that whoever was there in several of
        them answered alike: a belief that tells only where it is so, in sum.

    Returns
    -------
    mask
        By set of people, answer, reader (the last one an outsider) and line.
    """
    one, other = here.answers[:, None], here.answers[None]  # people, people, lines
    may = (one != other) & (one != ABSENT) & (other != ABSENT) & _exchange(here, here.answers)
    alone = _alone(here, here.answers) & (here.answers[..., None] != np.arange(here.blank + 1))
    so = [np.ones((len(one) + 1, one.shape[2]), dtype=bool)] * 2
    for part in beside:
        # Whoever was there both times answers otherwise both times.
        then = _alone(part, here.answers) | ~part.there[:, None, None]
        takes = np.take_along_axis(then[:, None], other[..., None], axis=3)[..., 0]
        both = (part.there[:, None] & part.there)[..., None]
        each = takes & takes.swapaxes(0, 1)
        may = may & np.where(both, _exchange(part, here.answers), each)
        alone &= then
        so = [one & two for one, two in zip(so, _premise(here, part), strict=True)]
    worlds = _Worlds(np.asarray(may), alone, _thirds(here, beside))
    return np.stack([_told(here, people, worlds, so) for people in here.sets])


def _thirds(here: Pooled, beside: Sequence[Pooled]) -> Mask | None:
    """Return where two people exchange answers and a third, who is not here, makes up elsewhere.

    One was there whenever the two others were, who were never there together and answered alike:
    as one who stayed, one who came and one who left. Whatever the one gives, the others take.

    Returns
    -------
    mask
        By person, person, reader (the last one an outsider) and line; None for nobody.
    """
    rounds = np.stack([part.there for part in (here, *beside)], axis=1)  # people, rounds
    away = np.flatnonzero(~rounds[:, 0] & rounds.any(axis=1))
    people, lines = here.answers.shape
    if not len(away) or people * people * (people + 1) * lines > _AT_MOST:
        return None
    answers = here.answers
    for part in beside:
        answers = np.where(answers == ABSENT, part.answers, answers)
    exchanges = [_exchange(part, answers) for part in (here, *beside)]
    found = np.zeros((people, people, people + 1, lines), dtype=bool)
    for third in away:
        for one in np.flatnonzero(rounds[:, 0] & ~(rounds & rounds[third]).any(axis=1)):
            both = (rounds == (rounds[one] | rounds[third])).all(axis=1)
            able = both[:, None] & (answers[one] == answers[third]) & (answers[one] != answers)
            for turn, exchange in enumerate(exchanges):
                if rounds[[one, third], turn].any():
                    able = able & exchange[:, one if rounds[one, turn] else third]
            free = able[:, None] & (np.arange(people + 1) != third)[:, None]
            found[:, one] |= free
            found[one] |= free
    return found


def _alone(part: Pooled, answers: Whole) -> Mask:
    """Return whether all figures stay if one person gives d, shape (people, lines, d)."""
    lines = np.arange(answers.shape[1])
    stays = part.stays[part.block[:, None], answers] & part.lines[lines, answers]
    return np.asarray(stays)


def _exchange(part: Pooled, answers: Whole) -> Mask:
    """Return whether all figures stay if two people exchange answers: people, people, lines."""
    takes = part.stays[part.block[:, None, None], answers[:, None], answers[None]]
    within = np.equal(part.block[:, None], part.block)[..., None]
    return np.asarray(within | (takes & takes.swapaxes(0, 1)))


def _premise(here: Pooled, beside: Pooled) -> tuple[Mask, Mask]:
    """Return where those who were there both times, less a reader, answered alike in sum.

    On the steps, and by status; each of shape (readers, lines), the last reader an outsider.
    """
    stayed = (here.there & beside.there)[:, None, None]
    answers = [part.answers[..., None] == np.arange(here.blank) for part in (here, beside)]
    change = (answers[0].astype(np.int64) - answers[1]) * stayed  # people, lines, answers
    left = change.sum(axis=0) - np.concatenate([change, np.zeros_like(change[:1])])
    alike = left == 0
    return alike[..., : here.steps].all(axis=2), alike[..., here.steps :].all(axis=2)


def _told(here: Pooled, people: Mask, worlds: _Worlds, so: Sequence[Mask]) -> Mask:
    """Return which reader may know how many of a set gave an answer, or what all gave."""
    readers, lines = len(people) + 1, here.answers.shape[1]
    found = np.zeros((here.blank, readers, lines), dtype=bool)
    members = np.flatnonzero(people)
    gave = here.answers[members, :, None] == np.arange(here.blank)  # members, lines, answers
    every = gave.sum(axis=0)
    if len(members) > here.k and every.max(initial=0) < len(members) - 1:
        return found  # what all gave, but for who reads: nothing else is told of so many
    count = np.broadcast_to(every, (readers, *every.shape)).copy()  # less the reader's own
    count[members] -= gave
    size = (len(members) - np.append(people, False))[:, None, None]
    asked = (count > 0) & ((size < here.k) | (count == size))
    asked[..., : here.steps] &= so[0][..., None]
    asked[..., here.steps :] &= so[1][..., None]
    if not asked.any():
        return found
    others = worlds.exchange[members] & ~people[None, :, None]  # members, others, lines
    there = (members[:, None] != np.arange(readers))[..., None]  # members, readers, lines
    alone = worlds.alone[members]
    some_other = alone.any(axis=2)
    for answer in np.flatnonzero(asked.any(axis=(0, 1))):
        # One of the set gives the answer away, or takes it.
        one = gave[..., answer]
        crossing = one[:, None] | (here.answers == answer)
        some = others & crossing
        sums = some.sum(axis=1)[:, None]
        free = np.concatenate([sums - some, sums], axis=1) > 0  # less what the reader would
        free |= np.where(one, some_other, alone[..., answer])[:, None]
        if worlds.third is not None:
            crossing = crossing & ~people[None, :, None]
            able = crossing[:, :, None] & worlds.third[members]  # members, others, readers, lines
            able[:, np.arange(len(people)), np.arange(len(people))] = False
            free |= able.any(axis=1)
        found[answer] = asked[..., answer] & ~(free & there).any(axis=0)
    return found


def nameable(group: Whole, presence: Mask, turn: int, k: int) -> Iterator[Mask]:
    """Yield the people of a round whom a reader has in mind together.

    They are a group, those of it who took part in the same rounds, few people of several groups,
    or the few who were not there in another round.

    Parameters
    ----------
    group
        The group of each person, shape (people,).
    presence
        Who took part in which round, shape (rounds, people).
    turn
        The round.
    k
        The smallest number of people that may be told apart.
    """
    here = presence[turn]
    groups = [(group == code) & here for code in np.unique(group[here])]
    _, kind = np.unique(np.vstack([group, presence]), axis=1, return_inverse=True)
    found = [*groups, *((kind == code) & here for code in np.unique(kind[here]))]
    small = [people for people in groups if people.sum() <= k]
    for size in range(2, _UNITED + 1):
        found += _united(combinations(small, size), k)
    for other in presence:
        away = here & ~other
        found += [part for part in (away, *(away & one for one in groups)) if part.sum() <= k]
    yield from {people.tobytes(): people for people in found if people.any()}.values()


def _united(several: Iterable[tuple[Mask, ...]], k: int) -> list[Mask]:
    united = [np.logical_or.reduce(some) for some in several]
    return [people for people in united if people.sum() <= k]
