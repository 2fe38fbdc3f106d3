"""How much less people differ than if they had answered at random."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from toolkit.scoring.inputs import answers, people

__all__ = ["Null", "rwg", "rwg_j"]

Null = Literal["uniform", "slight", "moderate", "heavy"] | float

_SKEWED_STEPS = 5
_SKEWED = {"slight": 1.34, "moderate": 0.90, "heavy": 0.44}


def rwg(counts: ArrayLike, null: Null = "uniform") -> NDArray[np.float64]:
    """Return the within-group agreement r_wg of each distribution.

    1 − s²/σ², the variance of the answers against that of answers at random. For analysts: it
    depends on the null chosen, and the rule that .70 is enough is folklore, which random answers
    of a few people can pass. Not a test.

    Parameters
    ----------
    counts
        People on each step, shape (…, K), lowest first, K ≥ 2.
    null
        Answers at random: `uniform` has a variance of (K² − 1)/12; `slight`, `moderate` and
        `heavy` skew, on five steps only, have 1.34, .90 and .44. Or a variance, in steps squared.

    Returns
    -------
    ndarray
        Shape (…), at most 1 (all on one step), no unit. Below 0 where people differ more than at
        random, and given as it is: show 0 and say so. NaN for one person, or nobody.

    Raises
    ------
    ValueError
        `counts` is no table of whole numbers of people; `null` is unknown, not above 0, or skewed
        on other than five steps.

    References
    ----------
    James, Demaree & Wolf (1984), Journal of Applied Psychology 69(1), 85-98; skewed nulls as in
    LeBreton & Senter (2008), Organizational Research Methods 11(4), 815-852.

    Examples
    --------
    >>> float(rwg([0, 0, 1, 3, 1]))
    0.75
    """
    table = people(counts)
    steps = table.shape[-1]
    position = np.arange(steps, dtype=float)
    n, total = table @ np.ones(steps), table @ position
    with np.errstate(invalid="ignore", divide="ignore"):
        # Whole numbers up to the division: all alike is exactly 0.
        variance = (n * (table @ position**2) - total**2) / (n * (n - 1))
    return np.asarray(1 - variance / _variance(null, steps))


def rwg_j(ratings: ArrayLike, steps: int = 5, null: Null = "uniform") -> float:
    """Return the within-group agreement r_wg(J) over several items.

    J(1 − q) / (J(1 − q) + q), with q the mean variance of the items against that of answers at
    random. It rises with the number of items even if people agree no better: never compare groups
    rated on different numbers of items. Not a test, and not a reliability.

    Parameters
    ----------
    ratings
        Answers, shape (raters, items), steps from 1 to `steps`; NaN where one is missing. An
        item's variance is that of the people who rated it.
    steps
        How many steps the scale has.
    null
        As for `rwg`.

    Returns
    -------
    float
        From 0 to 1, no unit. 0 where people differ more than at random, since the formula leaves
        its range there; 1 where all are alike; for one item its r_wg, if not below 0. NaN where
        an item has fewer than two answers, as with one rater.

    Raises
    ------
    ValueError
        `ratings` is no table with an item, or holds what is no step; `steps` is under two; `null`
        as for `rwg`.

    References
    ----------
    James, Demaree & Wolf (1984), Journal of Applied Psychology 69(1), 85-98.

    Examples
    --------
    Two items, each with a variance of .5 against 2: 2(.75) / (2(.75) + .25).

    >>> round(rwg_j([[4, 4], [5, 5]]), 3)
    0.857
    """
    if steps < 2:  # noqa: PLR2004
        message = "steps: a scale has at least two"
        raise ValueError(message)
    table = answers(ratings)
    given = table[~np.isnan(table)]
    if not np.isin(given, np.arange(1, steps + 1)).all():
        message = f"ratings: an answer is a whole step, from 1 to {steps}"
        raise ValueError(message)
    items = table.shape[1]
    if not items:
        message = "ratings: at least one item is needed"
        raise ValueError(message)
    if ((~np.isnan(table)).sum(axis=0) < 2).any():  # noqa: PLR2004
        return float("nan")
    ratio = np.nanvar(table, axis=0, ddof=1).mean() / _variance(null, steps)
    alike = max(items * (1 - ratio), 0)
    return float(alike / (alike + ratio))


def _variance(null: Null, steps: int) -> float:
    """Return the variance of answers at random, in steps squared."""
    if null == "uniform":
        return (steps**2 - 1) / 12
    if isinstance(null, str):
        if null not in _SKEWED:
            message = "null: uniform, slight, moderate, heavy, or a variance"
            raise ValueError(message)
        if steps != _SKEWED_STEPS:
            message = f"null: {null} is known for five steps only; give a variance"
            raise ValueError(message)
        return _SKEWED[null]
    if not 0 < null < np.inf:
        message = "null: a variance is above 0, and finite"
        raise ValueError(message)
    return null
