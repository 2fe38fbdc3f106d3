"""The attack finds what tables give away, and nothing where they give nothing away."""

import pandas as pd
import polars as pl
import pytest

from toolkit.scoring.suppression import EVERYBODY, Finding, audit, protect

STEPS = ["step_1", "step_2", "step_3"]


def told(rows, **columns):
    """Return a released table: a group, then its counts, or None where they are masked.

    Beside the counts of a row may stand how many people, and the low and the high median.
    """
    frame = pd.DataFrame({"group": list(rows)})
    for place, name in enumerate([*STEPS, "n", "low", "high"]):
        values = [(*row, *[None] * 6)[place] for row in rows.values()]
        frame[name] = pd.array(values, dtype="Int64")
    counted = frame[STEPS].notna().all(axis=1)
    frame["n"] = frame["n"].mask(counted, frame[STEPS].sum(axis=1))
    return frame.assign(**columns)


def found(*tables, **how):
    """Return what was found: the group, what kind, the figure and its value."""
    findings = audit(list(tables), **how)
    return {(one.where["group"], one.what, one.figure, one.value) for one in findings}


MASKED = (None, None, None)
PEOPLE_ONLY = (*MASKED, 6)


def test_the_total_less_the_others_is_the_one_group_that_is_masked():
    released = told({EVERYBODY: (4, 5, 3), "a": (3, 4, 2), "b": MASKED})
    assert found(released) == {
        ("b", "count", "n", 3),
        ("b", "count", "step_1", 1),
        ("b", "count", "step_2", 1),
        ("b", "count", "step_3", 1),
    }


def test_a_finding_names_its_row():
    released = told({EVERYBODY: (4, 5, 3), "a": (3, 4, 2), "b": MASKED}, wave="r1", indicator="CV1")
    where = {"group": "b", "wave": "r1", "indicator": "CV1"}
    assert Finding(where, "count", "n", 3) in audit(released)


def test_a_group_may_be_known_to_have_given_one_answer_and_not_how_many_did():
    released = told({EVERYBODY: (3, 4, 6), "a": (3, 4, 2), "b": MASKED, "c": MASKED})
    assert found(released) == {("b", "answer", "step_3", 3), ("c", "answer", "step_3", 3)}


def test_the_sum_that_is_hidden_gives_away_no_group_of_it():
    assert found(told({EVERYBODY: (4, 7, 5), "a": (3, 4, 2), "b": MASKED, "c": MASKED})) == set()


def test_medians_give_counts_away():
    # Six and six people: more than half of b are on step 1, and no more than three are there.
    released = told(
        {EVERYBODY: (3, 5, 4), "a": (*PEOPLE_ONLY, 2, 3), "b": (*PEOPLE_ONLY, 1, 2)},
    )
    assert ("b", "count", "step_1", 3) in found(released)


def test_the_medians_of_everybody_alone_give_counts_away():
    # Six people, of whom the third is on step 1 and the fourth on step 3.
    assert found(told({EVERYBODY: (*MASKED, 6, 1, 3)})) == {
        ("all", "count", "step_1", 3),
        ("all", "count", "step_3", 3),
    }
    assert found(told({EVERYBODY: (*MASKED, 6, 2, 2)})) == set()


def test_a_status_that_is_masked_is_found_as_well():
    released = told({EVERYBODY: (4, 5, 3), "a": (3, 4, 2), "b": MASKED})
    released["dont_know"] = pd.array([3, 1, None], dtype="Int64")
    assert ("b", "count", "dont_know", 2) in found(released)


def test_counts_of_enough_people_are_no_finding():
    assert found(told({EVERYBODY: (9, 9, 9), "a": (3, 4, 2), "b": MASKED})) == set()


def test_what_counts_as_enough_may_be_said():
    released = told({EVERYBODY: (9, 9, 9), "a": (3, 4, 2), "b": MASKED})
    assert ("b", "count", "n", 18) in found(released, k=19, k_distribution=19)


def test_nobody_on_a_step_is_no_finding():
    released = told({EVERYBODY: (0, 8, 8), "a": (0, 4, 4), "b": MASKED, "c": MASKED})
    assert found(released) == set()


def test_a_row_of_few_people_in_the_open_is_found():
    assert found(told({EVERYBODY: (1, 1, 1)})) == {("all", "few", "n", 3)}
    assert found(told({EVERYBODY: (2, 2, 1)})) == set()
    assert found(told({EVERYBODY: (0, 0, 0)})) == set()


def test_one_more_person_in_a_later_round_is_found():
    first = told({EVERYBODY: (3, 3, 3)}, wave="r1")
    later = told({EVERYBODY: (3, 4, 3)}, wave="r2")
    assert found(first, later) == {("all", "newcomer", "r1", 1)}
    # Or one who left.
    assert found(told({EVERYBODY: (3, 2, 3)}, wave="r1"), first.assign(wave="r2")) == {
        ("all", "newcomer", "r1", 1)
    }


def test_rounds_that_moved_both_ways_or_by_many_are_no_finding():
    first = told({EVERYBODY: (3, 3, 3)}, wave="r1")
    for counts in ((2, 5, 3), (3, 8, 3), (3, 3, 3)):
        assert found(first, told({EVERYBODY: counts}, wave="r2")) == set()


