"""Where an evaluation's faults and refusals are written down: little, and for its owner alone."""

import logging
import os
import time
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

__all__ = ["Ration", "logbook"]

#: Bytes that the file grows to, and how many older ones are kept beside it.
_MOST, _OLDER = 1_000_000, 3
#: Seconds in which each kind of line is written once.
_MINUTE = 60.0
#: Kinds that are told apart within a minute; what comes beyond them is not written.
_KINDS = 100


class Ration(logging.Filter):
    """Let one line of each kind through a minute, with how many of its kind were left out.

    Whoever may knock at a door, or send to a page, would else fill the disk. A kind is what the
    program says itself: `kind` among a line's extras, or where a failure was raised, or the line.

    Parameters
    ----------
    clock
        Seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._written: dict[object, float] = {}
        self._left_out: dict[object, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a line is written."""
        kind, now = _kind(record), self._clock()
        if now - self._written.get(kind, -_MINUTE) < _MINUTE:
            self._left_out[kind] = self._left_out.get(kind, 0) + 1
            return False
        if kind not in self._written and len(self._written) >= _KINDS:
            self._forget(now)
            if len(self._written) >= _KINDS:
                return False
        self._written[kind] = now
        if left_out := self._left_out.pop(kind, 0):
            record.msg, record.args = f"{record.getMessage()} (and {left_out} like it before)", ()
        return True

    def _forget(self, now: float) -> None:
        for kind, when in list(self._written.items()):
            if now - when >= _MINUTE:
                del self._written[kind]
                self._left_out.pop(kind, None)


def logbook(file: Path) -> logging.Logger:
    """Return the log that is written into a file; into none, where that cannot be."""
    log = logging.getLogger(f"agir.{file.absolute()}")
    if not log.handlers:
        log.propagate = False
        handler: logging.Handler
        try:
            handler = _File(file, maxBytes=_MOST, backupCount=_OLDER, encoding="utf-8")
        except OSError:
            handler = logging.NullHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        handler.addFilter(Ration())
        log.addHandler(handler)
    return log


class _File(RotatingFileHandler):
    """A file that several processes write to, any of which may start a new one."""

    def _open(self) -> Any:
        return open(  # closed with the handler
            self.baseFilename,
            self.mode,
            encoding=self.encoding,
            errors="backslashreplace",
            opener=lambda name, flags: os.open(name, flags, 0o600),
        )

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802
        """Return whether the file has grown; first follow another process to a newer one."""
        if self.stream is not None and self._moved(self.stream.fileno()):
            self.stream.close()
            self.stream = self._open()
        return bool(super().shouldRollover(record))

    def rotate(self, source: str, dest: str) -> None:
        """Put an older file aside; one that another program holds open stays, and grows on."""
        try:
            super().rotate(source, dest)
        except OSError:
            return

    def _moved(self, opened: int) -> bool:
        try:
            there, here = Path(self.baseFilename).stat(), os.fstat(opened)
        except OSError:
            return True
        return (there.st_dev, there.st_ino) != (here.st_dev, here.st_ino)


def _kind(record: logging.LogRecord) -> object:
    kind = getattr(record, "kind", None)
    if kind is not None:
        return kind
    trace = record.exc_info[2] if record.exc_info else None
    if trace is None:
        return record.getMessage()
    while trace.tb_next is not None:
        trace = trace.tb_next
    return record.msg, trace.tb_frame.f_code.co_filename, trace.tb_lineno
