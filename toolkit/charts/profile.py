"""The four conditions side by side: the low and the high median, never a sum."""

from typing import Any

import altair as alt
import pandas as pd

from toolkit.charts import look
from toolkit.charts.frames import WIDTH, read, spoken
from toolkit.charts.lettering import wrapped
from toolkit.charts.masked import masked_rows, said_masked
from toolkit.text import Language, say

__all__ = ["describe_profile", "profile"]

_NEEDS = ("low", "high", "shown")


def profile(
    conditions: pd.DataFrame,
    *,
    language: Language | None = None,
    sort: str | None = None,
    by: str | None = None,
    totals: bool = False,
    width: int = WIDTH,
) -> alt.LayerChart | alt.FacetChart:
    """Draw the medians of each condition on the scale, over the middle half of the answers.

    Parameters
    ----------
    conditions
        Rows of `Evaluation.profile` for one round and everybody: `title`, `low` and `high`
        (medians), `first` and `steps` (of their scale), `shown`; and, where they are known, `from`
        and `to` (the ends of the middle half of the answers; null where masked).
    language
        Of the texts around the figures; without it, the frame's own.
    sort, by, totals
        In which order, one row for each group or round, and with how many people answered; see
        `frames.read`.
    width
        In pixels.
    """
    language = spoken(conditions, language)
    conditions = read(conditions, "title", language, needs=_NEEDS, sort=sort, by=by, totals=totals)
    lay = look.Rows.of(conditions["title"], width)
    table = conditions.assign(y=range(len(conditions)))
    shown = table[table["shown"] != "nothing"]
    rows = alt.Y("y:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    axis, far = look.scale(conditions), alt.X2("x2:Q")
    low = _line(shown, "low", "high")
    high = low.assign(x=low["x2"])
    rule: dict[str, Any] = {"color": look.MAIN, "yOffset": lay.bar_at}
    spread = alt.Chart(_halves(shown))
    ends = spread.mark_tick(**rule, thickness=1.5, size=12)
    band = alt.Chart(low).mark_rule(**rule, strokeWidth=6, strokeCap="round")
    dots = alt.Chart(pd.concat([low, high])).mark_circle(**rule, size=190, opacity=1)
    hidden = table[table["shown"] == "nothing"]
    masked = alt.Chart(masked_rows(hidden, language)).mark_text(
        dy=lay.bar_at, color=look.SOFT, fontStyle="italic", fontSize=12
    )
    layers = [
        spread.mark_rule(**rule, strokeWidth=1.5).encode(y=rows, x=axis, x2=far),
        ends.encode(y=rows, x=axis),
        ends.encode(y=rows, x=look.scale(conditions, "x2")),
        band.encode(y=rows, x=axis, x2=far),
        dots.encode(y=rows, x=axis),
        masked.encode(y=rows, x=alt.XValue(width / 2), text=alt.Text("said:N")),
        lay.draw(rows),
    ]
    chart = alt.layer(*layers).properties(width=width, height=lay.height)
    if "from" in conditions:
        chart = chart.properties(title=_note(language, width))
    return look.styled(chart, _described(conditions, language))


def describe_profile(
    conditions: pd.DataFrame,
    *,
    language: Language | None = None,
    sort: str | None = None,
    by: str | None = None,
    totals: bool = False,
) -> str:
    """Return the medians as a sentence for each condition, from the same numbers."""
    language = spoken(conditions, language)
    table = read(conditions, "title", language, needs=_NEEDS, sort=sort, by=by, totals=totals)
    return _described(table, language)


def _described(conditions: pd.DataFrame, language: Language) -> str:
    said = []
    for row in conditions.to_dict("records"):
        if row["shown"] == "nothing":
            masked = {"title": row["title"], "said": said_masked(row, language)}
            said.append(say("chart.line", language, **masked))
            continue
        low, high = int(row["low"]), int(row["high"])
        key = "chart.profile_one" if low == high else "chart.profile_two"
        said.append(say(key, language, title=row["title"], low=low, high=high))
        if not pd.isna(row.get("from")) and not pd.isna(row.get("to")):
            start, end = float(row["from"]), float(row["to"])
            said.append(say("chart.profile_half", language, start=start, end=end))
    return " ".join(said)


def _halves(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the ends of the middle half of the answers, where they are known."""
    if "from" not in shown:
        return pd.DataFrame(columns=["y", "x", "x2"])
    return _line(shown.dropna(subset=["from", "to"]), "from", "to")


def _line(shown: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """Return where a line starts and ends in each row, and nothing else: a spec holds it all."""
    ends = {"x": shown[start].astype(float), "x2": shown[end].astype(float)}
    return shown[["y"]].assign(**ends)


def _note(language: Language, width: float) -> Any:
    lines = wrapped(say("chart.profile_note", language), width, 11.5)
    return alt.Title(
        lines, anchor="start", frame="group", fontSize=11.5, fontWeight=400, color=look.SOFT
    )
