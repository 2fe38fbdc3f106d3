"""The four conditions from round to round."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from toolkit.charts import look
from toolkit.charts.frames import WIDTH, comparable, spoken
from toolkit.charts.lettering import breadth, wrapped
from toolkit.charts.masked import said_masked
from toolkit.text import Language, say

__all__ = ["describe_rounds", "rounds"]

_NEEDS = ("title", "round", "low", "high", "shown")

_LEAN = 0.5  # the cosine of the angle at which the rounds' names are written


def rounds(
    conditions: pd.DataFrame, *, language: Language | None = None, width: int = WIDTH
) -> alt.ConcatChart:
    """Draw the low and high median of each condition in each round, one panel a condition.

    Parameters
    ----------
    conditions
        Rows of `Evaluation.profile` for everybody, in the order of the rounds; a masked round
        leaves a gap.
    language
        Of the texts around the figures; without it, the frame's own.
    width
        In pixels: four panels in a row, or two where that is narrow.
    """
    language = spoken(conditions, language)
    comparable(conditions, _NEEDS)
    columns = 4 if width > 500 else 2  # noqa: PLR2004
    shown = conditions[conditions["shown"] != "nothing"]
    table = shown[["title", "round"]].assign(
        lowest=shown["low"].astype(float), highest=shown["high"].astype(float)
    )
    order = list(dict.fromkeys(conditions["round"]))
    # Names of rounds lean to the left of the panel that they stand under.
    lean = max((breadth(name, 12) * _LEAN for name in order), default=0)
    room = {"width": width / columns - max(lean + 8, 44) - 6, "height": 130}
    axis = look.axis(conditions)
    lowest, highest = (
        alt.Y(f"{name}:Q", title=say("chart.median", language), **axis)
        for name in ("lowest", "highest")
    )
    panels = [
        _panel(table[table["title"] == title], order, (lowest, highest)).properties(
            title=alt.Title(
                wrapped(title, width / columns - 14, 12, bold=True),
                fontSize=12,
                color=look.INK,
                anchor="start",
            ),
            **room,
        )
        for title in dict.fromkeys(conditions["title"])
    ]
    chart = alt.concat(*panels, columns=columns, spacing=10)
    return look.styled(chart, describe_rounds(conditions, language=language))


def _panel(table: pd.DataFrame, order: list[str], medians: tuple[alt.Y, alt.Y]) -> Any:
    x = alt.X(
        "round:N",
        title=None,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(labelAngle=-60, labelLimit=100),
    )
    lowest, highest = medians
    base = alt.Chart(table).encode(x=x, y=lowest)
    return alt.layer(
        base.mark_line(color=look.MAIN, strokeWidth=2),
        base.mark_rule(color=look.MAIN, strokeWidth=6, strokeCap="round").encode(
            y2=alt.Y2("highest:Q")
        ),
        base.mark_circle(size=100, opacity=1, color=look.MAIN),
        base.mark_circle(size=100, opacity=1, color=look.MAIN).encode(y=highest),
    )


def describe_rounds(conditions: pd.DataFrame, *, language: Language | None = None) -> str:
    """Return the medians of each condition, round by round, from the same numbers."""
    language = spoken(conditions, language)
    comparable(conditions, _NEEDS)
    return " ".join(_point(row, language) for row in conditions.to_dict("records"))


def _point(row: Mapping[Any, Any], language: Language) -> str:
    where = {"title": row["title"], "round": row["round"]}
    if row["shown"] == "nothing":
        return say("chart.rounds_masked", language, **where, said=said_masked(row, language))
    low, high = int(row["low"]), int(row["high"])
    key = "chart.rounds_one" if low == high else "chart.rounds_two"
    return say(key, language, **where, low=low, high=high)
