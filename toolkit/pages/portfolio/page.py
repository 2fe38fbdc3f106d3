"""The portfolio: several coalitions side by side, each as it chose to show itself, none ranked."""

from collections.abc import Sequence
from pathlib import Path

from toolkit.evaluation import Evaluation
from toolkit.evaluation.portfolio import Member, beside, gather
from toolkit.pages.answered import answered
from toolkit.pages.page import Page
from toolkit.widgets import Card, Cards, ChartState, ChartView, Nothing, Notice

__all__ = ["PortfolioPage"]


class PortfolioPage(Page):
    """Show an evaluator of several coalitions what each has released to the portfolio.

    Parameters
    ----------
    evaluation
        The one whose notebook it is.
    folders
        The evaluations, in the order in which they are shown; without it, all that stand in the
        same folder as this one, by name.
    link
        A token to open it with.
    """

    name = "portfolio"

    def __init__(
        self, evaluation: Evaluation, folders: Sequence[str | Path] = (), link: str = ""
    ) -> None:
        self._folders = folders
        super().__init__(evaluation, link)

    def build(self) -> None:
        """Make every part once; `refresh` fills them."""
        self._how, self._chart, self._members = Notice.empty(), ChartView.empty(), Cards.empty()
        self.refresh()

    def refresh(self) -> None:
        """Read again what each has released, and say it in the page's language."""
        title = self.say("portfolio.title")
        self.masthead.state = self.head(title, self.say("portfolio.subtitle"))
        named = self._folders or beside(self.evaluation.folder)
        members = gather(named, by_name=not self._folders)
        self._how.state = self.notice(**self.titled("portfolio.how"))
        self._chart.state = self._drawn(members)
        cards = [self._card(member) for member in members]
        title, text = self.say("portfolio.members"), self.say("portfolio.members_text")
        self._members.state = self.cards(title=title, text=text, cards=cards)
        chart = (self._chart,) if self._chart.state.get("title") else ()
        self.children = (self.masthead, self._how, *chart, self._members)

    def _drawn(self, members: Sequence[Member]) -> ChartState | Nothing:
        """Return the small multiples, or nothing where nobody has released anything."""
        if not any(member.release and member.wave and not member.apart for member in members):
            return {}
        # Altair takes a second to load: only where there is something to draw.
        from toolkit.pages.portfolio.chart import small_multiples  # noqa: PLC0415

        return small_multiples(self, members)

    def _card(self, member: Member) -> Card:
        card: Card = {"title": member.name}
        if member.fault is not None:
            said = self.say("portfolio.fault")
            return {**card, "lines": [said, member.fault[self.language]], "tone": "masked"}
        if member.release is None or member.wave is None:
            return {**card, "lines": [self.say("portfolio.nothing")], "tone": "masked"}
        release, wave = member.release, member.wave
        count = release.snapshot.participation(wave.code)
        lines = [
            wave.text[self.language],
            answered(self, wave, count),
            self.say("dashboard.version", version=release.version, date=release.agreed_on),
            *(line.strip() for line in release.draft.notes.splitlines() if line.strip()),
        ]
        lines += [self.say("portfolio.apart")] if member.apart else []
        return {**card, "lines": lines}
