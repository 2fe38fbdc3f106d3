"""What a facilitator's page and a phone have in common: a round, and being kept in step."""

from typing import Any

from toolkit.evaluation import Evaluation, Room, Wave
from toolkit.pages.following import Following
from toolkit.pages.page import Page

__all__ = ["Screen"]


class Screen(Page):
    """A page that shows what happens in a room, as long as somebody looks at it."""

    def __init__(self, evaluation: Evaluation, link: str = "") -> None:
        self._following: Following | None = None
        self._chosen = ""
        super().__init__(evaluation, link)

    @property
    def leads(self) -> bool:
        """Whether this is a facilitator's page."""
        return self.link is None or self.link.role == "evaluator"

    @property
    def wave(self) -> Wave | None:
        """The round whose session it is, as it is set now."""
        if self.link is not None and self.link.wave:
            return self.evaluation.settings.wave(self.link.wave)
        if not self.leads:
            return None
        return self.evaluation.settings.wave(self._chosen) or self._usual

    @property
    def _usual(self) -> Wave | None:
        """The open round, where people may join; else the newest with a session to look back at."""
        evaluation = self.evaluation
        return evaluation.wave if evaluation.open_wave else evaluation.newest(evaluation.sessions)

    def show(self, *parts: Any) -> None:
        """Show these under the masthead, unless they are there."""
        whole = (self.masthead, *parts)
        if self.children != whole:
            self.children = whole

    def follow(self, room: Room, look: Any) -> None:
        """Call `look` whenever something happens in the room, and in no other."""
        if self._following is not None:
            self._following.end()
        self._following = Following(room.turn, look, self.evaluation.log)
        self._following.heard()

    def heard(self) -> None:
        """Note that somebody looks at the page."""
        if self._following is not None:
            self._following.heard()

    def close(self) -> None:
        """Follow nothing any more."""
        if self._following is not None:
            self._following.end()
        super().close()
