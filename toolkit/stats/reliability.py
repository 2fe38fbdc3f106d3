"""How well several items order people alike, where there are people enough to say so."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtri

from toolkit.scoring.inputs import answers
from toolkit.scoring.intervals import tail, whole

__all__ = ["Reliability", "cronbach_alpha", "feldt_interval", "mcdonald_omega"]

# Conventions of this project: fewer people give no number, or one with a caution.
_ALPHA_LEAST, _ALPHA_CAUTION, _OMEGA_LEAST = 10, 30, 50
_ROUNDS, _CLOSE = 1000, 1e-10


@dataclass(frozen=True)
class Reliability:
    """A coefficient, if there are people enough for one.

    Attributes
    ----------
    n
        People it stands on.
    items
        Items in the table.
    status
        `shown`; `caution`, to say beside the value; `too_few` people for any number; `undefined`,
        when the answers do not vary.
    value
        At most 1, no unit; None unless `status` is `shown` or `caution`.
    low, high
        The 95 % interval; None without a value, and for omega, which has none in closed form.
    """

    n: int
    items: int
    status: Literal["shown", "caution", "too_few", "undefined"]
    value: float | None = None
    low: float | None = None
    high: float | None = None


def cronbach_alpha(
    ratings: ArrayLike, missing: Literal["pairwise", "listwise"] = "pairwise"
) -> Reliability:
    """Return Cronbach's alpha, or that there are too few people for it.

    K/(K − 1) · (1 − Σ sᵢ² / s²) of the sum of K items. Items of a rubric that each add their own
    part need not go together: a low alpha is then no defect, and a high one never makes an
    instrument "validated". It says nothing about how far people agree.

    Parameters
    ----------
    ratings
        Answers, shape (people, items), at least two items, all coded in the same direction; NaN
        where one is missing.
    missing
        `pairwise`: each covariance from the people who answered both items, and n is the fewest
        who answered any two. `listwise`: only people who answered every item.

    Returns
    -------
    Reliability
        Too few with fewer than 10 people, with caution with fewer than 30; Feldt's 95 % interval.
        Undefined where the sum does not vary (all alike), or where pairs of items contradict each
        other so far that alpha would be above 1.

    Raises
    ------
    ValueError
        `ratings` is no table of two items or more, or `missing` is neither of the two.

    References
    ----------
    Cronbach (1951), Psychometrika 16, 297-334. The limits are ours.

    Examples
    --------
    Eight people on two items are too few for a number.

    >>> cronbach_alpha([[1, 2], [2, 2], [3, 4], [4, 4], [4, 5], [5, 5], [2, 3], [3, 3]]).status
    'too_few'
    """
    table = _items(ratings, 2)
    if missing not in {"pairwise", "listwise"}:
        message = "missing: pairwise or listwise"
        raise ValueError(message)
    if missing == "listwise":
        table = _complete(table)
    answered = (~np.isnan(table)).astype(int)
    n, items = int((answered.T @ answered).min()), table.shape[1]
    if n < _ALPHA_LEAST:
        return Reliability(n, items, "too_few")
    covariance = pd.DataFrame(table).cov().to_numpy()
    parts, total = covariance.trace(), covariance.sum()
    if total <= _CLOSE * parts:
        return Reliability(n, items, "undefined")
    alpha = float(items / (items - 1) * (1 - parts / total))
    if alpha > 1 + _CLOSE:
        return Reliability(n, items, "undefined")
    alpha = min(alpha, 1.0)  # items that are all alike, rounded
    status: Literal["shown", "caution"] = "caution" if n < _ALPHA_CAUTION else "shown"
    return Reliability(n, items, status, alpha, *feldt_interval(alpha, items, n))


def feldt_interval(alpha: float, items: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Return Feldt's interval of an observed alpha.

    The bare formula, for any number of people: `cronbach_alpha` keeps the limits below which no
    number is shown. Exact where all parts of the sum are normal and vary alike; a guide elsewhere.

    Parameters
    ----------
    alpha
        The alpha observed, at most 1.
    items
        Items in the sum, 2 or more.
    n
        People who answered, 2 or more.
    level
        How often such intervals hold the true alpha, between 0 and 1.

    Returns
    -------
    low, high
        At most 1, no unit; both 1 for an alpha of 1. The low end may be far below 0.

    Raises
    ------
    ValueError
        Naming the argument: above 1 or not finite, not whole or too small, or no share.

    References
    ----------
    Feldt (1965), Psychometrika 30, 357-370; Feldt, Woodruff & Salih (1987), Applied Psychological
    Measurement 11(1), 93-103.

    Examples
    --------
    >>> low, high = feldt_interval(0.80, items=5, n=20)
    >>> round(low, 2), round(high, 2)
    (0.62, 0.91)
    """
    if not -np.inf < alpha <= 1:
        message = "alpha: a number, at most 1"
        raise ValueError(message)
    outside = tail(level)
    people, parts = float(whole(n, "n", 2)), float(whole(items, "items", 2))
    f = fdtri(people - 1, (people - 1) * (parts - 1), [1 - outside, outside])
    low, high = 1 - (1 - alpha) * f
    return float(low), float(high)


