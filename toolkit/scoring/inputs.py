"""What every figure asks of what it is given, said in one place."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["answers", "people"]


def people(counts: ArrayLike, argument: str = "counts") -> NDArray[np.float64]:
    """Return counts of people on each step as an array of shape (…, K).

    Raises
    ------
    ValueError
        Naming the argument: fewer than two steps; a count that is negative, fractional, infinite
        or NaN; or nobody at all in any distribution. One empty distribution among others is
        allowed: its figures are NaN.
    """
    table = np.asarray(counts, dtype=float)
    if table.ndim == 0 or table.shape[-1] < 2:  # noqa: PLR2004
        message = f"{argument}: the last axis holds the steps of a scale, at least two"
        raise ValueError(message)
    if not np.isfinite(table).all():
        message = f"{argument}: every count is a number of people; none is NaN or infinite"
        raise ValueError(message)
    if (table < 0).any():
        message = f"{argument}: a number of people is never negative"
        raise ValueError(message)
    if (table != np.floor(table)).any():
        message = f"{argument}: a number of people is whole; shares are not counts"
        raise ValueError(message)
    if table.size and not table.any():
        message = f"{argument}: nobody answered; at least one count must be above 0"
        raise ValueError(message)
    return table


def answers(ratings: ArrayLike, argument: str = "ratings") -> NDArray[np.float64]:
    """Return a table of answers as an array of two axes; a missing answer is NaN.

    Raises
    ------
    ValueError
        Naming the argument: not a table of two axes, or an infinite value.
    """
    try:
        table = np.asarray(ratings, dtype=float)
    except (TypeError, ValueError) as error:
        message = f"{argument}: every answer is a number, or NaN where there is none"
        raise ValueError(message) from error
    if table.ndim != 2:  # noqa: PLR2004
        message = f"{argument}: a table of two axes is needed"
        raise ValueError(message)
    if np.isinf(table).any():
        message = f"{argument}: no answer is infinite"
        raise ValueError(message)
    return table
