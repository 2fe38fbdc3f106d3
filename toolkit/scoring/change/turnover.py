"""Two rounds with different people: who came, who left, and each round as it stood."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.scoring.change.matching import matched
from toolkit.scoring.change.pairs import Paired, compared

__all__ = ["CrossSection", "CrossSections", "cross_sections"]


@dataclass(frozen=True)
class CrossSection:
    """What everybody in one round answered, linked or not.

    Attributes
    ----------
    counts
        People on each step, lowest step first.
    n
        People with a value.
    low, high
        The two medians, as steps; None if nobody answered.
    """

    counts: tuple[int, ...]
    n: int
    low: int | None
    high: int | None


@dataclass(frozen=True)
class CrossSections:
    """Two rounds side by side, and the people who link them.

    Attributes
    ----------
    before, after
        Each round as it stood.
    entered, left, stayed
        The raters with a value in the second round only, in the first only, and in both; `len()`
        counts them. Names are the evaluator's alone: show the counts.
    paired
        The change among those who stayed.
    """

    before: CrossSection
    after: CrossSection
    entered: tuple[Hashable, ...]
    left: tuple[Hashable, ...]
    stayed: tuple[Hashable, ...]
    paired: Paired


def cross_sections(
    before: pd.Series, after: pd.Series, *, steps: int, level: float = 0.95
) -> CrossSections:
    """Return both rounds in full, who came and went, and the change among those who stayed.

    No difference between the two full rounds is given, on purpose: with other people in the room,
    it mixes who answered with what changed. Not for saying that a coalition rose or fell; only
    `paired` speaks of change, and only for those who stayed.

    Parameters
    ----------
    before, after
        One value a rater, a step from 1 to `steps` or NaN/NA; the index names the raters.
    steps
        How many steps the scale has.
    level
        Level of the interval of the median shift.

    Returns
    -------
    CrossSections
        A rater without a value counts as absent from that round, listed or not, so each round's n
        is those who stayed plus those who left or entered. Nobody in a round: counts of 0 and no
        median. Nobody stayed: `paired` has 0 pairs.

    Raises
    ------
    ValueError
        Not two Series; and all that `paired` refuses.
    """
    if not all(isinstance(values, pd.Series) for values in (before, after)):
        message = "before, after: two Series, whose index names the raters"
        raise ValueError(message)
    rounds = matched({"before": before, "after": after}, steps)
    first, second = rounds["before"].notna(), rounds["after"].notna()
    return CrossSections(
        before=_cross_section(rounds["before"], steps),
        after=_cross_section(rounds["after"], steps),
        entered=tuple(rounds.index[second & ~first]),
        left=tuple(rounds.index[first & ~second]),
        stayed=tuple(rounds.index[first & second]),
        paired=compared(rounds, level=level),
    )


def _cross_section(values: pd.Series, steps: int) -> CrossSection:
    given = np.sort(values.dropna().to_numpy().astype(int))
    n = len(given)
    counts = tuple(np.bincount(given, minlength=steps + 1)[1:].tolist())
    if not n:
        return CrossSection(counts, n, None, None)
    return CrossSection(counts, n, int(given[(n - 1) // 2]), int(given[n // 2]))
