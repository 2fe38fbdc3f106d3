"""Erasing somebody: nothing of theirs is left in a file's rows, nor in its bytes."""

import sqlite3

import pytest

from toolkit.errors import ErasedError, StoreError
from toolkit.ratings import Rating
from toolkit.storage import Entry, Link, Rater, Store
from toolkit.storage.erasure import erase_again, tombstones

PRIVATE = "Une note que personne d’autre ne lira jamais"


@pytest.fixture
def store(tmp_path):
    kept = Store.file(tmp_path / "ratings.db", create=True)
    for person in ("gone", "stays"):
        say_all(kept, person)
    yield kept
    kept.close()


def rating(person, value=3, **changes):
    fields = {"wave": "r1", "rater": person, "indicator": "CV1", "instrument": "i", "version": 1}
    return Rating(**{**fields, "scale": "rooted5", "value": value, **changes})


def say_all(store, person):
    store.add_rater(Rater(person, "cpe", "parent"))
    store.add_links([Link(f"link-{person}", "own", "r1", person)])
    store.note_act("r1", person, "consented", "wording")
    for note in (f"{PRIVATE} {person}", "changed"):
        store.append([rating(person, note=note)])
    said = [Entry(kind, {"text": f"{PRIVATE} {person}"}, "s", "r1", person) for kind in KINDS]
    store.entries.keep(said)


KINDS = ("tie", "vote", "strategy", "seat", "named")


def bytes_of(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_nothing_of_the_person_is_left_and_everything_of_others_is(store):
    others = [row for row in store.history() if row.rater == "stays"]
    store.erase(["gone"])
    assert store.history() == others
    assert set(store.raters()) == {"stays"}
    assert [link.rater for link in store.links()] == ["stays"]
    assert store.acts("r1", "gone") == {}
    for kind in KINDS:
        assert [entry.author for entry in store.entries.history(kind)] == ["stays"]


def test_no_byte_of_it_is_left_in_the_folder(store, tmp_path):
    meant = [f"{PRIVATE} gone".encode(), b"link-gone", b"gone"]
    before = b"".join(bytes_of(tmp_path).values())
    # An entry's JSON writes accents as escapes.
    assert all(text in before for text in meant)
    store.erase(["gone"])
    for name, content in bytes_of(tmp_path).items():
        for text in (*meant, b"personne d\\u2019autre ne lira jamais gone"):
            assert text not in content, name


def test_what_is_read_meanwhile_by_another_connection_is_erased_or_it_is_said(store, tmp_path):
    other = sqlite3.connect(tmp_path / "ratings.db")
    other.execute("PRAGMA busy_timeout=0")
    other.execute("BEGIN")
    other.execute("SELECT * FROM ratings").fetchone()
    with pytest.raises(StoreError, match="old bytes"):
        store.erase(["gone"])
    assert all(row.rater != "gone" for row in store.history())
    other.close()
    store.erase(["gone"])
    assert all(f"{PRIVATE} gone".encode() not in part for part in bytes_of(tmp_path).values())


def test_nothing_more_is_written_under_an_erased_pseudonym(store):
    store.erase(["gone"])
    for write in (
        lambda: store.append([rating("gone")]),
        lambda: store.append([rating("stays", 5), rating("gone")]),
        lambda: store.add_rater(Rater("gone")),
        lambda: store.note_act("r1", "gone", "consented"),
        lambda: store.entries.keep([Entry("tie", {}, "s", "r1", "gone")]),
    ):
        with pytest.raises(ErasedError, match="was erased"):
            write()
    assert set(store.raters()) == {"stays"}
    assert store.append([rating("stays", 4)]) == 1


def test_the_tombstone_holds_no_content_and_cleans_a_copy_made_before(store, tmp_path):
    copy = Store.file(tmp_path / "copy.db", create=True)
    for person in ("gone", "stays"):
        say_all(copy, person)
    copy.close()
    store.erase(["gone"])
    graves = tombstones(tmp_path / "ratings.db")
    assert len(graves) == 1
    assert "gone" not in "".join(graves)
    assert erase_again(tmp_path / "copy.db", graves) > 0
    assert tombstones(tmp_path / "copy.db") == graves
    assert b"link-gone" not in (tmp_path / "copy.db").read_bytes()
    again = Store.file(tmp_path / "copy.db")
    assert set(again.raters()) == {"stays"}
    again.close()
    assert erase_again(tmp_path / "copy.db", graves) == 0
    assert tombstones(tmp_path / "copy.db") == graves


def test_when_people_did_what_is_told_and_never_what(store):
    found = store.activity("r1")
    assert set(found) == {"gone", "stays"}
    assert found["gone"].begun_at
    assert found["gone"].last_answer_at
    assert found["gone"].finished_at is None
