"""Where the answers of a distribution stand: its middle, and the bar that diverges from there."""

from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from toolkit.scoring.inputs import people

__all__ = ["counted", "diverging", "framed", "medians", "middle", "middle_half", "numbers", "steps"]

Numbers = NDArray[np.float64]


def steps(counts: Any) -> Numbers:
    """Return the step columns of a distribution as an array (rows, K); NaN where masked."""
    frame = framed(counts)
    columns = [] if frame is None else [name for name in frame.columns if name.startswith("step_")]
    if frame is None or len(columns) < 2:  # noqa: PLR2004
        message = "counts: a frame with a column for each step, step_1 to step_K, at least two"
        raise ValueError(message)
    return numbers(frame, columns)


def medians(counts: Any) -> tuple[Numbers, Numbers]:
    """Return the low and the high median of each distribution, as steps.

    With an even number of people the two middle answers may differ: « 3 to 4 » is said, never 3.5.
    Not a figure to average or to subtract: steps have an order and no distance.

    Parameters
    ----------
    counts
        People on each step, shape (…, K), lowest step first, K ≥ 2; or the frame that
        `distribution` or `protect` returns.

    Returns
    -------
    low, high
        Steps, 1 to K, each of shape (…); equal when an odd number answered. NaN where nobody
        answered, or, of a frame, where the counts are masked.

    Raises
    ------
    ValueError
        As `inputs.people` says: a count that is negative, fractional or NaN, fewer than two
        steps, nobody at all in an array. A frame may be of nobody.

    Examples
    --------
    >>> low, high = medians([0, 0, 2, 2, 0])
    >>> int(low), int(high)
    (3, 4)
    """
    return middle(counted(counts))


def diverging(counts: Any) -> tuple[Numbers, Numbers]:
    """Return where each step's segment starts and ends in a bar that diverges from its middle.

    The middle step of an odd scale lies half on each side. The bar says how answers spread; its
    place left or right of the middle is not a score.

    Parameters
    ----------
    counts
        People on each step, shape (…, K), lowest step first, K ≥ 2; or the frame that
        `distribution` or `protect` returns.

    Returns
    -------
    start, end
        Shares of the answers, shape (…, K), from -1 (all left of the middle) to 1; NaN where
        nobody answered, or, of a frame, where the counts are masked.

    Raises
    ------
    ValueError
        As `inputs.people` says: a count that is negative, fractional or NaN, fewer than two
        steps, nobody at all in an array. A frame may be of nobody.

    References
    ----------
    Heiberger & Robbins (2014), Journal of Statistical Software 57(5), 1-32.

    Examples
    --------
    >>> start, end = diverging([1, 2, 4, 6, 3])
    >>> float(start[0]), float(end[-1])
    (-0.3125, 0.6875)
    """
    table = counted(counts)
    with np.errstate(invalid="ignore"):
        share = table / table.sum(axis=-1, keepdims=True)
    half = table.shape[-1] // 2
    left = share[..., :half].sum(axis=-1, keepdims=True)
    if table.shape[-1] % 2:
        left = left + share[..., half : half + 1] / 2
    end = share.cumsum(axis=-1) - left
    return end - share, end


def middle_half(counts: Any) -> tuple[Numbers, Numbers]:
    """Return the steps between which the middle half of the answers lies.

    A quarter of the answers, rounded up, stands at or below the first, and as many at or above the
    second. It describes the answers that there are; it is no confidence interval.

    Parameters
    ----------
    counts
        As for `medians`.

    Returns
    -------
    start, end
        Steps, 1 to K, each of shape (…); NaN where nobody answered, or where masked.

    Raises
    ------
    ValueError
        As for `medians`.

    Examples
    --------
    >>> start, end = middle_half([1, 2, 4, 6, 3])
    >>> int(start), int(end)
    (3, 4)
    """
    table = counted(counts)
    n = table.sum(axis=-1)
    quarter = np.ceil(n / 4)[..., None]
    start = 1.0 + (table.cumsum(axis=-1) < quarter).sum(axis=-1)
    end = table.shape[-1] - (table[..., ::-1].cumsum(axis=-1) < quarter).sum(axis=-1)
    return np.where(n > 0, start, np.nan), np.where(n > 0, end, np.nan)


def framed(counts: Any) -> nw.DataFrame[Any] | None:
    """Return what narwhals makes of a frame, in memory; None for anything else."""
    if isinstance(counts, (np.ndarray, list, tuple)):
        return None
    frame = nw.from_native(counts, pass_through=True)
    if isinstance(frame, nw.LazyFrame):
        return frame.collect()
    return frame if isinstance(frame, nw.DataFrame) else None


def numbers(frame: nw.DataFrame[Any], columns: list[str]) -> Numbers:
    """Return some columns as an array (rows, columns), NaN for null."""
    found = [frame[name] for name in columns]
    if frame.implementation.is_pandas():  # which alone has columns of objects, with NA among them
        given = [series.to_native().to_numpy(dtype=float, na_value=np.nan) for series in found]
    else:
        given = [series.cast(nw.Float64).to_numpy() for series in found]
    return np.column_stack(given)


def counted(counts: Any) -> Numbers:
    """Return the counts of an array or a frame, checked; a masked row counts nobody."""
    if framed(counts) is None:
        return people(counts)
    table = steps(counts)
    table = np.where(np.isnan(table).any(axis=1, keepdims=True), 0, table)
    return people(table) if table.any() else table


def middle(table: Numbers) -> tuple[Numbers, Numbers]:
    """Return the low and the high median of counts that are known to be counts."""
    total = table @ np.ones(table.shape[-1])
    low, high, below = np.ones_like(total), np.ones_like(total), np.zeros_like(total)
    # Step by step over all distributions: NumPy is slow along an axis as short as a scale.
    for step in range(table.shape[-1] - 1):
        below = below + table[..., step]
        low += 2 * below < total
        high += 2 * below <= total
    nobody = total == 0
    return np.where(nobody, np.nan, low), np.where(nobody, np.nan, high)
