"""What one group says beside what everybody else says, where neither side can be recognised."""

import pandas as pd

__all__ = ["OTHERS", "pairs"]

#: Everybody who is not of the group that stands beside them.
OTHERS = "others"


def pairs(summary: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return the two sides of each line, where both are shown.

    Parameters
    ----------
    summary
        The masked summary by group, of two groups: `group` and `others`.
    group
        Whose answers stand beside the others'.

    Returns
    -------
    frame
        `wave`, `indicator`, `statement`, `round`, then `low`, `high` (medians, steps) and `n`
        (people) of the group, and `others_low`, `others_high`, `others_n`.
    """
    today = summary[(summary["aspect"] == "current") & summary["low"].notna()]
    line, figures = ["wave", "indicator"], ["low", "high", "n"]
    own = today.loc[today["group"] == group, [*line, "statement", "round", *figures]]
    rest = today.loc[today["group"] == OTHERS, [*line, *figures]]
    named = {name: f"others_{name}" for name in figures}
    # An inner join: a side that is masked takes the other with it.
    return own.merge(rest.rename(columns=named), on=line)
