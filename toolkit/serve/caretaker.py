"""Look after an evaluation's folder while it is served, and tell the evaluator what is wrong."""

import asyncio
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from tornado.ioloop import PeriodicCallback

from toolkit import private
from toolkit.errors import EvaluationError, ToolkitError
from toolkit.evaluation import Evaluation
from toolkit.evaluation import settings as settings_file
from toolkit.evaluation.archive import back_up_daily
from toolkit.evaluation.folder import LAST_GOOD, STORE
from toolkit.pages.own import own_pages
from toolkit.text import Text, both

__all__ = ["Caretaker"]

#: Milliseconds between two looks.
_LOOK = 2000
#: Milliseconds between two looks at whether today's backup was made: not while all arrive.
_BACKUP = 5 * 60_000


class Caretaker:
    """Read the settings and the answers now and then, so that a fault is told before it is met.

    The settings as they were read last are kept beside, for pages that open while somebody edits
    the file by hand.

    Parameters
    ----------
    evaluation
        The one that is served.
    tell
        Shows a sentence to whoever started the server.
    """

    def __init__(self, evaluation: Evaluation, tell: Callable[[Text], None]) -> None:
        self._evaluation, self._tell = evaluation, tell
        self._wrong: dict[str, Text] = {}
        self._kept = tempfile.TemporaryDirectory(prefix="agir-", ignore_cleanup_errors=True)
        os.environ[LAST_GOOD] = self._kept.name  # kernels inherit it
        self._stamp = -1
        self._looks = PeriodicCallback(self.look, _LOOK)
        self._backups = PeriodicCallback(self.back_up, _BACKUP)

    def start(self) -> None:
        """Look now, and again every few seconds."""
        self.look()
        self._looks.start()
        self._backups.start()

    def look(self) -> None:
        """Look once, and tell what is wrong that was not, and what no longer is."""
        self._check(settings_file.FILE, self._settings)
        self._check("[[pages]]", self._pages)
        self._check(STORE, self._evaluation.raters)

    async def back_up(self) -> None:
        """Make today's backup, in a thread: nobody waits for it."""
        try:
            await asyncio.to_thread(back_up_daily, self._evaluation.folder)
        except ToolkitError as error:
            fault = Text(fr=error.say("fr"), en=error.say("en"))
            if self._wrong.get("backup") != fault:
                self._wrong["backup"] = fault
                self._say(both("backup.failed", fault=fault))
        else:
            self._wrong.pop("backup", None)

    def stop(self) -> None:
        """Look no more."""
        self._looks.stop()
        self._backups.stop()
        os.environ.pop(LAST_GOOD, None)
        self._kept.cleanup()

    def _settings(self) -> None:
        if (stamp := self._evaluation.stamp) == self._stamp:
            return
        settings_file.read(self._evaluation.folder)
        source = (self._evaluation.folder / settings_file.FILE).read_bytes()
        private.replace(Path(self._kept.name) / settings_file.FILE, source)
        self._stamp = stamp

    def _pages(self) -> None:
        if problems := own_pages(self._evaluation)[1]:
            raise EvaluationError(both("check.pages"), tuple(problems))

    def _check(self, what: str, act: Callable[[], object]) -> None:
        try:
            act()
        except ToolkitError as error:
            fault = Text(fr=error.say("fr"), en=error.say("en"))
            if self._wrong.get(what) != fault:
                self._wrong[what] = fault
                self._say(both("cli.fault", fault=fault))
        except OSError:
            return  # the next look knows more
        else:
            if self._wrong.pop(what, None):
                self._say(both("cli.fault_over", what=what))

    def _say(self, told: Text) -> None:
        self._tell(told)
        self._evaluation.log.warning("%s", told["en"])
