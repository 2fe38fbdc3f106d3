"""Who moved from round to round: which of these tables, less another, would tell of a few."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from toolkit.scoring.suppression import audit

__all__ = ["COUNTS", "KEYS", "attacked", "differing", "protected"]

#: Two tables may be taken off each other where they share a round; each row is a condition's.
KEYS = ["before", "after", "condition", "compared"]
COUNTS = ["fell", "same", "rose"]
_PEOPLE = [*COUNTS, "pairs"]


def protected(moved: Iterable[pd.DataFrame], k: int) -> list[pd.DataFrame]:
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
    """
    kept: list[Mapping[Any, Any]] = []
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
    """Return whether two rows about the same condition and one same round differ by a few."""
    shared = row["before"] == other["before"] or row["after"] == other["after"]
    alike = all(row.get(name) == other.get(name) for name in ("condition", "compared"))
    if not (shared and alike):
        return False
    if pd.isna(row["pairs"]) or pd.isna(other["pairs"]):
        return False
    change = np.array([row[name] - other[name] for name in COUNTS], dtype=int)
    return bool(0 < abs(change.sum()) < k and ((change >= 0).all() or (change <= 0).all()))


def differing(moved: pd.DataFrame) -> Iterator[dict[Any, Any]]:
    """Yield the condition and the rounds of which two releases tell different numbers."""
    several = moved.groupby(KEYS, sort=False)[_PEOPLE].nunique()
    rows = several[(several > 1).any(axis=1)].reset_index()
    yield from rows.to_dict("records")


def attacked(moved: pd.DataFrame, k: int, k_distribution: int) -> Iterator[dict[str, Any]]:
    """Yield what the tables of several releases give away together.

    Returns
    -------
    iterator of dict
        `condition`, `before`, `after`, then `beside`, the round that stands in another table in
        place of one of these, and `value`, how many people are the difference.
    """
    # What all of them tell together: a row that one masks and another shows is shown.
    together = moved.groupby(KEYS, sort=False).first().reset_index()
    steps = {name: f"step_{place}" for place, name in enumerate(COUNTS, start=1)}
    table = together.rename(columns={**steps, "pairs": "n"})
    for shared, other in (("before", "after"), ("after", "before")):
        for finding in audit(table, k, k_distribution, wave=other):
            if finding.what == "newcomer" or shared == "before":
                beside = finding.figure if finding.what == "newcomer" else ""
                found = {"beside": beside, "shared": shared, "value": finding.value}
                yield {**finding.where, **found}
