"""What a coalition should talk about first, read from its figures."""

import pandas as pd

__all__ = ["KINDS", "guide"]

#: The order in which a discussion takes them up (domain reference, 8.5).
KINDS = ("strength", "divided", "low", "unknown", "gap")

# A convention of this project, printed with what it marks; no test.
_QUARTER = 0.25
_MOST, _MOST_GAPS = 5, 3


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
