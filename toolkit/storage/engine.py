"""Open a store's database, bring it up to date, and put its failures into plain words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from toolkit.errors import StoreError
from toolkit.storage.tables import REVISION
from toolkit.text import both

__all__ = ["connect", "reading", "upgrade", "writing"]

#: How long a writer waits for its turn, in seconds: sixty phones save within one second.
_PATIENCE = 20


def connect(url: str | sa.URL) -> sa.Engine:
    """Return an engine; SQLite gets a write-ahead log and a disk that is really written to."""
    sqlite = sa.make_url(url).get_backend_name() == "sqlite"
    engine = sa.create_engine(url, connect_args={"timeout": _PATIENCE} if sqlite else {})
    if sqlite:
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def upgrade(engine: sa.Engine, *, create: bool = False) -> None:
    """Migrate to the newest tables.

    Raises
    ------
    StoreError
        The file was made by a newer program, is no store, or is missing and `create` is false.
    """
    file = Path(engine.url.database or "")
    if engine.dialect.name == "sqlite" and not create and not file.is_file():
        raise StoreError(both("store.missing", file=file.name))
    with _plainly(file.name):
        found = _revision(engine)
    if found > REVISION:
        raise StoreError(both("store.newer", file=file.name))
    if not found and not create:
        raise StoreError(both("store.broken", file=file.name))
    if engine.dialect.name == "sqlite":
        # Only now: asking for the log writes to the file, and one that is refused stays as it is.
        sa.event.listen(engine, "connect", _log_ahead)
        engine.dispose()
    if found != REVISION:
        _migrate(engine, file.name)


def _migrate(engine: sa.Engine, file: str) -> None:
    # Alembic is wanted once in a store's life, and a rating page should not wait for it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with _plainly(file), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, REVISION)


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Write all or nothing: committed when this returns, or a StoreError and nothing written."""
    with _plainly(_name(engine)), engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Read one consistent state."""
    with _plainly(_name(engine)), engine.connect() as connection, connection.begin():
        yield connection


def _name(engine: sa.Engine) -> str:
    return Path(engine.url.database or "").name


def _revision(engine: sa.Engine) -> str:
    with engine.connect() as connection, connection.begin():
        if not sa.inspect(connection).has_table("alembic_version"):
            return ""
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() or ""


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # this module begins its transactions itself
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _log_ahead(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL").close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer takes its turn before it reads, so that no two can decide on the same state.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _plainly(file: str) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(both(_reason(error), file=file)) from error


def _reason(error: SQLAlchemyError) -> str:
    said = str(error.orig).lower() if isinstance(error, DBAPIError) else ""
    reasons = {
        "full": "store.full",
        "disk i/o": "store.full",
        "readonly": "store.read_only",
        "read-only": "store.read_only",
        "unable to open": "store.read_only",
        "locked": "store.busy",
        "not a database": "store.broken",
        "malformed": "store.broken",
        "no such table": "store.broken",
    }
    return next((key for word, key in reasons.items() if word in said), "store.failed")
