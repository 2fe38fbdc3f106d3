"""The answers of the same people in several rounds, side by side."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["matched", "numbers"]

_NUMBERS = {"integer", "floating", "mixed-integer-float"}


def matched(rounds: Mapping[str, Any], steps: int | None = None) -> pd.DataFrame:
    """Return one row a rater and one column a round, NaN where a rater gave no value.

    Parameters
    ----------
    rounds
        From the name of an argument to its values: all of them Series, matched on their index
        (the raters), or none of them, matched by place.
    steps
        How many steps the scale has; without it, any number is a value.

    Raises
    ------
    ValueError
        Series mixed with plain sequences; plain sequences of different lengths; a rater twice, or
        without a name, in an index; text; an infinite value; a value that is no step.
    """
    names = ", ".join(rounds)
    linked = [isinstance(values, pd.Series) for values in rounds.values()]
    if any(linked) != all(linked):
        message = f"{names}: all are Series, matched on their raters, or none, matched by place"
        raise ValueError(message)
    columns = {}
    for name, values in rounds.items():
        found = numbers(values, name)
        if steps is not None:
            _check_steps(found, name, steps)
        columns[name] = pd.Series(found, index=_raters(values, name) if all(linked) else None)
    if not all(linked) and len({len(column) for column in columns.values()}) > 1:
        message = f"{names}: as many values in each, one a rater, in the same order"
        raise ValueError(message)
    return pd.concat(columns, axis=1, sort=False)


def numbers(values: Any, argument: str) -> NDArray[np.float64]:
    """Return values as an array of one axis, NaN where there is none.

    Raises
    ------
    ValueError
        Naming the argument: more or less than one axis, text or truth values, an infinite value.
    """
    if np.ndim(values) != 1:
        message = f"{argument}: the values stand on one axis"
        raise ValueError(message)
    column = values if isinstance(values, pd.Series) else pd.Series(list(values))
    given = column.dropna()
    if len(given) and pd.api.types.infer_dtype(given) not in _NUMBERS:
        message = f"{argument}: every value is a number, or missing"
        raise ValueError(message)
    found = column.to_numpy(dtype=float, na_value=np.nan)
    if np.isinf(found).any():
        message = f"{argument}: no value is infinite"
        raise ValueError(message)
    return found


def _check_steps(found: NDArray[np.float64], argument: str, steps: int) -> None:
    if steps < 2 or steps % 1:  # noqa: PLR2004
        message = "steps: a scale has a whole number of steps, at least two"
        raise ValueError(message)
    given = found[~np.isnan(found)]
    if not np.isin(given, np.arange(1, steps + 1)).all():
        message = f"{argument}: every value is a whole step from 1 to {steps}"
        raise ValueError(message)


def _raters(values: pd.Series, argument: str) -> pd.Index:
    if not values.index.is_unique:
        message = f"{argument}: a rater stands in the index once"
        raise ValueError(message)
    if values.index.to_frame().isna().to_numpy().any():
        message = f"{argument}: every rater has a name in the index"
        raise ValueError(message)
    return values.index
