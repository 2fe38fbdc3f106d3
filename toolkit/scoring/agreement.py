"""How far people rate alike."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["average_deviation", "checked", "tastle_wierman"]


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
        Shape (…); from 0 (half at each end) to 1 (all on one step), no unit; NaN if nobody
        answered.

    Raises
    ------
    ValueError
        A count is negative or not a number, or there are fewer than two steps.

    References
    ----------
    Tastle & Wierman (2007), International Journal of Approximate Reasoning 45(3), 531-545.

    Examples
    --------
    >>> round(float(tastle_wierman([30, 40, 210, 130, 530, 50, 10])), 7)
    0.7256876
    """
    table = checked(counts)
    share, distance = _spread(table)
    width = table.shape[-1] - 1
    # An empty step at the full width would give 0 · log 0; it weighs nothing.
    near = np.where(share > 0, 1 - distance / width, 1.0)
    with np.errstate(divide="ignore"):
        return np.asarray(1 + (share * np.log2(near)).sum(axis=-1))


def average_deviation(counts: ArrayLike) -> NDArray[np.float64]:
    """Return by how many steps people differ from their mean, on average.

    Parameters
    ----------
    counts
        People on each step, shape (…, K), lowest first.

    Returns
    -------
    ndarray
        Shape (…), in steps; NaN if nobody answered. Up to (number of steps)/6 is read as shared
        (Burke & Dunlap 2002): a convention.

    Raises
    ------
    ValueError
        A count is negative or not a number, or there are fewer than two steps.

    Examples
    --------
    >>> float(average_deviation([0, 0, 1, 3, 1]))
    0.4
    """
    share, distance = _spread(checked(counts))
    return np.asarray((share * distance).sum(axis=-1))


def checked(counts: ArrayLike) -> NDArray[np.float64]:
    """Return counts as an array, or say what is wrong with them; a row of NaN is a masked row."""
    table = np.asarray(counts, dtype=float)
    if table.ndim == 0 or table.shape[-1] < 2:  # noqa: PLR2004
        message = "counts: the last axis holds the steps of a scale, at least two"
        raise ValueError(message)
    masked = np.isnan(table).all(axis=-1, keepdims=True)
    if (np.isnan(table) & ~masked).any() or (table < 0).any() or np.isinf(table).any():
        message = "counts: every count is a number of people, 0 or more"
        raise ValueError(message)
    return table


def _spread(table: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return each step's share, and its distance to the mean in steps."""
    position = np.arange(table.shape[-1])
    with np.errstate(invalid="ignore"):
        share = table / table.sum(axis=-1, keepdims=True)
    mean = (share * position).sum(axis=-1, keepdims=True)
    return share, np.abs(position - mean)
