"""From ratings to the count of each step, and from counts to what they say."""

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from toolkit.ratings import STATUSES
from toolkit.scoring.agreement import average_deviation, checked, tastle_wierman

__all__ = ["distribution", "diverging", "medians", "steps", "summary"]


def distribution(ratings: Any, by: Sequence[str], *, last: int = 0) -> Any:
    """Return how many answers stand on each step, one row for each combination of `by`.

    Parameters
    ----------
    ratings
        One row an answer: the columns of `by`, `value` (1 to K, or null), `status` (null with a
        value), `scale`, `steps` (K) and `mode`. Any frame that narwhals knows.
    by
        Columns that make a group, such as `["wave", "indicator", "aspect"]`.
    last
        How many steps the scale has, for when nobody has answered yet.

    Returns
    -------
    frame
        The columns of `by`, then `step_1` to `step_K`, `n` (answers with a value), `dont_know`,
        `not_applicable` and `skipped`; whole numbers; ordered by `by`.

    Raises
    ------
    ValueError
        `ratings` mixes scales of different ids, or individual with consensus answers.
    """
    frame = nw.from_native(ratings).lazy().collect()
    for column in ("scale", "mode"):
        if frame[column].n_unique() > 1:
            message = f"ratings: more than one {column}; such answers are never counted together"
            raise ValueError(message)
    last = last if frame.is_empty() else int(frame["steps"].max())
    # Marks first, then plain sums: the one shape that every engine groups fast.
    marks = [
        (nw.col("value") == step).fill_null(False).cast(nw.Int64).alias(f"step_{step}")
        for step in range(1, last + 1)
    ]
    marks.append((~nw.col("value").is_null()).cast(nw.Int64).alias("n"))
    marks += [
        (nw.col("status") == status).fill_null(False).cast(nw.Int64).alias(status)
        for status in STATUSES
    ]
    names = [f"step_{step}" for step in range(1, last + 1)] + ["n", *STATUSES]
    marked = frame.with_columns(*marks)
    sums = marked.group_by(list(by)).agg(*(nw.col(name).sum() for name in names))
    return sums.sort(list(by)).to_native()


def steps(counts: pd.DataFrame) -> NDArray[np.float64]:
    """Return the step columns of a distribution as an array (rows, K); NaN where masked."""
    columns = [column for column in counts.columns if str(column).startswith("step_")]
    return counts[columns].to_numpy(dtype=float, na_value=np.nan)


def medians(counts: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the low and the high median of each distribution, as steps; NaN if nobody answered.

    With an even number of people the two middle answers may differ: « 3 to 4 » is said, never 3.5.

    Parameters
    ----------
    counts
        People on each step, shape (…, K), lowest step first.

    Raises
    ------
    ValueError
        A count is negative or not a number, or there are fewer than two steps.
    """
    table = checked(counts)
    total = table.sum(axis=-1)
    below = table.cumsum(axis=-1)
    low = 1.0 + (below < np.ceil(total / 2)[..., None]).sum(axis=-1)
    high = 1.0 + (below < (np.floor(total / 2) + 1)[..., None]).sum(axis=-1)
    nobody = ~(total > 0)  # a masked row is not a row of ones
    return np.where(nobody, np.nan, low), np.where(nobody, np.nan, high)


def summary(counts: pd.DataFrame) -> pd.DataFrame:
    """Return what each row of a distribution says, beside its own columns.

    Returns
    -------
    frame
        The rows of `counts` with `low`, `high` (medians, steps), `top` (answers on the two highest
        steps), `bottom` (on the two lowest), `agreement` (Tastle-Wierman, 0 to 1) and `deviation`
        (mean distance to the mean, in steps); null where nobody answered.
    """
    table = steps(counts)
    low, high = medians(table)
    return counts.assign(
        low=pd.Series(low, index=counts.index).astype("Int64"),
        high=pd.Series(high, index=counts.index).astype("Int64"),
        top=pd.Series(table[:, -2:].sum(axis=1), index=counts.index).astype("Int64"),
        bottom=table[:, :2].sum(axis=1),
        agreement=tastle_wierman(table),
        deviation=average_deviation(table),
    )


def diverging(counts: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where each step's segment starts and ends in a bar that diverges from its middle.

    The middle step of an odd scale lies half on each side (Heiberger & Robbins 2014, Journal of
    Statistical Software 57(5)).

    Parameters
    ----------
    counts
        People on each step, shape (…, K), lowest step first.

    Returns
    -------
    start, end
        Shares of the answers, shape (…, K), negative to the left of the middle; NaN if nobody
        answered.

    Examples
    --------
    >>> start, end = diverging([1, 2, 4, 6, 3])
    >>> float(start[0]), float(end[-1])
    (-0.3125, 0.6875)
    """
    table = checked(counts)
    with np.errstate(invalid="ignore"):
        share = table / table.sum(axis=-1, keepdims=True)
    half = table.shape[-1] // 2
    left = share[..., :half].sum(axis=-1, keepdims=True)
    if table.shape[-1] % 2:
        left = left + share[..., half : half + 1] / 2
    end = share.cumsum(axis=-1) - left
    return end - share, end
