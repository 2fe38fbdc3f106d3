"""How far one distribution is from everybody together, and from a split in two."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from toolkit.scoring.agreement import average_deviation
from toolkit.scoring.inputs import people

__all__ = ["leik", "van_der_eijk"]


def leik(counts: ArrayLike) -> NDArray[np.float64]:
    """Return Leik's ordinal consensus of each distribution.

    1 − 2 Σ Dᵢ / (K − 1), where Dᵢ is the share up to step i, or its complement if that is smaller.
    Steps are only ordered. Not comparable between scales with different numbers of steps: evenly
    spread people give less the fewer the steps. Not a test.

    Parameters
    ----------
    counts
        People on each step, shape (…, K), lowest first, K ≥ 2. Empty steps stay, as zeros.

    Returns
    -------
    ndarray
        Shape (…); from 0 (half at each end) to 1 (all on one step, one person), no unit; NaN where
        nobody answered.

    Raises
    ------
    ValueError
        `counts` is no table of whole numbers of people.

    References
    ----------
    Leik (1966), Pacific Sociological Review 9(2), 85-90. `Leik` of the R package agrmt gives the
    complement, a dispersion.

    Examples
    --------
    >>> round(float(leik([30, 40, 210, 130, 530, 50, 10])), 3)
    0.713
    """
    # Σ Dᵢ is the mean distance to a median, counted step by step.
    deviation = average_deviation(counts, around="median")
    return np.asarray(1 - 2 * deviation / (np.shape(counts)[-1] - 1))


def van_der_eijk(counts: ArrayLike) -> NDArray[np.float64]:
    """Return van der Eijk's agreement A of each distribution.

    The distribution is cut into layers in which every filled step holds as many people; A is the
    mean of U · (1 − (S − 1)/(K − 1)) over people, where S steps of a layer are filled and U says
    how far they stand together. Zero means evenly spread whatever the number of steps. Not a test.

    Parameters
    ----------
    counts
        People on each step, shape (…, K), lowest first, K ≥ 3. Empty steps stay, as zeros.

    Returns
    -------
    ndarray
        Shape (…); from −1 (half at each end) over 0 (evenly spread) to 1 (all on one step, one
        person), no unit; NaN where nobody answered.

    Raises
    ------
    ValueError
        `counts` is no table of whole numbers of people, or has two steps only: U looks at steps by
        threes.

    References
    ----------
    van der Eijk (2001), Quality & Quantity 35(3), 325-341.

    Examples
    --------
    >>> round(float(van_der_eijk([30, 40, 210, 130, 530, 50, 10])), 7)
    0.6113333
    """
    table = people(counts)
    steps = table.shape[-1]
    if steps < 3:  # noqa: PLR2004
        message = "counts: van der Eijk's agreement needs at least three steps"
        raise ValueError(message)
    levels = np.sort(table, axis=-1)
    depths = np.diff(levels, axis=-1, prepend=0)
    total = np.zeros(table.shape[:-1])
    for layer, filled in enumerate(range(steps, 0, -1)):
        full = table >= levels[..., layer, None]
        left = full.cumsum(axis=-1)
        # Of all threes of two filled steps and an empty one, those with the empty one between:
        # U = 1 − (2K − 3)/(K − 2) · torn/all, which is van der Eijk's ratio written shorter.
        torn = (left * (filled - left) * ~full).sum(axis=-1)
        apart = 2 * torn / max(filled - 1, 1) * (2 * steps - 3) / (steps - 2)
        total += depths[..., layer] * (filled * (steps - filled) - apart) / (steps - 1)
    with np.errstate(invalid="ignore"):
        return np.asarray(total / table.sum(axis=-1))
