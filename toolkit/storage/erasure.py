"""Erase one person from a store: the one exception to what is only ever appended."""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from toolkit.errors import ErasedError, StoreError
from toolkit.storage import journal, tables
from toolkit.storage.engine import connect, reading, writing
from toolkit.text import both

__all__ = ["erase", "erase_again", "refuse_erased", "tombstones"]

_KIND = "erased"
#: How long to wait for those who read the file, in milliseconds: ours read for a few.
_PATIENCE = 3_000


def erase(engine: sa.Engine, raters: Iterable[str]) -> int:
    """Erase everything that people gave, and return how many rows that were.

    Answers with their history and notes, ties, votes and all else that they said, consent, links,
    and who they answered for. A tombstone stays: a digest of the pseudonym and a time, so that a
    copy made before can be cleaned too, and nothing is written under that pseudonym again. Bytes
    are overwritten, in the file and in its log.

    Raises
    ------
    StoreError
        It could not be written, and nothing was; or old bytes could not be overwritten because
        another program kept reading.
    """
    people = list(raters)
    known = _erased(engine)
    return _erase(engine, people, [d for d in map(_digest, people) if d not in known])


def erase_again(file: Path, digests: Iterable[str]) -> int:
    """Erase from another copy of a store whom tombstones name, and return how many rows."""
    engine = connect(sa.URL.create("sqlite", database=str(file.absolute())))
    try:
        meant = set(digests)
        with reading(engine) as connection:
            known = {rater for rater in _pseudonyms(connection) if _digest(rater) in meant}
        return _erase(engine, sorted(known), sorted(meant - _erased(engine)))
    finally:
        engine.dispose()


def tombstones(file: Path) -> frozenset[str]:
    """Return the digests of those who were erased from a store's file."""
    engine = connect(sa.URL.create("sqlite", database=str(file.absolute())))
    try:
        return frozenset(_erased(engine))
    finally:
        engine.dispose()


def refuse_erased(connection: sa.Connection, raters: Iterable[str]) -> None:
    """Refuse to write anything more of somebody who was erased.

    Raises
    ------
    ErasedError
        One of them was.
    """
    digests = [_digest(rater) for rater in set(raters) if rater]
    if digests and connection.execute(_graves().where(_subject().in_(digests))).first():
        raise ErasedError(both("store.erased"))


def _erase(engine: sa.Engine, people: list[str], digests: list[str]) -> int:
    now = datetime.now(UTC).replace(tzinfo=None)
    sqlite = engine.dialect.name == "sqlite"
    with writing(engine) as connection:
        if sqlite:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
        gone = 0
        for condition, table in _theirs(people):
            gone += connection.execute(sa.delete(table).where(condition)).rowcount
        for digest in digests:
            grave = {"kind": _KIND, "subject": digest, "wave": "", "author": ""}
            row = {**grave, "content": "true", "recorded_at": now}
            connection.execute(sa.insert(tables.entries), [row])
    if sqlite and engine.url.database not in {None, "", ":memory:"}:
        _overwrite(engine)
    return gone


def _theirs(people: list[str]) -> list[tuple[sa.ColumnElement[bool], sa.Table]]:
    """Return where rows of people stand."""
    said = tables.entries.c
    about = (said.kind == "aside") & said.subject.in_(people)
    return [
        (tables.ratings.c.rater.in_(people), tables.ratings),
        (tables.acts.c.rater.in_(people), tables.acts),
        (tables.links.c.rater.in_(people), tables.links),
        (tables.raters.c.rater.in_(people), tables.raters),
        (said.author.in_(people) | about, tables.entries),
    ]


def _overwrite(engine: sa.Engine) -> None:
    """Write the file anew without what was deleted, and empty its log."""
    engine.dispose()  # no connection of ours keeps an old state in view
    raw: Any = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA busy_timeout={_PATIENCE}")
        cursor.execute("PRAGMA temp_store=MEMORY")  # no copy in another folder
        cursor.execute("VACUUM")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except journal.DAMAGE as error:
        raise StoreError(both("store.not_overwritten")) from error
    finally:
        raw.close()
        engine.dispose()
    if busy:
        raise StoreError(both("store.not_overwritten"))


def _pseudonyms(connection: sa.Connection) -> set[str]:
    columns = [table.c.rater for table in (tables.ratings, tables.acts, tables.raters)]
    columns += [tables.links.c.rater, tables.entries.c.author]
    found = (connection.execute(sa.select(column).distinct()) for column in columns)
    return {str(rater) for rows in found for (rater,) in rows if rater}


def _erased(engine: sa.Engine) -> set[str]:
    with reading(engine) as connection:
        return {str(row.subject) for row in connection.execute(_graves())}


def _graves() -> sa.Select[Any]:
    return sa.select(_subject()).where(tables.entries.c.kind == _KIND)


def _subject() -> sa.ColumnElement[str]:
    return tables.entries.c.subject


def _digest(rater: str) -> str:
    return sha256(f"erased {rater}".encode()).hexdigest()
