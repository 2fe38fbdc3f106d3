"""What two partners say of one another."""

from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from toolkit.scoring.relations.reading import check_threshold, matrix

__all__ = ["STATES", "Reciprocity", "dyads", "reciprocity", "symmetrised"]

#: What can be said of a pair.
STATES = ("agree", "differ", "unverifiable")


class Reciprocity(NamedTuple):
    """Hold how often a tie is returned, by both definitions.

    Attributes
    ----------
    dyads
        M / (M + A): of the pairs with a tie, the share where both say so.
    arcs
        2M / (2M + A): of the ties said, the share that is returned; never below `dyads`.
    mutual, asymmetric
        M, pairs where both reach the threshold, and A, pairs where only one does.
    """

    dyads: float
    arcs: float
    mutual: int
    asymmetric: int


def dyads(ties: pd.DataFrame | ArrayLike, *, top: int = 4) -> pd.DataFrame:
    """Return what the two partners of each pair say, and whether they say the same.

    A pair that differs is a topic to discuss, not a fault of the one who rates lower. `forward` and
    `back` are two partners' own answers: what both may see are the other columns.

    Parameters
    ----------
    ties
        One row a tie, or a square table: see `matrix`.
    top
        The highest level of the scale.

    Returns
    -------
    frame
        One row a pair, in the order of the partners: `first`, `second`; `forward` (level that the
        first gives the second) and `back`, NaN where unanswered; `state`, a category of `STATES`:
        same level, a level or more apart, or unverifiable since one or both did not answer;
        `minimum` (the confirmed level, NaN if unverifiable) and `mean` (of the answers that there
        are, NaN if none). `dyads(ties)["state"].value_counts()` counts them.

    Raises
    ------
    ValueError
        The ties are none: see `matrix`.

    References
    ----------
    Frey, Lohmeier, Lee & Tollefson (2006), American Journal of Evaluation 27(3), 383-392, for
    unequal answers as a topic.

    Examples
    --------
    >>> dyads([[0, 4, 2], [3, 0, 0], [2, 0, 0]])["state"].tolist()
    ['differ', 'agree', 'agree']
    """
    table = matrix(ties, top=top)
    cells = table.to_numpy()
    first, second = np.triu_indices(len(table), 1)
    forward, back = cells[first, second], cells[second, first]
    silent = np.isnan(forward) | np.isnan(back)
    state = np.where(silent, "unverifiable", np.where(forward == back, "agree", "differ"))
    return pd.DataFrame(
        {
            "first": table.index[first],
            "second": table.index[second],
            "forward": forward,
            "back": back,
            "state": pd.Categorical(state, categories=STATES),
            "minimum": np.minimum(forward, back),
            "mean": _mean(forward, back),
        }
    )


def symmetrised(
    ties: pd.DataFrame | ArrayLike,
    how: Literal["minimum", "mean", "maximum"] = "minimum",
    *,
    top: int = 4,
) -> pd.DataFrame:
    """Return one level for each pair of partners, the same in both directions.

    Say which way was used wherever the result is shown; `maximum` turns one partner's claim into a
    tie and must not be called confirmed.

    Parameters
    ----------
    ties
        One row a tie, or a square table: see `matrix`.
    how
        `minimum`: the level that both confirm, NaN if one did not answer; `mean` and `maximum`: of
        the answers that there are, so one alone stands for the pair.
    top
        The highest level of the scale.

    Returns
    -------
    frame
        (g, g), levels from 0 to `top` (halves with `mean`); NaN where nothing can be said and on
        the diagonal.

    Raises
    ------
    ValueError
        `how` is none of the three, or the ties are none: see `matrix`.

    Examples
    --------
    >>> symmetrised([[0, 4], [3, 0]]).iloc[0, 1]
    np.float64(3.0)
    """
    table = matrix(ties, top=top)
    there = table.to_numpy()
    back = there.T
    ways = {
        "minimum": np.minimum(there, back),
        "mean": _mean(there, back),
        "maximum": np.fmax(there, back),
    }
    if how not in ways:
        message = "how: minimum, mean or maximum"
        raise ValueError(message)
    return pd.DataFrame(ways[how], index=table.index, columns=table.columns)


def reciprocity(ties: pd.DataFrame | ArrayLike, threshold: int = 1, *, top: int = 4) -> Reciprocity:
    """Return how often a tie of at least this level is returned, by both usual definitions.

    Only pairs where both answered count. The two definitions differ, so name the one that is said.
    Not to be compared between coalitions of different size or response.

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
    Reciprocity
        Shares from 0 to 1; NaN if no verifiable pair has a tie.

    Raises
    ------
    ValueError
        The threshold is off the scale, or the ties are none: see `matrix`.

    References
    ----------
    Wasserman & Faust (1994), Social Network Analysis, chapter 13, for the dyad census.

    Examples
    --------
    >>> reciprocity([[0, 4, 2], [3, 0, 0], [0, 0, 0]])[:2]  # M = 1, A = 1
    (0.5, 0.6666666666666666)
    """
    check_threshold(threshold, top)
    pairs = dyads(ties, top=top).query("state != 'unverifiable'")
    said = (pairs[["forward", "back"]] >= threshold).sum(axis=1)
    mutual, asymmetric = int((said == 2).sum()), int((said == 1).sum())  # noqa: PLR2004
    if not mutual + asymmetric:
        return Reciprocity(float("nan"), float("nan"), 0, 0)
    return Reciprocity(
        dyads=mutual / (mutual + asymmetric),
        arcs=2 * mutual / (2 * mutual + asymmetric),
        mutual=mutual,
        asymmetric=asymmetric,
    )


def _mean(forward: NDArray[np.float64], back: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of two answers, or the one that there is."""
    return (np.fmax(forward, back) + np.fmin(forward, back)) / 2
