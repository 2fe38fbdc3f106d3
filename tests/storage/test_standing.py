"""An answer is acknowledged only when it is in the file that stands in the folder."""

import shutil
import sqlite3

import pytest

from toolkit.errors import StoreError
from toolkit.ratings import Rating
from toolkit.storage import Entry, Store
from toolkit.text import both


def rating(indicator):
    fields = {"wave": "r1", "rater": "p1", "instrument": "i", "version": 1, "scale": "s"}
    return Rating(**fields, indicator=indicator, value=3)


@pytest.fixture
def file(tmp_path):
    place = tmp_path / "ratings.db"
    Store.file(place, create=True).close()
    return place


@pytest.fixture
def store(file):
    kept = Store.file(file)
    kept.append([rating("CV1")])
    yield kept
    kept.close()


def refused(act):
    with pytest.raises(StoreError) as error:
        act()
    return error.value.message


def in_the_folder(file):
    return [r.indicator for r in Store.file(file).answers()]


def aside(file, place):
    """Move a store elsewhere, with its log."""
    place.mkdir()
    for part in file.parent.glob(f"{file.name}*"):
        part.rename(place / part.name)


def test_a_file_that_was_taken_away_takes_no_answer_and_is_not_made_anew(file, store, tmp_path):
    aside(file, tmp_path / "aside")
    replaced, missing = (both(f"store.{key}", file=file.name) for key in ("replaced", "missing"))
    assert refused(lambda: store.append([rating("CV2")])) == replaced
    assert refused(lambda: store.append([rating("CV2")])) == missing
    assert refused(lambda: store.entries.keep([Entry("note", "x")])) == missing
    assert refused(store.answers) == missing
    assert not list(tmp_path.glob("ratings.db*"))


def test_once_the_file_is_back_the_same_store_goes_on(file, store, tmp_path):
    aside(file, tmp_path / "aside")
    refused(lambda: store.append([rating("CV2")]))
    for part in (tmp_path / "aside").iterdir():
        part.rename(tmp_path / part.name)
    store.append([rating("CV2")])
    assert in_the_folder(file) == ["CV1", "CV2"]


def test_a_copy_put_in_its_place_is_said_once_and_then_takes_the_answers(file, store, tmp_path):
    copy = tmp_path / "copy.db"
    with sqlite3.connect(file) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    aside(file, tmp_path / "aside")
    shutil.copyfile(copy, file)
    assert refused(lambda: store.append([rating("CV2")])) == both("store.replaced", file=file.name)
    store.append([rating("CV2")])
    assert in_the_folder(file) == ["CV1", "CV2"]


def test_the_file_of_another_evaluation_in_its_place_takes_nothing(file, store, tmp_path):
    other = tmp_path / "other.db"
    Store.file(other, create=True).close()
    aside(file, tmp_path / "aside")
    other.rename(file)
    refused(lambda: store.append([rating("CV2")]))
    assert refused(lambda: store.append([rating("CV2")])) == both("store.another", file=file.name)
    assert in_the_folder(file) == []


@pytest.mark.parametrize("ends", [["-wal"], ["-shm"], ["-wal", "-shm"]])
def test_a_log_that_was_taken_away_is_noticed_and_loses_no_answer(file, store, ends):
    for end in ends:
        file.with_name(file.name + end).unlink()
    assert refused(lambda: store.append([rating("CV2")])) == both("store.replaced", file=file.name)
    store.append([rating("CV2")])
    assert in_the_folder(file) == ["CV1", "CV2"]


def test_two_stores_of_one_file_notice_it_both(file, store):
    elsewhere = Store.file(file)
    elsewhere.append([rating("CV2")])
    file.with_name(f"{file.name}-wal").unlink()
    for one in (store, elsewhere):
        assert refused(one.answers) == both("store.replaced", file=file.name)
    elsewhere.append([rating("CV3")])
    assert in_the_folder(file) == ["CV1", "CV2", "CV3"]


def test_a_store_that_nobody_takes_away_goes_on_whoever_comes_and_goes(file, store):
    for number in range(5):
        passing = Store.file(file)
        passing.append([rating(f"L{number}")])
        passing.close()
        store.append([rating(f"M{number}")])
    assert len(store.answers()) == 11
