"""How far people rate alike on one line: around its middle, and from everybody together."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from toolkit.scoring.inputs import people

__all__ = ["average_deviation", "means", "tastle_wierman"]


def average_deviation(
    counts: ArrayLike, around: Literal["mean", "median"] = "mean"
) -> NDArray[np.float64]:
    """Return by how many steps people differ from their middle, on average.

    The plainest figure of agreement: "people differ by 0.6 of a step". Not comparable between
    scales with different numbers of steps, and no test.

    Parameters
    ----------
    counts
        People on each step, shape (…, K), lowest first, K ≥ 2.
    around
        The middle to measure from. With an even number of people every point from the low to the
        high median is as near to them all, so the figure is the same around any of these.

    Returns
    -------
    ndarray
        Shape (…), in steps, from 0 (all on one step, one person) to (K − 1)/2 (half at each end);
        NaN where nobody answered. Up to K/6 is agreement by Burke & Dunlap: a convention.

    Raises
    ------
    ValueError
        `counts` is no table of whole numbers of people, or `around` is neither mean nor median.

    References
    ----------
    Burke & Dunlap (2002), Organizational Research Methods 5(2), 159-172.

    Examples
    --------
    >>> float(average_deviation([0, 0, 1, 3, 1]))
    0.4
    """
    table = people(counts)
    if around not in {"mean", "median"}:
        message = "around: mean or median"
        raise ValueError(message)
    n, mean = means(table)
    total = np.zeros_like(mean)
    if around == "mean":
        for step in range(table.shape[-1]):
            total += table[..., step] * np.abs(step - mean)
    else:
        # Each gap between two steps is crossed, on the way to a median, by the fewer on one side.
        below = np.zeros_like(n)
        for step in range(table.shape[-1] - 1):
            below += table[..., step]
            total += np.minimum(below, n - below)
    with np.errstate(invalid="ignore"):
        return np.asarray(total / n)


def means(table: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how many people answered and their mean, counted from 0; both of shape (…)."""
    # Products of matrices: a sum along so short an axis takes ten times as long. For the same
    # reason, what follows goes step by step over all distributions.
    n = np.asarray(table @ np.ones(table.shape[-1]))
    with np.errstate(invalid="ignore"):
        return n, np.asarray(table @ np.arange(table.shape[-1], dtype=float) / n)


def tastle_wierman(counts: ArrayLike) -> NDArray[np.float64]:
    r"""Return the Tastle-Wierman consensus of each distribution.

    1 + Σ pᵢ log₂(1 − |xᵢ − μ| / d), with d = K − 1. Not a test, and not comparable between scales
    with different numbers of steps.

    Parameters
    ----------
    counts
        People on each step, shape (…, K), lowest first, K ≥ 2. Empty steps stay, as zeros: they
        set the width of the scale.

    Returns
    -------
    ndarray
        Shape (…); from 0 (half at each end) to 1 (all on one step, one person), no unit; NaN where
        nobody answered.

    Raises
    ------
    ValueError
        `counts` is no table of whole numbers of people.

    References
    ----------
    Tastle & Wierman (2007), International Journal of Approximate Reasoning 45(3), 531-545.

    Examples
    --------
    >>> round(float(tastle_wierman([30, 40, 210, 130, 530, 50, 10])), 7)
    0.7256876
    """
    table = people(counts)
    n, mean = means(table)
    width = table.shape[-1] - 1
    bits = np.zeros_like(mean)
    for step in range(width + 1):
        near = 1 - np.abs(step - mean) / width
        # A step at the full width from the mean is empty; 0 · log 0 weighs nothing.
        bits += table[..., step] * np.log2(np.where(near > 0, near, 1))
    with np.errstate(invalid="ignore"):
        return np.asarray(1 + bits / n)