def mcdonald_omega(ratings: ArrayLike) -> Reliability:
    """Return McDonald's total omega of one factor, or that there are too few people for it.

    (Σ λᵢ)² / ((Σ λᵢ)² + Σ ψᵢ) of the sum of the items, with loadings λ and own variances ψ of one
    factor fitted by least residuals (minres) to the correlations. It takes one factor for granted
    and does not test it; what is said of `cronbach_alpha` holds for omega too.

    Parameters
    ----------
    ratings
        Answers, shape (people, items), at least three items, all coded in the same direction; NaN
        where one is missing. People who miss an item are left out.

    Returns
    -------
    Reliability
        Too few with fewer than 50 people; no interval. From 0 to 1; undefined where an item does
        not vary, or their sum.

    Raises
    ------
    ValueError
        `ratings` is no table of three items or more: two do not settle their loadings.

    References
    ----------
    McDonald (1999), Test Theory; Harman & Jones (1966), Psychometrika 31, 351-368, and
    Harman & Fukuda (1966), the same volume, 563-571. The limit is ours.

    Examples
    --------
    >>> mcdonald_omega([[1, 2, 1], [2, 2, 3], [3, 4, 4]]).status
    'too_few'
    """
    table = _complete(_items(ratings, 3))
    n, items = table.shape
    if n < _OMEGA_LEAST:
        return Reliability(n, items, "too_few")
    if (table == table[0]).all(axis=0).any():
        return Reliability(n, items, "undefined")
    spread = table.std(axis=0, ddof=1)
    loadings = _loadings(np.asarray(np.corrcoef(table, rowvar=False)))
    common = (loadings @ spread) ** 2
    own = (1 - loadings**2) @ spread**2
    if common + own <= _CLOSE * (spread @ spread):
        return Reliability(n, items, "undefined")
    return Reliability(n, items, "shown", float(common / (common + own)))


def _items(ratings: ArrayLike, least: int) -> NDArray[np.float64]:
    """Return the table of answers, if it has items enough."""
    table = answers(ratings)
    if table.shape[1] < least:
        message = f"ratings: at least {least} items are needed, one a column"
        raise ValueError(message)
    return table


def _complete(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the people who answered every item."""
    return table[~np.isnan(table).any(axis=1)]


def _loadings(correlation: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the loadings of one factor that leave the least squares beside the diagonal."""
    between = correlation - np.eye(len(correlation))
    loadings = np.linalg.eigh(correlation).eigenvectors[:, -1].copy()
    for _ in range(_ROUNDS):
        before = loadings.copy()
        for item in range(len(loadings)):
            others = loadings @ loadings - loadings[item] ** 2
            # An item's own variance is never below 0 (Heywood's case).
            best = between[item] @ loadings / others if others else 0
            loadings[item] = np.clip(best, -1, 1)
        if np.abs(loadings - before).max() < _CLOSE:
            break
    return loadings
