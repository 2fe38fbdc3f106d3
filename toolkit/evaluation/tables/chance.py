"""What chance alone would make of who moved, beside every count that is shown of it."""

import pandas as pd

from toolkit.scoring.change import chance

__all__ = ["weighed"]


def weighed(moved: pd.DataFrame) -> pd.DataFrame:
    """Return counts of who moved, each with what chance alone would make of it.

    Parameters
    ----------
    moved
        Columns `rose` and `fell` (people; null where masked).

    Returns
    -------
    frame
        The same rows with `chance` (`none`, `often`, `at_times`, `rarely`; null where masked) and
        `odds` (once in how many times), as `scoring.change.chance` says.
    """
    known = moved["rose"].notna() & moved["fell"].notna()
    pairs = moved.loc[known, ["rose", "fell"]].astype("int64").itertuples(index=False)
    found = [chance(rose, fell) for rose, fell in pairs]
    index = moved.index[known]
    return moved.assign(
        chance=pd.Series([one.word for one in found], index=index, dtype="object"),
        odds=pd.Series([one.odds for one in found], index=index, dtype="Int64"),
    )
