"""Open a store's database, bring it up to date, and put its failures into plain words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import randbelow
from time import monotonic
from typing import Any
from weakref import WeakSet

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from toolkit import private
from toolkit.errors import RatingError, StoreError
from toolkit.storage import journal
from toolkit.storage.tables import REVISION
from toolkit.text import both

__all__ = ["connect", "decoding", "let_go", "open_here", "plainly", "reading", "upgrade", "writing"]

#: How many seconds a writer waits for its turn while others write: sixty phones save at once.
_PATIENCE = 20
#: How many seconds anybody waits for a file that is held and in which nothing is written.
_HELD = 5


#: The engines of this process.
_ENGINES: WeakSet[sa.Engine] = WeakSet()


class _Held(sqlite3.Connection):
    """A connection to a file, which knows the files that it has open."""

    held: tuple[tuple[int, int] | None, ...] = ()


class _GoneError(Exception):
    """The files that a connection holds are no longer the ones in the folder."""


def connect(url: str | sa.URL) -> sa.Engine:
    """Return an engine; SQLite gets a write-ahead log and a disk that is really written to.

    A file that is missing is never made by it.
    """
    url = sa.make_url(url)
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url)
    options: dict[str, Any] = {"creator": lambda: _open(Path(url.database or ""))}
    if not url.database:
        # In memory: one database for all threads. A notebook's widgets may be heard in another
        # thread than the one its cells run in, which would find an empty one of its own.
        options = {"poolclass": sa.StaticPool, "connect_args": {"check_same_thread": False}}
    engine = sa.create_engine(url, **options)
    _ENGINES.add(engine)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open(file: Path) -> _Held:
    held = _identity(str(file))
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=_HELD,
        check_same_thread=False,
        factory=_Held,
    )
    connection.held = (held, None, None)  # the log is opened later, with the first question
    return connection


def upgrade(engine: sa.Engine, *, create: bool = False) -> None:
    """Migrate to the newest tables.

    Raises
    ------
    StoreError
        The file was made by a newer program, is no store, is damaged, or is missing and `create`
        is false; or a log lies beside it that belongs to another file.
    """
    file = Path(engine.url.database or "")
    on_disk = engine.dialect.name == "sqlite" and bool(engine.url.database)
    if on_disk:
        _prepare_file(file, create=create)
    with plainly(file):
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
        _migrate(engine, file)
    if on_disk:
        _recognise(engine, file)
        _look_over(engine, file)


def _prepare_file(file: Path, *, create: bool) -> None:
    if create and not file.is_file():
        with plainly(file):
            private.create(file)
    if not file.is_file():
        raise StoreError(both("store.missing", file=file.name))
    if not open_here(file) and not journal.belongs(file):
        raise StoreError(both("store.foreign_log", file=file.name, log=journal.of(file).name))


def open_here(file: Path) -> bool:
    """Return whether this process has a file open through an engine.

    Whoever reads it in another way then, and closes it, lets go of all the process's locks on it.
    """
    name = str(file.absolute())
    engines = [engine for engine in _ENGINES if engine.url.database == name]
    pools: list[Any] = [engine.pool for engine in engines]
    return any(pool.checkedin() + pool.checkedout() > 0 for pool in pools)


def let_go() -> list[Path]:
    """Close every file that this process has open through an engine, and return which."""
    engines = [engine for engine in _ENGINES if engine.url.database]
    for engine in engines:
        engine.dispose()
    return list({_file(engine) for engine in engines})


def _migrate(engine: sa.Engine, file: Path) -> None:
    # Alembic is wanted once in a store's life, and a rating page should not wait for it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with plainly(file), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, REVISION)


def _recognise(engine: sa.Engine, file: Path) -> None:
    """Know this store again, by a number of its own: a file of another's may take its place."""
    with plainly(file), engine.connect() as connection, connection.begin():
        own = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if not own:
            own = 1 + randbelow(2**31 - 1)
            connection.exec_driver_sql(f"PRAGMA application_id = {own}")

    def compare(connection: Any, _record: Any) -> None:
        if connection.execute("PRAGMA application_id").fetchone()[0] != own:
            raise StoreError(both("store.another", file=file.name))

    sa.event.listen(engine, "connect", compare)


def _look_over(engine: sa.Engine, file: Path) -> None:
    with plainly(file), engine.connect() as connection, connection.begin():
        if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            raise StoreError(both("store.broken", file=file.name))


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Write all or nothing: committed when this returns, or a StoreError and nothing written.

    When this returns, what was written is in the file that stands in the folder.
    """
    with _connected(engine) as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            # Before the answer is given away to a file that nobody will find again, and after.
            _still_there(engine, connection)
            yield connection
            _count(connection)
        _still_there(engine, connection)


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Read one consistent state."""
    with _connected(engine) as connection, connection.begin():
        _still_there(engine, connection)
        with decoding(engine):
            yield connection


