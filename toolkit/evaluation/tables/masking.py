"""What is masked and why, for the evaluator who decides what to show."""

import pandas as pd

from toolkit.scoring.suppression import Protected

__all__ = ["masked"]


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
