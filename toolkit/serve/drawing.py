"""Dashboards that are drawn before anybody asks, and kept as long as the server runs."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tornado.ioloop import PeriodicCallback

from toolkit.errors import StoreError
from toolkit.evaluation import version
from toolkit.pages.kept import FOLDER
from toolkit.serve.environment import needed

__all__ = ["Drawing"]

#: It stands back behind whoever waits for a page, and ends when its server does.
_DRAW = """
import os, sys, threading
if hasattr(os, "nice"):
    os.nice(15)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
import toolkit.serve  # its imports are cheaper
from toolkit.pages.dashboard.ahead import draw_ahead
draw_ahead(sys.argv[1])
"""
#: Milliseconds between two looks at whether a round was shown or withdrawn.
_LOOK = 5000


class Drawing:
    """Draw an evaluation's dashboards in a process of their own, when something changed.

    Parameters
    ----------
    folder
        The evaluation's.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._seen: str | None = None
        self._kept = tempfile.TemporaryDirectory(prefix="agir-", ignore_cleanup_errors=True)
        os.environ[FOLDER] = self._kept.name  # kernels inherit it; nobody else may enter it
        self._looks = PeriodicCallback(self.look, _LOOK)

    def start(self) -> None:
        """Draw now, and again whenever the settings change or something is released."""
        self.look()
        self._looks.start()

    def look(self) -> None:
        """Draw, if what is shown changed and nothing is drawn at this moment."""
        if self._process is not None and self._process.poll() is None:
            return
        try:
            found = version.shown(self._folder)
        except (OSError, StoreError):
            return
        if found != self._seen:
            self._seen = found
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", _DRAW, str(self._folder.absolute())],
                env=needed(),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # a page that is opened says what is wrong
            )

    def stop(self) -> None:
        """End what is being drawn, and throw away what was."""
        self._looks.stop()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        os.environ.pop(FOLDER, None)
        self._kept.cleanup()
