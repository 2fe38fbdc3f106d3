"""What each row was when it was written, in so few letters that any change to it is seen."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

__all__ = ["COLUMN", "column", "of", "whole"]

#: The column that holds it.
COLUMN = "digest"


def column() -> sa.Column[str]:
    """Return the column of a row's digest, which every insert fills by itself."""
    return sa.Column(
        COLUMN, sa.String(32), nullable=False, server_default="", default=_of_parameters
    )


def of(table: sa.Table, row: Mapping[str, Any]) -> str:
    """Return the digest of a row: of everything that it says, but of its place in the table.

    A moment counts as SQLite writes it, so that a file can be checked without understanding it.
    """
    said = [_written(row.get(name, default)) for name, default in _columns(table)]
    text = json.dumps([table.name, *said], ensure_ascii=True)
    return sha256(text.encode()).hexdigest()[:32]


def whole(table: sa.Table, row: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Return a row that was read, if it still is what was written.

    Raises
    ------
    ValueError
        It is not: a value that can be read and was never given counts for nobody.
    """
    if row[COLUMN] != of(table, row):
        raise ValueError("a row is not what was written")
    return row


@cache
def _columns(table: sa.Table) -> list[tuple[str, str | None]]:
    """Return what is digested of a row, with what the file itself writes where nothing is given."""
    return [
        (column.name, "" if column.server_default is not None else None)
        for column in table.columns
        if column.name not in {"id", COLUMN}
    ]


def _written(value: Any) -> Any:
    return value.isoformat(" ", "microseconds") if isinstance(value, datetime) else value


def _of_parameters(context: Any) -> str:
    return of(context.current_column.table, context.get_current_parameters())
