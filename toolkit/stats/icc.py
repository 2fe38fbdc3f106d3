"""How much of what judges say is about the targets they judge."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtri

from toolkit.scoring.inputs import answers
from toolkit.scoring.intervals import tail

__all__ = ["icc"]

_ROUNDING = 1e-12  # of the sum of squares: less than that was left by rounding


def icc(ratings: ArrayLike, *, level: float = 0.95) -> pd.DataFrame:
    """Return the six intraclass correlations of Shrout and Fleiss, with their intervals.

    (1) each target has judges of its own; (2) the same judges, drawn from many, rate all targets
    and must agree; (3) these judges only, who need but order targets alike. (…,1) speaks of one
    judge, (…,k) of the mean of the k. For analysts, with some ten targets or more: with few the
    intervals say little. Not for one indicator, nor where targets hardly differ.

    Parameters
    ----------
    ratings
        Answers, shape (targets, judges), such as organisations × people; none missing.
    level
        How often such intervals hold the true value, between 0 and 1.

    Returns
    -------
    frame
        Rows `ICC(1,1)`, `ICC(2,1)`, `ICC(3,1)`, `ICC(1,k)`, `ICC(2,k)`, `ICC(3,k)`; columns
        `value`, `low`, `high`, at most 1 and with no unit. Below 0 where judges differ more within
        targets than between. 1, from 1 to 1, where judges are alike and targets differ. NaN where
        the variance to divide by is not above 0: one target, one judge, all answers alike, and for
        some forms targets whose means are alike.

    Raises
    ------
    ValueError
        `ratings` is no table of numbers or misses an answer, or `level` is no share.

    References
    ----------
    Shrout & Fleiss (1979), Psychological Bulletin 86(2), 420-428; McGraw & Wong (1996),
    Psychological Methods 1(1), 30-46.

    Examples
    --------
    Four judges, six targets: Shrout & Fleiss, table 2.

    >>> judges = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]]
    >>> icc(np.transpose(judges))["value"].round(2).tolist()
    [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]
    """
    outside = tail(level)
    table = answers(ratings)
    if np.isnan(table).any():
        message = "ratings: every judge rates every target; leave out targets that miss an answer"
        raise ValueError(message)
    n, k = table.shape
    between, within, judges, error = _mean_squares(table)

    def f(freedom: float) -> NDArray[np.float64]:
        """Return what the noise is multiplied by: 1 for the value, F for the low and high end."""
        return np.append(1.0, fdtri(n - 1, freedom, [1 - outside, outside]))

    def alone(noise: NDArray[np.float64]) -> NDArray[np.float64]:
        return _share(between - noise, between + (k - 1) * noise)

    def agreeing(times: NDArray[np.float64]) -> NDArray[np.float64]:
        noise = k * judges + (k * n - k - n) * error
        return _share(n * (between - times * error), n * between + times * noise)

    one, three = within * f(n * (k - 1)), error * f((n - 1) * (k - 1))
    two = f(_degrees(agreeing(np.ones(1))[0], judges, error, n, k))
    forms = {
        "ICC(1,1)": alone(one),
        "ICC(2,1)": agreeing(two),
        "ICC(3,1)": alone(three),
        "ICC(1,k)": _share(between - one, between),
        "ICC(2,k)": _share(n * (between - two * error), n * between + two * (judges - error)),
        "ICC(3,k)": _share(between - three, between),
    }
    return pd.DataFrame.from_dict(forms, orient="index", columns=["value", "low", "high"])


def _mean_squares(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean squares between targets, within targets, between judges, and of error.

    In shares of the sum of squares, which no ratio of them notices; NaN where all are alike.
    """
    n, k = table.shape
    table = table - table[:1, :1]
    mean = table.sum() ** 2
    total = n * k * (table**2).sum() - mean
    targets = n * (table.sum(axis=1) ** 2).sum() - mean
    judges = k * (table.sum(axis=0) ** 2).sum() - mean
    squares = np.array([targets, total - targets, judges, total - targets - judges])
    freedom = np.array([n - 1, n * (k - 1), k - 1, (n - 1) * (k - 1)])
    squares[squares < _ROUNDING * total] = 0
    with np.errstate(invalid="ignore"):
        return np.asarray(squares / total / freedom)


def _degrees(rho: float, judges: float, error: float, n: int, k: int) -> float:
    """Return Satterthwaite's degrees of freedom for ICC(2,1) and ICC(2,k).

    Never fewer than those of the judges: only a `rho` below 0, whose parts cancel, gives fewer,
    and with hardly any the limits run away. So too where nothing but targets differs: 0/0.
    """
    a, b = k * rho * judges, (n * (1 + (k - 1) * rho) - k * rho) * error
    with np.errstate(invalid="ignore", divide="ignore"):
        degrees = (a + b) ** 2 / (a**2 / (k - 1) + b**2 / ((n - 1) * (k - 1)))
    return float(np.fmax(degrees, k - 1))


def _share(part: NDArray[np.float64], whole: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Return part of a whole, NaN where the whole, an estimated variance, is not above 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > _ROUNDING, part / whole, np.nan)
