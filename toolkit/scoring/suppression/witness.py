"""Prove that a masked count stays open: another set of answers that would show the same.

A count that is masked beside a median is safe only if the same median (and of everybody, the same
word for how people rate) could also stand on other counts. The proof is a witness: one person who
answers otherwise, or two who exchange their answers, and everything that is shown stays as it is.
"""

import numpy as np
from numpy.typing import NDArray

from toolkit.scoring.suppression.ways import allowed, statistics

__all__ = ["exchanges", "lone_answers"]

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

# Up to so many people every way in which they may stand on the steps is soon tried.
_SMALL = 12


def lone_answers(steps: Whole) -> Mask:
    """Return where each chosen step's count could differ by one person's other answer.

    Parameters
    ----------
    steps
        People on each step, shape (rows, K), of rows that show their medians and their word.
    """
    may = _replaceable(steps, word=True)
    told = (_either_way(may) | (steps == 0)).all(axis=-1)
    for row in np.flatnonzero(~told & (steps.sum(axis=-1) <= _SMALL)):
        told[row] = _several_ways(steps[row])
    return np.asarray(told)


def _several_ways(steps: Whole) -> bool:
    """Return whether medians and word leave every count above 0 more than one value."""
    low, high, word = statistics(steps[None])
    left = np.array(allowed(len(steps), int(steps.sum()), int(low[0]), int(high[0]), word[0]))
    return not ((left[:, 0] == left[:, 1]) & (left[:, 0] > 0)).any()


def exchanges(steps: Whole, pool: Mask, told: Mask) -> Mask:
    """Return where each chosen step's count could differ by an exchange of two answers.

    An exchange within the pool leaves the sum of the pool as it is, which the total gives away.

    Parameters
    ----------
    steps
        People on each step in each group, shape (lines, groups, K).
    pool
        Which groups' counts are masked, shape (lines, groups).
    told
        Which of them show their medians, same shape.

    Returns
    -------
    ndarray
        Shape (lines,): whether every count above 0 in the pool has such a witness, and so has
        what the others of the pool together count beside a group whose medians are told.
    """
    lines, groups, last = steps.shape
    inside = np.where(pool[..., None], steps, 0)
    may = _replaceable(inside.reshape(-1, last)).reshape(lines, groups, last, last)
    may |= (~told & pool)[..., None, None] & (inside > 0)[..., None]
    # Someone of another group may take the answer the other way round.
    back = np.swapaxes(may, 2, 3)
    others = back.sum(axis=1, keepdims=True) - back
    sought = (inside > 0) | (told[..., None] & (inside.sum(axis=1, keepdims=True) > 0))
    return np.asarray((_either_way(may & (others > 0)) | ~sought).all(axis=(1, 2)))


def _either_way(may: Mask) -> Mask:
    """Return which counts change: of the answer that is given up, and of the one that is taken."""
    return np.asarray(may.any(axis=-1) | may.any(axis=-2))


def _replaceable(steps: Whole, *, word: bool = False) -> Mask:
    """Return whether one answer c may become d and what is told stays, shape (rows, c, d)."""
    one = np.eye(steps.shape[1], dtype=np.int64)
    # Every other distribution: one person fewer on c, one more on d, shape (rows, c, d, K).
    other = steps[:, None, None] - one[:, None] + one
    may = np.broadcast_to((steps > 0)[:, :, None], other.shape[:3]) & (one == 0)
    before, after = statistics(steps), statistics(other[may])
    row = np.nonzero(may)[0]
    same = [b[row] == a for b, a in zip(before, after, strict=True)]
    kept = np.zeros_like(may)
    kept[may] = np.all(same if word else same[:2], axis=0)
    return np.asarray(kept)
