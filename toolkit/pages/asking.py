"""A page that people answer on while a round is open, and that says by itself when it ends."""

from collections.abc import Callable
from contextlib import suppress

from toolkit.errors import ToolkitError
from toolkit.pages.following import Following
from toolkit.pages.page import Page
from toolkit.widgets import NoticeState

__all__ = ["Asking"]

#: Seconds between two looks at whether the round still is open: the time of one file.
_EVERY = 1.0


class Asking(Page):
    """A page that follows what the evaluator decides, as long as somebody looks at it."""

    _following: Following | None = None
    #: Whether the round had ended when the page was shown last, and something came after that.
    _ended = _late = False

    def follow_round(self) -> None:
        """Turn a person's page when their round is closed, or opened again."""
        if self.link is not None and self.link.rater:
            self.followed, self._ended = True, self.ended
            self.follow(lambda: self.evaluation.stamp, self._look, every=_EVERY)

    def follow(
        self, turn: Callable[[], object], look: Callable[[], None], *, every: float | None = None
    ) -> None:
        """Call `look` whenever what `turn` returns differs, and follow nothing else."""
        if self._following is not None:
            self._following.end()
        self._following = Following(turn, look, self.evaluation, every)
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

    @property
    def ended(self) -> bool:
        """Whether the round of this page's person takes no answers now."""
        if self.link is None or not self.link.rater:
            return False
        wave = self.evaluation.settings.wave(self.link.wave) if self.link.wave else None
        # A round that the settings do not name at this moment may be there at the next.
        return wave is not None and wave.status != "open"

    def turned(self) -> None:
        """Show what the page shows now that the round ended, or was opened again."""
        raise NotImplementedError

    def refused(self) -> None:
        """Tell whoever answered a moment too late, on the page that takes the form's place."""
        with suppress(ToolkitError):  # where it cannot be known, the next look tells
            if self.ended:
                self._late = self._ended = True
                self.turned()

    def told_late(self, state: NoticeState) -> NoticeState:
        """Return a notice, with a word about what came after the round's end."""
        if not (self._late and self.ended):
            return state
        return {**state, "text": f"{state.get('text', '')}\n\n{self.say('rate.late')}"}

    def _look(self) -> None:
        if self.ended != self._ended:
            self._ended, self._late = self.ended, False
            self.turned()
