"""The write-ahead log beside a database: whether it belongs to it, and whether it is whole.

SQLite takes any log that has the right name, and writes its pages into the file beside it. After a
server was killed and a backup was put in place of its file, that would mix the two.

Every change numbers the file's first page (see `engine`), so that a log holds a first page with
each change: of the same store, and going on from where the file stands.
"""

import shutil
import sqlite3
import struct
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DAMAGE", "belongs", "of", "unread"]

#: What is raised of a damaged file; not even the words of SQLite's own sentence need be text then.
DAMAGE = (sqlite3.Error, UnicodeDecodeError)

#: How often to look again before a log is called another's: a server may be writing it just now.
_LOOKS, _PAUSE = 6, 0.05
_HEAD, _FRAME = 32, 24
#: Where the first page holds what tells it apart.
_CHANGES, _NUMBER, _STORE = 24, 60, 68
_FIRST = 100


@dataclass(frozen=True, slots=True)
class _Page:
    """What a first page says: of which store it is, and after how many changes."""

    store: int
    number: int
    changes: int

    @classmethod
    def read(cls, page: bytes) -> "_Page":
        store, number, changes = (_word(page, at) for at in (_STORE, _NUMBER, _CHANGES))
        return cls(store, number, changes)


@dataclass(frozen=True, slots=True)
class _Frame:
    page: int
    commits: bool
    content: bytes
    whole: bool


def of(file: Path) -> Path:
    """Return where the log of a database is."""
    return file.with_name(f"{file.name}-wal")


def belongs(file: Path) -> bool:
    """Return whether the log beside a database is its own; without one, it is.

    Nobody in this process may have the file open: reading it would let go of their locks.
    """
    for look in range(_LOOKS):
        if look:
            time.sleep(_PAUSE)
        if _fits(file, checked=False) or _fits(file, checked=True):
            return True
    return False


def unread(file: Path) -> int:
    """Return how many frames of a log are lost behind one that was changed.

    A last change that power or a kill cut short is no loss: nobody was told that it was saved.
    """
    frames = list(_frames(_content(of(file)), checked=True))
    broken = next((place for place, frame in enumerate(frames) if not frame.whole), len(frames))
    # Changes reach the disk one after the other: with one behind it, this one had been there.
    behind = next((i for i, f in enumerate(frames[broken:], broken) if f.commits), len(frames))
    return len(frames) - broken if behind + 1 < len(frames) else 0


def _fits(file: Path, *, checked: bool) -> bool:
    firsts = _committed(_content(of(file)), checked=checked)
    own = _content(file, _FIRST)
    if not firsts or len(own) < _FIRST:
        return True
    page = _Page.read(own)
    if not page.store:
        return True
    if {first.store for first in firsts} - {page.store, 0}:
        return False
    if firsts[0].number > page.number + 1 or page.number > firsts[-1].number:
        return False
    same = page.changes - page.number == firsts[0].changes - firsts[0].number
    return same or _fits_in_a_copy(file)


def _fits_in_a_copy(file: Path) -> bool:
    """Return whether file and log are whole together, where the file alone would be.

    Somebody else's copy of the same state may have other pages at other places.
    """
    with tempfile.TemporaryDirectory(prefix="agir-") as place:
        copy = Path(place) / "copy.db"
        shutil.copyfile(file, copy)
        alone = _whole(copy)
        shutil.copyfile(file, copy)
        shutil.copyfile(of(file), of(copy))
        return _whole(copy) or not alone


def _whole(file: Path) -> bool:
    connection = sqlite3.connect(file)
    try:
        return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except DAMAGE:
        return False
    finally:
        connection.close()


def _committed(log: bytes, *, checked: bool) -> list[_Page]:
    """Return the first pages of the changes that a log holds, oldest first."""
    found: list[_Page] = []
    waiting: list[_Page] = []
    for frame in _frames(log, checked=checked):
        if not frame.whole:
            break
        if frame.page == 1:
            waiting.append(_Page.read(frame.content))
        if frame.commits:
            found, waiting = [*found, *waiting], []
    return found


def _frames(log: bytes, *, checked: bool) -> Iterator[_Frame]:
    """Yield the frames of a log's present turn; `whole` says nothing unless they are checked."""
    if len(log) < _HEAD:
        return
    size, salts = _word(log, 8), log[16:24]
    order = ">" if _word(log, 0) & 1 else "<"
    total = _sum(log[:24], (0, 0), order) if checked else (0, 0)
    whole = not checked or total == (_word(log, 24), _word(log, 28))
    step = _FRAME + size
    for at in range(_HEAD, len(log) - step + 1, step):
        head, content = log[at : at + _FRAME], log[at + _FRAME : at + step]
        if head[8:16] != salts:
            return
        if checked and whole:
            total = _sum(content, _sum(head[:8], total, order), order)
            whole = total == (_word(head, 16), _word(head, 20))
        yield _Frame(_word(head, 0), bool(_word(head, 4)), content, whole)


def _sum(part: bytes, total: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = total
    for one, two in struct.iter_unpack(f"{order}II", part):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + two + first) & 0xFFFFFFFF
    return first, second


def _word(source: bytes, at: int) -> int:
    return int.from_bytes(source[at : at + 4], "big")


def _content(file: Path, most: int = -1) -> bytes:
    try:
        with file.open("rb") as source:
            return source.read(most)
    except FileNotFoundError:
        return b""
