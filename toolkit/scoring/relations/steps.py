"""How many ties apart partners are."""

from typing import Literal

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from toolkit.scoring.relations.pairs import symmetrised
from toolkit.scoring.relations.reading import check_threshold

__all__ = ["steps"]


def steps(
    ties: pd.DataFrame | ArrayLike,
    threshold: int = 1,
    how: Literal["minimum", "mean", "maximum"] = "minimum",
    *,
    top: int = 4,
) -> pd.DataFrame:
    """Return over how many ties each partner reaches each other: 1 where tied, 2 through somebody.

    Not to be read as a gap to close: two partners may well need nothing of each other. A pair of
    which nothing can be said is taken as having no tie, so silence makes ways longer.

    Parameters
    ----------
    ties
        One row a tie, or a square table: see `matrix`.
    threshold
        The level from which there is a tie, 1 to `top`.
    how
        How two answers become one: see `symmetrised`.
    top
        The highest level of the scale.

    Returns
    -------
    frame
        (g, g), whole numbers as floats; NaN where no way leads, and on the diagonal.

    Raises
    ------
    ValueError
        `how` or the threshold is unknown, or the ties are none: see `matrix`.

    Examples
    --------
    >>> steps([[0, 2, 0], [2, 0, 1], [0, 1, 0]]).iloc[0].tolist()  # the third, through the second
    [nan, 1.0, 2.0]
    """
    check_threshold(threshold, top)
    tied = symmetrised(ties, how, top=top) >= threshold
    graph = nx.from_pandas_adjacency(tied.astype(int))
    ways = {one: dict(reached) for one, reached in nx.all_pairs_shortest_path_length(graph)}
    table = pd.DataFrame.from_dict(ways, orient="index", dtype=float)
    table = table.reindex(index=tied.index, columns=tied.columns)
    return table.mask(np.eye(len(table), dtype=bool))
