"""Two filters on the same people: what both together would single out."""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from toolkit.scoring.suppression.groups import Grid
from toolkit.scoring.suppression.table import Table
from toolkit.scoring.suppression.verdict import Verdict

__all__ = ["second_filter", "tells_apart"]

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]
#: The rows of one filter's groups, of the other's, and of their crossings (-1 where there is none).
Places = tuple[Whole, Whole, Whole]

# Every union of one filter's groups is tried; beyond this many, the second filter is not shown.
_MOST_BLOCKS = 10


def second_filter(table: Table, verdict: Verdict, first: Grid, second: Grid, k: int) -> None:
    """Show a second filter, and the rows that cross both, only where that singles out nobody.

    `k` is the smallest number of people whose counts are shown: a second filter shows its counts
    or nothing.
    """
    one, two = (table.group(name) for name in table.filters)
    crossings = np.full((len(first.total), *first.groups.shape[1:], second.groups.shape[1]), -1)
    crossed = np.flatnonzero((one >= 0) & (two >= 0))
    crossings[table.line[crossed], one[crossed], two[crossed]] = crossed
    _alike(table, verdict, first, crossings, k)
    counted = verdict.shows_counts
    alike = counted & ((table.steps > 0).sum(axis=1) == 1)
    for line in np.flatnonzero(second.exists.any(axis=1)):
        total = int(first.total[line])
        rows, columns = (grid.groups[line][grid.exists[line]] for grid in (first, second))
        cells = crossings[line][np.ix_(first.exists[line], second.exists[line])]
        places = (rows, columns, cells)
        safe = _safe(table, verdict, total, places, k)
        hidden = columns[~counted[columns]] if safe else columns
        if len(hidden) and total >= 0 and alike[total]:
            # Whoever is hidden answered as everybody did.
            verdict.mute(rows, "unanimous")
            verdict.blur(np.array([total]), "unanimous")
            hidden = columns
        verdict.hide(hidden, "filters")
        inside = cells[cells >= 0]
        everything = np.concatenate([rows, columns, inside])
        if not verdict.shows_counts[everything].all():
            verdict.hide(inside, "filters")
        if _complete(table, total, places):
            _told_anyway(verdict, total, places)


def _alike(table: Table, verdict: Verdict, first: Grid, crossings: Whole, k: int) -> None:
    """Mask counts where a group answered alike, and so did a small crossing within it."""
    alike = verdict.shows_counts & ((table.steps > 0).sum(axis=1) == 1)
    small = (crossings >= 0) & (table.n[crossings] < k)
    lines = np.asarray(small.any(axis=(1, 2)) & first.where(alike).any(axis=1))
    verdict.mute(first.rows(lines), "unanimous")
    totals = first.total[lines & (first.total >= 0)]
    verdict.blur(totals[alike[totals]], "unanimous")


def _told_anyway(verdict: Verdict, total: int, places: Places) -> None:
    """Open what is hidden only for its filter, where shown rows add up to the same people.

    Masking it would hide nothing: such as a sector whose people are just those of a shown group.
    """
    rows, columns, cells = places
    there = cells >= 0
    crossing = np.argwhere(there)
    known = [total] if total >= 0 else []
    line = np.concatenate([known, rows, columns, cells[there]]).astype(np.int64)
    people = np.vstack(
        [
            np.ones((len(known), len(crossing))),
            *(crossing[:, 0] == i for i in range(len(rows))),
            *(crossing[:, 1] == j for j in range(len(columns))),
            np.eye(len(crossing)),
        ]
    )
    for shown, open_up in (
        (verdict.shows_counts, verdict.show),
        (verdict.shows_something, verdict.show_people),
    ):
        told = people[shown[line]]
        rank = np.linalg.matrix_rank(told) if len(told) else 0
        for row, indicator in zip(line, people, strict=True):
            added = np.vstack([told, indicator])
            own = row in columns or row in cells
            if own and not verdict.shows_something[row] and np.linalg.matrix_rank(added) == rank:
                open_up(np.array([row]))


def _safe(table: Table, verdict: Verdict, total: int, places: Places, k: int) -> bool:
    """Return whether the second filter's shown groups may stand beside the first's in one line."""
    rows, columns, cells = places
    complete = _complete(table, total, places)
    counted = total < 0 or bool(verdict.shows_counts[total])
    if not complete or not counted or verdict.shows_only_medians[rows].any():
        return False
    shown = verdict.shows_something[rows], verdict.shows_counts[columns]
    return not tells_apart(_crossed(table, cells), *shown, k, last=table.steps.shape[1])


def _crossed(table: Table, cells: Whole) -> Whole:
    """Return the answers, then the statuses, of each crossing, shape (i, j, K + statuses)."""
    return np.where((cells >= 0)[..., None], table.answers[cells], 0)


def _complete(table: Table, total: int, places: Places) -> bool:
    """Return whether the crossings of a line add up to its groups and to its total."""
    rows, columns, cells = places
    answers, inside = table.answers, _crossed(table, cells)
    return (
        bool((inside.sum(axis=1) == answers[rows]).all())
        and bool((inside.sum(axis=0) == answers[columns]).all())
        and (total < 0 or bool((inside.sum(axis=(0, 1)) == answers[total]).all()))
    )


