"""Find and name every byte of a store that is not what was written."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from toolkit.errors import StoreError
from toolkit.storage import digests, journal, seal, tables
from toolkit.text import Text, both

__all__ = ["verify"]

#: Findings of one kind that are named one by one.
_MOST = 20
#: What tells a person which row it is, in the order of preference; never what was answered.
_NAMES = (
    "wave",
    "rater",
    "link",
    "kind",
    "subject",
    "author",
    "indicator",
    "aspect",
    "act",
    "name",
)


def verify(file: Path) -> list[Text]:
    """Return a sentence for each fault of a store's file; none where all is as it was written.

    Raises
    ------
    StoreError
        It is missing, another program has locked it, or a log lies beside it that belongs to
        another file.
    """
    if not file.is_file():
        raise StoreError(both("store.missing", file=file.name))
    if not journal.belongs(file):
        raise StoreError(both("store.foreign_log", file=file.name, log=journal.of(file).name))
    found: list[Text] = []
    if frames := journal.unread(file):
        found.append(both("verify.log", file=journal.of(file).name, count=frames))
    place = f"{file.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(place, uri=True, isolation_level=None)) as connection:
        connection.text_factory = bytes
        _begin(file, connection)
        found += _structure(file, connection)
        for table in tables.metadata.sorted_tables:
            found += _rows(file, table, connection)
        with suppress(*journal.DAMAGE):
            pages = seal.changed_pages(file, connection)
            found += _pages(file, pages)
    if not found:
        seal.seal(file)
    return found


def _begin(file: Path, connection: sqlite3.Connection) -> None:
    """Read one state; nothing is written back into a file that may be damaged."""
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").close()
    except journal.DAMAGE as error:
        if "locked" in str(error):  # which is no damage
            raise StoreError(both("store.locked", file=file.name)) from error


def _structure(file: Path, connection: sqlite3.Connection) -> Iterator[Text]:
    try:
        said = [_text(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST})")]
    except (*journal.DAMAGE, MemoryError, OverflowError) as error:
        said = [str(error)]
    for line in said:
        if line != "ok":
            page = re.search(r"page (\d+)", line)
            where = both("verify.page_of", page=int(page[1])) if page else both("verify.inside")
            yield both("verify.structure", file=file.name, where=where, said=line)


def _rows(file: Path, table: sa.Table, connection: sqlite3.Connection) -> Iterator[Text]:
    names = [column.name for column in table.columns]
    wanted = ", ".join(f'"{name}"' for name in names)
    # Text whose kind alone was changed reads the same.
    kinds = " + ".join(f"(typeof(\"{name}\") = 'blob')" for name in names)
    wrong, total = 0, 0
    try:
        for values in connection.execute(f'SELECT rowid, {kinds}, {wanted} FROM "{table.name}"'):  # noqa: S608
            total += 1
            row = {name: _plain(value) for name, value in zip(names, values[2:], strict=True)}
            if values[1] or row[digests.COLUMN] != digests.of(table, row):
                wrong += 1
                if wrong <= _MOST:
                    told = {"table": table.name, "row": values[0], "names": _named(row)}
                    yield both("verify.row", file=file.name, **told)
    except (*journal.DAMAGE, MemoryError, OverflowError) as error:
        told = {"table": table.name, "row": total + 1, "said": str(error)}
        yield both("verify.unreadable", file=file.name, **told)
    if wrong > _MOST:
        yield both("verify.more", table=table.name, count=wrong - _MOST)


def _pages(file: Path, pages: list[int]) -> Iterator[Text]:
    for page in pages[:_MOST]:
        if page:
            yield both("verify.page", file=file.name, page=page)
        else:
            yield both("verify.seal", file=seal.of(file).name)


def _named(row: dict[str, Any]) -> str:
    told = [f"{name} {str(row[name])[:40]!r}" for name in _NAMES if row.get(name)]
    return ", ".join(told)


def _plain(value: Any) -> Any:
    return _text(value) if isinstance(value, bytes) else value


def _text(value: Any) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)
