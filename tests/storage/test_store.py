"""Answers that are kept: the newest stands, and none is ever lost."""

import datetime
import gc

import psutil
import pytest

from toolkit.errors import StoreError
from toolkit.ratings import Rating
from toolkit.storage import Link, Rater, Store


@pytest.fixture
def store(tmp_path):
    kept = Store.file(tmp_path / "ratings.db", create=True)
    yield kept
    kept.close()


def rating(value=3, **changes):
    fields = {"wave": "r1", "rater": "p1", "indicator": "CV1", "instrument": "i", "version": 1}
    return Rating(**{**fields, "scale": "rooted5", "value": value, **changes})


def test_last_answer_stands(store):
    store.append([rating(3)])
    store.append([rating(5)])
    assert [r.value for r in store.answers()] == [5]


def test_every_answer_stays_in_the_history(store):
    for value in (3, 5, 3):
        store.append([rating(value)])
    assert [r.value for r in store.history()] == [3, 5, 3]


def test_the_last_of_one_batch_stands(store):
    store.append([rating(3), rating(4)])
    assert [r.value for r in store.answers()] == [4]


def test_an_answer_sent_twice_is_kept_once(store):
    assert store.append([rating(3)]) == 1
    assert store.append([rating(3)]) == 0
    assert store.append([rating(4), rating(4)]) == 1
    assert len(store.history()) == 2


def test_a_changed_note_is_a_new_answer(store):
    store.append([rating(3)])
    store.append([rating(3, note="Le plan l’écrit.")])
    assert len(store.history()) == 2
    assert store.answers()[0].note == "Le plan l’écrit."


def test_a_persons_answer_and_the_groups_stay_apart(store):
    store.append([rating(3), rating(5, mode="consensus")])
    assert {r.mode: r.value for r in store.answers()} == {"individual": 3, "consensus": 5}


def test_today_and_desired_stay_apart(store):
    store.append([rating(2), rating(4, aspect="desired")])
    assert {r.aspect: r.value for r in store.answers()} == {"current": 2, "desired": 4}


def test_a_status_takes_the_place_of_a_step(store):
    store.append([rating(2)])
    store.append([rating(None, status="dont_know")])
    (kept,) = store.answers()
    assert (kept.value, kept.status) == (None, "dont_know")


def test_people_and_rounds_stay_apart(store):
    store.append([rating(1), rating(2, rater="p2"), rating(3, wave="r2")])
    assert [r.value for r in store.answers("r1")] == [1, 2]
    assert [r.value for r in store.answers("r1", "p2")] == [2]
    assert [r.value for r in store.answers(rater="p1")] == [1, 3]


def test_an_answer_comes_back_as_it_was_given(store):
    note = "👩‍👧 <script>alert(1)</script> \u202eعربي \n'; DROP TABLE ratings; --\0"
    given = rating(4, note=note, version=7)
    before = datetime.datetime.now(datetime.UTC)
    store.append([given])
    (kept,) = store.answers()
    assert (kept.key, kept.answer, kept.version) == (given.key, given.answer, 7)
    assert before <= kept.recorded_at <= datetime.datetime.now(datetime.UTC)


def test_a_moment_in_another_zone_is_the_same_moment(store):
    montreal = datetime.timezone(datetime.timedelta(hours=-4))
    moment = datetime.datetime(2026, 5, 1, 20, 30, tzinfo=montreal)
    store.append([rating(3, recorded_at=moment)])
    assert store.answers()[0].recorded_at == moment


def test_what_was_kept_is_there_when_the_file_is_opened_again(store, tmp_path):
    store.append([rating(5)])
    again = Store.file(tmp_path / "ratings.db")
    assert [r.value for r in again.answers()] == [5]


def test_a_copied_file_holds_every_answer(store, tmp_path):
    store.append([rating(5)])
    store.close()
    copy = tmp_path / "copy.db"
    copy.write_bytes((tmp_path / "ratings.db").read_bytes())
    assert [r.value for r in Store.file(copy).answers()] == [5]


def test_what_is_known_of_a_person_can_change_and_the_newest_stands(store):
    store.add_rater(Rater("p1", "", "parent"))
    store.add_rater(Rater("p1", "cpe", "partner"))
    assert store.raters() == {"p1": Rater("p1", "cpe", "partner")}


def test_consent_is_kept_with_the_wording_that_was_agreed_to_last(store):
    store.note_act("r1", "p1", "consented", "first wording")
    store.note_act("r1", "p1", "consented", "second wording")
    store.note_act("r1", "p2", "finished")
    assert store.acts("r1", "p1") == {"consented": "second wording"}


def test_links_are_added_all_or_none(store):
    store.add_links([Link("a", "viewer")])
    with pytest.raises(StoreError):
        store.add_links([Link("b", "viewer"), Link("a", "viewer")])
    assert [link.link for link in store.links()] == ["a"]


def test_the_signing_key_stays_the_same(store, tmp_path):
    key = store.secret()
    assert len(key) >= 32
    assert Store.file(tmp_path / "ratings.db").secret() == key


def test_two_evaluations_sign_with_different_keys(store, tmp_path):
    assert Store.file(tmp_path / "other.db", create=True).secret() != store.secret()


def test_a_store_that_nobody_uses_any_more_holds_no_file_open(tmp_path):
    def held():
        return [
            one.path for one in psutil.Process().open_files() if one.path.startswith(str(tmp_path))
        ]

    gc.collect()
    gc.disable()  # not whenever memory is looked through
    try:
        store = Store.file(tmp_path / "ratings.db", create=True)
        store.answers()
        assert held()
        del store
        assert held() == []
    finally:
        gc.enable()
