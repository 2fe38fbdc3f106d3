"""The four conditions from round to round."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from toolkit.charts import look
from toolkit.text import Language, say

__all__ = ["describe_rounds", "rounds"]


def rounds(
    conditions: pd.DataFrame, language: Language, *, width: int = 320, last: int = 5
) -> alt.ConcatChart:
    """Draw the low and high median of each condition in each round, one panel a condition.

    Parameters
    ----------
    conditions
        Rows of `Evaluation.profile` for everybody, in the order of the rounds; a masked round
        leaves a gap.
    language
        Of the texts around the figures.
    width
        In pixels: four panels in a row, or two where that is narrow.
    last
        The highest step of the scale.
    """
    columns = 4 if width > 500 else 2  # noqa: PLR2004
    shown = conditions[conditions["shown"] != "nothing"]
    table = shown.assign(lowest=shown["low"].astype(float), highest=shown["high"].astype(float))
    order = list(dict.fromkeys(conditions["short_round"]))
    room = {"width": (width - 66 * columns) / columns, "height": 130}
    median = say("chart.median", language)
    panels = [
        _panel(table[table["title"] == title], order, last, median).properties(
            title=alt.Title(_broken(title, columns), fontSize=12, color=look.INK, anchor="start"),
            **room,
        )
        for title in dict.fromkeys(conditions["title"])
    ]
    return look.styled(alt.concat(*panels, columns=columns, spacing=10))


def _panel(table: pd.DataFrame, order: list[str], last: int, title: str) -> Any:
    x = alt.X(
        "short_round:N",
        title=None,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(labelAngle=-35, labelLimit=90),
    )
    y = alt.Y(
        "lowest:Q",
        title=title,
        scale=alt.Scale(domain=[0.7, last + 0.3], nice=False),
        axis=alt.Axis(values=list(range(1, last + 1)), format="d", gridColor=look.LINE),
    )
    base = alt.Chart(table).encode(x=x, y=y)
    return alt.layer(
        base.mark_line(color=look.MAIN, strokeWidth=2),
        base.mark_rule(color=look.MAIN, strokeWidth=6, strokeCap="round").encode(y2="highest:Q"),
        base.mark_circle(size=100, opacity=1, color=look.MAIN),
        base.mark_circle(size=100, opacity=1, color=look.MAIN).encode(y="highest:Q"),
    )


def _broken(title: str, columns: int) -> list[str]:
    """Return a title on the lines that a panel's width allows."""
    lines = [""]
    for word in title.split():
        if len(lines[-1]) + len(word) > 44 // columns + 8:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def describe_rounds(conditions: pd.DataFrame, language: Language) -> str:
    """Return the medians of each condition, round by round, from the same numbers."""
    return " ".join(_point(row, language) for row in conditions.to_dict("records"))


def _point(row: Mapping[Any, Any], language: Language) -> str:
    where = {"title": row["title"], "round": row["round"]}
    if row["shown"] == "nothing":
        return say("chart.rounds_masked", language, **where)
    low, high = int(row["low"]), int(row["high"])
    key = "chart.rounds_one" if low == high else "chart.rounds_two"
    return say(key, language, **where, low=low, high=high)
