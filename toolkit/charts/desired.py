"""Where people stand today, and where they would like to be in twelve months."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from toolkit.charts import look
from toolkit.charts.frames import WIDTH, read, spoken
from toolkit.charts.masked import said_of
from toolkit.text import Language, say

__all__ = ["describe_desired", "desired", "said_gap"]

_NEEDS = ("current", "wanted")


def desired(
    gaps: pd.DataFrame,
    *,
    language: Language | None = None,
    sort: str | None = None,
    width: int = WIDTH,
) -> alt.LayerChart | alt.FacetChart:
    """Draw a line from the current to the desired low median of each indicator.

    Parameters
    ----------
    gaps
        One row an indicator, from `Evaluation.gaps`: `statement`, `current`, `wanted` (low
        medians of everybody, by the numbers of the scale; null where masked), `first` and `steps`
        (of their scale).
    language
        Of the texts around the figures; without it, the frame's own.
    sort
        In which order; see `frames.read`.
    width
        In pixels.
    """
    language = spoken(gaps, language)
    gaps = read(gaps, "statement", language, needs=_NEEDS, sort=sort)
    lay = look.Rows.of(gaps["statement"], width)
    table = gaps.assign(y=range(len(gaps)))[["y", "current", "wanted"]]
    both = table.dropna(subset=["current", "wanted"])
    rows = alt.Y("y:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    today, later = say("chart.current", language), say("chart.desired", language)
    # Today's dot comes last: it stands inside the diamond where the two are the same.
    points = pd.concat(
        [
            both.assign(x=both["wanted"].astype(float), moment=later, x2=both["wanted"]),
            both.assign(x=both["current"].astype(float), moment=today, x2=both["wanted"]),
        ]
    )
    points["x2"] = points["x2"].astype(float)
    line = (
        alt.Chart(points[points["moment"] == today])
        .mark_rule(color=look.SOFT, strokeWidth=2, yOffset=lay.bar_at)
        .encode(y=rows, x=look.scale(gaps), x2=alt.X2("x2:Q"))
    )
    moments = [today, later]
    shown: dict[str, Any] = {"title": None, "legend": look.legend([today, later], width)}
    colours = alt.Scale(domain=moments, range=[look.MAIN, look.SECOND])
    fills = alt.Scale(domain=moments, range=[look.MAIN, "#ffffff"])
    shapes = alt.Scale(domain=moments, range=["circle", "diamond"])
    shared = {
        "fill": alt.Fill("moment:N", scale=fills, **shown),
        "stroke": alt.Stroke("moment:N", scale=colours, **shown),
        "shape": alt.Shape("moment:N", scale=shapes, **shown),
        "size": alt.condition(alt.datum.moment == today, alt.value(80), alt.value(300)),
    }
    dots = alt.Chart(points).mark_point(opacity=1, strokeWidth=2.5, yOffset=lay.bar_at)
    hidden = table.assign(said=[said_gap(row, language) for row in gaps.to_dict("records")])
    hidden = hidden[table[["current", "wanted"]].isna().any(axis=1)]
    masked = (
        alt.Chart(hidden)
        .mark_text(dy=lay.bar_at, color=look.SOFT, fontStyle="italic", fontSize=12)
        .encode(y=rows, x=alt.XValue(width / 2), text=alt.Text("said:N"))
    )
    layers = alt.layer(
        line,
        dots.encode(y=rows, x=look.scale(gaps), **shared),
        masked,
        lay.draw(rows),
    )
    chart = layers.properties(width=width, height=lay.height)
    return look.styled(chart, _described(gaps, language))


def describe_desired(
    gaps: pd.DataFrame, *, language: Language | None = None, sort: str | None = None
) -> str:
    """Return current and desired as a sentence for each indicator, from the same numbers."""
    language = spoken(gaps, language)
    return _described(read(gaps, "statement", language, needs=_NEEDS, sort=sort), language)


def _described(gaps: pd.DataFrame, language: Language) -> str:
    said = []
    for row in gaps.to_dict("records"):
        if pd.isna(row["current"]) or pd.isna(row["wanted"]):
            hidden = {"title": row["statement"], "said": said_gap(row, language)}
            said.append(say("chart.line", language, **hidden))
            continue
        low, high = int(row["current"]), int(row["wanted"])
        said.append(
            say("chart.desired_line", language, statement=row["statement"], low=low, high=high)
        )
    return " ".join(said)


def said_gap(row: Mapping[Any, Any], language: Language) -> str:
    """Return why a row shows no two medians; too few people for either is too few for both."""
    if "wanted_why" not in row:
        return say("chart.masked", language)
    current = pd.isna(row["current"]) and (row["why"] == "few" or pd.notna(row["wanted"]))
    return said_of(row, "why" if current else "wanted_why", language)