def tells_apart(answers: Whole, first: Mask, second: Mask, k: int, last: int | None = None) -> bool:
    """Return whether the shown groups of two filters together tell of fewer than `k` people.

    Parameters
    ----------
    answers
        People on each step, then by status, who are in group i of one filter and j of the other,
        shape (i, j, K + statuses).
    last
        K; without it every column is a step.
    first, second
        Which groups of each filter are shown; the others, pooled, are known from the total.
    k
        The smallest number of people that may be told apart.
    """
    steps = answers[..., :last]
    people = _pooled(_pooled(steps, first, axis=0), second, axis=1).sum(axis=2)
    if max(people.shape) > _MOST_BLOCKS:
        return True
    if _leaves_few(people, k) or _leaves_few(people.T, k):
        return True
    return not _all_witnessed(answers, first, second, k, steps.shape[2])


def _block_of(shown: Mask) -> Whole:
    """Return the block of each group: its own if it is shown, else the pool, which is the last."""
    return np.where(shown, np.cumsum(shown) - 1, shown.sum())


def _pooled(steps: Whole, shown: Mask, axis: int) -> Whole:
    own = np.compress(shown, steps, axis=axis)
    if shown.all():
        return own
    pool = np.compress(~shown, steps, axis=axis).sum(axis=axis, keepdims=True)
    return np.concatenate([own, pool], axis=axis)


def _leaves_few(people: Whole, k: int) -> bool:
    """Return whether a union of rows, less the columns that lie wholly in it, leaves 1 to k − 1.

    Every set of people that sums and differences of two groupings single out is made of such
    nested differences, so that trying these is trying all.
    """
    column = people.sum(axis=0)
    for chosen in product([False, True], repeat=len(people)):
        union = people[list(chosen)].sum(axis=0)
        left = union[union < column].sum()
        if 0 < left < k:
            return True
    return False


def _all_witnessed(answers: Whole, first: Mask, second: Mask, k: int, last: int) -> bool:
    """Return whether every answer of a hidden group or a small crossing could be another."""
    block_i, block_j = _block_of(first), _block_of(second)
    same = (
        np.equal.outer(block_i, block_i)[:, None, :, None]
        & np.equal.outer(block_j, block_j)[None, :, None, :]
    )  # which crossings (i, j) and (p, q) lie in the same blocks
    blocks = _pooled(_pooled(answers, first, axis=0), second, axis=1)
    people = answers[..., :last].sum(axis=2)
    places = np.indices(people.shape)
    hidden = [places[0] == i for i in np.flatnonzero(~first)]
    hidden += [places[1] == j for j in np.flatnonzero(~second)]
    for group in hidden:
        if not _in_doubt(answers[group].sum(axis=0), _exchanged(answers, group, same), last):
            return False
    there = answers.sum(axis=2) > 0
    for i, j in np.argwhere(there & ((people < k) | ~_counted(there, block_i, block_j))):
        crossing = (places[0] == i) & (places[1] == j)
        other = _exchanged(answers, crossing, same)
        other |= _passed_round(answers[i, j] > 0, blocks, int(block_i[i]), int(block_j[j]))
        if not _in_doubt(answers[i, j], other, last):
            return False
    return True


def _in_doubt(answers: Whole, other: Mask, last: int) -> bool:
    """Return whether every chosen answer's count is open, and which step they chose is too.

    `other[c, d]` is whether one of them who gave answer c might have given d. That some might not
    know leaves the step that the others chose in the open.
    """
    chosen = answers > 0
    steps = (chosen | other.any(axis=0))[:last]
    counts = other.any(axis=0) | other.any(axis=1) | ~chosen
    return bool(counts.all()) and (steps.sum() > 1 or not chosen[:last].any())


def _counted(there: Mask, block_i: Whole, block_j: Whole) -> Mask:
    """Return which crossings the sums of blocks give exactly, shape (i, j).

    Of the others a viewer cannot know that they are many people.
    """
    i, j = np.nonzero(there)
    rows = block_i[i] == np.arange(block_i.max() + 1)[:, None]
    columns = block_j[j] == np.arange(block_j.max() + 1)[:, None]
    sums = np.vstack([rows, columns]).astype(float)
    rank = np.linalg.matrix_rank(sums)
    told = np.zeros_like(there)
    told[i, j] = [np.linalg.matrix_rank(np.vstack([sums, one])) == rank for one in np.eye(len(i))]
    return told


def _exchanged(answers: Whole, own: Mask, same: Mask) -> Mask:
    """Return whether someone of `own` may give c to another of its block, for d; shape (c, d)."""
    other = np.zeros((answers.shape[2],) * 2, dtype=bool)
    for i, j in np.argwhere(own):
        others = answers[same[i, j] & ~own].sum(axis=0)
        other |= np.outer(answers[i, j] > 0, others > 0)
    np.fill_diagonal(other, 0)
    return other


def _passed_round(own: Mask, blocks: Whole, i: int, j: int) -> Mask:
    """Return whether someone in block (i, j) may pass c round a rectangle for d, shape (c, d).

    The four at its corners give c, d, c, d; after it d, c, d, c: every row and every column keeps
    its counts. `own` is which answers they have to give, and only those can be passed on.
    """
    there = blocks > 0
    row, column = np.delete(there[i], j, axis=0), np.delete(there[:, j], i, axis=0)
    across = np.delete(np.delete(there, i, axis=0), j, axis=1)
    corners = np.einsum("jd,id,ijc->cd", row.astype(int), column.astype(int), across.astype(int))
    np.fill_diagonal(corners, 0)
    return np.asarray((corners > 0) & own[:, None])
