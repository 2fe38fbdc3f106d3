"""The dashboard: what a coalition may see of its rounds."""

from typing import Any

from toolkit.evaluation import Evaluation, Wave
from toolkit.evaluation.version import version
from toolkit.pages import kept
from toolkit.pages.dashboard_head import head, participation
from toolkit.pages.page import Page
from toolkit.pages.seen import keeping_seen
from toolkit.widgets import Cards, ChartView, Notice, Table

__all__ = ["DashboardPage"]

#: The parts that `dashboard_figures.figures` fills by name; the charts of the lines come in pairs.
_FILLED = (
    *("answered", "alike", "conditions", "profile", "guide"),
    *("change", "rounds", "groups", "how"),
)


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
        self._profile, self._rounds, self._change = ChartView(), ChartView(), ChartView()
        self._alike = Notice()
        sections = self.evaluation.instrument.conditions
        self._lines = {section.code: (ChartView(), ChartView()) for section in sections}
        waves = self.visible()
        last = self.evaluation.wave
        chosen = last if last in waves else (waves[-1] if waves else None)
        self._chosen = chosen.code if chosen else ""
        with keeping_seen(self, "evaluator" if self._own else "viewer"):
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
        self.masthead.state = head(self, self.visible(), wave)
        if wave is None:
            self._answered.state = participation(self, None)
            self._nothing.state = self.notice("dashboard.nothing")
            self.children = (self.masthead, self._answered, self._nothing)
            return
        figures = self._figures(wave)
        for name in _FILLED:
            getattr(self, f"_{name}").state = figures[name]
        for code, charts in self._lines.items():
            for chart, state in zip(charts, figures["lines"][code], strict=True):
                chart.state = state
        self.children = self._parts(several=len(self.visible()) > 1)

    def _figures(self, wave: Wave) -> dict[str, Any]:
        """Return what each part shows, made once for all who may see the same."""
        name = self._name(wave)
        figures: dict[str, Any] | None = kept.find(name)
        if figures is None:
            # Only who draws needs pandas and altair, which take far longer to load than to find.
            from toolkit.pages.dashboard_figures import figures as made  # noqa: PLC0415

            figures = made(self, wave, self.visible(), own=self._own)
            # An answer that came meanwhile, or a round withdrawn, belongs to another name.
            if self._name(wave) == name:
                kept.keep(name, figures)
        return figures

    def _name(self, wave: Wave) -> str:
        """Return what the figures are kept under: all that they are made from, and for whom."""
        role = "evaluator" if self._own else "viewer"
        seen = [wave.code, *(visible.code for visible in self.visible())]
        return kept.key("dashboard", role, self.language, *seen, version(self.evaluation))

    def _parts(self, *, several: bool) -> tuple[Any, ...]:
        lines = [chart for pair in self._lines.values() for chart in pair if chart.state["shows"]]
        rounds = (self._rounds,) if several else ()
        change = (self._change,) if self._change.state["shows"] else ()
        alike = (self._alike,) if self._alike.state.get("text") else ()
        return (
            *(self.masthead, self._answered, *alike, self._conditions, self._profile, self._guide),
            *(*lines, *change, *rounds, self._groups, self._how),
        )
