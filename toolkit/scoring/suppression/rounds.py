"""Rounds side by side: what one newcomer answered must not be the difference of two."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["newcomers"]


def newcomers(steps: NDArray[np.int64], known: NDArray[np.bool_], k: int) -> NDArray[np.bool_]:
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
    for later in range(1, known.shape[1]):
        change = steps[:, later, None] - steps[:, :later]
        size = np.abs(change.sum(axis=2))
        one_way = (change >= 0).all(axis=2) | (change <= 0).all(axis=2)
        both = known[:, :later] & known[:, later, None]
        flagged[:, later] = (both & one_way & (size > 0) & (size < k)).any(axis=1)
    return flagged
