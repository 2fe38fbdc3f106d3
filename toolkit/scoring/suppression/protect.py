"""The one way from counts to what a viewer may get."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from toolkit.scoring.suppression.filters import second_filter
from toolkit.scoring.suppression.groups import Grid, hidden_groups
from toolkit.scoring.suppression.masked import masked, reason_codes, reasons, warnings
from toolkit.scoring.suppression.rounds import told_by_rounds
from toolkit.scoring.suppression.table import Table
from toolkit.scoring.suppression.verdict import Verdict, nearly_all
from toolkit.scoring.suppression.witness import exchanges, lone_answers

__all__ = ["Protected", "protect"]

_FEWEST = 3


class Protected(NamedTuple):
    """A distribution as it may be shown.

    Attributes
    ----------
    table
        The rows that were given, masked: the only part that a viewer may get.
    reasons
        A pandas frame of the same rows: under each figure's name, why it is masked, or null.
    warnings
        The shown rows, as a pandas frame, in which all answered alike (`unanimous`): then the
        count tells each one's answer, however many they are. For the evaluator, who decides.
    """

    table: Any
    reasons: pd.DataFrame
    warnings: pd.DataFrame


def protect(
    distribution: Any,
    k: int = 5,
    k_distribution: int = 8,
    *,
    filters: Sequence[str] | None = None,
    wave: str = "wave",
    apart: int = 2,
) -> Protected:
    """Return a distribution as it may be shown: what singles out a person is masked.

    Masked are rows of fewer than `k` people, and counts of fewer than `k_distribution`; then, as
    complements, what the total less the shown groups, one round less another, two filters
    together, or medians beside counts would give away. Whatever is shown to a viewer is computed
    from what this returns, and from nothing else. It must get the groups and the total that will
    be shown in one call: two calls do not know of each other.

    Parameters
    ----------
    distribution
        From `distribution.distribution`, as a pandas or Polars frame: columns that name the line
        (round, indicator, aspect…), the `filters`, `step_1` to `step_K`, `n`, `dont_know`,
        `not_applicable`, `skipped`. A row whose filters are all `all` counts everybody; people
        of a total beyond its groups are taken for one more group, never shown.
    k
        Fewest people of whom anything is shown; 3 or more.
    k_distribution
        Fewest people of whom the count of each step is shown; `k` or more.
    filters
        The columns that name a group, at most two, the more important one first; without it,
        `group` where there is such a column. The second is shown only where the rows that cross
        both prove that it singles out nobody.
    wave
        The column that names the round; rounds stand in the order of time.
    apart
        Where all but so many chose the same step, or fewer did otherwise, counts are masked: they
        would tell each of them, or all others to the one who chose otherwise. So whoever reads
        that they are masked cannot tell who of these there is. Of fewer than four times as many
        people, one for each four; -1 masks none. It is asked of what the limits leave in the
        open: a group that they hide masks none beside it.

    Returns
    -------
    Protected
        `table` has the rows and columns that were given, masked figures null, and `shown`
        (`distribution`, `statistic`, `nothing`) and `why` (`few`: nothing is shown since too few
        answered; `few_counts`: so are the counts; null where all is shown or for any other
        reason). Rows that show a statistic and no counts have
        what may be told of these: `low`, `high` (medians, steps) and, of everybody, `reading`
        (shared, mixed, divided); of the others `summary` tells them from the counts. Of
        everybody, that people do not know is told as soon as `k` were asked.

    Raises
    ------
    ValueError
        Naming the argument: a limit too low, a filter that is no column, a count that is no whole
        number of people, groups that exceed their total, two rows about the same people.

    References
    ----------
    Hundepool et al. (2012), Statistical Disclosure Control, chapter 4: primary and secondary cell
    suppression. The limits: domain reference, 4.6.
    """
    if not k >= _FEWEST:  # not a number is no limit either
        raise ValueError(f"k: never below {_FEWEST} people")
    if not k_distribution >= k:
        raise ValueError("k_distribution: counts need at least as many people as a statistic")
    table = Table.read(distribution, filters, wave)
    verdict = Verdict.open(len(table.n))
    verdict.hide(table.n < k, "few")
    verdict.blur(table.n < k_distribution, "few")
    grids = [table.grid(name) for name in table.filters]
    for grid in grids:
        _beside_their_total(table, verdict, grid, k, k_distribution)
    told_by_rounds(table, verdict, grids, k)
    verdict.blur(nearly_all(table.steps, apart) & table.whole, "unanimous")
    for grid in grids:
        _alike(table, verdict, grid, apart)
    for grid in grids:
        without = ~grid.totals(verdict.shows_counts)
        verdict.mute(grid.rows(without), "total")
    _told_by_medians(table, verdict, grids)
    for first, second in pairwise(grids):
        second_filter(table, verdict, first, second, k_distribution)
    why = reason_codes(table, verdict, k, apart)
    return Protected(masked(table, verdict, why), reasons(why), warnings(table, verdict, apart))


def _beside_their_total(
    table: Table, verdict: Verdict, grid: Grid, k: int, k_distribution: int
) -> None:
    people, rest = grid.within(table.n), grid.rest(table.n)
    verdict.hide(grid.rows(hidden_groups(people, grid.exists, rest, k)), "complement")
    few = hidden_groups(people, grid.exists, rest, k_distribution)
    verdict.blur(grid.rows(few), "complement")


def _pool(
    table: Table, shown: NDArray[np.bool_], grid: Grid
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the counts of each line less its shown groups', and whether they hide a group."""
    steps = grid.within(table.steps)
    counted = grid.where(shown)
    whole = grid.rest(table.steps) + steps.sum(axis=1)
    hides = (grid.exists & ~counted).any(axis=1) & grid.totals(shown)
    return whole - np.where(counted[..., None], steps, 0).sum(axis=1), hides


def _alike(table: Table, verdict: Verdict, grid: Grid, apart: int) -> None:
    """Mask counts where all, or nearly all, of a group or of the hidden people answered alike."""
    group = grid.where(verdict.shows_counts & nearly_all(table.steps, apart))
    verdict.blur(grid.rows(np.asarray(group.any(axis=1))), "unanimous")
    pool, hides = _pool(table, verdict.shows_counts, grid)
    verdict.blur(grid.rows(hides & nearly_all(pool, max(apart, 0))), "unanimous")
    whole, hides = _pool(table, verdict.shows_counts, grid)
    alike = hides & nearly_all(whole, max(apart, 0)) & (grid.total >= 0)
    verdict.blur(grid.total[alike], "unanimous")


def _told_by_medians(table: Table, verdict: Verdict, grids: Sequence[Grid]) -> None:
    if not table.steps.shape[1]:
        return
    alone = np.flatnonzero(verdict.shows_only_medians & table.whole)
    verdict.mute(alone[~lone_answers(table.steps[alone])], "median")
    for grid in grids:
        told = grid.where(verdict.shows_only_medians)
        lines = np.flatnonzero(told.any(axis=1))
        pool = grid.exists & ~grid.where(verdict.shows_counts)
        # People of the total who are in no group are one more group of whom nothing is told.
        steps = np.concatenate([grid.within(table.steps), grid.rest(table.steps)[:, None]], axis=1)
        pool = np.pad(pool, ((0, 0), (0, 1)), constant_values=True)
        told = np.pad(told, ((0, 0), (0, 1)))
        safe = exchanges(steps[lines], pool[lines], told[lines])
        unsafe = np.zeros(len(told), dtype=bool)
        unsafe[lines[~safe]] = True
        verdict.mute(grid.rows(pool[:, :-1] & unsafe[:, None]), "median")
