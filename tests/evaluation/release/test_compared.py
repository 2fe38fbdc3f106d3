"""Tables of who moved are never shown together where one, less another, tells of a few people."""

import datetime

import pandas as pd
import pytest

from toolkit.evaluation import Draft, Wave
from toolkit.evaluation.release.compared import protected
from toolkit.ratings import Rating

DAY = datetime.date(2026, 5, 12)
KNOWN = {"instrument": "four_conditions", "scale": "rooted5", "version": 1}
PARTS = ("conditions", "change")


@pytest.fixture
def rounds(opened):
    """Three closed rounds: of nine people a third rose in the second; others missed that one."""
    waves = [
        Wave(code=f"r{n}", fr=f"Ronde {n}", en=f"Round {n}", status="closed") for n in (1, 2, 3)
    ]
    opened.change(opened.settings.model_copy(update={"waves": tuple(waves)}))

    def give(absent):
        for wave, move, count in (("r1", 0, 9 + absent), ("r2", 1, 9), ("r3", 1, 9 + absent)):
            opened._store.append(
                Rating(
                    wave=wave, rater=f"p{i}", indicator=line, value=3 + move * (i % 3 - 1), **KNOWN
                )
                for i in range(count)
                for line in ("CV1", "CV2")
            )
        return opened

    return give


def opened_for(evaluation, audience, *rounds, parts=PARTS):
    composed = evaluation.releases.compose(Draft(audience, audience, rounds, parts))
    return evaluation.releases.open(composed, "Nous", DAY)


def pairs(release, *rounds):
    """Return how many people a release compares between two rounds, or None if it is masked."""
    (found,) = release.snapshot.tables("fr").moved(*rounds)["pairs"]
    return None if pd.isna(found) else int(found)


def test_rounds_that_differ_by_many_people_are_shown_to_both(rounds):
    evaluation = rounds(absent=5)
    assert pairs(opened_for(evaluation, "coalition", "r1", "r2"), "r1", "r2") == 9
    assert pairs(opened_for(evaluation, "funder", "r1", "r3"), "r1", "r3") == 14


def test_where_one_person_missed_a_round_who_moved_is_not_told_of_it(rounds):
    evaluation = rounds(absent=1)
    release = opened_for(evaluation, "coalition", "r1", "r2", "r3")
    assert pairs(release, "r1", "r2") is None
    assert pairs(release, "r2", "r3") is None
    assert pairs(release, "r1", "r3") == 10


def test_who_moved_is_in_no_release_that_does_not_show_it(rounds):
    evaluation = rounds(absent=1)
    kept = opened_for(evaluation, "coalition", "r1", "r2", parts=("conditions", "rounds"))
    assert kept.snapshot.kept["tables"]["moved"] == {}
    assert kept.snapshot.tables("fr").turnover("r1", "r2") is None  # one person left


def moved(before, after, *counts, condition="CV"):
    row = dict(zip(("fell", "same", "rose"), counts, strict=True)) | {"condition": condition}
    frame = pd.DataFrame([{**row, "pairs": sum(counts), "before": before, "after": after}])
    return frame.astype(dict.fromkeys(("fell", "same", "rose", "pairs"), "Int64"))


@pytest.mark.parametrize(
    ("first", "second", "masks"),
    [
        (("r1", "r2", 0, 4, 5), ("r1", "r3", 0, 4, 6), True),
        (("r1", "r2", 0, 4, 6), ("r1", "r3", 0, 4, 5), True),
        (("r1", "r3", 0, 4, 5), ("r2", "r3", 2, 4, 7), True),
        (("r1", "r2", 0, 4, 5), ("r1", "r3", 0, 4, 10), False),  # five more: not few
        (("r1", "r2", 0, 4, 5), ("r1", "r3", 0, 3, 7), False),  # somebody else moved otherwise
        (("r1", "r2", 0, 4, 5), ("r2", "r3", 0, 4, 6), False),  # no round is the same twice
        (("r1", "r2", 0, 4, 5), ("r1", "r3", 0, 4, 5), False),
    ],
)
def test_the_second_of_two_tables_that_differ_by_a_few_is_masked(first, second, masks):
    one, other = moved(*first), moved(*second)
    kept, masked = protected([one, other], 5)
    assert kept["pairs"].notna().all()
    assert masked["pairs"].isna().all() == masks


def test_so_it_is_where_the_first_was_shown_before():
    given = moved("r1", "r2", 0, 4, 5).assign(compared="")
    for counts, shown in (((0, 4, 5), True), ((0, 5, 4), False), ((0, 4, 6), False)):
        (table,) = protected([moved("r1", "r2", *counts)], 5, given)
        assert table["pairs"].notna().all() == shown


def test_a_row_that_is_masked_already_tells_nothing_of_another():
    one, other = moved("r1", "r2", 0, 2, 3), moved("r1", "r3", 0, 4, 5)
    one.loc[:, ["fell", "same", "rose", "pairs"]] = pd.NA
    for tables in ([one, other], [other, one]):
        shown = [table["pairs"].notna().all() for table in protected(tables, 5)]
        assert sorted(shown) == [False, True]
