"""The distribution of everybody, of each group, and of groups that cross, in one table."""

from collections.abc import Sequence
from itertools import combinations

import pandas as pd

from toolkit.scoring.distribution import distribution
from toolkit.scoring.suppression import EVERYBODY
from toolkit.scoring.suppression.table import filters_of

__all__ = ["groupings"]


def groupings(
    ratings: pd.DataFrame, by: Sequence[str], filters: Sequence[str] = ("group",), *, last: int = 0
) -> pd.DataFrame:
    """Return every distribution that must be protected together.

    Parameters
    ----------
    ratings
        As `distribution` takes them, in pandas, with a column for each filter.
    by
        Columns that name a line: round, indicator, aspect…
    filters
        Columns that name a group.
    last
        How many steps the scale has, for when nobody has answered yet.

    Returns
    -------
    frame
        The columns of `by`, the filters (`all` for everybody) and the counts of `distribution`:
        the totals, then each filter's groups, then the groups that cross.

    Raises
    ------
    ValueError
        As `distribution` says; a filter is no column; or a group is called `all`.
    """
    filters_of(list(ratings.columns), filters)
    if any((ratings[name] == EVERYBODY).any() for name in filters):
        raise ValueError(f"ratings: no group is called {EVERYBODY!r}, which means everybody")
    parts = []
    for size in range(len(filters) + 1):
        for chosen in combinations(filters, size):
            part: pd.DataFrame = distribution(ratings, [*by, *chosen], last=last)
            others = {name: EVERYBODY for name in filters if name not in chosen}
            parts.append(part.assign(**others))
    columns = list(parts[0].columns)
    ordered = [*by, *filters, *(name for name in columns if name not in {*by, *filters})]
    return pd.concat(parts, ignore_index=True)[ordered]
