"""How far raters tell several units apart alike."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from toolkit.scoring.inputs import answers

__all__ = ["Level", "krippendorff_alpha"]

Level = Literal["nominal", "ordinal", "interval", "ratio"]


def krippendorff_alpha(ratings: ArrayLike, level: Level) -> float:
    """Return Krippendorff's alpha of raters over several units.

    1 − Dₒ/Dₑ, the disagreement seen within units against that expected between any two answers. It
    needs units that differ: where all units are rated much the same it is near 0 however well
    people agree, so use it neither for one indicator nor in place of `tastle_wierman`. No test.

    Parameters
    ----------
    ratings
        Answers, shape (raters, units), any numbers; NaN where one is missing. Units with fewer
        than two answers pair nothing and are left out.
    level
        What two answers' distance is: `nominal`, alike or not; `ordinal`, how many answers lie
        between them; `interval`, their difference; `ratio`, their difference against their sum.

    Returns
    -------
    float
        At most 1 (every unit rated alike by all), 0 as if answers were dealt at random, less where
        raters contradict each other; no unit. NaN, undefined, where no unit has two answers (one
        rater, all missing) or where all answers that pair are alike.

    Raises
    ------
    ValueError
        `ratings` is no table of numbers, `level` is unknown, or an answer on a ratio scale is
        below 0.

    References
    ----------
    Hayes & Krippendorff (2007), Communication Methods and Measures 1(1), 77-89; Krippendorff
    (2019), Content Analysis, 4th ed.

    Examples
    --------
    Four coders, twelve units, after Krippendorff.

    >>> _ = float("nan")
    >>> coders = [
    ...     [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    ...     [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    ...     [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    ...     [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ... ]
    >>> round(krippendorff_alpha(coders, "ordinal"), 3)
    0.815
    """
    table = answers(ratings)
    if level not in get_args(Level):
        message = f"level: one of {', '.join(get_args(Level))}"
        raise ValueError(message)
    if level == "ratio" and (table < 0).any():
        message = "ratings: a ratio scale has no value below 0"
        raise ValueError(message)
    _, units = np.nonzero(~np.isnan(table))
    values, place = np.unique(table[~np.isnan(table)], return_inverse=True)
    counts = np.zeros((table.shape[1], len(values)))
    np.add.at(counts, (units, place), 1)

    counts = counts[counts.sum(axis=1) > 1]
    # An answer is paired with itself too: at no distance, that weighs nothing.
    coincidences = counts.T @ (counts / (counts.sum(axis=1, keepdims=True) - 1))
    totals = counts.sum(axis=0)
    distance = _distance(values, totals, level)
    expected = totals @ distance @ totals
    if not expected:
        return float("nan")
    return float(1 - (totals.sum() - 1) * (coincidences * distance).sum() / expected)


def _distance(
    values: NDArray[np.float64], totals: NDArray[np.float64], level: Level
) -> NDArray[np.float64]:
    """Return the squared distance between each two values, shape (values, values)."""
    if level == "nominal":
        return 1 - np.eye(len(values))
    # How many answers lie between two values is how far apart their middle ranks are.
    scores = totals.cumsum() - totals / 2 if level == "ordinal" else values
    difference = np.subtract.outer(scores, scores)
    if level == "ratio":
        together = np.add.outer(values, values)
        difference = np.divide(difference, together, where=together > 0, out=difference)
    return np.asarray(difference**2)
