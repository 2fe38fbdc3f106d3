"""Ties within and between groups of partners, such as levels or sectors."""

from collections.abc import Hashable, Mapping
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from toolkit.scoring.relations.reading import check_threshold, matrix

__all__ = ["ei_index", "mixing"]


def ei_index(
    ties: pd.DataFrame | ArrayLike,
    groups: Mapping[Hashable, Hashable] | pd.Series,
    threshold: int = 1,
    *,
    top: int = 4,
) -> float:
    """Return whether ties go out of the groups or stay within: (E − I) / (E + I).

    Not to be read alone: many small groups push it towards 1 whatever partners do. Read it beside
    `mixing`, which gives how many cells each kind of tie could have filled.

    Parameters
    ----------
    ties
        One row a tie, or a square table: see `matrix`. Every direction counts as one tie.
    groups
        The group of each partner, such as its level or its sector.
    threshold
        The level from which there is a tie, 1 to `top`.
    top
        The highest level of the scale.

    Returns
    -------
    float
        From −1 (all ties within groups) to 1 (all between); NaN if there is no tie.

    Raises
    ------
    ValueError
        A partner has no group, the threshold is off the scale, or the ties are none: see `matrix`.

    References
    ----------
    Krackhardt & Stern (1988), Social Psychology Quarterly 51(2), 123-140.

    Examples
    --------
    >>> ei_index([[0, 4, 2], [3, 0, 0], [0, 0, 0]], {0: "local", 1: "local", 2: "regional"})
    -0.3333333333333333
    """
    check_threshold(threshold, top)
    cells = _cells(ties, groups, top)
    tied = cells[cells["level"] >= threshold]
    if tied.empty:
        return float("nan")
    external = int((tied["source"] != tied["target"]).sum())
    return (2 * external - len(tied)) / len(tied)


def mixing(
    ties: pd.DataFrame | ArrayLike,
    groups: Mapping[Hashable, Hashable] | pd.Series,
    threshold: int = 1,
    *,
    top: int = 4,
) -> pd.DataFrame:
    """Return the ties that each group of partners says it has with each group.

    Not to be shown where a group is a single partner that did not agree to it: its row is then that
    partner's own answers.

    Parameters
    ----------
    ties
        One row a tie, or a square table: see `matrix`.
    groups
        The group of each partner, such as its level or its sector.
    threshold
        The level from which there is a tie, 1 to `top`.
    top
        The highest level of the scale.

    Returns
    -------
    frame
        One row for each group that rates and group rated, in the order of `groups`: `source`,
        `target`, `answered` (cells), `ties` (cells at the threshold or above), `mean` (level of the
        answered cells, NaN if none).

    Raises
    ------
    ValueError
        A partner has no group, the threshold is off the scale, or the ties are none: see `matrix`.

    References
    ----------
    Newman (2003), Physical Review E 67, 026126, for mixing matrices.

    Examples
    --------
    >>> by_level = {0: "local", 1: "local", 2: "regional"}
    >>> mixing([[0, 4, 2], [3, 0, 0], [0, 0, 0]], by_level)["ties"].tolist()
    [2, 1, 0, 0]
    """
    check_threshold(threshold, top)
    cells = _cells(ties, groups, top)
    sums = (
        cells.assign(tied=cells["level"] >= threshold)
        .groupby(["source", "target"])
        .agg(answered=("level", "size"), ties=("tied", "sum"), mean=("level", "mean"))
    )
    names = list(dict.fromkeys(dict(groups).values()))
    every = pd.MultiIndex.from_tuples(product(names, names), names=["source", "target"])
    table = sums.reindex(every).reset_index()
    return table.fillna({"answered": 0, "ties": 0}).astype({"answered": int, "ties": int})


def _cells(
    ties: pd.DataFrame | ArrayLike, groups: Mapping[Hashable, Hashable] | pd.Series, top: int
) -> pd.DataFrame:
    """Return the answered cells: group that rates, group rated, level."""
    table = matrix(ties, top=top)
    group = dict(groups)
    if any(partner not in group or pd.isna(group[partner]) for partner in table.index):
        message = "groups: every partner has a group"
        raise ValueError(message)
    names = pd.Series([group[partner] for partner in table.index])
    source, target = np.nonzero(table.notna().to_numpy())
    return pd.DataFrame(
        {
            "source": names.to_numpy()[source],
            "target": names.to_numpy()[target],
            "level": table.to_numpy()[source, target],
        }
    )
