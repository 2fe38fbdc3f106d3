"""One answer: what it may be."""

import pytest

from toolkit.errors import RatingError
from toolkit.ratings import NOTE_LIMIT, Rating


def rating(**changes):
    fields = {"wave": "r1", "rater": "p1", "indicator": "CV1", "instrument": "i", "version": 1}
    return Rating(**{**fields, "scale": "s", "value": 3, **changes})


def test_an_answer_is_a_step_or_a_reason_never_both_nor_neither():
    for both in ({"value": 3, "status": "dont_know"}, {"value": None, "status": None}):
        with pytest.raises(RatingError):
            rating(**both)


@pytest.mark.parametrize(
    "word",
    [
        {"aspect": "wished"},
        {"mode": "chorus"},
        {"value": None, "status": "refused"},
        {"value": None, "status": ["dont_know"]},
    ],
)
def test_a_word_that_is_not_one_of_ours_is_refused(word):
    with pytest.raises(RatingError):
        rating(**word)


def test_the_longest_note_fits_in_a_spreadsheet_cell():
    most_in_excel = 32_767
    assert len(rating(note="é" * NOTE_LIMIT).note) < most_in_excel
    with pytest.raises(RatingError):
        rating(note="é" * (NOTE_LIMIT + 1))


def test_a_rating_is_never_edited():
    with pytest.raises(AttributeError):
        rating().value = 4


def test_today_and_desired_are_answers_to_different_things():
    assert rating().key != rating(aspect="desired").key
    assert rating().key != rating(mode="consensus").key
    assert rating().key == rating(value=5, note="x").key
