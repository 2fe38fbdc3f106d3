"""The conditions side by side, from the protected lines alone; they are never summed."""

from collections.abc import Mapping

import pandas as pd
from numpy.typing import ArrayLike

from toolkit.scoring.distribution import medians, middle_half, summary
from toolkit.scoring.reading import reading_of

__all__ = ["profile"]

_CONDITION = ["wave", "condition", "group"]


def profile(lines: pd.DataFrame) -> pd.DataFrame:
    """Return what each condition's lines say together.

    Where lines show their counts, their answers are pooled. Where they show medians only, the
    condition's is the median of those. Lines that show nothing stay out: nothing is computed here
    that the lines do not show already.

    Parameters
    ----------
    lines
        The protected distribution of one aspect: `wave`, `condition`, `group`, `step_1` to
        `step_K`, `n`, `low`, `high`, `reading`, `shown`; a row for each line of a condition.

    Returns
    -------
    frame
        `wave`, `condition`, `group`, `n` (people: the most on one of its lines), `answers`
        (pooled), `low`, `high` (medians, steps), `from`, `to` (steps between which the middle half
        of the answers lies), `top` (answers on the two highest steps), `agreement` (mean of the
        lines', 0 to 1), `reading` (shared, mixed, divided), `shown`; in the order of the lines.
    """
    every = lines[_CONDITION].drop_duplicates()
    counted = lines[lines["shown"] == "distribution"]
    told = lines[(lines["shown"] == "statistic") & lines["low"].notna()]
    people = lines.groupby(_CONDITION, sort=False)["n"].max().reset_index()
    figures = every.merge(people, how="left").merge(_pooled(counted), how="left")
    rest = every.merge(_of_medians(told), how="left")
    only_medians = figures["low"].isna() & rest["low"].notna()
    for name in ("low", "high", "reading"):
        figures[name] = figures[name].where(~only_medians, rest[name])
    figures["shown"] = "nothing"
    figures.loc[figures["low"].notna(), "shown"] = "distribution"
    figures.loc[only_medians, "shown"] = "statistic"
    figures["n"] = figures["n"].where(figures["shown"] != "nothing")
    return figures


def _pooled(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of the pooled answers of each condition."""
    described = summary(lines)
    steps = [name for name in lines.columns if name.startswith("step_")]
    how = {**dict.fromkeys([*steps, "top"], "sum"), "agreement": "mean"}
    pooled = described.groupby(_CONDITION, as_index=False, sort=False).agg(how)
    low, high = medians(pooled)
    start, end = middle_half(pooled)
    figures = {"low": low, "high": high, "from": start, "to": end}
    pooled["answers"] = pooled[steps].sum(axis=1).astype("Int64")
    pooled["reading"] = reading_of(pooled["agreement"])
    named: pd.DataFrame = pooled.drop(columns=steps).assign(**_whole(pooled, figures))
    return named


def _of_medians(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the low median of each condition's low medians, the high one of its high ones."""
    rows = lines.groupby(_CONDITION, sort=False)
    found = rows["reading"].agg(_common).reset_index()
    last = sum(name.startswith("step_") for name in lines.columns)
    figures = {}
    for place, name in enumerate(("low", "high")):
        ones = {
            f"step_{step}": (lines[name] == step).astype("int64") for step in range(1, last + 1)
        }
        stacked = lines[_CONDITION].assign(**ones).groupby(_CONDITION, as_index=False, sort=False)
        figures[name] = medians(stacked.sum())[place]
    return found.assign(**_whole(found, figures))


def _common(words: pd.Series) -> str | None:
    """Return the word of more than half the lines, `mixed` if there is none."""
    said = words.dropna()
    if said.empty:
        return None
    counts = said.value_counts()
    return str(counts.index[0]) if counts.iloc[0] * 2 > len(said) else "mixed"


def _whole(frame: pd.DataFrame, figures: Mapping[str, ArrayLike]) -> dict[str, pd.Series]:
    return {
        name: pd.Series(values, index=frame.index).astype("Int64")
        for name, values in figures.items()
    }
