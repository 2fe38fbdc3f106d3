"""Files that nobody but their owner may open, from the moment that they exist.

On Windows, where modes mean nothing, a folder inside one's own profile has the same effect.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["FILE", "FOLDER", "create", "locked", "make_folder", "opener", "replace", "tighten"]

#: The modes of a private file and of a private folder.
FILE, FOLDER = 0o600, 0o700
_OTHERS = 0o077


def opener(path: str, flags: int) -> int:
    """Open a file for `open(..., opener=opener)`; one that it makes is private."""
    return os.open(path, flags, FILE)


def create(file: Path) -> None:
    """Make an empty private file, unless it is there."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE))


def make_folder(folder: Path) -> None:
    """Make a private folder, and those above it as usual; one that is there stays as it is."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=FOLDER, exist_ok=True)


def replace(file: Path, content: bytes) -> None:
    """Let a private file take the place of another in one step, once it is on the disk.

    Raises
    ------
    OSError
        It cannot be written; what was there before stays as it was.
    """
    # Private from birth, whatever the umask.
    number, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(number, "wb") as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Wait until no other process holds a lock, and hold it; where there are no locks, go on.

    Raises
    ------
    OSError
        Its file cannot be made.
    """
    number = opener(str(file), os.O_RDWR | os.O_CREAT)
    try:
        with suppress(ImportError, OSError):
            import fcntl  # noqa: PLC0415  # not on Windows

            fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)


def tighten(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """Make files and folders private; return those that were open to others, and that still are.

    What belongs to somebody else stays as it is: only its owner may change it.
    """
    found, left = [], []
    for path in paths:
        with suppress(OSError):
            mode = path.lstat().st_mode
            if path.is_symlink() or os.name != "posix" or not mode & _OTHERS:
                continue
            try:
                path.chmod(mode & ~_OTHERS & 0o7777)
                found.append(path)
            except OSError:
                left.append(path)
    return found, left
