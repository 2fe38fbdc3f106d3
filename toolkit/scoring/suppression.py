"""Keep small groups from being recognised in what is shown."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["EVERYBODY", "hidden_groups", "protect"]

#: The group of a row that counts everybody.
EVERYBODY = "all"


#: What tells, or with the medians nearly tells, how many stand on each step.
_DETAIL = ("step_", "start_", "end_", "top", "agreement")
#: What says that people do not know, and nothing of what the others answered.
_UNKNOWN = ("dont_know", "unknown")


def hidden_groups(people: NDArray[np.int64], k: int) -> NDArray[np.bool_]:
    """Return which groups must not be shown beside a total.

    A group below `k` is hidden; then the next smallest ones too, until those that are hidden
    together number `k`, since the total less the shown ones gives the hidden ones away.

    Parameters
    ----------
    people
        People in each group, shape (rows, groups); the groups of a row add up to its total.
    k
        The smallest number of people that may be shown.
    """
    order = np.argsort(people, axis=1, kind="stable")
    ascending = np.take_along_axis(people, order, axis=1)
    small = (ascending < k).sum(axis=1)
    together = ascending.cumsum(axis=1)
    enough = np.minimum((together < k).sum(axis=1) + 1, people.shape[1])
    someone = np.take_along_axis(together, np.maximum(small - 1, 0)[:, None], axis=1)[:, 0] > 0
    prefix = np.where((small > 0) & someone, np.maximum(small, enough), small)
    hidden = np.empty(people.shape, dtype=bool)
    np.put_along_axis(hidden, order, np.arange(people.shape[1]) < prefix[:, None], axis=1)
    return hidden


def protect(
    figures: pd.DataFrame, k: int = 5, k_distribution: int = 8, by: Sequence[str] = ()
) -> pd.DataFrame:
    """Mask every row from which a person, or a small group, could be recognised.

    Parameters
    ----------
    figures
        One row for each group and each combination of `by`; `group` is `all` for everybody; `n`
        is the people in the row. A row for everybody must stand beside its groups.
    k
        Fewest people for a statistic (a median, a share).
    k_distribution
        Fewest people for the count of each step.
    by
        The columns that, with `group`, tell rows apart.

    Returns
    -------
    frame
        The same rows with `shown` (`distribution`, `statistic` or `nothing`); every other figure
        of a hidden row is null, and so is the detail (counts of each step, the top two, exact
        agreement) where only a statistic may be shown. That people do not know is told of
        everybody as soon as `k` were asked.
    """
    rows = figures.reset_index(drop=True)
    nothing, few = rows["n"] < k, rows["n"] < k_distribution
    parts = rows[rows["group"] != EVERYBODY]
    if not parts.empty:
        row = parts.groupby(list(by)).ngroup().to_numpy() if by else np.zeros(len(parts), int)
        column, groups = pd.factorize(parts["group"])
        people = np.zeros((row.max() + 1, len(groups)), dtype=np.int64)
        people[row, column] = parts["n"].to_numpy(dtype=np.int64)
        # Both tiers: the counts of the total less those of the groups are counts as well.
        nothing.loc[parts.index] = hidden_groups(people, k)[row, column]
        few.loc[parts.index] = hidden_groups(people, k_distribution)[row, column]
    masked = [column for column in rows.columns if column not in {*by, "group"}]
    detail = [column for column in masked if column.startswith(_DETAIL)]
    nullable = {"i": "Int64", "u": "Int64", "f": "Float64"}
    kinds = {column: rows[column].dtype.kind for column in masked}
    rows = rows.astype({name: nullable[kind] for name, kind in kinds.items() if kind in nullable})
    unknown = [column for column in _UNKNOWN if column in masked]
    kept = rows.loc[_unknown_to_enough(rows, k), unknown]
    rows.loc[nothing, masked] = pd.NA
    rows.loc[few, detail] = pd.NA
    rows.loc[kept.index, unknown] = kept
    shown = np.where(nothing, "nothing", np.where(few, "statistic", "distribution"))
    return rows.assign(shown=shown)


def _unknown_to_enough(rows: pd.DataFrame, k: int) -> pd.Series:
    if "dont_know" not in rows:
        return pd.Series(data=False, index=rows.index)
    return (rows["group"] == EVERYBODY) & (rows["n"] + rows["dont_know"] >= k)
