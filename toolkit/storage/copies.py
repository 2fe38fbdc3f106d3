"""One consistent file of a store, also while others write to it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from toolkit import private
from toolkit.errors import StoreError
from toolkit.storage import journal
from toolkit.storage.engine import open_here, plainly
from toolkit.text import both

__all__ = ["copy"]


def copy(source: Path, target: Path) -> None:
    """Copy a store into a new private file that needs no log beside it.

    Raises
    ------
    StoreError
        It is missing, damaged, or a log lies beside it that belongs to another file; or the copy
        cannot be written.
    """
    if not source.is_file():
        raise StoreError(both("store.missing", file=source.name))
    if not open_here(source) and not journal.belongs(source):
        raise StoreError(both("store.foreign_log", file=source.name, log=journal.of(source).name))
    with plainly(source):
        private.create(target)
        place = f"{source.absolute().as_uri()}?mode=rw"
        with (
            closing(sqlite3.connect(place, uri=True)) as of,
            closing(sqlite3.connect(target)) as to,
        ):
            of.backup(to)
            to.execute("PRAGMA journal_mode=DELETE").close()
            if to.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise StoreError(both("store.broken", file=source.name))
