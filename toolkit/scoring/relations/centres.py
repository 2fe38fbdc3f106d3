"""Whether ties gather around a few partners, and around whom."""

from typing import Literal, NamedTuple

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from toolkit.scoring.relations.pairs import symmetrised
from toolkit.scoring.relations.reading import check_threshold, matrix

__all__ = ["Centralisation", "centralisation", "centrality"]

# Below these, who stands between whom hangs on who happened to answer (domain reference, 4.8).
_FEWEST_PARTNERS, _LEAST_RESPONSE = 8, 0.80


class Centralisation(NamedTuple):
    """Hold how far ties gather around one partner, 0 (around none) to 1 (a star).

    Attributes
    ----------
    in_degree
        Of the ties received.
    out_degree
        Of the ties said.
    """

    in_degree: float
    out_degree: float


def centralisation(
    ties: pd.DataFrame | ArrayLike, threshold: int = 1, *, top: int = 4
) -> Centralisation:
    """Return how far ties gather around one partner: Σ (max d − dᵢ) / (g − 1)².

    Where cells are unanswered, a partner's degree d is the share of its answered cells that hold a
    tie, times g − 1, so that silence is not read as zeros. With every cell answered this is
    Freeman's figure. Not to be read as a fault: a group with a coordinator looks like a star.

    Parameters
    ----------
    ties
        One row a tie, or a square table: see `matrix`.
    threshold
        The level from which there is a tie, 1 to `top`.
    top
        The highest level of the scale.

    Returns
    -------
    Centralisation
        Each from 0 to 1. A partner without one answered cell, received or given, is left out of
        that figure, and g counts the others; NaN if fewer than two are left.

    Raises
    ------
    ValueError
        The threshold is off the scale, or the ties are none: see `matrix`.

    References
    ----------
    Freeman (1979), Social Networks 1(3), 215-239; (g − 1)² for directed ties, Wasserman & Faust
    (1994), Social Network Analysis, chapter 5.

    Examples
    --------
    >>> centralisation([[0, 0, 0], [1, 0, 0], [1, 0, 0]])  # both others name the first
    Centralisation(in_degree=1.0, out_degree=0.25)
    """
    check_threshold(threshold, top)
    table = matrix(ties, top=top)
    tied = (table >= threshold).astype(float).where(table.notna())
    return Centralisation(_gathered(tied.mean(axis=0)), _gathered(tied.mean(axis=1)))


def centrality(
    ties: pd.DataFrame | ArrayLike,
    threshold: int = 1,
    how: Literal["minimum", "mean", "maximum"] = "minimum",
    *,
    top: int = 4,
) -> pd.DataFrame:
    """Return how central each partner is among the ties of those who answered, for analysts.

    Not to be shown as a ranking, nor read as importance: a partner on the edge of the map may be
    the one whom families trust.

    Parameters
    ----------
    ties
        One row a tie, or a square table: see `matrix`.
    threshold
        The level from which there is a tie, 1 to `top`.
    how
        How two answers become one: see `symmetrised`. A pair of which nothing can be said is taken
        as having no tie.
    top
        The highest level of the scale.

    Returns
    -------
    frame
        Indexed by partner: `degree` (partners tied to it), `betweenness` and `closeness` (each from
        0 to 1, no direction, levels not weighed; closeness after Wasserman and Faust where the map
        falls apart), and `reason` why there is no figure: `silent` (the partner did not answer: no
        figure at all), `few_partners` (under 8) or `low_response` (under 80 % of cells answered:
        no betweenness, no closeness); null where all is there.

    Raises
    ------
    ValueError
        `how` or the threshold is unknown, or the ties are none: see `matrix`.

    References
    ----------
    Freeman (1979), Social Networks 1(3), 215-239; limits after Costenbader & Valente (2003), Social
    Networks 25(4), 283-307: a convention of this project.

    Examples
    --------
    >>> kite = nx.to_pandas_adjacency(nx.krackhardt_kite_graph())
    >>> centrality(kite).round(4).loc[7, ["betweenness", "closeness"]].tolist()
    [0.3889, 0.6]
    """
    check_threshold(threshold, top)
    table = matrix(ties, top=top)
    tied = symmetrised(table, how, top=top) >= threshold
    silent = table.isna().all(axis=1)
    graph = nx.from_pandas_adjacency(tied.loc[~silent, ~silent].astype(int))
    limit = _limit(table)
    figures = pd.DataFrame(index=table.index, columns=["degree", "betweenness", "closeness"])
    figures["degree"] = pd.Series(dict(graph.degree()))
    if limit is None:
        figures["betweenness"] = pd.Series(nx.betweenness_centrality(graph))
        figures["closeness"] = pd.Series(nx.closeness_centrality(graph))
    reason = pd.Series(limit, index=table.index, dtype=object).mask(silent, "silent")
    return figures.astype(float).assign(reason=reason)


def _gathered(shares: pd.Series) -> float:
    """Return Freeman's figure from each partner's degree as a share of g − 1."""
    known = shares.dropna()
    if len(known) < 2:  # noqa: PLR2004
        return float("nan")
    return float((known.max() - known).sum() / (len(known) - 1))


def _limit(table: pd.DataFrame) -> str | None:
    possible = len(table) * (len(table) - 1)
    if len(table) < _FEWEST_PARTNERS:
        return "few_partners"
    return "low_response" if np.sum(table.count()) / possible < _LEAST_RESPONSE else None
