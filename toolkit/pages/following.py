"""Keep a page in step with what others say, while somebody looks at it."""

import asyncio
import time
from collections.abc import Callable

from toolkit.errors import ToolkitError
from toolkit.evaluation import Evaluation

__all__ = ["Following"]

#: Seconds between two looks at whether anything was said.
_EVERY = 0.25
#: Seconds of a browser's silence after which nobody looks: a kernel that went on talking to nobody
#: would seem in use, and never be ended.
_GONE = 75.0


class Following:
    """Look again and again whether anything was said, and act only when it was.

    Each page has a kernel of its own, so that what one person does reaches the others through the
    store alone.

    Parameters
    ----------
    turn
        Returns what differs after everything that is said; cheap to ask for.
    changed
        Called when it differs.
    evaluation
        In whose log failures are written: nobody asked, so that nobody can be told.
    every
        Seconds between two looks; several a second unless told.
    """

    def __init__(
        self,
        turn: Callable[[], object],
        changed: Callable[[], None],
        evaluation: Evaluation,
        every: float | None = None,
    ) -> None:
        self._turn, self._changed, self._evaluation = turn, changed, evaluation
        self._every = every
        self._seen: object = None
        self._until = 0.0
        self._failed = False
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether it looks by itself."""
        return self._task is not None and not self._task.done()

    def heard(self) -> None:
        """Note that somebody is there, and look from now on; without an event loop, do not."""
        self._until = time.monotonic() + _GONE
        if not self.running:
            try:
                self._task = asyncio.get_running_loop().create_task(self._go_on())
            except RuntimeError:
                self._task = None

    def look(self) -> None:
        """Look once."""
        turn = self._turn()
        if turn != self._seen:
            self._changed()
            self._seen = turn

    def end(self) -> None:
        """Look no more."""
        self._until = 0.0
        if self._task is not None:
            self._task.cancel()

    async def _go_on(self) -> None:
        while time.monotonic() < self._until:
            try:
                self.look()
                self._failed = False
            except Exception as error:  # noqa: BLE001
                self._note(error)
            await asyncio.sleep(self._every or _EVERY)

    def _note(self, error: Exception) -> None:
        """Write down the first of a row of failures: the next look may go well."""
        if not self._failed:
            plain = isinstance(error, ToolkitError)
            log = self._evaluation.log  # a file that is opened now, not in every phone's kernel
            log.warning("a page is not followed: %s", error, exc_info=not plain)
        self._failed = True
