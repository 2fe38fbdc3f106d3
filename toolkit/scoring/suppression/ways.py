"""Every way in which so many people may stand on the steps, and what medians leave of them."""

from functools import lru_cache
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from toolkit.scoring.reading import reading

__all__ = ["allowed", "every_way", "statistics"]

Whole = NDArray[np.int64]

# Beyond so many ways they are not tried one by one.
_TRIED = 150_000


def statistics(steps: Whole) -> tuple[Whole, Whole, NDArray[np.object_]]:
    """Return the low and the high median and the word of each distribution that has answers."""
    total, below = steps.sum(axis=-1), steps.cumsum(axis=-1)
    low = 1 + (below < (-(-total // 2))[..., None]).sum(axis=-1)
    high = 1 + (below < (total // 2 + 1)[..., None]).sum(axis=-1)
    word = reading(steps)
    return low, high, word


@lru_cache(maxsize=4096)
def allowed(steps: int, n: int, low: int, high: int, word: str | None) -> list[tuple[int, int]]:
    """Return the least and the most people on each step that medians and word allow."""
    if comb(n + steps - 1, steps - 1) > _TRIED:
        return [(0, n)] * steps
    every = every_way(steps, n)
    found_low, found_high, found_word = statistics(every)
    same = (found_low == low) & (found_high == high) & ((found_word == word) | (word is None))
    possible = every[same]
    if not len(possible):
        raise ValueError("tables: a row's medians contradict how many people it counts")
    return list(zip(possible.min(axis=0).tolist(), possible.max(axis=0).tolist(), strict=True))


@lru_cache(maxsize=64)
def every_way(steps: int, n: int) -> NDArray[np.int64]:
    """Return every way in which n people stand on steps, shape (ways, steps)."""
    bars = np.array(list(combinations(range(n + steps - 1), steps - 1)), dtype=np.int64)
    ends = np.column_stack([bars, np.full(len(bars), n + steps - 1)])
    return np.diff(ends, axis=1, prepend=-1) - 1
