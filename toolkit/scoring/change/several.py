"""Change on several indicators at once, with the price of looking at several."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from toolkit.scoring.change.matching import numbers
from toolkit.scoring.change.pairs import paired

__all__ = ["holm", "paired_many"]

_COUNTS = ["pairs", "unpaired", "rose", "same", "fell"]
_FIGURES = ["p", "rank_biserial", "shift", "low", "high"]


def paired_many(
    before: pd.DataFrame, after: pd.DataFrame, *, level: float = 0.95, steps: int | None = None
) -> pd.DataFrame:
    """Return what `paired` says of each indicator, with p adjusted for their number.

    Not for picking the indicators with a small p: show them all, in the order of the instrument.

    Parameters
    ----------
    before, after
        One row a rater (the index), one column an indicator, the same indicators in both in any
        order; NaN or NA where there is no value.
    level, steps
        As for `paired`.

    Returns
    -------
    frame
        One row an indicator, in the order of `before`: `indicator`; `pairs`, `unpaired`, `rose`,
        `same`, `fell` (people); `p` (signed-rank, exact, two-sided), `p_holm` (over the indicators
        that have a p); `rank_biserial` (-1 to 1); `shift`, `low`, `high` (in steps); `status`. NaN
        where `paired` gives None. No indicator, no row.

    Raises
    ------
    ValueError
        Not two frames; an indicator twice, or in one frame only; and all that `paired` refuses.
    """
    if not all(isinstance(frame, pd.DataFrame) for frame in (before, after)):
        message = "before, after: two frames, one row a rater and one column an indicator"
        raise ValueError(message)
    for name, frame in (("before", before), ("after", after)):
        if not frame.columns.is_unique:
            message = f"{name}: an indicator has one column"
            raise ValueError(message)
    if set(before.columns) != set(after.columns):
        message = "before, after: the same indicators in both"
        raise ValueError(message)
    rows = []
    for indicator in before.columns:
        found = paired(before[indicator], after[indicator], level=level, steps=steps)
        row = {name: getattr(found, name) for name in [*_COUNTS, *_FIGURES, "status"]}
        rows.append({"indicator": indicator, **row})
    kinds = dict.fromkeys(_COUNTS, "int64") | dict.fromkeys(_FIGURES, "float64")
    several = pd.DataFrame(rows, columns=["indicator", *kinds, "status"]).astype(kinds)
    several.insert(1 + list(several).index("p"), "p_holm", holm(several["p"]))
    return several


def holm(p: ArrayLike) -> NDArray[np.float64]:
    """Return p values adjusted for how many there are, by Holm's step-down rule.

    The k-th smallest of m is multiplied by m - k + 1, never falls below a smaller one's, and stops
    at 1. Read against one level, it keeps the risk of *any* false alarm under that level. Only
    valid over all the tests that were looked at, not over those that came out well.

    Parameters
    ----------
    p
        Shape (m,), from 0 to 1; None, NA or NaN where no test was made.

    Returns
    -------
    ndarray
        Shape (m,), in the same order, from 0 to 1; NaN where no test was made, which counts for
        nothing. One value alone stays as it is.

    Raises
    ------
    ValueError
        Not one axis, text, or a value that is no probability.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6(2), 65-70. The example is Wikipedia's, under
    "Holm-Bonferroni method".

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03, 0.005]).tolist()
    [0.03, 0.06, 0.06, 0.02]
    """
    found = numbers(p, "p")
    if ((found < 0) | (found > 1)).any():
        message = "p: a probability lies between 0 and 1"
        raise ValueError(message)
    order = np.argsort(found)  # NaN comes last
    tested = order[: np.count_nonzero(~np.isnan(found))]
    adjusted = np.full(len(found), np.nan)
    raised = found[tested] * np.arange(len(tested), 0, -1)
    adjusted[tested] = np.minimum(1, np.maximum.accumulate(raised))
    return adjusted