def test_rounds_may_have_another_name():
    first = told({EVERYBODY: (3, 3, 3)}, time="r1")
    later = told({EVERYBODY: (3, 4, 3)}, time="r2")
    assert found(first, later, wave="time") == {("all", "newcomer", "r1", 1)}
    assert found(first, later) == set()


def test_several_tables_together_reveal_what_each_hides():
    whole = told({EVERYBODY: (4, 5, 3)})
    groups = told({"a": (3, 4, 2), "b": MASKED})
    assert found(whole) == found(groups) == set()
    assert ("b", "count", "n", 3) in found(whole, groups)


def test_a_table_without_groups_counts_everybody():
    whole = told({EVERYBODY: (4, 5, 3)}).drop(columns="group")
    assert ("b", "count", "n", 3) in found(whole, told({"a": (3, 4, 2), "b": MASKED}))


def test_two_filters_together_reveal_what_one_hides():
    groups = told({EVERYBODY: (4, 5, 3), "a": (3, 3, 2), "b": MASKED}, sector=EVERYBODY)
    sectors = told({"x": (3, 3, 3), "y": MASKED}).rename(columns={"group": "sector"})
    cross = pd.DataFrame({"group": ["a", "b", "b"], "sector": ["x", "x", "y"]})
    together = {
        (one.where["group"], one.where["sector"])
        for one in audit(
            [
                groups,
                sectors.assign(group=EVERYBODY),
                cross.assign(n=pd.array([None] * 3, dtype="Int64")),
            ],
            filters=("group", "sector"),
        )
    }
    # In sector x are all of a, and one person of b.
    assert ("b", "x") in together


def test_a_table_of_people_alone_is_attacked_as_well():
    released = told({EVERYBODY: (4, 5, 3), "a": (3, 4, 2), "b": MASKED})[["group", "n"]]
    assert found(released) == {("b", "count", "n", 3)}


def test_lines_do_not_know_of_each_other():
    hidden = told({EVERYBODY: (4, 7, 5), "a": (3, 4, 2), "b": MASKED, "c": MASKED}, line="x")
    open_one = told({EVERYBODY: (4, 5, 3), "a": (3, 4, 2), "b": MASKED}, line="y")
    assert {one.where["line"] for one in audit([hidden, open_one])} == {"y"}


def test_more_lines_than_are_solved_together_are_all_attacked():
    released = told({EVERYBODY: (4, 5, 3), "a": (3, 4, 2), "b": MASKED})
    many = pd.concat([released.assign(line=place) for place in range(130)], ignore_index=True)
    assert {one.where["line"] for one in audit(many)} == set(range(130))


def test_polars_is_attacked_as_pandas_is():
    released = told({EVERYBODY: (4, 5, 3), "a": (3, 4, 2), "b": MASKED})
    assert set(map(str, audit(pl.from_pandas(released)))) == set(map(str, audit(released)))


def test_no_rows_give_nothing_away():
    assert audit(protect(told({EVERYBODY: (4, 5, 3)}).iloc[:0]).table) == ()


@pytest.mark.parametrize(
    "released",
    [
        # Nine of the eight people are in group a.
        told({EVERYBODY: (3, 3, 2), "a": (3, 3, 3), "b": MASKED}),
        # The middle one of five people is on a step that nobody chose.
        told({EVERYBODY: (4, 0, 4), "a": (*PEOPLE_ONLY[:3], 5, 2, 2), "b": MASKED}),
        # Of six people with a median on each outer step, three are on each: never « shared ».
        told({EVERYBODY: (*MASKED, 6, 1, 3)}, reading="shared"),
    ],
)
def test_tables_that_contradict_each_other_are_refused(released):
    with pytest.raises(ValueError, match=r"tables: .*contradict"):
        audit(released)


@pytest.mark.parametrize("tables", [[], told({EVERYBODY: (4, 5, 3)}).drop(columns="n")])
def test_tables_that_count_nobody_are_refused(tables):
    with pytest.raises(ValueError, match="tables: each has a column `n`"):
        audit(tables)


def test_people_who_are_in_no_group_contradict_nothing():
    assert found(told({EVERYBODY: (12, 12, 7), "a": (4, 5, 1), "b": (2, 5, 1)})) == set()


def test_shown_figures_that_no_answers_could_give_are_refused():
    with pytest.raises(ValueError, match="contradict"):
        audit(told({EVERYBODY: (4, 5, 3), "a": (5, 4, 2), "b": (1, 1, 1)}))


@pytest.mark.parametrize("count", [-1, 0.5])
def test_a_count_that_is_no_number_of_people_is_refused(count):
    table = told({EVERYBODY: (4, 5, 3)}).astype({"step_1": "Float64"})
    table.loc[0, "step_1"] = count
    with pytest.raises(ValueError, match="whole number of people"):
        audit(table)


def test_a_filter_that_is_no_column_is_refused():
    with pytest.raises(ValueError, match="filters"):
        audit(told({EVERYBODY: (4, 5, 3)}), filters=("grp",))
