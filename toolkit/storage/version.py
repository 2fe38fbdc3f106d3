"""In which state a store is, without reading its answers."""

from pathlib import Path

import sqlalchemy as sa

from toolkit.storage import tables
from toolkit.storage.engine import connect, reading

__all__ = ["version"]


def version(file: Path) -> str:
    """Return a text that differs after any new answer, or change of whom a person answers for.

    Answers are only ever added, or erased with their rater: their number, their newest and its
    time tell.
    """
    answers, people = tables.ratings.c, tables.raters.c
    newest = sa.select(
        sa.func.count(), sa.func.max(answers.id), sa.func.max(answers.recorded_at)
    ).select_from(tables.ratings)
    groups = sa.select(people.rater, people.partner, people.group).order_by(people.rater)
    engine = connect(sa.URL.create("sqlite", database=str(file.absolute())))
    try:
        with reading(engine) as connection:
            told = [*connection.execute(newest), *connection.execute(groups)]
    finally:
        engine.dispose()
    return repr([tuple(row) for row in told])
