"""What is said beside the ratings is appended, and the newest stands."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from toolkit.errors import ConflictError
from toolkit.storage import Entry, Store


@pytest.fixture
def entries(tmp_path):
    store = Store.file(tmp_path / "ratings.db", create=True)
    yield store.entries
    store.close()


def test_the_newest_stands_and_the_older_ones_stay_its_history(entries):
    entries.keep([Entry("note", {"text": "un"}, "CV1"), Entry("note", {"text": "é"}, "CV2")])
    entries.keep([Entry("note", {"text": "deux"}, "CV1")])
    assert [(e.subject, e.content["text"]) for e in entries.newest("note")] == [
        ("CV2", "é"),
        ("CV1", "deux"),
    ]
    assert [e.content["text"] for e in entries.history("note", subject="CV1")] == ["un", "deux"]


def test_people_rounds_and_kinds_stay_apart(entries):
    for author in ("p1", "p2"):
        entries.keep([Entry("tie", 3, "cpe", "r1", author), Entry("tie", 1, "cpe", "r2", author)])
    assert len(entries.newest("tie")) == 4
    assert [e.content for e in entries.newest("tie", wave="r1", author="p2")] == [3]
    assert entries.newest("note") == []


def test_what_is_taken_back_is_gone_but_not_forgotten(entries):
    entries.keep([Entry("note", "x", "CV1")])
    entries.keep([Entry("note", None, "CV1")])
    assert entries.newest("note") == []
    assert [e.content for e in entries.history("note")] == ["x", None]


def test_what_is_said_twice_is_kept_once(entries):
    first = entries.keep([Entry("note", {"a": 1, "b": 2}, "CV1")])
    assert entries.keep([Entry("note", {"b": 2, "a": 1}, "CV1")]) == first == entries.turn()
    assert len(entries.history("note")) == 1


def test_of_two_who_change_the_same_thing_the_second_is_told(entries):
    seen = entries.keep([Entry("session", {"step": 1})], after=0)
    entries.keep([Entry("session", {"step": 2})], after=seen)
    with pytest.raises(ConflictError):
        entries.keep([Entry("session", {"step": 9}), Entry("note", "x")], after=seen)
    assert [e.content for e in entries.newest("session")] == [{"step": 2}]
    assert entries.newest("note") == []


def test_an_entry_is_kept_only_as_long_as_what_it_follows_stands(entries):
    door, said = Entry("door", None, "b1"), Entry("said", 1, "b1", author="p1")
    first = entries.keep([door, said], after=(0, 0))
    entries.keep([Entry("door", "shut", "b1")])
    with pytest.raises(ConflictError):
        entries.keep([door, Entry("said", 2, "b1", author="p1")], after=(0, first))
    assert [entry.content for entry in entries.history("said")] == [1]


def test_a_turn_grows_with_every_entry(entries):
    assert entries.turn() == 0
    before = entries.keep([Entry("vote", 1, "CV1", "r1", "p1")])
    assert entries.turn() == before
    assert entries.keep([Entry("vote", 2, "CV1", "r1", "p1")]) > before


def test_an_entry_keeps_the_time_that_it_brings_and_gets_one_otherwise(entries):
    long_ago = datetime(2026, 5, 1, 8, 0, tzinfo=timezone(timedelta(hours=-4)))
    before = datetime.now(UTC)
    entries.keep([Entry("note", "x", "CV1", recorded_at=long_ago), Entry("note", "y", "CV2")])
    first, second = entries.newest("note")
    assert first.recorded_at == datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
    assert before <= second.recorded_at <= datetime.now(UTC)
