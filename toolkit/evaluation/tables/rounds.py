"""Rounds side by side: what each was asked with, and who came and went between two of them."""

from collections.abc import Mapping

import pandas as pd

__all__ = ["editions", "turnover"]


def editions(
    given: pd.DataFrame, asked: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Return how each line of each round was asked, as a text: the same where it was asked alike.

    Parameters
    ----------
    given
        People's own answers to the conditions, on whatever scale: `wave`, `indicator`, `edition`.
    asked
        By round, the edition of each line that its instrument asks.

    Returns
    -------
    dict
        By round that was answered, then by line. Where answers came from elsewhere, to another
        instrument or version than the round's, so did the lines that nobody answered.
    """
    found: dict[str, dict[str, str]] = {}
    told = given[["wave", "indicator", "edition"]].drop_duplicates()
    for wave, part in told.groupby("wave"):
        lines = asked[str(wave)]
        foreign = " ".join(sorted(set(part["edition"]) - set(lines.values())))
        said = part.sort_values("edition").groupby("indicator")["edition"].agg(" ".join)
        found[str(wave)] = {**(dict.fromkeys(lines, foreign) if foreign else lines), **said}
    return found


def turnover(given: pd.DataFrame, before: str, after: str, k: int) -> Mapping[str, int] | None:
    """Return how many people entered, left and stayed between two rounds, or None if masked.

    How many answered each time is shown, so that any one of the three gives the others: where one
    of them is of fewer than `k` people, none is told.

    Parameters
    ----------
    given
        People's own answers, none of them skipped: `wave`, `rater`.
    before, after
        The rounds.
    k
        Fewest people of whom a number is told; that nobody came or left is told.
    """
    first, second = (set(given.loc[given["wave"] == wave, "rater"]) for wave in (before, after))
    moved = {"entered": second - first, "left": first - second, "stayed": first & second}
    counts = {name: len(people) for name, people in moved.items()}
    return None if any(0 < count < k for count in counts.values()) else counts
