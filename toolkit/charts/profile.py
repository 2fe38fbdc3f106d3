"""The four conditions side by side: the low and the high median, never a sum."""

import altair as alt
import pandas as pd

from toolkit.charts import look
from toolkit.text import Language, say

__all__ = ["describe_profile", "profile"]


def profile(
    conditions: pd.DataFrame, language: Language, *, width: int = 320, last: int = 5
) -> alt.LayerChart | alt.FacetChart:
    """Draw the medians of each condition on the scale.

    Parameters
    ----------
    conditions
        Rows of `Evaluation.profile` for one round and everybody.
    language
        Of the texts around the figures.
    width
        In pixels.
    last
        The highest step of the scale.
    """
    lay = look.Rows.of(conditions["title"], width)
    table = conditions.assign(y=range(len(conditions)), label=lay.labels)
    shown = table[table["shown"] != "nothing"]
    rows = alt.Y("y:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    axis = look.scale(last)
    low = shown.assign(x=shown["low"].astype(float), x2=shown["high"].astype(float))
    high = low.assign(x=low["x2"])
    band = (
        alt.Chart(low)
        .mark_rule(strokeWidth=6, color=look.MAIN, yOffset=lay.bar_at, strokeCap="round")
        .encode(y=rows, x=axis, x2="x2:Q")
    )
    dots = alt.Chart(pd.concat([low, high])).mark_circle(
        size=190, opacity=1, color=look.MAIN, yOffset=lay.bar_at
    )
    hidden = table[table["shown"] == "nothing"].assign(said=say("chart.masked", language))
    masked = alt.Chart(hidden).mark_text(
        dy=lay.bar_at, color=look.SOFT, fontStyle="italic", fontSize=12
    )
    layers = [
        band,
        dots.encode(y=rows, x=axis),
        masked.encode(y=rows, x=alt.value(width / 2), text="said:N"),
        lay.draw(alt.Chart(table).encode(y=rows)),
    ]
    return look.styled(alt.layer(*layers).properties(width=width, height=lay.height))


def describe_profile(conditions: pd.DataFrame, language: Language) -> str:
    """Return the medians as a sentence for each condition, from the same numbers."""
    said = []
    for row in conditions.to_dict("records"):
        if row["shown"] == "nothing":
            said.append(say("chart.profile_masked", language, title=row["title"]))
        else:
            low, high = int(row["low"]), int(row["high"])
            key = "chart.profile_one" if low == high else "chart.profile_two"
            said.append(say(key, language, title=row["title"], low=low, high=high))
    return " ".join(said)
