"""What a facilitator's page and a phone have in common: a round, and being kept in step."""

from collections.abc import Callable
from typing import Any

from toolkit.evaluation import Room, Wave
from toolkit.pages.asking import Asking

__all__ = ["Screen"]


class Screen(Asking):
    """A page that shows what happens in a room, as long as somebody looks at it."""

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
        return self.evaluation.settings.wave(self.chosen) or self._usual

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

    def follow_room(self, room: Room, look: Callable[[], None]) -> None:
        """Call `look` whenever something happens in the room, or its round ends."""
        self.follow(lambda: (room.turn(), self.evaluation.stamp), look)

    def turned(self) -> None:
        """Say that the round ended, or go on where the room is."""
        self.refresh()
