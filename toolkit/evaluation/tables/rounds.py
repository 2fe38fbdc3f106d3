"""Rounds side by side: what each was asked with, and who came and went between two of them."""

from collections.abc import Mapping

import pandas as pd

__all__ = ["editions", "turnover"]


def editions(asked: pd.DataFrame) -> dict[str, list[str]]:
    """Return with what each round was asked: instrument, version and scale, as a text each.

    Parameters
    ----------
    asked
        People's own answers to the conditions, on whatever scale: `wave`, `instrument`, `version`,
        `scale`.
    """
    named = asked[["wave", "instrument", "version", "scale"]].drop_duplicates().astype(str)
    texts = named["instrument"] + " " + named["version"] + " " + named["scale"]
    return {str(wave): sorted(part) for wave, part in texts.groupby(named["wave"])}


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
