"""What the map shows, in words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.charts.frames import spoken
from toolkit.charts.relations.partners import level_name, worded
from toolkit.text import Language, say

__all__ = ["describe_relations"]


def describe_relations(
    nodes: pd.DataFrame, ties: pd.DataFrame, *, language: Language | None = None
) -> str:
    """Return each partner and its ties as a sentence, from the same tables."""
    language = spoken(nodes, language)
    names = dict(zip(nodes["partner"], nodes["name"], strict=True))
    drawn = ties[ties["value"] > 0].to_dict("records")
    said = [say("chart.relations_note", language)]
    for row in worded(nodes, language).to_dict("records"):
        who = say(
            "chart.partner",
            language,
            name=row["name"],
            sector=row["sector"],
            level=level_name(row["level"], language).lower(),
        )
        parts = [_tie(tie, names, language) for tie in drawn if tie["source"] == row["partner"]]
        if "answered" in row:
            answered = say("chart.answered" if row["answered"] else "chart.silent", language)
            parts.insert(0, answered.lower())
        key = "chart.line" if parts else "chart.line_bare"
        said.append(say(key, language, title=who, said=", ".join(parts)))
    return " ".join(said)


def _tie(tie: Mapping[Any, Any], names: Mapping[Any, str], language: Language) -> str:
    key = "chart.tie_confirmed" if tie["confirmed"] else "chart.tie_unconfirmed"
    return say(key, language, value=float(tie["value"]), name=names[tie["target"]])