@contextmanager
def decoding(engine: sa.Engine) -> Iterator[None]:
    """Say that the file is damaged when a row of it cannot be understood."""
    try:
        yield
    except (ValueError, TypeError, OverflowError, RatingError) as error:
        raise StoreError(both("store.broken", file=_file(engine).name)) from error


@contextmanager
def _connected(engine: sa.Engine) -> Iterator[sa.Connection]:
    with plainly(_file(engine)):
        try:
            with engine.connect() as connection:
                yield connection
        except _GoneError as error:
            engine.dispose()  # whoever comes next opens what stands there now
            raise StoreError(both("store.replaced", file=_file(engine).name)) from error


def _still_there(engine: sa.Engine, connection: sa.Connection) -> None:
    held = _held(connection)
    if not held:
        return
    there = _identities(_file(engine))
    if all(own is None or own == found for own, found in zip(held, there, strict=True)):
        return
    if there[0] == held[0]:
        # Only its log was taken away: what is in the log goes into the file while we have it.
        driver: Any = connection.connection.driver_connection
        with suppress(*journal.DAMAGE):
            driver.rollback()
            driver.execute("PRAGMA wal_checkpoint(PASSIVE)").close()
    raise _GoneError


def _held(connection: sa.Connection) -> tuple[Any, ...]:
    held: tuple[Any, ...] = getattr(connection.connection.driver_connection, "held", ())
    return held


def _count(connection: sa.Connection) -> None:
    """Count the change in the file's first page, so that its log can be told from another's."""
    if _held(connection):
        number = connection.exec_driver_sql("PRAGMA user_version").scalar() or 0
        connection.exec_driver_sql(f"PRAGMA user_version = {(number + 1) % 2**31}")


def _identities(file: Path) -> tuple[tuple[int, int] | None, ...]:
    """Return which files stand at the names of a database, of its log, and of the log's index."""
    return tuple(_identity(f"{file}{end}") for end in ("", "-wal", "-shm"))


def _identity(file: str) -> tuple[int, int] | None:
    try:
        state = os.stat(file)  # noqa: PTH116  # asked for with every answer
    except OSError:
        return None
    return state.st_dev, state.st_ino


def _file(engine: sa.Engine) -> Path:
    return Path(engine.url.database or "")


def _revision(engine: sa.Engine) -> str:
    with engine.connect() as connection, connection.begin():
        if not sa.inspect(connection).has_table("alembic_version"):
            return ""
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() or ""


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # this module begins its transactions itself
    connection.execute("PRAGMA synchronous=FULL").close()
    # What is erased leaves no letters behind in the file.
    connection.execute("PRAGMA secure_delete=ON").close()


def _log_ahead(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL").close()
    if getattr(connection, "held", ()):
        connection.execute("SELECT count(*) FROM sqlite_master").close()  # this opens the log
        file = Path(connection.execute("PRAGMA database_list").fetchone()[2])
        connection.held = (connection.held[0], *_identities(file)[1:])


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer takes its turn before it reads, so that no two can decide on the same state.
    if connection.get_execution_options().get("writes"):
        _take_turn(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _take_turn(connection: sa.Connection) -> None:
    """Begin to write; wait as long as others do, not for somebody who only holds the file."""
    until, last = monotonic() + _PATIENCE, None
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except DBAPIError as error:
            if "locked" not in str(error.orig):
                raise
            written = connection.exec_driver_sql("PRAGMA user_version").scalar()
            if written == last:
                raise
            if monotonic() > until:
                raise StoreError(both("store.busy")) from error
            last = written
        else:
            return


@contextmanager
def plainly(file: Path) -> Iterator[None]:
    """Put a failure of the database into a sentence."""
    try:
        yield
    except (SQLAlchemyError, *journal.DAMAGE, OSError) as error:
        raise StoreError(both(_reason(error, file), file=file.name)) from error


def _reason(error: Exception, file: Path) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = "" if isinstance(error, SQLAlchemyError) and cause is error else str(cause).lower()
    if "unable to open" in said and not file.exists():
        return "store.missing"
    reasons = {
        "full": "store.full",
        "disk i/o": "store.full",
        "readonly": "store.read_only",
        "read-only": "store.read_only",
        "unable to open": "store.read_only",
        "permission denied": "store.read_only",
        "locked": "store.locked",
        "not a database": "store.broken",
        "malformed": "store.broken",
        "no such": "store.broken",
        "could not decode": "store.broken",
        "codec can't decode": "store.broken",
    }
    return next((key for word, key in reasons.items() if word in said), "store.failed")
