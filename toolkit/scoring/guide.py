"""What a coalition should talk about first, read from its figures."""

from collections.abc import Sequence

import pandas as pd

__all__ = ["KINDS", "guide", "joined", "sides"]

#: The order in which a discussion takes them up (domain reference, 8.5).
KINDS = ("strength", "divided", "low", "unknown", "gap", "sides")

# A convention of this project, printed with what it marks; no test.
_QUARTER = 0.25
_MOST_GAPS = 3


def guide(summary: pd.DataFrame, middle: float, *, most: int = 5) -> pd.DataFrame:
    """Return what to talk about, in order: a row for each kind and indicator.

    Parameters
    ----------
    summary
        One row an indicator for everybody, already protected: `indicator`, `unknown` (share of
        those asked), `low`, `high`, `agreement`, `reading`, and `gap` (desired less current low
        median, in steps) where both are shown.
    middle
        Of the scale: 3 on the steps 1 to 5, 5 on 0 to 10.
    most
        How many lines of a kind, at most.

    Returns
    -------
    frame
        `kind` (`strength`, `divided`, `low`, `unknown`, `gap`), `indicator` and `rank` from 1
        within its kind.
    """
    said = summary["reading"]
    unknown = summary["unknown"].astype(float)
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
    for kind, meant in chosen.items():
        rows = summary.loc[meant.fillna(value=False).astype(bool), ["indicator"]]
        rows = rows.iloc[weight[kind].loc[rows.index].argsort(kind="stable")]
        parts.append(rows.iloc[:most].assign(kind=kind))
    return joined(parts)


def sides(pairs: pd.DataFrame, middle: float, *, most: int = 5) -> pd.DataFrame:
    """Return what to talk about where a group stands beside the others, as `guide` returns it.

    Parameters
    ----------
    pairs
        One row an indicator of which both sides are shown: `indicator`, `low`, `high` (medians,
        steps) of the group, `others_low`, `others_high` of the others.
    middle, most
        As for `guide`.

    Returns
    -------
    frame
        As `guide`: `sides` where the medians part, the widest apart first; `low` and `strength`
        where both sides are on the same half of the scale and do not part.
    """
    said = []
    for row in pairs.to_dict("records"):
        apart = max(row["low"] - row["others_high"], row["others_low"] - row["high"])
        least, greatest = min(row["low"], row["others_low"]), max(row["high"], row["others_high"])
        if apart > 0:
            said.append(("sides", row["indicator"], -apart))
        elif least > middle:
            said.append(("strength", row["indicator"], -least))
        elif greatest < middle:
            said.append(("low", row["indicator"], greatest))
    found = pd.DataFrame(said, columns=["kind", "indicator", "weight"])
    return joined([found.sort_values("weight", kind="stable").groupby("kind").head(most)])


def joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return several guides as one, each kind's lines in the order of the parts, ranked again."""
    whole = pd.concat(parts, ignore_index=True)
    whole = whole.iloc[whole["kind"].map(KINDS.index).argsort(kind="stable")]
    rank = whole.groupby("kind").cumcount() + 1
    return whole.assign(rank=rank)[["kind", "indicator", "rank"]].reset_index(drop=True)
