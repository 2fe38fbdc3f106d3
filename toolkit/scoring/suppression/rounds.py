"""Rounds side by side: what one newcomer answered must not be the difference of two."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from toolkit.scoring.suppression.groups import Grid
from toolkit.scoring.suppression.table import Table
from toolkit.scoring.suppression.verdict import Verdict

__all__ = ["newcomers", "told_by_rounds"]

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]


def told_by_rounds(table: Table, verdict: Verdict, grids: Sequence[Grid], k: int) -> None:
    """Mask the later round's counts wherever a difference of rounds tells of few people."""
    if table.round.max(initial=0) == 0:
        return
    shown = verdict.shows_counts
    series = table.numbered(table.wave)
    place = _placed(series, table.round)
    flagged = newcomers(table.steps[place], shown[place] & (place >= 0), k)[series, table.round]
    pools = [_pools(table, shown, grid, k) for grid in grids]
    verdict.blur(flagged, "newcomer")
    for grid, pool in zip(grids, pools, strict=True):
        # One group less would be its total less the others: all of the line go together.
        verdict.blur(grid.rows(pool | grid.where(flagged).any(axis=1)), "newcomer")


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
    flagged = np.zeros(known.shape, dtype=bool)
    people = steps.sum(axis=2)
    for later in range(1, known.shape[1]):
        size = np.abs(people[:, later, None] - people[:, :later])
        few = (size > 0) & (size < k) & known[:, :later] & known[:, later, None]
        up, down = np.zeros_like(few), np.zeros_like(few)
        # Step by step over all lines: NumPy is slow along an axis as short as a scale.
        for step in range(steps.shape[2]):
            change = steps[:, later, step, None] - steps[:, :later, step]
            up |= change > 0
            down |= change < 0
        flagged[:, later] = (few & ~(up & down)).any(axis=1)
    return flagged


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
