"""The conditions side by side, from the protected lines alone; they are never summed."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from numpy.typing import ArrayLike

from toolkit.scoring.distribution import medians, middle_half, summary
from toolkit.scoring.reading import READINGS, reading, reading_of

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
        of the answers lies), `top` (answers on the two highest steps), `agreement` (low median of
        the lines', 0 to 1: at least half of them reach it), `reading` (shared, mixed, divided: low
        median of the lines' words, so the word of that agreement), `shown`, `why` (`few` where all
        its lines are masked since too few answered); in the order of the lines.
    """
    every = lines[_CONDITION].drop_duplicates()
    counted = lines[lines["shown"] == "distribution"]
    told = lines[(lines["shown"] == "statistic") & lines["low"].notna()]
    people = lines.groupby(_CONDITION, sort=False)["n"].max().reset_index()
    figures = every.merge(people, how="left").merge(_pooled(counted), how="left")
    rest = every.merge(_of_medians(told), how="left")
    only_medians = figures["low"].isna() & rest["low"].notna()
    for name in ("low", "high"):
        figures[name] = figures[name].where(~only_medians, rest[name])
    figures = figures.merge(_worded(counted, told), how="left")
    # A figure beside a word that it does not mean is left out: some lines tell a word only.
    last = sum(name.startswith("step_") for name in lines.columns)
    means = reading_of(figures["agreement"].astype(float), last)
    figures["agreement"] = figures["agreement"].where(figures["reading"] == means)
    figures["shown"] = "nothing"
    figures.loc[figures["low"].notna(), "shown"] = "distribution"
    figures.loc[only_medians, "shown"] = "statistic"
    figures["n"] = figures["n"].where(figures["shown"] != "nothing")
    few = lines["why"].eq("few").groupby([lines[name] for name in _CONDITION], sort=False).all()
    few = figures[_CONDITION].merge(few.rename("few").reset_index(), how="left")["few"]
    return figures.assign(why=few.map({True: "few", False: None}).astype(object).to_numpy())


def _pooled(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of the pooled answers of each condition."""
    described = summary(lines)
    steps = [name for name in lines.columns if name.startswith("step_")]
    how = {**dict.fromkeys([*steps, "top"], "sum"), "agreement": _low}
    pooled = described.groupby(_CONDITION, as_index=False, sort=False).agg(how)
    low, high = medians(pooled)
    start, end = middle_half(pooled)
    figures = {"low": low, "high": high, "from": start, "to": end}
    pooled["answers"] = pooled[steps].sum(axis=1).astype("Int64")
    named: pd.DataFrame = pooled.drop(columns=steps).assign(**_whole(pooled, figures))
    return named


def _of_medians(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the low median of each condition's low medians, the high one of its high ones."""
    found = lines[_CONDITION].drop_duplicates().reset_index(drop=True)
    last = sum(name.startswith("step_") for name in lines.columns)
    figures = {}
    for place, name in enumerate(("low", "high")):
        ones = {
            f"step_{step}": (lines[name] == step).astype("int64") for step in range(1, last + 1)
        }
        stacked = lines[_CONDITION].assign(**ones).groupby(_CONDITION, as_index=False, sort=False)
        figures[name] = medians(stacked.sum())[place]
    return found.assign(**_whole(found, figures))


def _worded(counted: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Return each condition's word: the low median of those of all lines that tell one."""
    words = pd.Series(reading(counted), index=counted.index) if len(counted) else None
    every = pd.concat([counted.assign(reading=words), told])
    every = every[every["reading"].notna()]
    place = every["reading"].map(READINGS.index).astype("int64")
    rows = every[_CONDITION].assign(reading=place).groupby(_CONDITION, as_index=False, sort=False)
    found = pd.DataFrame(rows["reading"].agg(_low))
    found["reading"] = found["reading"].map(dict(enumerate(READINGS))).astype(object)
    return found


def _low(values: pd.Series) -> Any:
    """Return the low median: the highest value that at least half of them reach."""
    given = values.dropna().sort_values()
    return given.iloc[(len(given) - 1) // 2] if len(given) else None


def _whole(frame: pd.DataFrame, figures: Mapping[str, ArrayLike]) -> dict[str, pd.Series]:
    return {
        name: pd.Series(values, index=frame.index).astype("Int64")
        for name, values in figures.items()
    }
