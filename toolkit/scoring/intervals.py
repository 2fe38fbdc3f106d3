"""How far a figure of a small group might lie from what many more people would give."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, ndtri

__all__ = ["MedianInterval", "median_interval", "tail", "whole", "wilson"]


class MedianInterval(NamedTuple):
    """Between which answers, in order, a median lies.

    Attributes
    ----------
    low, high
        Ranks of two answers, from 1 (the lowest) to n (the highest).
    coverage
        How often such an interval holds the median: a share, never under the level asked for.
    """

    low: int
    high: int
    coverage: float


def wilson(
    successes: ArrayLike, n: ArrayLike, level: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the Wilson score interval of each share.

    It says how far the share might move among many more people like these. When nearly all members
    answered there is little left to guess: say "11 of 14 answered" first. Two intervals that
    overlap are no test of a difference.

    Parameters
    ----------
    successes
        How many people gave the answer, any shape; whole numbers.
    n
        Out of how many people, a shape that broadcasts with `successes`; whole numbers.
    level
        How often such intervals hold the true share, between 0 and 1.

    Returns
    -------
    low, high
        Shares from 0 to 1, of the common shape; NaN where `n` is 0 among others. Nobody gives a
        low end of exactly 0, everybody a high end of exactly 1.

    Raises
    ------
    ValueError
        Naming the argument: not whole, negative, infinite or NaN; more successes than people;
        nobody at all; or a level that is no share.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22, 209-212; Newcombe
    (1998), Statistics in Medicine 17, 857-872.

    Examples
    --------
    >>> low, high = wilson(81, 263)
    >>> round(float(low), 4), round(float(high), 4)
    (0.2553, 0.3662)
    """
    z = ndtri(1 - tail(level))
    found, asked = np.broadcast_arrays(whole(successes, "successes"), whole(n, "n"))
    if (found > asked).any():
        message = "successes: never more than n, the people they are counted among"
        raise ValueError(message)
    if asked.size and not asked.any():
        message = "n: nobody answered; at least one must be above 0"
        raise ValueError(message)
    # The high end is the low end of the others; so everybody gives exactly 1.
    return _low(found, asked, z), 1 - _low(asked - found, asked, z)


def median_interval(n: int, level: float = 0.95) -> MedianInterval | None:
    """Return between which of n ordered answers the median lies, by order statistics.

    No shape of distribution is assumed. With answers on steps many are alike, and the interval
    covers more often than it says. It is no interval of a mean, and two that overlap are no test.

    Parameters
    ----------
    n
        How many people answered.
    level
        How often such intervals hold the median at least, between 0 and 1.

    Returns
    -------
    MedianInterval or None
        The narrowest pair of ranks, as far from each end, that covers at least `level`. None where
        even the lowest and the highest answer do not: at 95 %, five people or fewer.

    Raises
    ------
    ValueError
        `n` is not a whole number of people, 0 or more, or `level` is no share.

    References
    ----------
    David & Nagaraja (2003), Order Statistics, 3rd ed.

    Examples
    --------
    >>> low, high, coverage = median_interval(12)
    >>> low, high, round(coverage, 3)
    (3, 10, 0.961)
    """
    people = int(whole(n, "n"))
    below = bdtr(np.arange(people), people, 0.5)
    low = int((below <= tail(level)).sum())
    return MedianInterval(low, people + 1 - low, float(1 - 2 * below[low - 1])) if low else None


def tail(level: float) -> float:
    """Return the share left out at each end of an interval, after checking `level`."""
    if not 0 < level < 1:
        message = "level: a share between 0 and 1, such as 0.95"
        raise ValueError(message)
    return (1 - level) / 2


def whole(numbers: ArrayLike, argument: str, least: int = 0) -> NDArray[np.float64]:
    """Return numbers of people or of items as an array, or say what is wrong with them."""
    table = np.asarray(numbers, dtype=float)
    if not np.isfinite(table).all() or (table != np.floor(table)).any() or (table < least).any():
        message = f"{argument}: a whole number, {least} or more"
        raise ValueError(message)
    return table


def _low(found: NDArray[np.float64], asked: NDArray[np.float64], z: float) -> NDArray[np.float64]:
    square = z * z  # not z**2, whose root may miss z by a hair, and nobody's low end 0
    with np.errstate(invalid="ignore"):
        half = z * np.sqrt(found * (asked - found) / asked + square / 4)
    return np.asarray((found + square / 2 - half) / (asked + square))
