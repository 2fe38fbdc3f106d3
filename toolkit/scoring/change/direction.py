"""Which way each person moved on several lines, and what chance alone would make of that."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from toolkit.scoring.change.signed_rank import sign_test

__all__ = ["ENOUGH", "Chance", "chance", "directions", "net_lines"]

#: The share of the lines with which a person counts (domain reference, 4.7).
ENOUGH = 2 / 3

_SHARE = 1 / 3
_FEWEST_LINES = 2
# Two-sided p from which chance would often do as much, and from which at times. Conventions.
_OFTEN, _AT_TIMES = 0.20, 0.05
_MOST_ODDS = 1000
_ROUNDING = 1e-9


class Chance(NamedTuple):
    """How often chance alone would part those who rose and those who fell as far.

    Attributes
    ----------
    word
        `none` (nobody moved), `often` (two-sided p of the sign test .20 or more), `at_times`
        (.05 or more), `rarely`.
    odds
        Once in how many times or less, a whole number from 1 to 1000; 0 where nobody moved.
    """

    word: str
    odds: int


def chance(rose: int, fell: int) -> Chance:
    """Return how often chance alone would part people as far, by the exact sign test.

    Of those who moved, as if each had tossed a coin. Of five or fewer, not even all of them going
    one way is rare (once in 16). It says nothing of causes nor of the size of a change, and of
    several conditions one may be rare by chance. `pairs.paired` has the p itself.

    References
    ----------
    Dixon & Mood (1946), Journal of the American Statistical Association 41, 557-566.

    Examples
    --------
    >>> chance(5, 3), chance(10, 0)
    (Chance(word='often', odds=1), Chance(word='rarely', odds=512))
    """
    if not rose + fell:
        return Chance("none", 0)
    p = sign_test(rose, fell)
    word = "often" if p >= _OFTEN else "at_times" if p >= _AT_TIMES else "rarely"
    return Chance(word, min(_MOST_ODDS, int(1 / p + _ROUNDING)))


def net_lines(lines: ArrayLike) -> NDArray[np.int64]:
    """Return on how many more lines somebody has to rise than to fall, to have moved.

    One line is itself, and of two (all that a then-test asks of a condition) one is half. Of more:
    two, or a third of them if that is more, so that one wavering line counts for nothing.

    Parameters
    ----------
    lines
        Lines that a person answered both times, shape (…), 1 or more.
    """
    several = np.maximum(_FEWEST_LINES, np.ceil(np.asarray(lines) * _SHARE - _ROUNDING))
    return np.where(np.asarray(lines) <= _FEWEST_LINES, 1, several).astype(np.int64)


def directions(lines: pd.DataFrame, changes: Sequence[str], asked: pd.Series) -> pd.DataFrame:
    """Return which way each person moved in each condition, of those who answered enough of it.

    Steps are neither added nor averaged: a line rose, fell, or did not move, and `net_lines` says
    how many more must rise than fall. Where nothing changed but each answer wavers by itself (a
    line rises with a probability of 15 %, and falls with as much), 12 % of people rise and as
    many fall over six lines, against 34 % were any line enough; over one line 15 %, over two 23 %
    (simulated in tests/scoring/test_direction.py). What is left is for `chance` to weigh.

    Parameters
    ----------
    lines
        One row for each line that a person answered both times: `condition`, `rater`, and the
        columns of `changes`.
    changes
        Columns of changes, in steps or in signs.
    asked
        By condition, how many lines there were to answer.

    Returns
    -------
    frame
        `condition`, `rater`, and each of `changes`: 1 (rose), 0 or -1 (fell).
    """
    signs = lines[["condition", "rater"]].assign(
        lines=1, **{name: np.sign(lines[name].astype("int64")) for name in changes}
    )
    people = signs.groupby(["condition", "rater"], as_index=False).sum()
    enough = people["lines"] >= ENOUGH * people["condition"].map(asked).astype(float)
    people = people[enough].reset_index(drop=True)
    needed = net_lines(people["lines"])
    for name in changes:
        people[name] = np.sign(people[name]).where(people[name].abs() >= needed, 0)
    return people.drop(columns="lines")
