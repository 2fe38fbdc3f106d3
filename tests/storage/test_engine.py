"""A file that cannot be used is refused in a sentence, and left as it was."""

import random
import sqlite3

import pytest
import sqlalchemy as sa

from toolkit.errors import StoreError
from toolkit.ratings import Rating
from toolkit.storage import Store
from toolkit.text import both


@pytest.fixture
def file(tmp_path):
    """A file of answers, with one answer in it."""
    place = tmp_path / "ratings.db"
    store = Store.file(place, create=True)
    store.append([rating("CV1")])
    store.close()
    return place


def rating(indicator, note=""):
    fields = {"wave": "r1", "rater": "p1", "instrument": "i", "version": 1, "scale": "s"}
    return Rating(**fields, indicator=indicator, value=3, note=note)


def noise(length):
    return random.Random(7).randbytes(length)


def refusal(file):
    """Open a file that must be refused, and return the sentence."""
    with pytest.raises(StoreError) as refused:
        Store.file(file)
    return refused.value.message


def run(file, *statements):
    connection = sqlite3.connect(file)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_file_from_a_newer_program_is_refused_and_left_alone(file):
    run(file, "UPDATE alembic_version SET version_num = '9999'")
    before = file.read_bytes()
    assert refusal(file) == both("store.newer", file="ratings.db")
    assert file.read_bytes() == before


def test_random_bytes_are_refused_and_left_alone(file):
    file.write_bytes(noise(20_000))
    before = file.read_bytes()
    assert refusal(file) == both("store.broken", file="ratings.db")
    assert file.read_bytes() == before


@pytest.mark.parametrize("length", [0, 100, 8192])
def test_a_file_that_was_cut_short_is_refused_and_left_alone(file, length):
    file.write_bytes(file.read_bytes()[:length])
    before = file.read_bytes()
    assert refusal(file) == both("store.broken", file="ratings.db")
    assert file.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(tmp_path):
    file = tmp_path / "ratings.db"
    run(file, "CREATE TABLE recipes (name TEXT)")
    before = file.read_bytes()
    assert refusal(file) == both("store.broken", file="ratings.db")
    assert file.read_bytes() == before


def test_damage_inside_the_file_is_said_when_it_is_met(file):
    pages = bytearray(file.read_bytes())
    pages[8192:] = noise(len(pages) - 8192)
    file.write_bytes(pages)
    with pytest.raises(StoreError) as refused:
        Store.file(file).answers()
    assert refused.value.message == both("store.broken", file="ratings.db")


def test_a_missing_file_is_refused_and_not_made(tmp_path):
    assert refusal(tmp_path / "ratings.db") == both("store.missing", file="ratings.db")
    assert list(tmp_path.iterdir()) == []


def test_a_protected_file_refuses_answers_in_a_sentence(protected):
    folder = protected.folder()
    store = Store.file(folder / "ratings.db", create=True)
    store.append([rating("CV1")])
    store.close()
    with protected(folder), pytest.raises(StoreError) as refused:
        Store.file(folder / "ratings.db").append([rating("CV2")])
    assert refused.value.message == both("store.read_only", file="ratings.db")


def test_a_full_disk_is_said_and_loses_nothing(file):
    store = Store.file(file)
    with store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def small(connection, _record):
        connection.execute(f"PRAGMA max_page_count={pages + 3}")

    sa.event.listen(store._engine, "connect", small)
    store._engine.dispose()
    kept = ["CV1"]
    with pytest.raises(StoreError) as refused:
        for i in range(100):
            store.append([rating(f"L{i}", note="é" * 1000)])
            kept.append(f"L{i}")
    assert refused.value.message == both("store.full", file="ratings.db")
    assert len(kept) > 1
    assert [r.indicator for r in Store.file(file).answers()] == kept


def test_a_batch_that_fails_is_not_kept_in_part(file):
    store = Store.file(file)
    sa.event.listen(store._engine, "connect", lambda c, _: c.execute("PRAGMA max_page_count=1"))
    store._engine.dispose()
    batch = [rating(f"L{i}", note="é" * 20_000) for i in range(50)]
    with pytest.raises(StoreError):
        store.append(batch)
    assert [r.indicator for r in Store.file(file).answers()] == ["CV1"]


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setattr("toolkit.storage.engine._HELD", 0.1)


@pytest.mark.parametrize("mode", ["NORMAL", "EXCLUSIVE"])
def test_a_file_that_another_program_holds_is_said_to_be_locked_by_one(file, hasty, mode):
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute(f"PRAGMA locking_mode={mode}")
    holder.execute("BEGIN IMMEDIATE")
    holder.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StoreError) as refused:
        Store.file(file).append([rating("CV2")])
    holder.rollback()
    holder.close()
    assert refused.value.message == both("store.locked", file="ratings.db")
    assert [r.indicator for r in Store.file(file).answers()] == ["CV1"]


@pytest.fixture
def crowd(file, monkeypatch):
    """Let others write so many times, each time that a store looks whether they do."""
    monkeypatch.setattr("toolkit.storage.engine._HELD", 0)
    store, holder = Store.file(file), sqlite3.connect(file, isolation_level=None)
    left = []

    def look(_connection, _cursor, statement, *_):
        if left and statement == "PRAGMA user_version":
            holder.execute(f"PRAGMA user_version={left.pop()}")
            holder.execute("COMMIT")
            if left:
                holder.execute("BEGIN IMMEDIATE")

    def come(times):
        left.extend(range(1000, 1000 + times))
        holder.execute("BEGIN IMMEDIATE")
        return store

    sa.event.listen(store._engine, "before_cursor_execute", look)
    yield come
    holder.close()
    store.close()


def test_a_writer_waits_for_its_turn_as_long_as_others_write(crowd):
    store = crowd(40)
    store.append([rating("CV2")])
    assert [r.indicator for r in store.answers()] == ["CV1", "CV2"]


def test_a_writer_whom_others_give_no_turn_is_told_of_many_people(crowd, monkeypatch):
    monkeypatch.setattr("toolkit.storage.engine._PATIENCE", -1)
    with pytest.raises(StoreError) as refused:
        crowd(40).append([rating("CV2")])
    assert refused.value.message == both("store.busy")


def test_an_answer_is_on_the_disk_before_it_is_acknowledged(file):
    store = Store.file(file)
    with store._engine.connect() as connection:
        full = 2
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == full
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
