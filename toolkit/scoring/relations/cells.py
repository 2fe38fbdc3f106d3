"""How strong the ties are: all together, and partner by partner."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from toolkit.scoring.relations.reading import matrix

__all__ = ["Levels", "levels"]


@dataclass(frozen=True, eq=False)
class Levels:
    """Hold what the answered cells say.

    Attributes
    ----------
    answered, possible
        Cells answered, of the g(g − 1) that there are.
    silent
        Partners who rated nobody.
    density
        Share of the answered cells at each level or above, indexed 1 to `top`; 0 to 1.
    mean
        Mean level of the answered cells, 0 to `top`.
    partners
        Indexed by partner: `in_level` (mean level that others give it), `out_level` (mean level
        that it gives), `in_answers` and `out_answers` (how many cells each rests on).
    """

    answered: int
    possible: int
    silent: tuple[Hashable, ...]
    density: pd.Series
    mean: float
    partners: pd.DataFrame


def levels(ties: pd.DataFrame | ArrayLike, *, top: int = 4) -> Levels:
    """Return density at each level, the mean level, and how each partner rates and is rated.

    Denominators are answered cells: a silent partner lowers nothing. Not to be used to rank
    partners or coalitions: a high level is not better, and a level says nothing about results.
    An `in_level` that rests on two or three answers shows who gave them.

    Parameters
    ----------
    ties
        One row a tie, or a square table: see `matrix`.
    top
        The highest level of the scale.

    Returns
    -------
    Levels
        With no answered cell, `density` and `mean` are NaN; a partner whom nobody rated has no
        `in_level` (NaN), one who rated nobody no `out_level`.

    Raises
    ------
    ValueError
        The ties are none: see `matrix`.

    References
    ----------
    Frey, Lohmeier, Lee & Tollefson (2006), American Journal of Evaluation 27(3), 383-392, for means
    of levels; density over answered cells is this project's choice.

    Examples
    --------
    >>> nan = float("nan")
    >>> found = levels([[nan, 4, 2], [3, nan, nan], [nan, nan, nan]])
    >>> found.answered, found.mean, found.silent
    (3, 3.0, (2,))
    """
    table = matrix(ties, top=top)
    cells = table.to_numpy()
    known = cells[~np.isnan(cells)]
    thresholds = pd.RangeIndex(1, top + 1, name="threshold")
    shares = [(known >= threshold).mean() if known.size else np.nan for threshold in thresholds]
    given = table.count(axis=1)
    partners = pd.DataFrame(
        {
            "in_level": table.mean(axis=0),
            "out_level": table.mean(axis=1),
            "in_answers": table.count(axis=0),
            "out_answers": given,
        }
    )
    return Levels(
        answered=known.size,
        possible=len(table) * (len(table) - 1),
        silent=tuple(table.index[given == 0].tolist()),
        density=pd.Series(shares, index=thresholds, name="density"),
        mean=float(known.mean()) if known.size else float("nan"),
        partners=partners,
    )
