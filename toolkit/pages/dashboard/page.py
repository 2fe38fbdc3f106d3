"""The dashboard: what a coalition may see of its rounds."""

from collections.abc import Sequence
from typing import Any

from toolkit.evaluation import COALITION, FIGURES, Evaluation, Release, Wave, audience_of
from toolkit.evaluation.version import version
from toolkit.pages import kept
from toolkit.pages.dashboard.head import head, participation, words
from toolkit.pages.dashboard.talk import Talk
from toolkit.pages.page import Page
from toolkit.pages.seen import keeping_seen, seen_as
from toolkit.widgets import Cards, ChartView, Notice, Table

__all__ = ["DashboardPage"]

#: The parts that `figures.figures` fills by name; the charts of the lines come in pairs.
_FILLED = (
    *("alike", "conditions", "profile", "guide"),
    *("change", "then", "rounds", "apart", "groups", "how"),
)


class DashboardPage(Page):
    """Show the coalition its own answers: who answered, the four conditions, what to talk about.

    A viewer sees what was released to their audience, as it was frozen; an evaluator sees every
    round that is over, as its figures are now. A round under way shows how many answered and
    nothing else: figures that move with each answer would give the last one away.
    """

    name = "dashboard"

    def __init__(self, evaluation: Evaluation, link: str = "") -> None:
        self._release: Release | None = None
        super().__init__(evaluation, link)

    def build(self) -> None:
        """Show the newest round, and keep the page for whoever comes next."""
        self.start()
        with keeping_seen(self, seen_as(self.link)):
            self.refresh()

    def start(self) -> None:
        """Make every part once; `refresh` fills them."""
        self._answered, self._words, self._nothing = Cards(), Notice(), Notice()
        self._make()
        codes = [wave.code for wave in self.visible()]
        last = self.evaluation.wave.code if self.evaluation.wave else ""
        self.chosen = last if last in codes else (codes[-1] if codes else "")

    def _make(self) -> None:
        """Make the parts of the figures, for what is released now."""
        self._release = self.released()
        self._take_source()
        self._conditions, self._guide, self._groups = Cards(), Cards(), Table()
        self._profile, self._rounds, self._change = ChartView(), ChartView(), ChartView()
        self._alike, self._apart, self._how = Notice(), Notice(), Notice()
        self._then = Cards()
        asked = [self.source.instrument_of(wave.code) for wave in self.visible()]
        sections = [section for instrument in asked for section in instrument.conditions]
        self._lines = {section.code: (ChartView(), ChartView()) for section in sections}
        self._make_modules(self.visible())
        self._talk = Talk([section for instrument in asked for section in instrument.sections])

    def _take_source(self) -> None:
        """Read figures from what this visitor may see, and from nothing else."""
        if self._release is not None:
            self.source = self._release.snapshot
        elif self._own:
            self.source = self.evaluation
        else:
            self.source = self.evaluation.releases.standing(self.audience)

    def choose(self, choice: str) -> None:
        """Show another round."""
        if choice in {wave.code for wave in self.visible()}:
            self.chosen = choice
            self.refresh()

    def released(self) -> Release | None:
        """Return what is shown; None where figures are shown as they are now, or none are."""
        return None if self._own else self.evaluation.releases.current(self.audience)

    @property
    def audience(self) -> str:
        """For whom the page is."""
        return audience_of(self.link) if self.link else COALITION

    def visible(self) -> list[Wave]:
        """Return the rounds whose figures this visitor may see."""
        if self._release is not None:
            return self.evaluation.releases.visible(self._release)
        if self._own:
            over = {"released", "closed", "withdrawn"}
            return [wave for wave in self.evaluation.settings.waves if wave.status in over]
        return self.evaluation.releases.live() if self.audience == COALITION else []

    @property
    def _own(self) -> bool:
        """Whether the visitor is the evaluator, who may see before the coalition does."""
        return self.link is None or self.link.role == "evaluator"

    @property
    def wave(self) -> Wave | None:
        """The round that is shown, or None."""
        return next((wave for wave in self.visible() if wave.code == self.chosen), None)

    def refresh(self) -> None:
        """Read the figures again, and say them in the page's language."""
        now = self.released()
        if (now and now.number) != (self._release and self._release.number):
            self._make()  # of another version, with other words
        elif now is None:
            self._take_source()
        visible, wave = self.visible(), self.wave
        self.masthead.state = head(self, visible, wave)
        answering = self._own or self.audience == COALITION
        self._answered.state = participation(self, wave, under_way=answering)
        if wave is None:
            own = {"text": self.say("dashboard.nothing_own")} if self._own else {}
            self._nothing.state = self.notice("dashboard.nothing", **own)
            self.children = (self.masthead, self._answered, self._nothing)
            return
        self._words.state = words(self, self._release)
        figures = self._figures(wave)
        for name in _FILLED:
            getattr(self, f"_{name}").state = figures[name]
        for code, charts in self._lines.items():
            states = figures["lines"].get(code, [{"shows": False}] * 2)
            for chart, state in zip(charts, states, strict=True):
                chart.state = state
        self._fill_modules(figures)
        self._talk.fill(figures["said"])
        self.children = self._parts()

    def _figures(self, wave: Wave) -> dict[str, Any]:
        """Return what each part shows, made once for all who may see the same."""
        name = self._name(wave)
        figures: dict[str, Any] | None = kept.find(name) if name else None
        if figures is None:
            # Only who draws needs pandas and altair, which take far longer to load than to find.
            from toolkit.pages.dashboard.figures import figures as made  # noqa: PLC0415

            parts = self._release.snapshot.parts if self._release else FIGURES
            ties = not self._unnamed
            figures = made(self, wave, self.visible(), own=self._own, parts=parts, ties=ties)
            # An answer that came meanwhile, or a round withdrawn, belongs to another name.
            if name and self._name(wave) == name:
                kept.keep(name, figures)
        return figures

    def _name(self, wave: Wave) -> str:
        """Return what the figures are kept under: all that they are made from, and for whom.

        A release never changes: its number stands for all of it, but for the map that goes with
        the consent of those who are named on it. One that is only looked at has no number, and is
        not kept.
        """
        role = "evaluator" if self._own else "viewer"
        seen = [wave.code, *(visible.code for visible in self.visible())]
        release = self._release
        if release is None:
            return kept.key("dashboard", role, self.language, *seen, version(self.evaluation))
        of = [self.evaluation.links.mark, str(release.number), *self._unnamed]
        return (release.number and kept.key(*of, self.language, *seen)) or ""

    @property
    def _unnamed(self) -> list[str]:
        """Who is named on the map of the release, and no longer agrees to it."""
        return self.evaluation.releases.unnamed(self._release) if self._release else []

    def _parts(self) -> tuple[Any, ...]:
        notes = self._talk.notes
        lines = [part for code, two in self._lines.items() for part in (*two, notes[code])]
        parts = (
            *(self._answered, self._words, self._alike, self._conditions, self._profile),
            *(self._guide, *lines, *self._beside(), self._change, self._then),
            *(self._rounds, self._apart, self._groups, *self._talk.parts, self._how),
        )
        shown = [part for part in parts if part.state.get("title")]
        return (self.masthead, *shown)

    def _make_modules(self, waves: Sequence[Wave]) -> None:
        """Make the parts of the modules that any of some rounds asked."""
        sections = {
            part.code: part
            for wave in waves
            for part in self.source.instrument_of(wave.code).modules
            if part.code in wave.modules
        }.values()
        pooled = [part.code for part in sections if not part.paired]
        self._modules = Cards()
        self._module_lines = {code: (ChartView(), ChartView()) for code in pooled}
        self._sides = {part.code: Table() for part in sections if part.paired}

    def _fill_modules(self, figures: dict[str, Any]) -> None:
        self._modules.state = figures["modules"]
        for code, charts in self._module_lines.items():
            states = figures["module_lines"].get(code, [{"shows": False}] * 2)
            for chart, state in zip(charts, states, strict=True):
                chart.state = state
        for code, table in self._sides.items():
            table.state = figures["sides"].get(code, {})

    def _beside(self) -> tuple[Any, ...]:
        """Return what this round shows of its modules, after the conditions."""
        notes = self._talk.notes
        lines = [part for code, two in self._module_lines.items() for part in (*two, notes[code])]
        sides = [part for code, table in self._sides.items() for part in (table, notes[code])]
        return (self._modules, *lines, *sides)
