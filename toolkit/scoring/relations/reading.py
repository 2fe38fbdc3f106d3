"""Reading ties, in either of their two shapes, into one square table."""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

__all__ = ["check_threshold", "matrix"]


def matrix(
    ties: pd.DataFrame | ArrayLike,
    *,
    top: int = 4,
    partners: Sequence[Hashable] | None = None,
) -> pd.DataFrame:
    """Return ties as a square table: who rates in the rows, who is rated in the columns.

    Every function of this package reads its ties through this one, so each takes either shape.

    Parameters
    ----------
    ties
        Either a frame with one row a tie: `source`, `target`, `value`, and optionally `scale` and
        `mode`; or a table with one row a rater and one column a partner. A level is a whole number
        from 0 (no tie) to `top`; NaN, or no row at all, is a cell that nobody answered. The row of
        a partner who did not answer is absent or all NaN, never zeros. On the diagonal of a table,
        0 and NaN are alike.
    top
        The highest level of the scale: 4 for `himmelman`, 5 for Frey and colleagues.
    partners
        Every partner, in the order wanted; needed only for one that neither rates nor is rated.
        Otherwise the order of the table's columns, or the order of the alphabet.

    Returns
    -------
    frame
        (g, g) levels as floats, NaN where unanswered and on the diagonal; the rows in the order
        of the columns. Not to be shown to partners as it stands: each cell is one answer.

    Raises
    ------
    ValueError
        A tie of a partner to itself; a level that is fractional or off the scale; a cell twice,
        also where two people answer for one partner (take their median first); more than one
        scale or mode; a rater who is not among the partners; fewer than two partners.

    Examples
    --------
    >>> ties = pd.DataFrame({"source": ["A", "B"], "target": ["B", "C"], "value": [3, 0]})
    >>> matrix(ties).loc["A", "B"]
    np.float64(3.0)
    """
    if top != int(top) or top < 1:
        message = "top: the highest level is a whole number, 1 or more"
        raise ValueError(message)
    frame = ties if isinstance(ties, pd.DataFrame) else _named(np.asarray(ties))
    table = _rows(frame) if {"source", "target", "value"} <= set(frame.columns) else _square(frame)
    names = table.columns if partners is None else pd.Index(list(partners))
    _check_names(names, table)
    levels = table.reindex(index=names, columns=names)
    _check_levels(levels.to_numpy(), top)
    return levels


def check_threshold(threshold: int, top: int) -> None:
    """Refuse a threshold that is no level of the scale above 0."""
    if threshold not in range(1, top + 1):
        message = f"threshold: a level from 1 to {top}"
        raise ValueError(message)


def _named(table: NDArray[Any]) -> pd.DataFrame:
    # Without names nobody can tell which row is absent, so none may be.
    if table.ndim != 2 or len(set(table.shape)) > 1:  # noqa: PLR2004
        message = "ties: as many rows as columns, one for each partner"
        raise ValueError(message)
    return pd.DataFrame(table)


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    for column in ("scale", "mode"):
        if column in frame and len(frame[column].unique()) > 1:
            message = f"ties: more than one {column}; such ties are never compared"
            raise ValueError(message)
    if frame[["source", "target"]].isna().to_numpy().any():
        message = "ties: every tie names its source and its target"
        raise ValueError(message)
    if frame.duplicated(["source", "target"]).any():
        message = "ties: one answer for each source and target; a cell is there twice"
        raise ValueError(message)
    value = _numbers(frame["value"])
    if (frame["source"].eq(frame["target"]).to_numpy() & ~np.isnan(value)).any():
        message = "ties: a partner has no tie to itself"
        raise ValueError(message)
    names = sorted({*frame["source"], *frame["target"]}, key=str)
    wide = frame.assign(value=value).pivot(index="source", columns="target", values="value")  # noqa: PD010
    return wide.reindex(columns=names).rename_axis(index=None, columns=None)


def _square(frame: pd.DataFrame) -> pd.DataFrame:
    if not (frame.index.is_unique and frame.columns.is_unique):
        message = "ties: every partner has one row and one column; a name is there twice"
        raise ValueError(message)
    if not frame.index.isin(frame.columns).all():
        message = "ties: columns source, target and value; or a table whose raters are its partners"
        raise ValueError(message)
    numbers = {name: _numbers(frame[name]) for name in frame.columns}
    table = pd.DataFrame(numbers, index=frame.index, columns=frame.columns).reindex(frame.columns)
    own = np.diag(table)
    if (~np.isnan(own) & (own != 0)).any():
        message = "ties: a partner has no tie to itself"
        raise ValueError(message)
    return table.mask(np.eye(len(table), dtype=bool))


def _numbers(column: pd.Series) -> NDArray[np.float64]:
    try:
        return pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError) as error:
        message = "ties: a level is a number, or NaN where nobody answered"
        raise ValueError(message) from error


def _check_names(names: pd.Index, table: pd.DataFrame) -> None:
    if not names.is_unique or not table.columns.isin(names).all():
        message = "partners: every partner of the ties, once"
        raise ValueError(message)
    if len(names) < 2:  # noqa: PLR2004
        message = "ties: at least two partners are needed"
        raise ValueError(message)


def _check_levels(levels: NDArray[np.float64], top: int) -> None:
    known = levels[~np.isnan(levels)]
    if ((known < 0) | (known > top) | (known != np.floor(known))).any():
        message = f"ties: a level is a whole number from 0 to {top}"
        raise ValueError(message)
