"""Tables of who moved are never shown together where one, less another, tells of a few people."""

import datetime
import sqlite3

import pandas as pd
import pytest

from toolkit.evaluation import Draft, Wave
from toolkit.evaluation.release.compared import attacked, protected
from toolkit.evaluation.release.leaks import LeakError, seen_before
from toolkit.ratings import Rating
from toolkit.text import both, say

DAY = datetime.date(2026, 5, 12)
KNOWN = {"instrument": "four_conditions", "scale": "rooted5", "version": 1}
PARTS = ("conditions", "change")


@pytest.fixture
def rounds(opened):
    """Three closed rounds: nine people rose in the second, and stayed; others missed that one."""
    waves = [
        Wave(code=f"r{n}", fr=f"Ronde {n}", en=f"Round {n}", status="closed") for n in (1, 2, 3)
    ]
    opened.change(opened.settings.model_copy(update={"waves": tuple(waves)}))

    def give(absent):
        for wave, value, count in (("r1", 2, 9 + absent), ("r2", 3, 9), ("r3", 3, 9 + absent)):
            opened._store.append(
                Rating(wave=wave, rater=f"p{i}", indicator=line, value=value, **KNOWN)
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


@pytest.mark.parametrize(("first", "second"), [("r2", "r3"), ("r3", "r2")])
def test_two_releases_of_other_rounds_are_refused_with_the_cell(rounds, first, second):
    evaluation = rounds(absent=1)
    opened_for(evaluation, "coalition", "r1", first)
    with pytest.raises(LeakError) as refused:
        opened_for(evaluation, "funder", "r1", second)
    condition = evaluation.instrument.conditions[0].title
    said = refused.value.say("en")
    for word in (condition.en, "Round 1", "Round 2", "Round 3", "1 person moved"):
        assert word in said
    assert condition.fr in refused.value.say("fr")
    assert [one.draft.audience for one in evaluation.releases.every()] == ["coalition"]
    assert opened_for(evaluation, "funder", "r1", second, parts=("conditions",)).number


def test_rounds_that_differ_by_many_people_are_shown_to_both(rounds):
    evaluation = rounds(absent=5)
    assert pairs(opened_for(evaluation, "coalition", "r1", "r2"), "r1", "r2") == 9
    assert pairs(opened_for(evaluation, "funder", "r1", "r3"), "r1", "r3") == 14


def test_within_one_release_the_wider_of_two_comparisons_is_masked(rounds):
    evaluation = rounds(absent=1)
    release = opened_for(evaluation, "coalition", "r1", "r2", "r3")
    assert pairs(release, "r1", "r2") == pairs(release, "r2", "r3") == 9
    assert pairs(release, "r1", "r3") is None
    with pytest.raises(LeakError):  # what one masks, the other would show
        opened_for(evaluation, "funder", "r1", "r3")


def test_another_number_of_the_same_people_is_refused(rounds):
    evaluation = rounds(absent=1)
    opened_for(evaluation, "coalition", "r1", "r3")
    with sqlite3.connect(evaluation.folder / "ratings.db") as store:
        store.execute("DELETE FROM ratings WHERE rater = 'p3'")
    with pytest.raises(LeakError) as refused:
        opened_for(evaluation, "funder", "r1", "r3")
    condition = evaluation.instrument.conditions[0].title
    before, after = (evaluation.settings.wave(code).text for code in ("r1", "r3"))
    named = {"before": before, "after": after, "condition": condition}
    assert say("release.leak_moved_differs", "fr", **named) in refused.value.say("fr")
    composed = evaluation.releases.compose(Draft("coalition", "", ("r1", "r3"), PARTS))
    warned = seen_before(composed, evaluation.releases.every())
    assert both("release.seen_before_moved", **named) in warned


def test_who_moved_is_in_no_release_that_does_not_show_it(rounds):
    evaluation = rounds(absent=1)
    kept = opened_for(evaluation, "coalition", "r1", "r2", parts=("conditions", "rounds"))
    assert kept.snapshot.kept["tables"]["moved"] == {}
    assert kept.snapshot.tables("fr").turnover("r1", "r2") is None  # one person left
    assert opened_for(evaluation, "funder", "r1", "r3").number


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
def test_what_masking_lets_through_the_attack_does_not_find(first, second, masks):
    one, other = moved(*first), moved(*second)
    told = pd.concat([one, other]).assign(compared="")
    assert bool(list(attacked(told, 5, 8))) == masks
    kept, masked = protected([one, other], 5)
    assert kept["pairs"].notna().all()
    assert masked["pairs"].isna().all() == masks
    assert list(attacked(pd.concat([kept, masked]).assign(compared=""), 5, 8)) == []


def test_a_row_that_is_masked_already_tells_nothing_of_another():
    one, other = moved("r1", "r2", 0, 2, 3), moved("r1", "r3", 0, 4, 5)
    one.loc[:, ["fell", "same", "rose", "pairs"]] = pd.NA
    for tables in ([one, other], [other, one]):
        shown = [table["pairs"].notna().all() for table in protected(tables, 5)]
        assert sorted(shown) == [False, True]
    told = pd.concat([one, other]).assign(compared="")
    assert list(attacked(told, 5, 8)) == []
