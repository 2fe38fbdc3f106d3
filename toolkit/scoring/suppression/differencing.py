"""Differencing over rounds: what a line's figures of two rounds tell of those who came or left.

Whoever believes that those who stayed answered alike takes one round off the other; whoever is one
of the people takes their own answers off both first. What is left tells of few people, or of one.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import comb

import numpy as np
from numpy.typing import NDArray

from toolkit.scoring.suppression.ways import every_way, statistics

__all__ = ["ABSENT", "OUTSIDER", "Told", "told_alone", "told_together"]

Whole = NDArray[np.int64]
#: The number of a person's answer in one round and in another: a step from 0, then a status.
View = tuple[int, int]

#: Of whom did not take part in a round.
ABSENT = -1
#: What somebody who did not take part at all knows of their own answers.
OUTSIDER: View = (ABSENT, ABSENT)

# Who chose no step had one of three statuses, or left the line out.
_NO_STEP = 4
# Beyond so many distributions, or pairs of them, nothing is tried: it counts as told.
_TRIED = 150_000
_PAIRS = 4_000_000
# So many pairs are tried together: memory stays small.
_AT_ONCE = 40_000


@dataclass(frozen=True)
class Told:
    """What is told of one line in one round.

    Attributes
    ----------
    steps
        How many steps the scale has.
    people
        How many took part in the round, whether or not they answered this line.
    n, statuses
        How many chose a step, and how many had each status; None where masked. Maybe the first
        status alone: how many do not know.
    counts
        How many chose each step; None where masked.
    medians
        Low and high median (steps from 1) and the word for how people rate, or None for no word;
        None where masked.
    outdated
        Whether others are counted by now than when it was told.
    """

    steps: int
    people: int
    n: int | None = None
    statuses: tuple[int, ...] | None = None
    counts: tuple[int, ...] | None = None
    medians: tuple[int, int, str | None] | None = None
    outdated: bool = field(default=False, compare=False)

    @property
    def distributions(self) -> Whole | None:
        """Every distribution over the steps that it may stand for; None for no figure of them.

        Raises
        ------
        OverflowError
            They are too many to be tried.
        """
        if self.counts is not None:
            return np.array([self.counts], dtype=np.int64)
        if self.medians is None or self.n is None:
            return None
        return _possible(self.steps, self.n, *self.medians)

    @property
    def others(self) -> Whole | None:
        """How many may have had each status, then left the line out; None without `n`.

        What is masked is left open: whoever chose no step had one status or another.
        """
        if self.n is None:
            return None
        known = self.statuses or ()
        rest = max(self.people - self.n - sum(known), 0)
        open_ = _NO_STEP - len(known)
        splits = every_way(open_, rest) if open_ > 1 else _one(rest)
        return _beside(np.array([known], dtype=np.int64), splits)

    @property
    def unknown(self) -> Whole:
        """How many may know, and not know, shape (ways, 2)."""
        if self.statuses is not None:
            least = most = self.statuses[0]
        else:
            least, most = 0, self.people - (self.n or 0)
        count = np.arange(least, most + 1)
        return np.column_stack([self.people - count, count])


@lru_cache(maxsize=512)
def _possible(steps: int, n: int, low: int, high: int, word: str | None) -> Whole:
    if comb(n + steps - 1, steps - 1) > _TRIED:
        raise OverflowError
    every = every_way(steps, n)
    found_low, found_high, found_word = statistics(every)
    same = (found_low == low) & (found_high == high) & ((found_word == word) | (word is None))
    return np.asarray(every[same])


def told_alone(told: Told, own: Collection[int]) -> bool:
    """Return whether medians and word leave somebody one possible count of the others' answers.

    Parameters
    ----------
    told
        A row that shows no counts.
    own
        The answers of the people, each of whom knows their own.
    """
    try:
        every = told.distributions
    except OverflowError:
        return False  # of so many, none is the only one
    if every is None or told.counts is not None:
        return False
    for answer in (ABSENT, *(step for step in {*own} if step < told.steps)):
        left = _without(every, answer)
        if len(left) and ((left == left[0]).all(axis=0) & (left[0] > 0)).any():
            return True
    return False


def told_together(before: Told, after: Told, views: Mapping[View, int], k: int) -> bool:
    """Return whether two rounds of a line tell what few people answered, or one of them.

    What is concluded from what is not so tells nothing: where those who stayed did not answer
    alike, in sum, it is right as seldom as a guess (tests/disclosure/test_premise.py).

    Parameters
    ----------
    before, after
        What is told of each.
    views
        How many people gave which answers: each of them knows their own.
    k
        The smallest number of people that may be told apart.
    """
    return _told_together(before, after, frozenset(views.items()), k)


@lru_cache(maxsize=20_000)
def _told_together(before: Told, after: Told, seen: frozenset[tuple[View, int]], k: int) -> bool:
    """Return the same, weighed once for what a page shows again and again."""
    try:
        return any(_told(case, k) for case in _cases(before, after, dict(seen)))
    except OverflowError:
        return True


@dataclass(frozen=True)
class _Case:
    """What is compared of two rounds: some columns of all distributions that each may be.

    Attributes
    ----------
    first, second
        The distributions.
    views
        As for `told_together`, each answer the number of its column.
    sought
        Which columns tell something of the few who gave that answer.
    steps
        How many of the columns are steps.
    """

    first: Whole
    second: Whole
    views: Mapping[View, int]
    sought: NDArray[np.bool_]
    steps: int


def _cases(before: Told, after: Told, views: Mapping[View, int]) -> Iterator[_Case]:
    """Yield all ways to take one round off the other."""
    steps = before.steps
    first, second = before.distributions, after.distributions
    others, later = before.others, after.others
    if first is not None and second is not None:
        # Of those who chose a step: who did is not known as who took part is.
        answered = _seen_as(views, lambda said: said if said < steps else ABSENT)
        if min(_sizes(answered)[1:]) == 0:
            yield _Case(first, second, answered, np.ones(steps, dtype=bool), steps)
        rest = [
            _one(told.people - int(part[0].sum()))
            for part, told in ((first, before), (second, after))
        ]
        lumped = _beside(first, rest[0]), _beside(second, rest[1])
        seen = _seen_as(views, lambda said: min(said, steps))
        yield _Case(*lumped, seen, np.arange(steps + 1) < steps, steps)
    if others is not None and later is not None:
        if first is not None and second is not None and len(others) == len(later) == 1:
            whole = _beside(first, others), _beside(second, later)
            width = steps + _NO_STEP
            yield _Case(*whole, views, np.arange(width) < width - 1, steps)
        # Whatever the steps: whether few people all had one status.
        pooled = _beside(_one(before.n or 0), others), _beside(_one(after.n or 0), later)
        seen = _seen_as(views, lambda said: max(said - steps + 1, 0))
        place = np.arange(1 + _NO_STEP)
        yield _Case(*pooled, seen, (place > 0) & (place < _NO_STEP), 0)
    elif before.statuses or after.statuses:
        seen = _seen_as(views, lambda said: int(said == steps))
        yield _Case(before.unknown, after.unknown, seen, np.array([False, True]), 0)


def _one(count: int) -> Whole:
    return np.array([[count]], dtype=np.int64)


def _beside(one: Whole, other: Whole) -> Whole:
    """Return each way of the one beside each way of the other."""
    wide = [np.repeat(one, len(other), axis=0), np.tile(other, (len(one), 1))]
    return np.hstack(wide).astype(np.int64)


def _seen_as(views: Mapping[View, int], see: Callable[[int], int]) -> Mapping[View, int]:
    """Return the views with some answers taken for one."""
    found: Counter[View] = Counter()
    for (before, after), count in views.items():
        first, second = (said if said == ABSENT else see(said) for said in (before, after))
        found[first, second] += count
    found.pop(OUTSIDER, None)
    return found


def _sizes(views: Mapping[View, int]) -> tuple[int, int, int]:
    """Return how many stayed, left and came."""
    found = [0, 0, 0]
    for (before, after), count in views.items():
        found[2 if before == ABSENT else 1 if after == ABSENT else 0] += count
    return found[0], found[1], found[2]


def _told(case: _Case, k: int) -> bool:
    """Return whether any view finds the answers of few, among all that the two rounds may be."""
    every = _by_presence(case.views, case.first.shape[1])
    for before, after in (OUTSIDER, *case.views):
        true = every.copy()
        if ABSENT not in (before, after):
            true[[0, 1], [before, after]] -= 1
        elif before != ABSENT:
            true[2, before] -= 1
        elif after != ABSENT:
            true[3, after] -= 1
        alike = true[0] == true[1]
        steps = np.arange(len(alike)) < case.steps
        so = np.where(steps, alike[steps].all(), alike[~steps].all())
        if not (case.sought & so).any():
            continue
        parts = _without(case.first, before), _without(case.second, after)
        if len(parts[0]) and len(parts[1]) and _narrow(*parts, true[1:], k, case.sought & so):
            return True
    return False


def _by_presence(views: Mapping[View, int], size: int) -> Whole:
    """Return how many gave each answer: who stayed, before and after; who left; who came."""
    true = np.zeros((4, size), dtype=np.int64)
    for (before, after), count in views.items():
        stayed = ABSENT not in (before, after)
        if before != ABSENT:
            true[0 if stayed else 2, before] += count
        if after != ABSENT:
            true[1 if stayed else 3, after] += count
    return true


def _narrow(first: Whole, second: Whole, true: Whole, k: int, sought: NDArray[np.bool_]) -> bool:
    """Return whether the count of an answer is known of those who stayed, left or came.

    Of few, any count; of many, that all of them gave it.
    What both rounds have in common is of those who stayed, but for a `spare` part, which some left
    with and others brought back: every such part is possible.
    """
    sizes = true.sum(axis=1)
    alike = true.max(axis=1) == sizes
    few = [place for place, size in enumerate(sizes) if 0 < size < k or (size and alike[place])]
    if not few:
        return False
    if len(first) * len(second) > _PAIRS:
        raise OverflowError
    least: list[Whole] = []
    most: list[Whole] = []
    at_once = max(1, _AT_ONCE // len(second))
    for start in range(0, len(first), at_once):
        found = _ranges(first[start : start + at_once], second, int(sizes[0]), few)
        if found is None:
            continue
        least = [np.minimum(*two) for two in zip(least or found[0], found[0], strict=True)]
        most = [np.maximum(*two) for two in zip(most or found[1], found[1], strict=True)]
        if not any((low == high).any() for low, high in zip(least, most, strict=True)):
            return False
    for low, high, part in zip(least, most, few, strict=False):
        known = (low == high) & (low > 0) & (low == true[part]) & sought
        if sizes[part] >= k:
            known &= low == sizes[part]
        if known.any():
            return True
    return False


def _ranges(
    first: Whole, second: Whole, stayed: int, few: Sequence[int]
) -> tuple[list[Whole], list[Whole]] | None:
    """Return the least and the most on each answer, of those who stayed, left and came.

    Of all pairs of distributions in which so many can have stayed and answered alike; None where
    there is no such pair.
    """
    common = np.minimum(first[:, None], second[None])
    spare = common.sum(axis=-1) - stayed
    one, other = np.nonzero(spare >= 0)
    if not len(one):
        return None
    shared, extra = common[one, other], spare[one, other][:, None]
    low, high = np.maximum(shared - stayed, 0), np.minimum(shared, extra)
    left, came = first[one] - shared, second[other] - shared
    ranges = ((shared - high, shared - low), (left + low, left + high), (came + low, came + high))
    return (
        [ranges[place][0].min(axis=0) for place in few],
        [ranges[place][1].max(axis=0) for place in few],
    )


def _without(every: Whole, answer: int) -> Whole:
    """Return what is left of each distribution without one person's answer."""
    if answer == ABSENT:
        return every
    left = every[every[:, answer] > 0].copy()
    left[:, answer] -= 1
    return left
