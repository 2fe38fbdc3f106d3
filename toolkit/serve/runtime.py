"""One private folder for all that a server leaves about while it runs."""

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from toolkit.errors import ToolkitError
from toolkit.evaluation.serving import FILE, Lock

__all__ = ["Runtime"]

_PREFIX = "agir-"
#: The longest path under which a kernel's sockets, which are named below it, still have room.
_LONGEST = 40


class Runtime:
    """Where this process and all that it starts keep what is not to last.

    It goes with the server. One whose server was killed goes when the next one starts: the system
    lets go of its lock however its holder ended.
    """

    def __enter__(self) -> Self:
        """Tidy up after others, and make it."""
        self._before = tempfile.tempdir, os.environ.get("TMPDIR")
        base = Path(tempfile.gettempdir())
        if os.name == "posix" and len(str(base)) > _LONGEST:
            base = Path("/tmp")  # noqa: S108  # what is made there is for us alone
        tidy(base)
        self.place = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base)).resolve()  # mode 0700
        self._lock = Lock(self.place, 0)
        self._lock.__enter__()
        tempfile.tempdir = os.environ["TMPDIR"] = str(self.place)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove it."""
        tempfile.tempdir, known = self._before
        os.environ.pop("TMPDIR")
        if known is not None:
            os.environ["TMPDIR"] = known
        self._lock.__exit__(kind, error, trace)
        shutil.rmtree(self.place, ignore_errors=True)


def tidy(base: Path) -> list[Path]:
    """Remove the folders of servers that are no more, and return which."""
    gone = []
    for place in base.glob(f"{_PREFIX}*"):
        if not _ours(place):
            continue
        try:
            with Lock(place, 0):
                gone.append(place)
        except (ToolkitError, OSError):
            continue  # its server runs
        shutil.rmtree(place, ignore_errors=True)
    return gone


def _ours(place: Path) -> bool:
    """Return whether a folder is one of these, this account's own, and its server seems gone."""
    try:
        told = (place / FILE).read_text(encoding="utf-8").split()
        if place.is_symlink() or os.name != "posix":
            return not place.is_symlink()
        return place.stat().st_uid == os.getuid() and not _runs(int(told[1]))
    except (OSError, ValueError, IndexError):
        return False


def _runs(process: int) -> bool:
    """Return whether a process exists: some file systems know no locks."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
