"""Whether a line moved among the same people, and when that is better not said."""

import pytest

from toolkit.evaluation import Wave
from toolkit.ratings import Rating

KNOWN = {"instrument": "four_conditions", "scale": "rooted5", "indicator": "CV1"}


@pytest.fixture
def two(opened):
    """Give one line's answers in two rounds, by person: `two({"p0": 3}, {"p0": 4})`."""
    later = Wave(code="r2", fr="Ronde 2", en="Round 2")
    opened.change(opened.settings.model_copy(update={"waves": (*opened.settings.waves, later)}))

    def give(first, second, version=1):
        for wave, given, words in (("r1", first, 1), ("r2", second, version)):
            for rater, value in given.items():
                rating = Rating(wave=wave, rater=rater, value=value, version=words, **KNOWN)
                opened._store.append([rating])
        frame = opened.tables().line_moves("r1", "r2")
        return frame.iloc[0] if len(frame) else None

    return give


def people(count, value, first=0):
    return {f"p{i}": value for i in range(first, first + count)}


def test_who_rose_stayed_and_fell_is_counted_among_the_same_people(two):
    row = two(people(9, 3), people(6, 4) | people(3, 3, first=6))
    assert (row["rose"], row["same"], row["fell"], row["pairs"]) == (6, 3, 0, 9)


def test_fewer_than_eight_who_answered_both_times_are_masked(two):
    row = two(people(7, 3) | people(5, 2, first=20), people(7, 4) | people(5, 5, first=40))
    assert row[["rose", "same", "fell", "pairs"]].isna().all()
    assert not row["few_moved"]


def test_that_nobody_moved_does_not_tell_what_the_newcomer_answered(two):
    row = two(people(9, 3), people(9, 3) | people(1, 1, first=9))
    assert row[["rose", "same", "fell", "pairs"]].isna().all()
    assert row["few_moved"]


def test_that_few_moved_does_not_either(two):
    row = two(people(9, 3), people(1, 4) | people(8, 3, first=1) | people(1, 1, first=9))
    assert row[["rose", "same", "fell", "pairs"]].isna().all()
    assert row["few_moved"]


def test_that_few_moved_is_told_where_nobody_came_or_left(two):
    row = two(people(9, 3), people(1, 4) | people(8, 3, first=1))
    assert (row["rose"], row["same"], row["few_moved"]) == (1, 8, False)


def test_two_wordings_are_never_compared(two):
    row = two(people(9, 3), people(9, 5), version=2)
    assert row["reworded"]
    assert row[["rose", "same", "fell", "pairs"]].isna().all()


def test_a_line_that_one_round_did_not_ask_has_no_row(two):
    assert two(people(9, 3), {}) is None
