"""A log that belongs to another file is never mixed into the one beside it."""

import shutil
import signal
import sqlite3
import subprocess
import sys

import pytest

from toolkit.errors import StoreError
from toolkit.ratings import Rating
from toolkit.storage import Store, journal
from toolkit.text import both

WRITER = """
import sys, time
from pathlib import Path
from toolkit.ratings import Rating
from toolkit.storage import Store

file, first, count = sys.argv[1:]
store = Store.file(Path(file))
for i in range(int(first), int(first) + int(count)):
    store.append([Rating(wave="r1", rater="p1", indicator=f"L{i}", instrument="i", version=1,
                         scale="s", value=1 + i % 5, note="e" * 500)])
print("written", flush=True)
time.sleep(600)
"""


def written_by_a_killed_server(file, first, count):
    """Let a process write answers, and kill it: they are in its log, and not yet in the file."""
    command = [sys.executable, "-c", WRITER, str(file), str(first), str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "written\n"
        process.send_signal(signal.SIGKILL)
    assert journal.of(file).stat().st_size


def indicators(file):
    store = Store.file(file)
    try:
        return [r.indicator for r in store.answers()]
    finally:
        store.close()


def lines(count):
    return [f"L{i}" for i in range(count)]


def copied(file, target):
    """Copy a store as a program that knows SQLite does."""
    source, copy = sqlite3.connect(file), sqlite3.connect(target)
    source.backup(copy)
    source.close()
    copy.close()


@pytest.fixture
def file(tmp_path):
    place = tmp_path / "ratings.db"
    store = Store.file(place, create=True)
    fields = {"wave": "r1", "rater": "p1", "instrument": "i", "version": 1, "scale": "s"}
    for line in lines(5):
        store.append([Rating(**fields, indicator=line, value=3)])
    store.close()
    return place


def assert_foreign(file):
    before = file.read_bytes(), journal.of(file).read_bytes()
    with pytest.raises(StoreError) as refused:
        Store.file(file)
    assert refused.value.message == both(
        "store.foreign_log", file=file.name, log=journal.of(file).name
    )
    assert (file.read_bytes(), journal.of(file).read_bytes()) == before


def test_a_killed_servers_own_log_is_read(file):
    written_by_a_killed_server(file, 5, 7)
    assert indicators(file) == lines(12)


def test_an_old_copy_beside_a_killed_servers_log_is_explained_and_left_alone(file, tmp_path):
    copy = tmp_path / "copy.db"
    copied(file, copy)
    written_by_a_killed_server(file, 5, 3)
    indicators(file)  # the log goes into the file, and the next one begins further on
    written_by_a_killed_server(file, 8, 3)
    shutil.copyfile(copy, file)
    assert_foreign(file)
    journal.of(file).unlink()
    assert indicators(file) == lines(5)


def test_a_newer_copy_beside_an_older_log_is_explained_and_left_alone(file, tmp_path):
    written_by_a_killed_server(file, 5, 3)
    for end in ("", "-wal"):
        shutil.copyfile(f"{file}{end}", tmp_path / f"old.db{end}")
    indicators(file)
    written_by_a_killed_server(file, 8, 3)
    indicators(file)
    shutil.copyfile(tmp_path / "old.db-wal", journal.of(file))
    assert_foreign(file)


def test_the_log_of_another_evaluation_is_explained_and_left_alone(file, tmp_path):
    other = tmp_path / "other" / "ratings.db"
    other.parent.mkdir()
    Store.file(other, create=True).close()
    written_by_a_killed_server(other, 0, 3)
    shutil.copyfile(journal.of(other), journal.of(file))
    assert_foreign(file)


def test_a_copy_with_other_pages_of_the_same_state_is_not_mixed(file, tmp_path):
    copy = tmp_path / "copy.db"
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("DELETE FROM acts")  # so that a page is free, and a tidy copy has fewer
    connection.execute("CREATE TABLE passing AS SELECT * FROM ratings")
    connection.execute("DROP TABLE passing")
    connection.execute("VACUUM INTO ?", [str(copy)])
    connection.close()
    written_by_a_killed_server(file, 5, 40)
    shutil.copyfile(copy, file)
    try:
        found = indicators(file)
    except StoreError as refused:
        assert (
            refused.message["en"]
            == both("store.foreign_log", file=file.name, log=journal.of(file).name)["en"]
        )
    else:
        assert found == lines(45)


def test_a_copy_made_while_the_server_ran_and_its_log_go_together(file, tmp_path):
    written_by_a_killed_server(file, 5, 3)
    copy = tmp_path / "copy" / "ratings.db"
    copy.parent.mkdir()
    for end in ("", "-wal"):
        shutil.copyfile(f"{file}{end}", f"{copy}{end}")
    assert indicators(copy) == lines(8)


def test_a_log_that_power_cut_short_is_no_other_files(file):
    written_by_a_killed_server(file, 5, 7)
    whole = journal.of(file).read_bytes()
    journal.of(file).write_bytes(whole[:-2000])
    assert journal.unread(file) == 0
    assert indicators(file) == lines(11)


def test_answers_lost_behind_a_changed_byte_of_the_log_are_counted(file):
    written_by_a_killed_server(file, 5, 7)
    assert journal.unread(file) == 0
    log = bytearray(journal.of(file).read_bytes())
    log[32 + 24 + 100] ^= 1
    journal.of(file).write_bytes(log)
    assert journal.unread(file) > 7
