"""Rounds side by side: what one newcomer answered must not be the difference of two."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from toolkit.scoring.suppression.groups import Grid
from toolkit.scoring.suppression.table import Table
from toolkit.scoring.suppression.verdict import Verdict
from toolkit.scoring.suppression.ways import every_way, statistics

__all__ = ["newcomers", "told_by_rounds"]

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

# So many ways for a few to answer are tried together: memory stays small, and the loop short.
_AT_ONCE = 100_000


def told_by_rounds(table: Table, verdict: Verdict, grids: Sequence[Grid], k: int) -> None:
    """Mask one of two rounds wherever their difference tells of few people."""
    if table.round.max(initial=0) == 0:
        return
    counted = verdict.shows_counts
    series = table.numbered(table.wave)
    place = _placed(series, table.round)
    there, steps = place >= 0, table.steps[place]
    found = newcomers(steps, counted[place] & there, k)[series, table.round]
    pools = [_pools(table, counted, grid, k) for grid in grids]
    verdict.blur(found, "newcomer")
    median = verdict.shows_only_medians
    told = verdict.shows_counts[place] & there, median[place] & there
    verdict.mute(_by_medians(steps, *told, k)[series, table.round] & median, "newcomer")
    for grid, pool in zip(grids, pools, strict=True):
        # One group less would be its total less the others: all of the line go together.
        verdict.blur(grid.rows(pool | grid.where(found).any(axis=1)), "newcomer")


def newcomers(steps: Whole, known: Mask, k: int) -> Mask:
    """Return which rounds, less an earlier one, leave the answers of a few who came or left.

    Where fewer than `k` people came (or left) and no count moved the other way, whoever believes
    that the others answered as before reads the few answers off. The later round is named.

    Parameters
    ----------
    steps
        People on each step, shape (lines, rounds, K), in the order of time.
    known
        Which rounds show these counts, shape (lines, rounds).
    k
        The smallest number of people that may be told apart.
    """
    return np.asarray((_few_apart(steps, k) & known[:, :, None] & known[:, None]).any(axis=2))


def _few_apart(steps: Whole, k: int) -> Mask:
    """Return between which two rounds a few came or left, and no count moved the other way.

    Shape (lines, later, earlier); False where the first is not the later one.
    """
    lines, rounds, last = steps.shape
    apart = np.zeros((lines, rounds, rounds), dtype=bool)
    people = steps.sum(axis=2)
    for later in range(1, rounds):
        size = np.abs(people[:, later, None] - people[:, :later])
        up, down = np.zeros(size.shape, dtype=bool), np.zeros(size.shape, dtype=bool)
        # Step by step over all lines: NumPy is slow along an axis as short as a scale.
        for step in range(last):
            change = steps[:, later, step, None] - steps[:, :later, step]
            up |= change > 0
            down |= change < 0
        apart[:, later, :later] = (size > 0) & (size < k) & ~(up & down)
    return apart


def _by_medians(steps: Whole, counted: Mask, median: Mask, k: int) -> Mask:
    """Return which rounds' medians tell what those who came or left answered, beside a round.

    Beside another round's counts, where one count of the few has one possible value; beside its
    medians, always: then the later round is named.
    """
    flagged = np.zeros(counted.shape, dtype=bool)
    lines = np.flatnonzero(median.any(axis=1))
    steps, counted, median = steps[lines], counted[lines], median[lines]
    apart = _few_apart(steps, k)
    flagged[lines] = (apart & median[:, :, None] & median[:, None]).any(axis=2)
    beside = (apart | np.swapaxes(apart, 1, 2)) & median[:, :, None] & counted[:, None]
    line, round_, other = np.nonzero(beside)
    told = _narrow(steps[line, other], steps[line, round_])
    flagged[lines[line[told]], round_[told]] = True
    return flagged


def _narrow(counts: Whole, other: Whole) -> Mask:
    """Return whether counts and another round's medians leave the few one answer, or one count.

    Both of shape (pairs, K); which counts the others have is used for their medians only.
    """
    narrow = np.zeros(len(counts), dtype=bool)
    came = other.sum(axis=1) - counts.sum(axis=1)
    for size in np.unique(came):
        few = every_way(counts.shape[1], abs(size))
        of_size = np.flatnonzero(came == size)
        for pairs in np.array_split(of_size, 1 + len(of_size) * len(few) // _AT_ONCE):
            then = counts[pairs, None] + np.sign(size) * few
            possible = (then >= 0).all(axis=2)
            told = zip(statistics(np.maximum(then, 0)), statistics(other[pairs]), strict=True)
            for found, said in told:
                possible &= found == said[:, None]
            least = np.where(possible[..., None], few, abs(size)).min(axis=1)
            most = np.where(possible[..., None], few, 0).max(axis=1)
            alone = (least == most) & (least > 0)
            narrow[pairs] = alone.any(axis=1) | ((most > 0).sum(axis=1) == 1)
    return narrow


def _pools(table: Table, shown: Mask, grid: Grid, k: int) -> Mask:
    """Return the lines in which those whom either of two rounds hides are a few more or fewer.

    A total less the groups that both rounds show is told of both, whichever groups each hides.
    """
    any_row = np.where(grid.total >= 0, grid.total, grid.groups.max(axis=1, initial=-1))
    series = table.numbered(table.wave, *table.filters)[any_row]
    place = _placed(series, table.round[any_row])
    steps = grid.within(table.steps)
    whole = grid.rest(table.steps) + steps.sum(axis=1)
    counted = grid.where(shown) | ~grid.exists
    told = np.zeros(len(any_row), dtype=bool)
    for pair in combinations(place.T, 2):
        lines = np.stack(pair, axis=1)
        lines = lines[(lines >= 0).all(axis=1)]
        both = counted[lines].all(axis=1)
        pools = whole[lines] - np.where(both[:, None, :, None], steps[lines], 0).sum(axis=2)
        known = grid.totals(shown)[lines].all(axis=1) & ~both.all(axis=1)
        found = newcomers(pools, np.stack([known, known], axis=1), k)[:, 1]
        told[lines[found, 1]] = True
    return told


def _placed(series: Whole, turn: Whole) -> Whole:
    """Return which row is each series' in each round, shape (series, rounds); -1 where none is."""
    place = np.full((series.max(initial=0) + 1, turn.max(initial=0) + 1), -1, dtype=np.int64)
    place[series, turn] = np.arange(len(series))
    return place
