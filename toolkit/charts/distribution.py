"""Diverging bars: how many stand on each step, with *don't know* beside the bar."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from toolkit.charts import look
from toolkit.charts.frames import WIDTH, read, spoken, steps_of
from toolkit.charts.masked import masked_rows, said_masked
from toolkit.text import Language, say

__all__ = ["describe_distribution", "distribution"]

_NEEDS = ("step_1", "dont_know", "shown", "start_1", "end_1")


def distribution(
    counts: pd.DataFrame,
    *,
    language: Language | None = None,
    sort: str | None = None,
    by: str | None = None,
    totals: bool = False,
    width: int = WIDTH,
    names: Sequence[str] = (),
) -> alt.HConcatChart:
    """Draw one diverging bar for each indicator.

    Parameters
    ----------
    counts
        Rows of `Evaluation.counts`.
    language
        Of the texts around the figures; without it, the frame's own.
    sort, by, totals
        In which order, one row for each group or round, and with how many people answered; see
        `frames.read`.
    width
        Of the whole chart, in pixels; 300 at least.
    names
        The name of each step, for the legend; without them, those that the frame carries.
    """
    language = spoken(counts, language)
    counts = read(counts, "statement", language, needs=_NEEDS, sort=sort, by=by, totals=totals)
    names = names or steps_of(counts)
    beside = 58
    lay = look.Rows.of(counts["statement"], width - beside)
    table = counts.assign(y=range(len(counts)))
    bars = _segments(table, names)
    # All rows, so that the numbers beside stay on them when one is masked.
    whole_range = alt.Scale(paddingInner=0, paddingOuter=0, domain=list(range(max(len(counts), 1))))
    rows = alt.Y("y:O", axis=None, scale=whole_range)
    domain = list(dict.fromkeys(bars["name"])) if len(bars) else list(names)
    base = alt.Chart(bars).encode(y=rows)
    bar = base.mark_bar(height=20, yOffset=lay.bar_at, stroke="#ffffff").encode(
        x=_share("start"),
        x2=alt.X2("end:Q"),
        color=alt.Color(
            "name:N",
            title=None,
            scale=alt.Scale(domain=domain, range=look.diverging(len(_columns(counts)))),
            legend=look.legend(domain, width) if domain else None,
        ),
    )
    number = (
        base.transform_filter("datum.count > 0")
        .mark_text(dy=lay.bar_at, fontSize=12, fontWeight=600)
        .encode(
            x=_share("middle"),
            text=alt.Text("count:Q"),
            color=alt.Color("ink:N", scale=None),
        )
    )
    middle = alt.Chart(pd.DataFrame({"x": [0]})).mark_rule(color=look.LINE).encode(x=_share("x"))
    told = _masked(table, language)
    masked = (
        alt.Chart(told)
        .mark_text(dy=lay.bar_at, fontSize=12, color=look.SOFT, fontStyle="italic")
        .encode(y=rows, x=alt.XValue((width - beside) / 2), text=alt.Text("said:N"))
    )
    left = alt.layer(middle, bar, number, masked, lay.draw(rows))
    right = _beside(table, rows, lay.bar_at, language).properties(
        width=beside - 10, height=lay.height
    )
    chart = alt.hconcat(left.properties(width=width - beside, height=lay.height), right, spacing=4)
    return look.styled(chart, _described(counts, language))


def describe_distribution(
    counts: pd.DataFrame,
    *,
    language: Language | None = None,
    sort: str | None = None,
    by: str | None = None,
    totals: bool = False,
) -> str:
    """Return what the bars show, a sentence for each indicator, from the same numbers."""
    language = spoken(counts, language)
    table = read(counts, "statement", language, needs=_NEEDS, sort=sort, by=by, totals=totals)
    return _described(table, language)


def _described(counts: pd.DataFrame, language: Language) -> str:
    said = []
    for row in counts.to_dict("records"):
        if row["shown"] != "distribution":
            masked = {"title": row["statement"], "said": said_masked(row, language)}
            said.append(say("chart.line", language, **masked))
            continue
        steps = [int(row[name]) for name in _columns(counts)]
        said.append(
            say(
                "chart.distribution_line",
                language,
                statement=row["statement"],
                counts=", ".join(str(count) for count in steps),
                unknown=_unknown(row["dont_know"], language),
            )
        )
    return " ".join([say("chart.distribution_intro", language), *said])


def _columns(counts: pd.DataFrame) -> list[str]:
    """Return the columns that count the steps of these rows: other rounds may have had more."""
    return [f"step_{place}" for place in range(1, len(look.numbers(counts)) + 1)]


def _unknown(count: Any, language: Language) -> str:
    """Return how many do not know, or that it is masked."""
    return str(int(count)) if pd.notna(count) else say("chart.masked", language)


def _share(column: str) -> alt.X:
    return alt.X(f"{column}:Q", axis=None, scale=alt.Scale(domain=[-1, 1]))


def _segments(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    columns, numbers = _columns(table), look.numbers(table)
    colours = look.diverging(len(columns))
    rows = []
    for row in table[table["shown"] == "distribution"].to_dict("records"):
        for place, column in enumerate(columns):
            start, end = float(row[f"start_{place + 1}"]), float(row[f"end_{place + 1}"])
            name = f"{numbers[place]} {names[place]}" if names else str(numbers[place])
            rows.append(
                {"y": row["y"], "start": start, "end": end, "middle": (start + end) / 2}
                | {"name": name, "count": int(row[column]), "ink": look.ink_on(colours[place])}
            )
    shape = ["y", "start", "end", "middle", "name", "count", "ink"]
    return pd.DataFrame(rows, columns=shape)


def _masked(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    return masked_rows(table[table["shown"] != "distribution"], language)


def _beside(table: pd.DataFrame, rows: alt.Y, bar_at: float, language: Language) -> Any:
    # Where nothing of a line is shown, the line says so itself.
    told = table[table["dont_know"].notna() | (table["shown"] == "distribution")]
    said = [_unknown(count, language) for count in told["dont_know"]]
    known = told[["y"]].assign(unknown=said)
    return (
        alt.Chart(
            known,
            title=alt.Title(
                say("chart.dont_know", language), fontSize=12, fontWeight=400, color=look.SOFT
            ),
        )
        .mark_text(dy=bar_at, fontSize=13, color=look.INK)
        .encode(y=rows, text=alt.Text("unknown:N"))
    )
