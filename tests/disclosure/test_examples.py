"""Coalitions of which something was given away once: what was ever shown is given."""

import pytest

from tests.disclosure.attacker import LEVELS, attack
from tests.disclosure.coalitions import Person, begin
from tests.disclosure.figures import read

LINE = "C1L1"
CERTAIN = LEVELS[:3]


@pytest.fixture
def coalition(tmp_path):
    """Return a coalition with a single line, and one with several."""

    def make(sizes=(1,), groups=("partner", "parent"), **how):
        return begin(tmp_path / "coalition", sizes, groups, **how)

    return make


def ask(coalition, code, answers, group="partner", names="p", aspect="current", **rounds):
    """Let people answer one line in a round, in the order of their names; None is not there."""
    coalition.add_round(code, **rounds)
    given = {
        Person(f"{names}{place:02d}", group, (code,)): {(LINE, aspect): answer}
        for place, answer in enumerate(answers)
        if answer is not None
    }
    coalition.answer_all(code, given)
    coalition.close_round(code)


def recovered(coalition):
    found = attack(coalition, pairs=False)
    return {level: found.levels[level] for level in CERTAIN if found.levels[level]}


def cell(coalition, code, line=LINE, version=-1):
    """Return what a viewer reads of everybody on a line, in the newest version."""
    seen = read(coalition, [coalition.shown[version]])
    (one,) = [
        cell
        for cell in seen.cells
        if (cell.column.wave, cell.line, cell.aspect, cell.group) == (code, line, "current", "all")
    ] or [None]
    return one.figures if one else {}


SEVEN = [3, 3, 3, 3, 4, 4, 4]


def test_versions_that_follow_each_other_do_not_give_a_newcomer_away(coalition):
    one = coalition()
    ask(one, "r1", SEVEN)
    one.show("r1")
    ask(one, "r2", [*SEVEN, 4])
    one.show("r1", "r2")
    assert recovered(one) == {}


def test_nor_do_two_audiences_together(coalition):
    one = coalition()
    ask(one, "r1", SEVEN)
    one.show("r1")
    ask(one, "r2", [*SEVEN, 4])
    one.show("r2", audience="donor")
    assert recovered(one) == {}


def test_nor_does_a_version_that_was_taken_back(coalition):
    one = coalition()
    ask(one, "r1", SEVEN)
    one.show("r1")
    one.evaluation.releases.revoke("coalition")
    ask(one, "r2", [*SEVEN, 4])
    one.show("r2")
    assert recovered(one) == {}


@pytest.mark.parametrize("sizes", [(1,), (1, 3)])
def test_who_moved_on_one_line_beside_its_counts_does_not_give_who_came_away(coalition, sizes):
    one = coalition(sizes)
    ask(one, "r1", [1, 2, 2, 2, 2, 3, 3, 4])
    one.show("r1")
    ask(one, "r2", [1, 1, 2, 2, 3, 3, 4, 4, 1])
    one.show("r1", "r2")
    assert recovered(one) == {}


@pytest.mark.parametrize("status", ["dont_know", "not_applicable", "skipped"])
def test_a_status_that_one_more_gives_beside_equal_counts_is_not_told(coalition, status):
    one = coalition()
    nine = [2, 2, 3, 3, 3, 3, 4, 4, 4]
    ask(one, "r1", nine)
    one.show("r1")
    ask(one, "r2", [*nine, status])
    one.show("r1", "r2")
    assert recovered(one) == {}


@pytest.mark.parametrize("audience", ["coalition", "donor"])
def test_who_left_is_not_told_either(coalition, audience):
    one = coalition()
    ask(one, "r1", [2, 2, 3, 3, 3, 3, 4, 4, 4, 5])
    one.show("r1")
    ask(one, "r2", [2, 2, 3, 3, 3, 3, 4, 4, 4])
    one.show("r1", "r2") if audience == "coalition" else one.show("r2", audience=audience)
    assert recovered(one) == {}


def test_whoever_is_typed_in_late_is_not_told(coalition):
    one = coalition()
    nine = [2, 2, 3, 3, 3, 3, 4, 4, 4]
    ask(one, "r1", nine)
    one.show("r1")
    one.answer(Person("late", "partner", ("r1",)), "r1", {(LINE, "current"): 5})
    one.show("r1")
    assert recovered(one) == {}


def test_masked_turnover_is_not_given_back_by_how_many_pairs_there_are(coalition):
    one = coalition()
    nine = [1, 2, 2, 3, 3, 4, 4, 5, 5]
    ask(one, "r1", [*nine[:8], 3])
    one.show("r1")
    ask(one, "r2", [*nine[:8], None, 4, 2])
    one.show("r1", "r2")
    ask(one, "r3", [*nine[:8], None, 3, None])
    one.show("r1", "r2", "r3")
    tables = one.shown[-1].release.snapshot.tables("fr")
    for before, after, stayed in (("r1", "r2", 8), ("r2", "r3", 9), ("r1", "r3", 8)):
        if tables.turnover(before, after) is None:
            assert stayed not in set(tables.changes(before, after)["pairs"].dropna())
    assert recovered(one) == {}


@pytest.mark.parametrize("people", [8, 9, 13])
def test_unanimous_all_but_one_and_nearly_all_look_alike(coalition, people):
    one = coalition((1, 1, 1))
    one.add_round("r1")
    alike = {"C1L1": 0, "C2L1": 1, "C3L1": 2}
    one.answer_all(
        "r1",
        {
            Person(f"p{place:02d}", "partner", ("r1",)): {
                (line, "current"): 3 if place < others else 4 for line, others in alike.items()
            }
            for place in range(people)
        },
    )
    one.close_round("r1")
    one.show("r1")
    read_of = [cell(one, "r1", line) for line in alike]
    assert read_of[0] == read_of[1] == read_of[2]
    assert recovered(one) == {}


def test_the_evaluator_is_told_of_a_line_on_which_all_agree(coalition):
    one = coalition()
    ask(one, "r1", [4] * 13)
    warned = one.evaluation.warnings()
    assert [*warned["indicator"]] == [LINE]


@pytest.mark.parametrize("odd", [1, 2, 5])
def test_one_who_answered_otherwise_does_not_learn_what_the_others_said(coalition, odd):
    one = coalition()
    ask(one, "r1", [odd, 3, 3, 3, 3, 3])
    one.show("r1")
    assert recovered(one) == {}


@pytest.mark.parametrize("odd", [1, 3, 5])
def test_nor_where_counts_are_shown(coalition, odd):
    one = coalition()
    ask(one, "r1", [odd, *[4] * 11])
    one.show("r1")
    assert recovered(one) == {}


def test_a_small_group_is_not_what_is_left_of_everybody(coalition):
    one = coalition(groups=("partner", "parent", "funder"))
    one.add_round("r1")
    groups = ["partner"] * 8 + ["parent"] * 3 + ["funder"]
    answers = [2, 3, 3, 3, 4, 4, 4, 5, 1, 2, 2, 1]
    one.answer_all(
        "r1",
        {
            Person(f"p{place:02d}", group, ("r1",)): {(LINE, "current"): answer}
            for place, (group, answer) in enumerate(zip(groups, answers, strict=True))
        },
    )
    one.close_round("r1")
    one.show("r1")
    one.show("r1", audience="donor")
    assert recovered(one) == {}
