"""Who moved from one round to another: the same people, condition by condition."""

import numpy as np
import pandas as pd

from toolkit.scoring.suppression import protect

__all__ = ["moves"]

# A person counts in a condition with two thirds of its lines (domain reference, 4.7).
_ENOUGH = 2 / 3


def moves(own: pd.DataFrame, before: str, after: str, k_distribution: int) -> pd.DataFrame:
    """Return how many people rose, stayed and fell in each condition, masked.

    A person rose whose answers rose on more lines than they fell, of those answered both times;
    steps are neither added nor averaged.

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
        `condition`, `fell`, `same`, `rose`, `pairs` (people; null where masked).
    """
    today = own[(own["aspect"] == "current") & own["value"].notna()]
    line = ["condition", "indicator", "rater"]
    asked = today.groupby("condition")["indicator"].nunique().rename("lines")
    first, second = (today[today["wave"] == wave][[*line, "value"]] for wave in (before, after))
    both = first.merge(second, on=line, suffixes=("_before", "_after"))
    both["moved"] = np.sign((both["value_after"] - both["value_before"]).astype("int64"))
    people = both.groupby(["condition", "rater"])["moved"].agg(["sum", "size"]).reset_index()
    people = people.merge(asked, on="condition")
    people = people[people["size"] >= _ENOUGH * people["lines"]]
    ways = pd.DataFrame(
        {
            "condition": people["condition"],
            "step_1": (people["sum"] < 0).astype("int64"),
            "step_2": (people["sum"] == 0).astype("int64"),
            "step_3": (people["sum"] > 0).astype("int64"),
            "n": 1,
        }
    )
    counted = ways.groupby("condition", as_index=False).sum()
    # On a single line, that nobody moved would tell what those who came or left answered.
    still = (counted["step_2"] == counted["n"]) & (counted["condition"].map(asked) == 1)
    counted = counted[~still]
    table: pd.DataFrame = protect(counted, k_distribution, k_distribution).table
    names = {"step_1": "fell", "step_2": "same", "step_3": "rose", "n": "pairs"}
    return table.rename(columns=names)[["condition", *names.values()]]
