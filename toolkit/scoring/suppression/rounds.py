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
