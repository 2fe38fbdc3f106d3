"""One evaluation: what it holds, and how it is opened."""

import shutil

import pytest

from toolkit import Evaluation
from toolkit.errors import EvaluationError, StoreError
from toolkit.evaluation import Rater, Wave
from toolkit.ratings import Rating
from toolkit.text import Text, say


def test_a_folder_is_opened_in_its_own_language(tmp_path, evaluation):
    assert Evaluation.open(evaluation.folder).language == "fr"
    assert Evaluation.open(str(evaluation.folder), language="en").language == "en"


def test_a_folder_that_is_no_evaluation_is_refused(tmp_path):
    with pytest.raises(EvaluationError):
        Evaluation.open(tmp_path)


def test_an_unknown_language_is_refused_by_name(blank):
    with pytest.raises(EvaluationError) as refused:
        Evaluation.open(blank.folder, language="de")
    assert refused.value.say("fr") == say("folder.no_language", "fr", language="de")


def test_an_unknown_round_is_refused_by_name(blank):
    with pytest.raises(EvaluationError) as refused:
        Evaluation.open(blank.folder, wave="2031-T9")
    assert "2031-T9" in refused.value.say("fr")


def test_an_evaluation_without_its_answers_is_refused(blank):
    for file in blank.folder.glob("ratings.db*"):
        file.unlink()
    with pytest.raises(StoreError):
        Evaluation.open(blank.folder)


def test_the_round_is_the_named_one_else_the_open_one_else_the_last(evaluation):
    assert evaluation.wave.code == "2026-T2"
    assert Evaluation.open(evaluation.folder, wave="2025-T1").wave.code == "2025-T1"
    closed = [w.model_copy(update={"status": "closed"}) for w in evaluation.settings.waves]
    evaluation.change(evaluation.settings.model_copy(update={"waves": tuple(closed[:2])}))
    assert evaluation.wave.code == "2025-T2"


def test_an_evaluation_without_rounds_has_none(blank):
    assert blank.wave is None


def test_a_change_in_the_file_is_seen_by_who_has_it_open(opened):
    elsewhere = Evaluation.open(opened.folder)
    assert elsewhere.wave.status == "open"
    closed = Wave(code="r1", fr="Ronde 1", en="Round 1", status="closed")
    opened.change(opened.settings.model_copy(update={"waves": (closed,)}))
    assert elsewhere.wave.status == "closed"


def test_a_moved_folder_is_the_same_evaluation(opened, rate, tmp_path):
    rate("p1", CV1=4)
    token = opened.links.make("viewer")[0]
    opened._store.close()
    shutil.move(opened.folder, tmp_path / "elsewhere")
    moved = Evaluation.open(tmp_path / "elsewhere")
    assert list(moved.ratings()["value"]) == [4]
    assert moved.links.enter(token, "viewer").role == "viewer"


def test_participation_counts_people_who_gave_an_answer(opened, rate):
    rate("p1", CV1=4, CV2=3)
    rate("p2", CV1="dont_know")
    rate("p3")
    opened.sheet("r1", "p3").finish()
    opened._store.append(
        [
            Rating(
                wave="r1",
                rater="table",
                indicator="CV1",
                instrument="four_conditions",
                version=1,
                scale="rooted5",
                mode="consensus",
                value=3,
            )
        ]
    )
    assert opened.participation("r1") == 2


def test_each_invited_person_gets_a_link_and_a_pseudonym_of_their_own(opened):
    tokens = opened.invite("r1", 3)
    people = {opened.links.enter(token, "rater").rater for token in tokens}
    assert len(people) == 3
    assert all(len(person) >= 12 for person in people)


def test_a_partner_keeps_its_pseudonym_from_round_to_round(opened):
    opened.know(Rater("p1", "cpe"))
    assert opened.rater_of("cpe") is None
    opened.links.make("rater", "r1", ["p1"])
    assert opened.rater_of("cpe") == "p1"


def test_consent_says_the_smallest_number_that_is_shown(opened):
    assert "{" not in opened.consent()["fr"]
    privacy = opened.settings.privacy.model_copy(
        update={"minimum": 7, "consent": Text(fr="Moins de {minimum} ? {ici}", en="{minimum}")}
    )
    opened.change(opened.settings.model_copy(update={"privacy": privacy}))
    assert opened.consent() == Text(fr="Moins de 7 ? {ici}", en="7")


def test_a_raw_table_holds_each_newest_answer_and_the_history_every_one(opened, rate):
    rate("p1", group="parent", CV1=2)
    rate("p1", CV1=4, PP1="dont_know")
    newest, history = opened.ratings(), opened.ratings(history=True)
    assert list(newest["value"].dropna()) == [4]
    assert list(history["value"].dropna()) == [2, 4]
    assert list(newest["group"]) == ["parent", "parent"]
    assert list(newest["condition"]) == ["CV", "PP"]
    assert list(newest["status"].dropna()) == ["dont_know"]
    assert set(newest["steps"]) == {5}


def test_an_empty_raw_table_still_has_its_columns(blank):
    assert len(blank.ratings()) == 0
    assert {"wave", "value", "status", "note"} <= set(blank.ratings().columns)
