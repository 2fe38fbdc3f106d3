"""The page of a consensus session: a facilitator leads it, the room answers on phones."""

from typing import Any

from toolkit.evaluation import Evaluation
from toolkit.pages.consensus import texts
from toolkit.pages.consensus.screen import Screen
from toolkit.pages.consensus.seat import Seat
from toolkit.widgets import Notice

__all__ = ["ConsensusPage"]


class ConsensusPage(Screen):
    """Lead a session, or take part in it, each page in step with all the others.

    In an evaluator's own notebook, and through an evaluator's link, it is the facilitator's page,
    which is projected; through a person's link it is their place in the room.
    """

    name = "consensus"

    def __init__(self, evaluation: Evaluation, link: str = "") -> None:
        self._part: Any = None
        super().__init__(evaluation, link)

    def build(self) -> None:
        """Make the part of whoever opened the page, and keep it in step from then on."""
        view = self._part.view if self.leads and self._part is not None else ""
        self._part, wave = None, self.wave
        if wave is None:
            self._notice = Notice.empty()
        elif self.leads:
            # A phone needs nothing of what only a facilitator does.
            from toolkit.pages.consensus.lead import Lead  # noqa: PLC0415

            self._part = Lead(self, wave.code, view)
        else:
            self._part = Seat(self, wave.code)
        self.refresh()
        if self._part is not None:
            self.follow_room(self._part.room, self._part.look)

    def choose(self, choice: str) -> None:
        """Take up the session of another round, or look back at it."""
        if self.leads and self.evaluation.settings.wave(choice):
            self.chosen = choice
            self.build()

    def view(self, view: str) -> None:
        """Use a facilitator's screen to lead, only to show the room what it sees, or for both."""
        if self.leads and self._part is not None:
            self._part.choose(view)
            self.refresh()

    def refresh(self) -> None:
        """Say everything again in the page's language."""
        leading = self.leads and self._part is not None
        waves = self.evaluation.settings.waves if leading else ()
        view = self._part.view if leading else None
        self.masthead.state = texts.head(self, self.wave, waves, view)
        if self._part is not None:
            self._part.refresh()
        else:
            self._notice.state = self.notice(**self.titled("rate.no_round"))
            self.show(self._notice)
