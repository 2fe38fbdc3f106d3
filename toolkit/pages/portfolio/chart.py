"""The portfolio's chart: one small panel for each coalition."""

from collections.abc import Sequence

from toolkit import charts
from toolkit.evaluation.portfolio import Member, conditions
from toolkit.pages.dashboard.charts import median
from toolkit.pages.page import Page
from toolkit.widgets import ChartState

__all__ = ["small_multiples"]


def small_multiples(page: Page, members: Sequence[Member]) -> ChartState:
    """Return the medians of each coalition, side by side and in the order of the members."""
    language = page.language
    frame = conditions(members, language)
    titles = list(dict.fromkeys(frame["title"]))
    rows = []
    for name, part in frame.groupby("coalition", sort=False):
        said = {row["title"]: median(page, row) for row in part.to_dict("records")}
        rows.append([str(name), *(said.get(title, "–") for title in titles)])
    return charts.view(
        lambda width: charts.portfolio(frame, language=language, width=width),
        title=page.say("portfolio.chart"),
        description=charts.describe_portfolio(frame, language=language),
        headers=[page.say("portfolio.coalition"), *titles],
        rows=rows,
        words={"table": page.say("chart.table"), "chart": page.say("chart.chart")},
        language=language,
    )
