"""What a coalition should talk about first, read from its figures."""

import numpy as np
import pandas as pd

__all__ = ["KINDS", "guide", "reading", "reading_of"]

#: The order in which a discussion takes them up (domain reference, 8.5).
KINDS = ("strength", "divided", "low", "unknown", "gap")

# Conventions of this project, printed with what they mark; none is a test.
_SHARED_AGREEMENT = 0.70
_DIVIDED_AGREEMENT = 0.50
_QUARTER = 0.25
_STEPS_PER_DEVIATION = 6
_MOST, _MOST_GAPS = 5, 3


def reading(summary: pd.DataFrame, steps: int) -> pd.Series:
    """Return how people rate each row: `shared`, `mixed`, `divided`, or null where masked.

    Divided: a quarter or more on the two lowest steps and on the two highest, or agreement under
    .50. Shared: agreement of .70 or more, and people differ by at most a sixth of the steps.
    """
    n = summary["n"].astype(float)
    ends = (summary["bottom"].astype(float) / n >= _QUARTER) & (
        summary["top"].astype(float) / n >= _QUARTER
    )
    agreement = summary["agreement"].astype(float)
    deviation = summary["deviation"].astype(float)
    divided = ends | (agreement < _DIVIDED_AGREEMENT)
    shared = (agreement >= _SHARED_AGREEMENT) & (deviation <= steps / _STEPS_PER_DEVIATION)
    said = np.where(divided, "divided", np.where(shared, "shared", "mixed"))
    return pd.Series(said, index=summary.index).where(agreement.notna(), None)


def reading_of(agreement: pd.Series) -> pd.Series:
    """Return how people rate a condition as a whole, from the mean agreement of its lines."""
    words = np.where(
        agreement < _DIVIDED_AGREEMENT,
        "divided",
        np.where(agreement >= _SHARED_AGREEMENT, "shared", "mixed"),
    )
    return pd.Series(words, index=agreement.index).where(agreement.notna(), None)


def guide(summary: pd.DataFrame, steps: int) -> pd.DataFrame:
    """Return what to talk about, in order: a row for each kind and indicator.

    Parameters
    ----------
    summary
        One row an indicator for everybody, already protected: `indicator`, `unknown` (share of
        those asked), `low`, `high`, `agreement`, `reading`, and `gap` (desired less current low
        median, in steps) where both are shown.
    steps
        How many steps the scale has.

    Returns
    -------
    frame
        `kind` (`strength`, `divided`, `low`, `unknown`, `gap`), `indicator` and `rank` from 1
        within its kind.
    """
    said = summary["reading"]
    unknown = summary["unknown"].astype(float)
    middle = (steps + 1) / 2
    gap = summary["gap"].astype(float)
    # Of two gaps as wide, the one that starts lower comes first.
    wide = pd.DataFrame({"gap": gap, "low": summary["low"].astype(float)})[gap > 0]
    widest = wide.sort_values(["gap", "low"], ascending=[False, True]).index[:_MOST_GAPS]
    chosen = {
        "strength": (said == "shared") & (summary["low"] > middle),
        "divided": said == "divided",
        "low": (said == "shared") & (summary["low"] < middle),
        "unknown": unknown >= _QUARTER,
        "gap": pd.Series(summary.index.isin(widest), index=summary.index),
    }
    weight = {
        "strength": -summary["agreement"].astype(float),
        "divided": summary["agreement"].astype(float),
        "low": summary["low"].astype(float),
        "unknown": -unknown,
        "gap": -gap + summary["low"].astype(float) / 100,
    }
    parts = []
    for kind in KINDS:
        rows = summary.loc[chosen[kind].fillna(value=False).astype(bool), ["indicator"]]
        rows = rows.iloc[weight[kind].loc[rows.index].argsort(kind="stable")]
        rows = rows.iloc[:_MOST]
        parts.append(rows.assign(kind=kind, rank=range(1, len(rows) + 1)))
    return pd.concat(parts, ignore_index=True)[["kind", "indicator", "rank"]]
