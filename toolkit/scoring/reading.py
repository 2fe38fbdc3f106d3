"""How people rate, in a word: a convention of this project, the same for every scale."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from toolkit.scoring.agreement import tastle_wierman
from toolkit.scoring.distribution.position import counted

__all__ = ["READINGS", "reading", "reading_of", "thresholds"]

#: From the least agreement to the most.
READINGS = ("divided", "mixed", "shared")

_OF_EVEN = 0.75
# On two steps even spread is the split itself: there a third of people on the other step is one.
_LEAST = 0.10
# Agreement is a sum of logarithms: what equals a threshold on paper may miss it by a last digit.
_ROUNDING = 1e-9


def thresholds(steps: int) -> tuple[float, float]:
    """Return the agreement under which views are contrasting, and from which they are close.

    Both follow from the agreement of people spread evenly over all steps, which depends on how
    many steps there are (0 on two, .43 on five, .50 on eleven): contrasting is under three
    quarters of it (and always under .10), close from halfway between it and 1.

    Parameters
    ----------
    steps
        How many steps the scale has, 2 or more.
    """
    even = float(tastle_wierman(np.ones(steps, dtype=np.int64)))
    return max(_OF_EVEN * even, _LEAST), (1 + even) / 2


def reading(counts: Any) -> NDArray[np.object_]:
    """Return how people rate each distribution: `shared` (close), `mixed`, `divided` (contrasting).

    A threshold on the Tastle-Wierman consensus (see `thresholds`) and nothing else, so that more
    agreement is never a more contrasting word. Not a test: it says where to start talking.

    How often a single-peaked group of 8, 12 or 20 is called contrasting by chance, on 3 to 11
    steps (simulated in tests/scoring/test_reading.py): at most 1 in 100 where people stand around
    any step with a standard deviation of a quarter of the scale's width; where they fill a triangle
    over the whole scale, at most 2 in 100 (on three steps 5). People spread evenly over all steps
    have no peak: at most 15 in 100 (on three steps 28). On two steps there is no peak to speak of:
    contrasting says that a third or more are on the other step.

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
    return reading_of(tastle_wierman(table), table.shape[-1])


def reading_of(agreement: ArrayLike, steps: int) -> NDArray[np.object_]:
    """Return the word for a Tastle-Wierman consensus on a scale of so many steps.

    Parameters
    ----------
    agreement
        Shape (…), 0 to 1; NaN where there is none.
    steps
        How many steps the scale has, 2 or more.

    Returns
    -------
    ndarray
        Shape (…), words; None where there is no agreement.
    """
    found = np.asarray(pd.to_numeric(pd.Series(np.ravel(agreement)))).reshape(np.shape(agreement))
    divided, shared = thresholds(steps)
    words = np.full(found.shape, "mixed", dtype=object)
    words[found < divided - _ROUNDING] = "divided"
    words[found >= shared - _ROUNDING] = "shared"
    words[np.isnan(found)] = None
    return words
