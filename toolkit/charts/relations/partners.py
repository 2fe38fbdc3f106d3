"""The partners of a map, numbered in the order in which the map goes round."""

from string import ascii_uppercase

import pandas as pd

from toolkit.charts.relations.rings import LEVELS
from toolkit.text import Language, say

__all__ = ["level_name", "numbered", "worded"]

_SAID = {level: f"level.{level}" for level in LEVELS[:3]} | {"unstated": "chart.no_level"}


def worded(nodes: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return partners, none without a sector or a level: what nobody wrote says that it is so."""
    return nodes.assign(
        sector=nodes["sector"].astype(object).fillna(say("chart.no_sector", language)),
        level=nodes["level"].where(nodes["level"].isin(LEVELS), LEVELS[-1]),
    )


def numbered(nodes: pd.DataFrame) -> pd.DataFrame:
    """Return partners by sector, from the middle outwards, with their `number` and `letter`."""
    sectors = list(dict.fromkeys(nodes["sector"]))
    place = nodes["sector"].map(sectors.index) * len(LEVELS) + nodes["level"].map(LEVELS.index)
    ordered = nodes.iloc[place.argsort(kind="stable")]
    letters = {sector: ascii_uppercase[i % 26] for i, sector in enumerate(sectors)}
    return ordered.assign(
        number=range(1, len(nodes) + 1), letter=ordered["sector"].map(letters)
    ).reset_index(drop=True)


def level_name(level: str, language: Language) -> str:
    """Return a level in words."""
    return say(_SAID[level], language)
