"""How people now see an earlier round, beside how they rated it then and where they are now."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from toolkit.evaluation import Draft, Rater, Wave
from toolkit.evaluation.release.frozen import FrozenTables
from toolkit.ratings import Rating

KNOWN = {"instrument": "four_conditions", "version": 1, "scale": "rooted5"}


@pytest.fixture
def twice(opened):
    """Two rounds that are over; in the second one, the first was to be rated again."""
    first = opened.settings.waves[0].model_copy(update={"status": "closed"})
    second = Wave(code="r2", fr="Ronde 2", en="Round 2", then="r1")
    opened.change(opened.settings.model_copy(update={"waves": (first, second)}))
    return opened


@pytest.fixture
def give(twice):
    """Give what some people rated then, how they see it now, and now; None is no answer."""

    def give(*answers, indicator="CV1", first=0, **more):
        for i, steps in enumerate(answers, start=first):
            told = zip(steps, (("r1", "current"), ("r2", "then"), ("r2", "current")), strict=True)
            twice._store.append(
                [
                    Rating(
                        **{**KNOWN, **more},
                        wave=wave,
                        rater=f"p{i}",
                        indicator=indicator,
                        aspect=aspect,
                        value=step,
                    )
                    for step, (wave, aspect) in told
                    if step is not None
                ]
            )

    return give


def told(evaluation, condition="CV"):
    frame = evaluation.tables().then("r1", "r2")
    found = frame[frame["condition"] == condition].set_index("compared")
    return {name: tuple(row) for name, row in found[["fell", "same", "rose", "pairs"]].iterrows()}


def test_the_look_and_the_move_are_counted_among_those_who_gave_all_three_answers(twice, give):
    give(*[(4, 2, 4)] * 5, *[(3, 3, 4)] * 2, (2, 3, 3), (3, 3, 2))
    assert told(twice) == {"look": (5, 3, 1, 9), "moved": (1, 1, 7, 9)}


def test_a_person_is_stricter_where_two_lines_more_fall_than_rise(twice, give):
    for line, then in (("CV1", 2), ("CV2", 2), ("CV3", 2), ("CV4", 5)):
        give(*[(4, then, 4)] * 8, indicator=line)
    assert told(twice) == {"look": (8, 0, 0, 8), "moved": (0, 0, 8, 8)}


def test_one_line_of_several_that_wavers_makes_nobody_stricter(twice, give):
    for line, thens in (("CV1", [2] * 5 + [4] * 3), ("CV2", [2] * 5 + [3] * 3), ("CV3", [4] * 8)):
        give(*[(4, then, 4) for then in thens], indicator=line)
    assert told(twice)["look"] == (5, 3, 0, 8)


def test_fewer_than_eight_people_are_masked(twice, give):
    give(*[(4, 2, 4)] * 7)
    figures = [figure for row in told(twice).values() for figure in row]
    assert len(figures) == 8
    assert all(pd.isna(figure) for figure in figures)


@pytest.mark.parametrize(("again", "shown"), [(8, False), (9, False), (10, True)])
def test_a_few_who_did_not_look_again_are_not_told_apart_from_the_change(twice, give, again, shown):
    # Two are stricter: with the change of all ten, the rest would tell of whoever is missing.
    answers = [(4, 3, 4)] * 2 + [(3, 3, 4)] * 4 + [(3, 3, 2)] * 4
    give(*answers[:again])
    give(*[(then, None, now) for then, _, now in answers[again:]], first=again)
    assert twice.changes("r1", "r2").set_index("condition").loc["CV", "pairs"] == 10
    assert all(pd.notna(row[-1]) is shown for row in told(twice).values())


def test_where_many_see_it_otherwise_a_few_missing_hide_nothing(twice, give):
    give(*[(4, 2, 4)] * 9)
    give((4, None, 4), first=9)
    assert told(twice)["look"] == (9, 0, 0, 9)


def test_that_nobody_moves_at_all_is_not_told(twice, give):
    give(*[(3, 3, 3)] * 9)
    assert all(pd.isna(figure) for row in told(twice).values() for figure in row)


@pytest.mark.parametrize("other", [{"version": 2}, {"scale": "elsewhere"}, {"instrument": "own"}])
def test_answers_in_other_words_or_on_another_scale_are_never_compared(twice, give, other):
    give(*[(4, None, None)] * 9, **other)
    give(*[(None, 2, 4)] * 9)
    assert told(twice) == {}


def test_a_consensus_is_no_look_of_anybody(twice, give):
    give(*[(4, 2, 4)] * 8)
    given = Rating(wave="r2", rater="p8", indicator="CV1", value=1, **KNOWN)
    kept = [
        replace(given, wave=wave, aspect=aspect)
        for wave, aspect in (("r1", "current"), ("r2", "then"), ("r2", "current"))
    ]
    twice._store.append([replace(rating, mode="consensus") for rating in kept])
    assert told(twice)["look"] == (8, 0, 0, 8)


def test_a_second_look_changes_no_other_table(twice, give):
    def shown():
        tables = twice.tables()
        by_group = [getattr(tables, name)(by_group=True) for name in ("counts", "summary")]
        both = [tables.changes("r1", "r2"), tables.line_moves("r1", "r2"), tables.gaps("r2")]
        return [*by_group, *both, tables.warnings(), tables.masked(), tables.guide("r2")]

    give(*[(4, None, 3)] * 6, *[(2, None, 3)] * 6)
    for i in range(12):
        twice.know(Rater(f"p{i}", "", "parent"))
    before = shown()
    give(*[(None, 1 + i % 5, None) for i in range(12)])
    assert len(twice.ratings()) == 36
    for first, second in zip(before, shown(), strict=True):
        pd.testing.assert_frame_equal(first, second)


def test_a_release_holds_the_counts_and_no_answer(twice, give):
    give(*[(4, 2, 4)] * 5, *[(3, 3, 4)] * 2, (2, 3, 3), (3, 3, 2))
    release = twice.releases.compose(Draft(rounds=("r1", "r2"), parts=("change",)))
    assert "then" not in json.dumps(release.snapshot.kept["tables"]["figures"])
    assert release.snapshot.settings.wave("r2").then == "r1"
    tables = release.snapshot.tables("fr")
    assert isinstance(tables, FrozenTables)
    pd.testing.assert_frame_equal(
        tables.then("r1", "r2"), twice.tables().then("r1", "r2"), check_dtype=False
    )
    alone = twice.releases.compose(Draft(rounds=("r2",), parts=("change",))).snapshot
    assert alone.settings.wave("r2").then is None
    assert alone.tables("fr").then("r1", "r2").empty
