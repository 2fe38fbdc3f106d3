"""What is masked and why, for the evaluator who decides what to show."""

import pandas as pd

from toolkit.scoring.suppression import EVERYBODY, Protected

__all__ = ["masked", "waiting"]


def masked(protected: Protected, key: list[str]) -> pd.DataFrame:
    """Return the rows of which something is masked.

    Parameters
    ----------
    protected
        What `protect` returned.
    key
        The columns that name a row.

    Returns
    -------
    frame
        The key, `masked` (`nothing`: no figure is shown; `counts`: only medians are, or how many
        answered) and `reason` (one of `suppression.REASONS`).
    """
    nothing, counts = protected.reasons["n"], protected.reasons["step_1"]
    rows: pd.DataFrame = protected.table[key].assign(
        masked=nothing.isna().map({True: "counts", False: "nothing"}).array,
        reason=nothing.astype("object").where(nothing.notna(), counts).array,
    )
    return rows[rows["reason"].notna()].reset_index(drop=True)


def waiting(unvouched: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the rows in which answers are left out because nobody vouches for who gave them.

    Parameters
    ----------
    unvouched
        Those answers, with the columns that name a row.
    key
        The columns that name a row; the last is the group.

    Returns
    -------
    frame
        As `masked`, with `masked` (`waiting`) and `reason` (`unvouched`), for each group and for
        everybody.
    """
    groups = unvouched[key].drop_duplicates()
    everybody = groups.assign(**{key[-1]: EVERYBODY}).drop_duplicates()
    rows = pd.concat([everybody, groups], ignore_index=True)
    return rows.assign(masked="waiting", reason="unvouched")
