"""The dashboard: what a coalition may see of its rounds."""

from typing import TYPE_CHECKING, Any

from toolkit.charts import ChartView
from toolkit.evaluation import Evaluation, Wave
from toolkit.pages import dashboard_charts as drawn
from toolkit.pages import dashboard_texts as texts
from toolkit.pages.page import Page
from toolkit.widgets import Cards, Notice, Table

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.evaluation.tables import Tables

__all__ = ["DashboardPage"]


class DashboardPage(Page):
    """Show the coalition its own answers: who answered, the four conditions, what to talk about.

    A viewer sees the rounds that were shown to the coalition; an evaluator also sees the closed
    ones. A round under way shows how many answered and nothing else: figures that move with each
    answer would give the last one away.
    """

    roles = ("viewer", "evaluator")

    def __init__(self, evaluation: Evaluation, link: str = "") -> None:
        self._chosen = ""
        super().__init__(evaluation, link)

    def build(self) -> None:
        """Make every part once; `refresh` fills them."""
        self._answered, self._conditions, self._guide = Cards(), Cards(), Cards()
        self._groups, self._how, self._nothing = Table(), Notice(), Notice()
        sections = self.evaluation.instrument.conditions
        self._profile, self._rounds, self._change = ChartView(), ChartView(), ChartView()
        self._alike = Notice()
        self._lines = {section.code: (ChartView(), ChartView()) for section in sections}
        waves = self.visible()
        last = self.evaluation.wave
        chosen = last if last in waves else (waves[-1] if waves else None)
        self._chosen = chosen.code if chosen else ""
        self.refresh()

    def choose(self, choice: str) -> None:
        """Show another round."""
        if choice in {wave.code for wave in self.visible()}:
            self._chosen = choice
            self.refresh()

    def visible(self) -> list[Wave]:
        """Return the rounds whose figures this visitor may see."""
        allowed = {"released", "closed", "withdrawn"} if self._own else {"released"}
        return [wave for wave in self.evaluation.settings.waves if wave.status in allowed]

    @property
    def _own(self) -> bool:
        """Whether the visitor is the evaluator, who may see before the coalition does."""
        return self.link is None or self.link.role == "evaluator"

    @property
    def wave(self) -> Wave | None:
        """The round that is shown, or None."""
        return next((wave for wave in self.visible() if wave.code == self._chosen), None)

    def refresh(self) -> None:
        """Read the figures again, and say them in the page's language."""
        wave = self.wave
        self.masthead.state = texts.head(self, self.visible(), wave)
        self._answered.state = texts.participation(self, wave)
        if wave is None:
            state = self.notice("dashboard.nothing")
            self._nothing.state = state
            self.children = (self.masthead, self._answered, self._nothing)
            return
        tables = self.evaluation.tables(self.language)
        profile = tables.profile(by_group=True)
        codes = {visible.code for visible in self.visible()}
        profile = profile[profile["wave"].isin(codes)]
        self._conditions.state = texts.conditions(self, _of(profile, wave))
        self._guide.state = texts.guide(self, tables.guide(wave.code))
        self._groups.state = texts.groups(self, profile[profile["wave"] == wave.code])
        self._how.state = texts.how(self)
        self._profile.state = drawn.profile(self, _of(profile, wave))
        self._rounds.state = drawn.rounds(self, profile[profile["group"] == "all"])
        warned = tables.warnings()
        alike = texts.alike(self, warned[warned["wave"] == wave.code])
        self._alike.state = alike if self._own else {}
        self._draw_change(tables, wave)
        self._draw_lines(tables, wave)
        self.children = self._parts(several=len(codes) > 1)

    def _draw_change(self, tables: "Tables", wave: Wave) -> None:
        earlier = self.visible()[: self.visible().index(wave)]
        self._change.state = {"shows": False}
        if earlier:
            self._change.state = drawn.change(self, tables.changes(earlier[-1].code, wave.code))

    def _draw_lines(self, tables: "Tables", wave: Wave) -> None:
        counts, gaps = tables.counts(), tables.gaps(wave.code)
        today = counts[(counts["wave"] == wave.code) & (counts["aspect"] == "current")]
        for code, (bars, dumbbell) in self._lines.items():
            bars.state = drawn.distribution(self, code, today[today["condition"] == code])
            dumbbell.state = drawn.desired(self, code, gaps[gaps["condition"] == code])

    def _parts(self, *, several: bool) -> tuple[Any, ...]:
        lines = [chart for pair in self._lines.values() for chart in pair if chart.state["shows"]]
        rounds = (self._rounds,) if several else ()
        change = (self._change,) if self._change.state["shows"] else ()
        alike = (self._alike,) if self._alike.state.get("text") else ()
        return (
            *(self.masthead, self._answered, *alike, self._conditions, self._profile, self._guide),
            *(*lines, *change, *rounds, self._groups, self._how),
        )


def _of(profile: "pd.DataFrame", wave: Wave) -> "pd.DataFrame":
    return profile[(profile["wave"] == wave.code) & (profile["group"] == "all")]
