"""Who moved from one round to another: the same people, condition by condition."""

import numpy as np
import pandas as pd

from toolkit.scoring.change import directions
from toolkit.scoring.suppression import protect

__all__ = ["followed", "line_moves", "moves"]


def moves(own: pd.DataFrame, before: str, after: str, k_distribution: int) -> pd.DataFrame:
    """Return how many people rose, stayed and fell in each condition, masked.

    A person rose whose answers rose on enough more lines than they fell, of those answered both
    times: see `change.directions`.

    Parameters
    ----------
    own
        People's own answers: `wave`, `rater`, `condition`, `indicator`, `aspect`, `value`.
    before, after
        The rounds.
    k_distribution
        Fewest people of whom the counts are shown.

    Returns
    -------
    frame
        `condition`, `fell`, `same`, `rose`, `pairs` (people; null where masked), `why` (`few`
        where too few answered both times).
    """
    people = _people(own, before, after)
    ways = pd.DataFrame(
        {
            "condition": people["condition"],
            "step_1": (people["moved"] < 0).astype("int64"),
            "step_2": (people["moved"] == 0).astype("int64"),
            "step_3": (people["moved"] > 0).astype("int64"),
            "n": 1,
        }
    )
    counted = ways.groupby("condition", as_index=False).sum()
    # On a single line, that nobody moved would tell what those who came or left answered.
    asked = _asked(_today(own))
    still = (counted["step_2"] == counted["n"]) & (counted["condition"].map(asked) == 1)
    table: pd.DataFrame = protect(counted, k_distribution, k_distribution, apart=-1).table
    names = {"step_1": "fell", "step_2": "same", "step_3": "rose", "n": "pairs"}
    table.loc[still.to_numpy(), [*names]] = pd.NA
    return table.rename(columns=names)[["condition", *names.values(), "why"]]


def followed(own: pd.DataFrame, before: str, after: str) -> dict[str, int]:
    """Return of how many people `moves` tells in each condition, masked or not."""
    found = _people(own, before, after)["condition"].value_counts()
    return {str(condition): int(count) for condition, count in found.items()}


def _people(own: pd.DataFrame, before: str, after: str) -> pd.DataFrame:
    """Return a row for each person who counts in a condition, and which way they `moved`."""
    today = _today(own)
    return directions(_both(today, before, after), ["moved"], _asked(today))


def _asked(today: pd.DataFrame) -> pd.Series:
    """Return how many lines each condition has."""
    return today.groupby("condition")["indicator"].nunique()


def line_moves(
    own: pd.DataFrame, before: str, after: str, k: int, k_distribution: int
) -> pd.DataFrame:
    """Return how many people rose, stayed and fell on each line, masked.

    Parameters
    ----------
    own
        As for `moves`, with `edition`.
    before, after
        The rounds.
    k, k_distribution
        Fewest people of whom anything is told, and of whom the counts are shown.

    Returns
    -------
    frame
        `indicator`, `fell`, `same`, `rose`, `pairs`, `why` (as `moves`), `reworded`
        (whether the two rounds asked it in other words, which are never compared), `few_moved`
        (masked since so few moved that it would tell what those who came or left answered: at
        least half of them stayed); a row for each line that was asked in both rounds.
    """
    rounds = own[own["wave"].isin([before, after])]
    asked = rounds.groupby("indicator").agg(waves=("wave", "nunique"), words=("edition", "nunique"))
    asked = asked[asked["waves"] == 2].reset_index()  # noqa: PLR2004
    reworded = asked["words"] > 1
    alike = own[own["indicator"].isin(asked.loc[~reworded, "indicator"])]
    # Each line as a condition of its own.
    found = moves(alike.assign(condition=alike["indicator"]), before, after, k_distribution)
    found = found.rename(columns={"condition": "indicator"})
    few = _few_moved(_today(alike), before, after, k, k_distribution)
    frame = asked[["indicator"]].assign(reworded=reworded)
    frame["few_moved"] = [few.get(line, False) for line in frame["indicator"]]
    frame = frame.merge(found[~found["indicator"].isin(few)], how="left")
    # Nobody answered it both times, where there is no row.
    answered = frame["indicator"].isin(found["indicator"])
    return frame.assign(why=frame["why"].where(answered, "few"))


def _few_moved(
    today: pd.DataFrame, before: str, after: str, k: int, k_distribution: int
) -> dict[str, bool]:
    """Return the lines on which the counts would tell what those few who came or left answered.

    Where few moved, the two rounds less those who stayed are just that. By line, whether at least
    half did not move, which may be said.
    """
    both = _both(today, before, after)
    pairs = both.groupby("indicator")["moved"].agg(["size", _movers])
    came, went = _turnover(today, before, after)
    return {
        str(line): bool(row["_movers"] * 2 <= row["size"])
        for line, row in pairs.iterrows()
        if row["size"] >= k_distribution
        and row["_movers"] < k
        and (not row["_movers"] or 0 < came[str(line)] < k or 0 < went[str(line)] < k)
    }


def _movers(moved: pd.Series) -> int:
    return int((moved != 0).sum())


def _today(own: pd.DataFrame) -> pd.DataFrame:
    kept: pd.DataFrame = own[(own["aspect"] == "current") & own["value"].notna()]
    return kept


def _both(today: pd.DataFrame, before: str, after: str) -> pd.DataFrame:
    """Return a row for each line that somebody answered both times, and which way they `moved`."""
    line = ["condition", "indicator", "rater"]
    first, second = (today[today["wave"] == wave][[*line, "value"]] for wave in (before, after))
    both = first.merge(second, on=line, suffixes=("_before", "_after"))
    both["moved"] = np.sign((both["value_after"] - both["value_before"]).astype("int64"))
    return both


def _turnover(today: pd.DataFrame, before: str, after: str) -> list[dict[str, int]]:
    """Return how many came to each line, and how many left it."""
    lines = [today[today["wave"] == wave].groupby("indicator")["rater"] for wave in (before, after)]
    first, second = ({str(line): set(raters) for line, raters in part} for part in lines)
    codes = first.keys() | second.keys()
    ways = ((second, first), (first, second))
    return [
        {code: len(some.get(code, set()) - others.get(code, set())) for code in codes}
        for some, others in ways
    ]
