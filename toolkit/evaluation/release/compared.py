"""Who moved from round to round: which of these tables, less another, would tell of a few."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["COUNTS", "protected"]

COUNTS = ["fell", "same", "rose"]
_PEOPLE = [*COUNTS, "pairs"]


def protected(
    moved: Iterable[pd.DataFrame], k: int, given: pd.DataFrame | None = None
) -> list[pd.DataFrame]:
    """Mask, of each table, the rows that another one, less it, would let somebody read.

    Who answered the first and the second round, and who answered the first and the third, differ
    by a few: whoever believes that the others stayed as they were reads off how these few moved.

    Parameters
    ----------
    moved
        A table for each pair of rounds, as `moves.moves` or `then.then` returns it, with `before`
        and `after`; those first that are to stay.
    k
        The smallest number of people that may be told apart.
    given
        All such rows that were ever shown: a row of which other numbers were shown is masked.
    """
    kept: list[Mapping[Any, Any]] = [] if given is None else [*given.to_dict("records")]
    found = []
    for table in moved:
        masked = table.copy()
        for place, row in enumerate(table.to_dict("records")):
            if any(_few_apart(row, other, k) for other in kept):
                masked.loc[masked.index[place], _PEOPLE] = pd.NA
            else:
                kept.append(row)
        found.append(masked)
    return found


def _few_apart(row: Mapping[Any, Any], other: Mapping[Any, Any], k: int) -> bool:
    """Return whether two rows about the same condition and one same round differ by a few.

    Two rows about the same two rounds must not differ at all.
    """
    shared = [row[name] == other[name] for name in ("before", "after")]
    alike = row["condition"] == other["condition"]
    alike &= row.get("compared", "") == other.get("compared", "")
    if not (any(shared) and alike) or pd.isna(row["pairs"]) or pd.isna(other["pairs"]):
        return False
    change = np.array([row[name] - other[name] for name in COUNTS], dtype=int)
    if all(shared):
        return bool(change.any())
    return bool(0 < abs(change.sum()) < k and ((change >= 0).all() or (change <= 0).all()))
