"""What was made from an evaluation stands until something that it shows may differ."""

import datetime
import sqlite3

import pytest

from toolkit import Evaluation
from toolkit.evaluation import Draft, Rater, Wave
from toolkit.evaluation.version import shown, version


@pytest.fixture
def answered(opened, rate):
    rate("p1", CV1=4, CV2=2)
    rate("p2", CV1=3)
    return opened


def test_it_is_the_same_for_whoever_opens_the_same_evaluation(answered):
    assert version(answered) == version(Evaluation.open(answered.folder))
    answered.links.make("viewer")
    assert version(answered) == version(Evaluation.open(answered.folder))


def test_a_new_or_changed_answer_makes_another(answered, rate):
    seen = [version(answered)]
    rate("p2", CV1=5)
    seen.append(version(answered))
    rate("p2", CV1=3)  # back to what it was, and yet
    seen.append(version(answered))
    rate("p3", CV1="dont_know")
    seen.append(version(answered))
    assert len(set(seen)) == 4


def test_whom_a_person_answers_for_makes_another(answered):
    before = version(answered)
    answered.know(Rater("p1", "", "parent"))
    assert version(answered) != before


def test_an_answer_erased_and_another_in_its_place_make_another(answered, rate):
    before = version(answered)
    with sqlite3.connect(answered.folder / "ratings.db") as store:
        store.execute("DELETE FROM ratings WHERE rater = 'p2'")
    erased = version(answered)
    rate("p2", CV1=4)  # takes the number of the row that went
    assert len({before, erased, version(answered)}) == 3


def test_what_is_released_and_taken_back_makes_another_and_a_draft_none(answered, rate):
    wave = answered.settings.waves[0].model_copy(update={"status": "closed"})
    answered.change(answered.settings.model_copy(update={"waves": (wave,)}))
    before = version(answered), shown(answered.folder)
    releases, draft = answered.releases, Draft("funder", "Un bailleur", ("r1",))
    releases.keep_draft(draft)
    assert (version(answered), shown(answered.folder)) == before
    releases.open(releases.compose(draft), "Nous", datetime.date(2026, 5, 12))
    opened = version(answered), shown(answered.folder)
    releases.revoke("funder")
    after = version(answered), shown(answered.folder)
    assert len({before[0], opened[0], after[0]}) == len({before[1], opened[1], after[1]}) == 3


def test_answers_do_not_change_what_is_shown(answered, rate):
    before = shown(answered.folder)
    rate("p3", CV1=5)
    assert shown(answered.folder) == before


def test_any_change_of_the_settings_makes_another_even_there_and_back(answered):
    seen = [version(answered)]
    settings = answered.settings
    privacy = settings.privacy.model_copy(update={"minimum": 6})
    for changed in (settings.model_copy(update={"privacy": privacy}), settings):
        answered.change(changed)
        seen.append(version(answered))
    assert len(set(seen)) == 3


def test_another_wording_of_the_instrument_makes_another_once_a_round_asks_it(answered):
    before = version(answered)
    from toolkit.instruments import library

    file = library.available(answered.folder)["four_conditions"]
    source = file.read_text(encoding="utf-8")
    line = next(iter(answered.instrument.indicators.values())).text["fr"]
    assert line in source
    own = answered.folder / file.name
    own.write_text(source.replace(line, "Une autre formulation"), encoding="utf-8")
    changed = Evaluation.open(answered.folder)
    assert version(changed) == before  # the open round is asked as it was
    first = changed.settings.waves[0].model_copy(update={"status": "closed"})
    second = Wave(code="r2", fr="Ronde 2", en="Round 2", status="open")
    states = []
    for waves in ((first,), (first, second)):
        changed.change(changed.settings.model_copy(update={"waves": waves}))
        asked = [changed.instrument_of(wave.code).digest for wave in waves]
        states.append((version(changed), len(set(asked))))
    assert states[0][0] != states[1][0]
    assert [count for _, count in states] == [1, 2]
