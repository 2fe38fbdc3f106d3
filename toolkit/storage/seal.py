"""What every page of a store's file was when it was last put away, so that any byte counts.

Digests of rows say nothing of bytes that no row uses. A seal holds a digest of each page, and the
number of the change after which it was made: with another one, it says nothing any more.
"""

import json
import os
import sqlite3
from contextlib import closing, suppress
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from toolkit import private
from toolkit.storage import journal
from toolkit.storage.engine import let_go, open_here

__all__ = ["changed_pages", "of", "put_away", "seal"]

_PAGE = 4096
#: Seconds to wait for those who read it.
_PATIENCE = 0.5


def of(file: Path) -> Path:
    """Return where the seal of a store is."""
    return file.with_name(f"{file.name}-seal")


def seal(file: Path) -> bool:
    """Seal a file that nobody writes to just now, and return whether that could be done.

    Nobody in this process may have it open: reading it would let go of their locks.
    """
    if open_here(file):
        return False
    with suppress(OSError, *journal.DAMAGE), file.open("rb") as raw:  # closed after the connection
        place = f"{file.absolute().as_uri()}?mode=rw"
        opened = sqlite3.connect(place, uri=True, isolation_level=None, timeout=_PATIENCE)
        with closing(opened) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            connection.execute("BEGIN IMMEDIATE")
            log = journal.of(file)
            if not log.exists() or not log.stat().st_size:
                said = {"number": _number(connection), "pages": _digests(raw.read())}
                said["seal"] = _digest(said)
                private.replace(of(file), json.dumps(said).encode())
                return True
    return False


def put_away() -> None:
    """Close every store that this process has open, and seal it."""
    for file in let_go():
        seal(file)


def changed_pages(file: Path, connection: sqlite3.Connection) -> list[int]:
    """Return the pages, counted from 1, that differ from a file's seal although nothing was kept.

    Page 0 stands for the seal itself. Without a seal, or after a change, nothing differs.
    """
    try:
        said = json.loads(of(file).read_bytes())
        sealed, kept = said.pop("seal"), list(said["pages"])
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return [0]
    if sealed != _digest(said):
        return [0]
    number = os.open(file, os.O_RDONLY)
    try:
        found = _digests(os.pread(number, os.fstat(number).st_size, 0))
    finally:
        _keep_open(number)
    longest = max(len(kept), len(found))
    both = zip(_padded(kept, longest), _padded(found, longest), strict=True)
    differ = [place for place, (was, now) in enumerate(both, start=1) if was != now]
    # A change of a row changes another page, too: a number that differs alone was changed itself.
    return differ if said["number"] == _number(connection) or differ == [1] else []


_HELD: list[int] = []


def _keep_open(number: int) -> None:
    """Leave a file open until the process ends: to close it would let go of SQLite's locks."""
    _HELD.append(number)


def _padded(digests: list[str], length: int) -> list[str]:
    return [*digests, *[""] * (length - len(digests))]


def _digests(content: bytes) -> list[str]:
    pages = (content[at : at + _PAGE] for at in range(0, len(content), _PAGE))
    return [blake2b(page, digest_size=8).hexdigest() for page in pages]


def _digest(said: dict[str, Any]) -> str:
    return sha256(json.dumps([said["number"], said["pages"]]).encode()).hexdigest()


def _number(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
