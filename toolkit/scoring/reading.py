"""How people rate, in a word: conventions of this project, printed with what they mark."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from toolkit.scoring.agreement import average_deviation, tastle_wierman
from toolkit.scoring.distribution.position import counted

__all__ = ["READINGS", "reading", "reading_of"]

READINGS = ("divided", "mixed", "shared")

_SHARED_AGREEMENT = 0.70
_DIVIDED_AGREEMENT = 0.50
_QUARTER = 0.25
_STEPS_PER_DEVIATION = 6


def reading(counts: Any) -> NDArray[np.object_]:
    """Return how people rate each distribution: `shared`, `mixed` or `divided`.

    Divided: a quarter or more on the two lowest steps and on the two highest, or a Tastle-Wierman
    consensus under .50. Shared: a consensus of .70 or more, and people differ from their mean by
    at most a sixth of the steps (Burke & Dunlap 2002). Not a test: it says where to start talking.

    Parameters
    ----------
    counts
        People on each step, shape (…, K), lowest first; or the frame that `distribution` or
        `protect` returns.

    Returns
    -------
    ndarray
        Shape (…), words; None where nobody answered or, of a frame, where the counts are masked.

    Raises
    ------
    ValueError
        As `inputs.people` says.
    """
    table = counted(counts)
    if not table.any():
        return np.full(table.shape[:-1], None)
    steps, total = table.shape[-1], table.sum(axis=-1)
    agreement, deviation = tastle_wierman(table), average_deviation(table)
    low_end, high_end = table[..., :2].sum(axis=-1), table[..., -2:].sum(axis=-1)
    ends = (low_end >= _QUARTER * total) & (high_end >= _QUARTER * total)
    shared = (agreement >= _SHARED_AGREEMENT) & (deviation <= steps / _STEPS_PER_DEVIATION)
    said = np.where(shared, "shared", "mixed").astype(object)
    said[ends | (agreement < _DIVIDED_AGREEMENT)] = "divided"
    said[total == 0] = None
    return said


def reading_of(agreement: pd.Series) -> pd.Series:
    """Return how people rate a condition as a whole, from the mean agreement of its lines."""
    words = np.where(
        agreement < _DIVIDED_AGREEMENT,
        "divided",
        np.where(agreement >= _SHARED_AGREEMENT, "shared", "mixed"),
    )
    return pd.Series(words, index=agreement.index).where(agreement.notna(), None)
