"""One server at a time for a folder, and where it serves."""

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from toolkit import private
from toolkit.errors import ToolkitError
from toolkit.text import both

__all__ = ["FILE", "Lock", "served_at"]

FILE = ".agir-serving"


class Lock:
    """Held while a folder is served; the system lets go of it however its holder ends.

    Parameters
    ----------
    folder
        The evaluation's.
    port
        Where it is served: said to whoever would serve it again.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self._file, self._port = folder / FILE, port
        self._number: int | None = None

    def __enter__(self) -> Self:
        """Take it.

        Raises
        ------
        ToolkitError
            Another server has it.
        """
        with suppress(OSError):  # a folder that takes no file is said elsewhere
            self._number = private.opener(str(self._file), os.O_RDWR | os.O_CREAT)
        if self._number is None:
            return self
        if not _taken(self._number):
            said = os.read(self._number, 100).decode(errors="replace").split()
            port, process = (*said, "?", "?")[:2]
            os.close(self._number)
            raise ToolkitError(both("cli.served", port=port, process=process))
        os.ftruncate(self._number, 0)
        os.write(self._number, f"{self._port} {os.getpid()}\n".encode())
        return self

    def tell(self, address: str) -> None:
        """Say what stands before a token in a link, to whoever makes links in a notebook."""
        if self._number is not None:
            os.write(self._number, f"{address}\n".encode())

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of it. The file stays: who removes it could remove another's."""
        if self._number is not None:
            os.close(self._number)


def served_at(folder: Path) -> str:
    """Return what stands before a token in a link while a folder is served; empty while it is not.

    A server that was killed leaves its file, and no lock on it.
    """
    try:
        number = os.open(folder / FILE, os.O_RDWR)
    except OSError:
        return ""
    try:
        if _taken(number):
            return ""
        said = os.read(number, 1000).decode(errors="replace").split()
    finally:
        os.close(number)
    return said[2] if len(said) > 2 else ""  # noqa: PLR2004


def _taken(number: int) -> bool:
    try:
        import fcntl  # noqa: PLC0415  # not on Windows
    except ImportError:
        return _taken_on_windows(number)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks
    return True


def _taken_on_windows(number: int) -> bool:
    import msvcrt  # noqa: PLC0415

    try:
        # Far behind what is written, which others shall be able to read.
        os.lseek(number, 1000, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
    except OSError:
        return False
    finally:
        os.lseek(number, 0, os.SEEK_SET)
    return True
