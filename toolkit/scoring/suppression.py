"""Keep small groups from being recognised in what is shown."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["EVERYBODY", "hidden_groups", "protect"]

#: The group of a row that counts everybody.
EVERYBODY = "all"


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
        of a hidden row is null, and so are the counts of each step where only a statistic may be
        shown.
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
    counts = [column for column in masked if column.startswith(("step_", "start_", "end_"))]
    numbers = [column for column in masked if pd.api.types.is_numeric_dtype(rows[column])]
    rows = rows.astype(dict.fromkeys(numbers, "Float64"))
    rows.loc[nothing, masked] = None
    rows.loc[few, counts] = pd.NA
    shown = np.where(nothing, "nothing", np.where(few, "statistic", "distribution"))
    return rows.assign(shown=shown)
