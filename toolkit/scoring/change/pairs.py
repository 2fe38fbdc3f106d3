"""How the same people's answers moved from one round to the next."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from toolkit.scoring.change.matching import matched
from toolkit.scoring.change.signed_rank import shift_interval, sign_test, signed_rank

__all__ = ["Paired", "compared", "paired"]

#: Below this many, not even everybody moving the same way gives a two-sided p under .05.
_FEWEST = 6
# 3.5 - 3.2 and 2.4 - 2.1 are one and the same shift, whatever binary fractions make of it.
_DECIMALS = 9


@dataclass(frozen=True, kw_only=True)
class Paired:
    """What became of one answer among the people who gave it in both rounds.

    Attributes
    ----------
    pairs, unpaired
        People with a value in both rounds; people with a value missing in one or in both.
    rose, same, fell
        How many of the pairs went up, stayed and went down; their sum is `pairs`.
    status
        `tested`; `too_few`, with fewer than 6 untied pairs; `all_same`, if at least 6 pairs are
        there and none moved.
    w_plus, w_minus
        Sums of the (mid-)ranks of those who rose and of those who fell. None unless tested.
    p, sign_p
        Exact two-sided p of the signed-rank test and of the sign test. None unless tested.
    rank_biserial
        (W+ - W-) / (W+ + W-), from -1 (all who moved fell) to 1 (all rose). None unless tested.
    shift, low, high
        The Hodges-Lehmann median shift and its interval, in the unit of the values. It is of all
        pairs, unmoved ones too, hence present even if too few moved; None below 6 pairs. `low`
        and `high` are None as well where no interval reaches `level`.
    level, coverage
        The level asked for, and what the interval exactly covers when no shifts are tied; with
        ties it covers at least that. None without an interval.
    """

    pairs: int
    unpaired: int
    rose: int
    same: int
    fell: int
    status: str
    level: float
    w_plus: float | None = None
    w_minus: float | None = None
    p: float | None = None
    sign_p: float | None = None
    rank_biserial: float | None = None
    shift: float | None = None
    low: float | None = None
    high: float | None = None
    coverage: float | None = None

    @property
    def tied(self) -> int:
        """The pairs with the same value twice, which no test counts; `same` by its other name."""
        return self.same

    @property
    def untied(self) -> int:
        """The pairs that moved, which is all that the tests look at."""
        return self.rose + self.fell

    @property
    def smallest_p(self) -> float:
        """The p that the tests would give had everybody who moved gone the same way."""
        return min(1.0, 2.0 ** (1 - self.untied))


def paired(before: Any, after: Any, *, level: float = 0.95, steps: int | None = None) -> Paired:
    """Return how many rose, stayed and fell, with exact tests and the median shift.

    Say the counts first; the tests are a footnote. They ask whether those who moved went one way
    more than chance would. Not for cause, nor for the size of a change (a small p is no large
    shift), nor to compare coalitions; over several indicators use `paired_many`. The tests drop
    unmoved pairs and the interval keeps them, so the two can disagree: then few people moved.

    Parameters
    ----------
    before, after
        Either two Series, matched on their index (the raters; their order is free), or two plain
        sequences of one length, matched by place. Ordinal steps as a rule; any numbers will do,
        compared to nine decimals. A value missing in either leaves the pair out.
    level
        Level of the interval, between 0 and 1.
    steps
        How many steps the scale has, to refuse what is not a whole step from 1 to `steps`.

    Returns
    -------
    Paired
        Counts always, even if all is missing (0 pairs). Below 6 untied pairs the tests are None
        and the status is `too_few`; if nobody of 6 or more moved it is `all_same`, with a shift of
        0 from 0 to 0. An even number of pairs needs nothing special.

    Raises
    ------
    ValueError
        Sequences of different lengths; a Series with a plain sequence; a rater twice, or without a
        name, in an index; text; an infinite value; a value off the scale; a level not between 0
        and 1.

    References
    ----------
    Wilcoxon (1945), Biometrics Bulletin 1(6), 80-83. Kerby (2014), Comprehensive Psychology 3, 1.
    Hodges & Lehmann (1963), Annals of Mathematical Statistics 34, 598-611.

    Examples
    --------
    The heights of Zea plants, crossed less self-fertilised, as SciPy's documentation gives them:

    >>> crossed = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]
    >>> zea = paired([0] * 15, crossed)
    >>> zea.p, zea.rank_biserial
    (0.041259765625, 0.6)
    """
    return compared(matched({"before": before, "after": after}, steps), level=level)


def compared(rounds: pd.DataFrame, *, level: float) -> Paired:
    """Return the same from one row a rater and the columns `before` and `after`."""
    if not 0 < level < 1:
        message = "level: a share between 0 and 1, such as 0.95"
        raise ValueError(message)
    change = (rounds["after"] - rounds["before"]).to_numpy().round(_DECIMALS)
    shifts = change[~np.isnan(change)]
    pairs = len(shifts)
    rose, fell = int((shifts > 0).sum()), int((shifts < 0).sum())
    figures: dict[str, float | None] = {}
    status = "all_same" if pairs >= _FEWEST and not rose + fell else "too_few"
    if pairs >= _FEWEST:
        names = ("shift", "low", "high", "coverage")
        figures = dict(zip(names, shift_interval(shifts, level), strict=True))
    if rose + fell >= _FEWEST:
        status = "tested"
        plus, minus, p = signed_rank(shifts)
        figures |= {"w_plus": plus, "w_minus": minus, "p": p, "sign_p": sign_test(rose, fell)}
        figures["rank_biserial"] = (plus - minus) / (plus + minus)
    return Paired(
        pairs=pairs,
        unpaired=len(change) - pairs,
        rose=rose,
        same=pairs - rose - fell,
        fell=fell,
        status=status,
        level=level,
        **figures,
    )
