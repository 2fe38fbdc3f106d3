"""The dashboard: what a coalition may see of its rounds."""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from difflib import get_close_matches
from typing import TYPE_CHECKING

from toolkit import widgets
from toolkit.errors import EvaluationError
from toolkit.evaluation import COALITION, FIGURES, PARTS, Evaluation, Release, Wave, audience_of
from toolkit.evaluation.version import version
from toolkit.pages import kept
from toolkit.pages.added import Section, added
from toolkit.pages.dashboard.head import head, participation, words
from toolkit.pages.page import Page
from toolkit.pages.seen import keeping_seen, seen_as
from toolkit.text import both
from toolkit.widgets import Cards, Component, Notice

if TYPE_CHECKING:
    from toolkit.pages.dashboard.figures import Part

__all__ = ["DashboardPage"]


class DashboardPage(Page):
    """Show the coalition its own answers: who answered, the four conditions, what to talk about.

    A viewer sees what was released to their audience, as it was frozen; an evaluator sees every
    round that is over, as its figures are now. A round under way shows how many answered and
    nothing else: figures that move with each answer would give the last one away.

    Parameters
    ----------
    more
        Sections of one's own, which stand after the others and are made anew with them: functions
        that return a widget or an Altair chart, see `added.Section`.
    without
        Sections that are left out: of `PARTS`, and `how`.

    Raises
    ------
    EvaluationError
        There is no such section.
    """

    name = "dashboard"

    def __init__(
        self,
        evaluation: Evaluation,
        link: str = "",
        *,
        more: Sequence[Section] = (),
        without: Sequence[str] = (),
    ) -> None:
        self._release: Release | None = None
        left_out = (without,) if isinstance(without, str) else without
        self._more, self._without = tuple(more), frozenset(left_out)
        known = (*PARTS, "how")
        for other in self._without.difference(known):
            near = get_close_matches(other, known, n=1) or known
            raise EvaluationError(both("section.unknown", name=other, known=", ".join(near)))
        super().__init__(evaluation, link)

    def build(self) -> None:
        """Show the newest round, and keep the page for whoever comes next."""
        self.start()
        usual = not self._more and not self._without
        with keeping_seen(self, seen_as(self.link)) if usual else nullcontext():
            self.refresh()

    def start(self) -> None:
        """Choose the round that is shown first."""
        self._answered, self._words, self._nothing = Cards.empty(), Notice.empty(), Notice.empty()
        #: What is shown of the figures, by the part's name; and every component made for any.
        self.parts: dict[str, Component] = {}
        self._made: dict[tuple[str, str], Component] = {}
        self._release = self.released()
        self._take_source()
        codes = [wave.code for wave in self.visible()]
        last = self.evaluation.wave.code if self.evaluation.wave else ""
        self.chosen = last if last in codes else (codes[-1] if codes else "")

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
        if now is None or self._release is None or now.number != self._release.number:
            self._release = now
            self._take_source()
        visible, wave = self.visible(), self.wave
        self.masthead.state = head(self, visible, wave)
        answering = self._own or self.audience == COALITION
        self._answered.state = participation(self, wave, under_way=answering)
        if wave is None:
            said = self.titled("dashboard.nothing")
            if self._own:
                said["text"] = self.say("dashboard.nothing_own")
            self._nothing.state = self.notice(**said)
            self.children = (self.masthead, self._answered, self._nothing)
            return
        self._words.state = words(self, self._release)
        self._fill(self._figures(wave))
        beside = [part for part in (self._answered, self._words) if part.state.get("title")]
        parts = dict(self.parts)
        how = [parts.pop("how")] if "how" in parts else []
        more = added(self, self._more, wave.code)
        self.children = (self.masthead, *beside, *parts.values(), *more, *how)

    def _fill(self, figures: Iterable["Part"]) -> None:
        """Give each part its component: the one that it had, so that a screen keeps its place."""
        self.parts = {}
        for name, component, state in figures:
            if name.partition("/")[0] in self._without:
                continue
            shown = self._made.get((name, component))
            if shown is None:
                shown = self._made[name, component] = getattr(widgets, component).empty()
            shown.state = state
            self.parts[name] = shown

    def _figures(self, wave: Wave) -> list["Part"]:
        """Return each part and what it shows, made once for all who may see the same."""
        name = self._name(wave)
        figures: list[Part] | None = kept.find(name) if name else None
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
