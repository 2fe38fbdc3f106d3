"""Why a row shows no figure, in a few words that stand in its place."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.text import Language, say

__all__ = ["masked_rows", "said_masked", "said_of"]

#: What a frame's `why` says of the rows that show nothing, and of those that show no counts.
_FEW = {"nothing": "few", "statistic": "few_counts"}


def said_masked(row: Mapping[Any, Any], language: Language) -> str:
    """Return that a row is masked and why, as its `shown` and `why` say; without `why`, that only.

    Too few people is one reason. All others are told as one: a word for each would tell what is
    masked, such as that all answered alike.
    """
    if "why" not in row:
        return say("chart.masked", language)
    if row["why"] == "apart":  # not for anybody's sake: the two were asked otherwise
        return say("chart.masked_apart", language)
    few = row["why"] == _FEW.get(str(row["shown"]))
    return say("chart.masked_few" if few else "chart.masked_beside", language)


def said_of(row: Mapping[Any, Any], why: str, language: Language) -> str:
    """Return the same of one figure of a row, of which a column of its own says why."""
    told = {"why": row[why]} if why in row else {}
    return said_masked({"shown": "nothing", **told}, language)


def masked_rows(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return the `y` of each row, and what is `said` in place of its figure."""
    said = [said_masked(row, language) for row in table.to_dict("records")]
    return table[["y"]].assign(said=pd.Series(said, index=table.index, dtype="object"))
