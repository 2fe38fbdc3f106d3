"""A file that was migrated has the tables that the program reads."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import toolkit.storage
from toolkit.storage import Store, tables


def test_the_newest_migration_is_the_one_that_the_program_names():
    config = Config()
    place = Path(toolkit.storage.__file__).parent / "migrations"
    config.set_main_option("script_location", str(place))
    assert ScriptDirectory.from_config(config).get_heads() == [tables.REVISION]


def test_migrated_tables_are_those_of_the_program(tmp_path):
    store = Store.file(tmp_path / "ratings.db", create=True)
    with store._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []


def test_the_file_itself_refuses_a_row_that_says_two_things(tmp_path):
    Store.file(tmp_path / "ratings.db", create=True).close()
    connection = sqlite3.connect(tmp_path / "ratings.db")
    row = "('r1', 'p1', 'individual', 'CV1', 'current', 'i', 1, 's', {}, '', '2026-01-01')"
    columns = "wave, rater, mode, indicator, aspect, instrument, version, scale, value, status"
    insert = f"INSERT INTO ratings ({columns}, note, recorded_at) VALUES "  # noqa: S608
    connection.execute(insert + row.format("3, NULL"))
    for answer in ("3, 'skipped'", "NULL, NULL"):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(insert + row.format(answer))
    connection.close()
