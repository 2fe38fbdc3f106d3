"""What a distribution says."""

from dataclasses import asdict, dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from toolkit.scoring.agreement import average_deviation, tastle_wierman
from toolkit.scoring.distribution.position import counted, framed, middle, numbers
from toolkit.scoring.intervals import wilson

__all__ = ["Summary", "summary"]

Numbers = NDArray[np.float64]

_WHOLE = {"low", "high", "top", "bottom", "members"}


@dataclass(frozen=True)
class Summary:
    """What each of some distributions says; arrays of shape (…), NaN where nobody answered.

    Attributes
    ----------
    n
        People who gave a value; 0 where nobody did.
    low, high
        The two medians, steps from 1.
    top, bottom
        People on the two highest and on the two lowest steps; of three steps or fewer the two
        overlap.
    share
        `top` out of `n`, 0 to 1.
    share_low, share_high
        The Wilson interval of `share`.
    agreement
        Tastle-Wierman consensus, 0 (half at each end) to 1 (all on one step).
    deviation
        Mean distance to the mean, in steps.
    members
        How many people there are; None if that was not told.
    correction
        Finite population correction √((N − n)/(N − 1)), 1 (one of N) to 0 (all of them): by how
        much less than the interval says the share of the N members is uncertain. None without
        `members`.
    """

    n: Numbers
    low: Numbers
    high: Numbers
    top: Numbers
    bottom: Numbers
    share: Numbers
    share_low: Numbers
    share_high: Numbers
    agreement: Numbers
    deviation: Numbers
    members: Numbers | None = None
    correction: Numbers | None = None


def summary(counts: Any, *, members: Any = None, level: float = 0.95) -> Any:
    """Return what each distribution says: medians, top share and its interval, agreement.

    No figure ranks coalitions or grades them, and none is comparable between scales with
    different numbers of steps.

    Parameters
    ----------
    counts
        A frame (pandas, Polars) that `distribution` or `protect` returns; or an array of people
        on each step, shape (…, K), lowest step first, K ≥ 2.
    members
        How many people the coalition, or the group of the row, has: a number; with a frame, also
        the name of a column; with an array, also an array that broadcasts to (…).
    level
        How often intervals such as `share_low` to `share_high` hold the true share.

    Returns
    -------
    frame or Summary
        Of a frame, the same frame with the fields of `Summary` but `n`, as columns (nullable whole
        numbers and floats): null where nobody answered and where the counts are masked, but for the
        `low` and `high` that `protect` tells of rows without counts, which stay. Of
        an array, a `Summary`.

    Raises
    ------
    ValueError
        As `inputs.people` says: a count that is negative, fractional or NaN, fewer than two
        steps, nobody at all in an array (a frame may be of nobody); `level` is no share;
        `members` is not a whole number, at least 1, or is fewer than the people who answered.

    References
    ----------
    Wilson (1927); Tastle & Wierman (2007); Burke & Dunlap (2002); the correction: Cochran (1977),
    Sampling Techniques, 2.6.

    Examples
    --------
    >>> said = summary([1, 2, 4, 6, 3], members=20)
    >>> int(said.low), int(said.high), int(said.top), round(float(said.share), 4)
    (4, 4, 9, 0.5625)
    >>> round(float(said.correction), 3)
    0.459
    """
    frame = framed(counts)
    if frame is None:
        return _described(counted(counts), members, level)
    if isinstance(members, str):
        if members not in frame.columns:
            message = f"members: no column {members}"
            raise ValueError(message)
        members = numbers(frame, [members])[:, 0]
    figures = asdict(_described(counted(counts), members, level))
    for name in {"low", "high"} & {*frame.columns}:
        told = frame[name].cast(nw.Float64).to_numpy()
        figures[name] = np.where(np.isnan(figures[name]), told, figures[name])
    del figures["n"]
    return _beside(frame, {name: v for name, v in figures.items() if v is not None})


def _described(table: Numbers, members: Any, level: float) -> Summary:
    n = table @ np.ones(table.shape[-1])
    some = np.where(n > 0, 1.0, np.nan)
    top = (table[..., -1] + table[..., -2]) * some
    bottom = (table[..., 0] + table[..., 1]) * some
    low, high = middle(table)
    if n.any():
        agreement, deviation = tastle_wierman(table), average_deviation(table)
        share_low, share_high = wilson(np.where(n > 0, top, 0), n, level)
    else:
        agreement = deviation = share_low = share_high = n * np.nan
    known, correction = (None, None) if members is None else _correction(n, members)
    share = top / np.where(n > 0, n, 1)
    return Summary(
        *(n, low, high, top, bottom, share, share_low, share_high, agreement, deviation),
        *(known, correction),
    )


def _correction(n: Numbers, members: ArrayLike) -> tuple[Numbers, Numbers]:
    """Return how many members there are, for each distribution, and the correction."""
    known = np.broadcast_to(np.asarray(members, dtype=float), n.shape)
    said = known[~np.isnan(known)]
    if (said < 1).any() or not np.isfinite(said).all() or (said != np.floor(said)).any():
        message = "members: a whole number of people, at least 1"
        raise ValueError(message)
    if (n > known).any():
        message = "members: never fewer than the people who answered"
        raise ValueError(message)
    others = np.maximum(known - 1, 1)  # one member who answered is everybody
    return known, np.where(n > 0, np.sqrt((known - n) / others), np.nan)


def _beside(frame: nw.DataFrame[Any], figures: dict[str, Numbers]) -> Any:
    """Return a frame with more columns, null where a figure is NaN."""
    if not frame.implementation.is_pandas():
        kinds = {name: nw.Int64 if name in _WHOLE else nw.Float64 for name in figures}
        new = [
            nw.new_series(name, values, backend=frame.implementation)
            for name, values in figures.items()
        ]
        nulls = [nw.col(name).fill_nan(None).cast(kind) for name, kind in kinds.items()]
        return frame.with_columns(*new).with_columns(*nulls).to_native()
    native: pd.DataFrame = frame.to_native()
    return native.assign(**{name: _nullable(name, values) for name, values in figures.items()})


def _nullable(name: str, values: Numbers) -> pd.api.extensions.ExtensionArray:
    null = np.isnan(values)
    if name in _WHOLE:
        return pd.arrays.IntegerArray(np.where(null, 0, values).astype(np.int64), null)
    return pd.arrays.FloatingArray(np.where(null, 0, values), null)
