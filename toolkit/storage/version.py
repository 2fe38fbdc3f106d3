"""In which state a store is, without reading its answers."""

from pathlib import Path

import sqlalchemy as sa

from toolkit.storage import tables
from toolkit.storage.engine import connect, reading

__all__ = ["released", "version"]


def version(file: Path) -> str:
    """Return a text that differs after any new answer or release, or change of who is who.

    Who answers for whom is in it, who may be named, and who counts.

    Answers are only ever added, or erased with their rater: their number, their newest and its
    time tell.
    """
    answers, people = tables.ratings.c, tables.raters.c
    newest = sa.select(
        sa.func.count(), sa.func.max(answers.id), sa.func.max(answers.recorded_at)
    ).select_from(tables.ratings)
    groups = sa.select(people.rater, people.partner, people.group).order_by(people.rater)
    kinds = ("release", "named", "claim", "aside", "headcount")
    return _told(file, newest, groups, *map(_last, kinds))


def released(file: Path) -> str:
    """Return a text that differs after any release."""
    return _told(file, _last("release"))


def _last(kind: str) -> sa.Executable:
    kept = tables.entries.c
    return sa.select(sa.func.max(kept.id), sa.func.max(kept.recorded_at)).where(kept.kind == kind)


def _told(file: Path, *queries: sa.Executable) -> str:
    engine = connect(sa.URL.create("sqlite", database=str(file.absolute())))
    try:
        with reading(engine) as connection:
            told = [row for query in queries for row in connection.execute(query)]
    finally:
        engine.dispose()
    return repr([tuple(row) for row in told])
