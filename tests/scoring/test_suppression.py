"""What singles out a person is masked: by itself, and by what stands beside it."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.scoring.suppression import EVERYBODY, REASONS, protect
from toolkit.scoring.suppression.groups import hidden_groups

SIZES = st.lists(st.integers(0, 20), min_size=1, max_size=7)
LIMITS = st.integers(3, 10)
COUNTS = st.lists(st.integers(0, 5), min_size=3, max_size=3)
BOTH = ("group", "sector")


def table(everybody=None, **groups):
    """Return a table of people on each step: everybody, who are the groups unless told, then each.

    `everybody=False` leaves the total out.
    """
    rows = {name: np.array(steps) for name, steps in groups.items()}
    if everybody is not False:
        whole = sum(rows.values()) if everybody is None else np.array(everybody)
        rows = {EVERYBODY: whole, **rows}
    frame = pd.DataFrame(rows.values(), index=range(len(rows)))
    frame.columns = [f"step_{step}" for step in range(1, len(frame.columns) + 1)]
    frame.insert(0, "group", list(rows))
    return frame.assign(n=frame.filter(like="step_").sum(axis=1))


def crossed(**people):
    """Return everybody, groups, sectors and crossings; `a_x=(…)` is group a in sector x."""
    cells = pd.concat(
        [
            table(everybody=False, **{name.split("_")[0]: steps}).assign(sector=name.split("_")[1])
            for name, steps in people.items()
        ]
    )
    figures = [name for name in cells if name not in BOTH]
    one, two = (cells.groupby(name, as_index=False)[figures].sum() for name in BOTH)
    everybody = cells[figures].sum().to_frame().T
    parts = pd.concat([everybody, one, two, cells], ignore_index=True)
    return parts.fillna(dict.fromkeys(BOTH, EVERYBODY))


def rounds(*tables):
    return pd.concat(
        [one.assign(wave=f"r{turn}") for turn, one in enumerate(tables, start=1)],
        ignore_index=True,
    )


def shown(distribution, **how):
    """Return what each group shows; with rounds, a dict for each of them."""
    found = protect(distribution, **how).table
    if "wave" not in found:
        return dict(zip(found["group"], found["shown"], strict=True))
    return [
        dict(zip(part["group"], part["shown"], strict=True)) for _, part in found.groupby("wave")
    ]


def why(distribution, group, figure="step_1", **how):
    """Return the reason for a group's figure, in the last round."""
    given = protect(distribution, **how)
    return given.reasons.loc[(given.table["group"] == group).to_numpy(), figure].iloc[-1]


# Figure F9: complementary suppression, k = 5.


def test_a_group_that_the_total_would_give_away_is_hidden_too():
    people = table(a=(1, 1, 1), b=(2, 2, 2))
    assert shown(people) == {"all": "distribution", "a": "nothing", "b": "nothing"}


def test_hidden_groups_that_are_enough_together_hide_no_other():
    people = table(a=(1, 1, 1), b=(2, 2, 2), direct=(1, 2, 1))
    assert shown(people, k_distribution=5) == {
        "all": "distribution",
        "a": "nothing",
        "b": "distribution",
        "direct": "nothing",
    }


def test_one_small_group_alone_hides_its_total():
    assert set(shown(table(a=(1, 2, 1))).values()) == {"nothing"}


# Each reason that the evaluator may read.


def test_too_few_people_for_anything():
    people = table(a=(1, 1, 1), b=(3, 3, 3), c=(1, 2, 3))
    for figure in ("n", "step_1", "low", "reading"):
        assert why(people, "a", figure) == "few"


@pytest.mark.parametrize(
    ("steps", "tier"),
    [
        ((1, 2, 1), "nothing"),
        ((1, 2, 2), "statistic"),
        ((2, 3, 2), "statistic"),
        ((2, 3, 3), "distribution"),
    ],
)
def test_counts_need_more_people_than_medians(steps, tier):
    row = protect(table(everybody=steps)).table.iloc[0]
    assert row["shown"] == tier
    assert pd.isna(row["step_1"]) == (tier != "distribution")
    assert pd.isna(row["n"]) == (tier == "nothing")
    # Where the counts stand, the medians follow from them.
    assert pd.isna(row["low"]) == (tier != "statistic")


def test_the_total_less_the_groups_that_show_would_give_a_group_away():
    people = table(a=(1, 1, 1), b=(2, 2, 2), c=(3, 3, 3))
    assert why(people, "b", "n") == "complement"
    # Of nine people the counts may be shown, but the total less these is a group of six.
    people = table(a=(3, 3, 3), b=(2, 2, 2))
    assert why(people, "a") == "complement"
    assert shown(people) == {"all": "distribution", "a": "statistic", "b": "statistic"}


def test_groups_show_no_medians_beside_a_total_without_counts():
    people = table(a=(2, 2, 3))
    assert why(people, "a", "low") == "total"
    assert pd.isna(why(people, EVERYBODY, "low"))


def test_people_who_are_hidden_and_all_answered_alike_mask_the_others():
    # Everybody less a would be two small groups that all gave the highest step.
    people = table(a=(4, 3, 3), b=(0, 0, 4), c=(0, 0, 4))
    assert why(people, "a") == "unanimous"
    assert shown(people)["all"] == "distribution"


def test_everybody_alike_is_masked_as_soon_as_a_group_is_hidden():
    people = table(a=(0, 0, 9), b=(0, 0, 4), c=(0, 0, 4))
    assert why(people, EVERYBODY) == "unanimous"
    assert why(people, "a", "low") == "total"


def test_medians_that_would_tell_the_counts_are_masked():
    # All of b would be on step 3: the low median of a says that at most four of a are.
    people = table(a=(0, 5, 3), b=(0, 0, 7))
    assert why(people, "b", "low") == "median"
    assert shown(people)["b"] == "statistic"


def test_medians_of_two_groups_stand_where_people_could_exchange_their_answers():
    people = table(a=(3, 3, 3), b=(2, 2, 2))
    assert pd.isna(why(people, "a", "low"))


def test_every_reason_has_an_example_here():
    assert set(REASONS) == {
        *("few", "complement", "total", "unanimous", "newcomer", "median", "filters")
    }


# Warnings.


@pytest.mark.parametrize("others", [0, 1, 2, 3])
def test_nearly_all_alike_shows_no_counts_and_the_evaluator_is_warned(others):
    given = protect(table(everybody=(others, 13 - others, 0)).drop(columns="group"))
    alike = others < 3
    assert list(given.table["shown"]) == ["statistic" if alike else "distribution"]
    assert len(given.warnings) == alike
    if alike:
        assert given.table["low"].tolist() == [2]
        assert set(given.reasons["step_2"]) == {"unanimous"}


def test_a_group_that_answered_nearly_alike_masks_the_counts_of_all_groups():
    given = protect(table(a=(1, 8, 0), b=(3, 3, 3)))
    assert given.warnings.to_dict("records") == [{"group": "a", "warning": "unanimous"}]
    assert list(given.table["shown"]) == ["distribution", "statistic", "statistic"]


def test_what_counts_as_nearly_all_may_be_said():
    people = table(everybody=(1, 12, 0)).drop(columns="group")
    assert list(protect(people, apart=0).table["shown"]) == ["distribution"]
    unanimous = table(everybody=(0, 12, 0)).drop(columns="group")
    assert list(protect(unanimous, apart=0).table["shown"]) == ["statistic"]
    assert list(protect(unanimous, apart=-1).table["shown"]) == ["distribution"]


def test_a_group_of_everybody_is_not_warned_of_twice():
    assert protect(table(a=(0, 9, 0))).warnings["group"].tolist() == [EVERYBODY]


# Rounds.


def test_what_one_newcomer_answered_is_not_the_difference_of_two_rounds():
    people = rounds(table(a=(3, 3, 2)), table(a=(3, 4, 2)))
    assert shown(people)[0]["all"] == "distribution"
    assert shown(people)[1]["all"] == "statistic"
    assert why(people, EVERYBODY) == "newcomer"


def test_nor_what_one_answered_who_left_nor_after_another_round():
    people = rounds(table(a=(3, 4, 2)), table(a=(4, 1, 4)), table(a=(3, 3, 2)))
    assert [told["all"] for told in shown(people)] == ["distribution", "distribution", "statistic"]


def test_newcomers_enough_or_answers_that_moved_both_ways_mask_nothing():
    for later in ((5, 5, 3), (2, 5, 2), (3, 3, 2)):
        people = rounds(table(a=(3, 3, 2)), table(a=later))
        assert shown(people)[1]["all"] == "distribution"


def test_a_newcomer_to_one_group_masks_the_others_of_the_line():
    # a moved both ways, and so did everybody; b has one person more.
    people = rounds(table(a=(3, 3, 3), b=(3, 3, 3)), table(a=(1, 6, 2), b=(3, 3, 4)))
    first, second = shown(people)
    assert set(first.values()) == {"distribution"}
    assert second == {"all": "distribution", "a": "statistic", "b": "statistic"}


def test_a_newcomer_among_the_groups_that_are_hidden_masks_the_others():
    small = {"b": (1, 2, 1), "c": (2, 1, 1)}
    people = rounds(table(a=(3, 3, 3), **small), table(a=(1, 6, 2), **small | {"c": (2, 1, 2)}))
    assert shown(people, k_distribution=5)[0]["a"] == "distribution"
    # c counts five now: everybody less a is still eight, then nine.
    assert why(people, "a", k_distribution=5) == "newcomer"


def test_a_newcomer_among_groups_that_one_of_two_rounds_hides_masks_the_others():
    # Everybody less c was fifteen people, and a and b are sixteen now.
    before = table(a=(4, 4, 0), b=(3, 2, 2), c=(2, 3, 3))
    first, second = shown(rounds(before, table(a=(4, 4, 0), b=(3, 2, 3), c=(1, 5, 2))))
    assert first["c"] == "distribution"
    assert second == {"all": "distribution", **dict.fromkeys("abc", "statistic")}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((4, 0, 0, 0, 4), (4, 0, 1, 0, 4)),  # the median of nine is the newcomer's
        ((4, 0, 1, 0, 4), (4, 0, 0, 0, 4)),  # and here it tells what the one who left said
    ],
)
def test_a_median_that_tells_the_newcomers_answer_beside_the_other_rounds_counts_is_masked(
    before, after
):
    told = protect(rounds(table(before), table(after))).table
    assert told["step_1"].isna().any()
    seen = told[told["step_1"].isna()]
    assert seen["low"].isna().all()


def test_two_medians_that_tell_what_two_newcomers_answered_are_not_both_shown():
    told = protect(rounds(table((0, 0, 2, 1, 2)), table((0, 0, 2, 1, 4)))).table
    assert list(told["low"].notna()) == [True, False]


def test_the_median_of_the_round_before_is_masked_where_it_tells_who_came_since():
    told = protect(rounds(table((5, 0, 0)), table((8, 0, 1))), apart=-1).table
    assert list(told["shown"]) == ["statistic", "distribution"]
    assert told["low"].isna().all()


def test_a_median_that_leaves_the_newcomer_several_answers_stays():
    told = protect(rounds(table((1, 2, 3, 3, 2)), table((1, 2, 3, 4, 2)))).table
    assert list(told["shown"]) == ["distribution", "statistic"]
    assert told["low"].iloc[1] == 3


def test_steps_are_taken_in_their_order_wherever_their_columns_stand():
    people = table((0, 1, 5, 0, 0))
    mixed = protect(people[people.columns[::-1]]).table
    assert list(mixed[["low", "high"]].iloc[0]) == [3, 3]


def test_rounds_stand_in_the_order_in_which_they_come():
    later, first = rounds(table(a=(3, 4, 2))), rounds(table(a=(3, 3, 2))).assign(wave="r0")
    found = protect(pd.concat([later, first])).table
    told = found[found["group"] == EVERYBODY].set_index("wave")["shown"]
    assert told.to_dict() == {"r1": "distribution", "r0": "statistic"}


def test_the_column_of_rounds_may_have_another_name():
    people = rounds(table(a=(3, 3, 2)), table(a=(3, 4, 2))).rename(columns={"wave": "time"})
    assert "statistic" in set(protect(people, wave="time").table["shown"])
    assert set(protect(people).table["shown"]) == {"distribution"}


# Two filters.

LARGE = {"a_x": (3, 3, 3), "a_y": (4, 3, 2), "b_x": (2, 3, 4), "b_y": (3, 2, 4)}


def test_two_filters_whose_crossings_are_all_large_show_everything():
    told = protect(crossed(**LARGE), filters=BOTH).table
    assert set(told["shown"]) == {"distribution"}


def test_a_second_filter_is_hidden_without_the_rows_that_cross_both():
    whole = crossed(**LARGE)
    people = whole[(whole[list(BOTH)] == EVERYBODY).any(axis=1)]
    told = protect(people, filters=BOTH)
    sectors = (people["sector"] != EVERYBODY).to_numpy()
    assert set(told.table["shown"][sectors]) == {"nothing"}
    assert set(told.reasons["n"][sectors]) == {"filters"}
    assert set(told.table["shown"][~sectors]) == {"distribution"}


def test_a_second_filter_is_hidden_where_some_of_its_crossings_are_missing():
    whole = crossed(**LARGE)
    people = whole[(whole["group"] != "a") | (whole["sector"] == EVERYBODY)]
    told = protect(people, filters=BOTH).table
    assert set(told["shown"][told["sector"] != EVERYBODY]) == {"nothing"}


def test_a_sector_less_a_group_within_it_would_be_one_person():
    people = crossed(a_x=(3, 3, 3), b_x=(0, 1, 0), b_y=(3, 3, 3))
    told = protect(people, filters=BOTH).table.set_index(list(BOTH))["shown"]
    assert told["all", "x"] == told["all", "y"] == told["b", "x"] == "nothing"
    assert told["a", "all"] == "distribution"


def test_a_sector_less_a_group_within_it_would_be_two_people_of_two_groups():
    # Each of them might have given the answer of the other: the two answers stand all the same.
    people = crossed(a_x=(3, 3, 3), b_x=(1, 0, 0), c_x=(0, 1, 0), b_y=(5, 4, 0), c_y=(4, 5, 0))
    told = protect(people, filters=BOTH).table.set_index(list(BOTH))["shown"]
    assert told[EVERYBODY, "x"] == told[EVERYBODY, "y"] == "nothing"


ALIKE_IN_Z = {"a_z": (1, 0), "b_z": (2, 0), "c_z": (2, 0)}
OTHERS = {"a_x": (1, 1), "a_y": (1, 1), "b_x": (2, 0), "b_y": (1, 1), "c_x": (1, 2), "c_y": (1, 1)}


def test_a_sector_that_answered_alike_is_hidden_where_few_of_it_are_of_one_group():
    told = protect(crossed(**ALIKE_IN_Z, **OTHERS), 3, 4, filters=BOTH).table
    assert set(told["shown"][told["sector"] != EVERYBODY]) == {"nothing"}


def test_so_it_is_where_one_of_them_might_not_have_known():
    # Then how many answered is open, and what they answered is not.
    unknown = {"a_z": 1, "b_y": 1, "b_x": 1, "c_y": 1}
    both = ALIKE_IN_Z | OTHERS
    people = crossed(**{name: (*steps, unknown.get(name, 0)) for name, steps in both.items()})
    people = people.rename(columns={"step_3": "dont_know"})
    people["n"] -= people["dont_know"]
    told = protect(people, 3, 4, filters=BOTH).table
    assert set(told["shown"][told["sector"] != EVERYBODY]) == {"nothing"}


def test_everybody_alike_is_masked_as_soon_as_a_second_filter_is_hidden():
    whole = crossed(a_x=(0, 9), a_y=(0, 9), b_x=(0, 9), b_y=(0, 9))
    people = whole[(whole[list(BOTH)] == EVERYBODY).any(axis=1)]
    told = protect(people, filters=BOTH)
    assert told.reasons["step_2"].iloc[0] == "unanimous"
    assert told.table["step_2"].isna().all()


def test_sectors_that_are_the_groups_by_another_name_show_what_these_do():
    people = crossed(a_x=(3, 3, 3), b_y=(4, 3, 3))
    assert set(protect(people, filters=BOTH).table["shown"]) == {"distribution"}


def test_a_crossing_that_is_just_a_shown_group_is_shown():
    people = crossed(a_x=(3, 3, 3), b_y=(3, 3, 3), b_z=(1, 1, 1))
    told = protect(people, filters=BOTH).table.set_index(list(BOTH))["shown"]
    assert told["a", "x"] == told["a", EVERYBODY] == "distribution"
    assert told["b", "y"] == told["b", "z"] == "nothing"


def test_a_row_of_nobody_has_no_median():
    # In a_x are only people who do not know: what is shown counts them.
    people = crossed(a_x=(0, 0, 0), a_y=(3, 3, 3), b_x=(3, 2, 4)).assign(dont_know=0)
    unsure = (people["group"].isin(["a", EVERYBODY])) & (people["sector"].isin(["x", EVERYBODY]))
    people.loc[unsure, "dont_know"] = 5
    told = protect(people, filters=BOTH).table
    assert told.loc[told["n"] == 0, ["low", "high", "reading"]].isna().all(axis=None)


# Statuses.


def test_people_who_do_not_know_are_told_of_everybody_and_of_no_hidden_group():
    people = table(a=(1, 2, 1), b=(2, 2, 2)).assign(dont_know=[3, 2, 1], skipped=[1, 1, 0])
    told = protect(people).table.set_index("group")
    assert told.loc[EVERYBODY, ["dont_know", "skipped"]].tolist() == [3, 1]
    assert told.loc[["a", "b"], ["dont_know", "skipped"]].isna().all(axis=None)


def test_that_many_do_not_know_is_told_where_enough_were_asked_and_not_that_nearly_all_do():
    for unsure, told in ((1, False), (3, True), (9, False)):
        people = table(everybody=(1, 1, 0)).assign(dont_know=unsure, skipped=2)
        row = protect(people).table.iloc[0]
        assert pd.notna(row["dont_know"]) is told
        assert pd.isna(row["skipped"])
        assert pd.isna(row["n"])


# Kinds of tables.


def test_people_in_no_group_are_one_more_group():
    # Everybody less a is two people whom no row names.
    assert shown(table(everybody=(4, 4, 3), a=(3, 3, 3)))["a"] == "nothing"
    assert shown(table(everybody=(8, 6, 6), a=(3, 3, 3)))["a"] == "distribution"


def test_groups_without_a_total_hide_the_small_ones():
    people = table(everybody=False, a=(1, 1, 1), b=(3, 3, 3))
    assert shown(people) == {"a": "nothing", "b": "nothing"}


def test_a_table_without_groups_has_its_small_lines_hidden():
    people = pd.DataFrame({"line": ["x", "y"], "step_1": [2, 5], "step_2": [2, 5], "n": [4, 10]})
    told = protect(people, filters=()).table
    assert told["shown"].tolist() == ["nothing", "distribution"]


def test_a_table_of_people_alone_is_masked_as_well():
    told = protect(table(a=(1, 1, 1), b=(2, 2, 2), c=(3, 3, 3))[["group", "n"]]).table
    assert told["n"].isna().tolist() == [False, True, True, False]
    assert list(told) == ["group", "n", "shown", "why"]


def test_each_line_of_a_table_is_looked_at_by_itself():
    lines = [
        table(a=(1, 1, 1), b=(2, 2, 2)).assign(line="x"),
        table(a=(3, 3, 3), b=(3, 3, 3)).assign(line="y"),
        table(a=(3, 3, 3)).assign(line="z"),
    ]
    together = protect(pd.concat(lines, ignore_index=True)).table["shown"].tolist()
    assert together == [tier for line in lines for tier in protect(line).table["shown"]]


def test_no_rows_give_no_rows():
    given = protect(table(a=(1, 1, 1)).iloc[:0])
    assert len(given.table) == len(given.reasons) == len(given.warnings) == 0


def test_the_rows_the_index_and_the_other_columns_stay():
    people = table(b=(3, 3, 3), a=(4, 3, 3)).assign(line="x").set_index(pd.Index([7, 7, 9]))
    told = protect(people).table
    assert told.index.tolist() == [7, 7, 9]
    assert told["group"].tolist() == [EVERYBODY, "b", "a"]
    assert list(told) == [*people.columns, "low", "high", "reading", "shown", "why"]


def test_nothing_is_left_under_a_masked_figure():
    told = protect(table(a=(1, 1, 1), b=(2, 2, 2))).table
    assert set(told["step_1"].array._data[1:]) == {0}


@pytest.mark.parametrize("kind", ["category", "string", "object"])
def test_groups_may_be_words_of_any_kind(kind):
    people = table(a=(1, 1, 1), b=(2, 2, 2), c=(3, 3, 3))
    assert shown(people.astype({"group": kind})) == shown(people)


def test_a_null_is_a_group_of_its_own():
    people = table(a=(3, 3, 3), b=(1, 1, 1), c=(4, 3, 3))
    told = protect(people.assign(group=[EVERYBODY, "a", None, "c"])).table["shown"].tolist()
    assert told == protect(people).table["shown"].tolist()


@pytest.mark.parametrize(
    "people",
    [
        table(a=(1, 1, 1), b=(2, 2, 2)),
        table(a=(2, 2, 3)),
        rounds(table(a=(3, 3, 2)), table(a=(3, 4, 2))),
        table(a=(3, 3, 3))[["group", "n"]],
    ],
)
def test_polars_is_masked_as_pandas_is(people):
    in_pandas, in_polars = protect(people), protect(pl.from_pandas(people))
    assert isinstance(in_polars.table, pl.DataFrame)
    rows = in_pandas.table.astype(object).where(in_pandas.table.notna(), None).to_dict("records")
    assert in_polars.table.select(list(in_pandas.table)).to_dicts() == rows
    pd.testing.assert_frame_equal(in_polars.reasons, in_pandas.reasons)
    assert in_polars.warnings.to_dict("list") == in_pandas.warnings.to_dict("list")


# Bad input.


@pytest.mark.parametrize(
    ("how", "rule"),
    [
        ({"k": 2}, "k: never below 3"),
        ({"k": 0, "k_distribution": 0}, "k: never below 3"),
        ({"k": 5, "k_distribution": 4}, "k_distribution: "),
        ({"k": float("nan")}, "k: never below 3"),
        ({"k_distribution": float("nan")}, "k_distribution: counts need"),
        ({"filters": "group"}, "filters: a list of columns"),
        ({"filters": ("grp",)}, "filters: a list of columns"),
        ({"filters": ("group", "sector", "line")}, "filters: at most two"),
    ],
)
def test_limits_and_filters_that_protect_nobody_are_refused(how, rule):
    people = table(a=(3, 3, 3)).assign(sector=EVERYBODY, line=EVERYBODY)
    with pytest.raises(ValueError, match=rule):
        protect(people, **how)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"n": 3}, "`n` is the sum"),
        ({"step_1": [-1, -1], "n": [5, 5]}, "step_1: a count is a whole number"),
        ({"step_1": 0.5}, "step_1: a count is a whole number"),
        ({"step_2": np.nan}, "step_2: a count is a whole number"),
        ({"step_2": "many"}, "every count is a number"),
        ({"dont_know": np.inf}, "dont_know: a count is a whole number"),
        ({"group": "a"}, "two rows are about the same people"),
    ],
)
def test_a_table_that_counts_no_people_is_refused(change, rule):
    with pytest.raises(ValueError, match=f"distribution: .*{rule}"):
        protect(table(a=(3, 3, 3)).assign(**change))


def test_groups_that_exceed_their_total_are_refused():
    with pytest.raises(ValueError, match="distribution: the groups of a row add up to more"):
        protect(table(everybody=(3, 3, 2), a=(3, 3, 3)))


def test_a_table_without_people_is_refused():
    with pytest.raises(ValueError, match="distribution: a column `n`"):
        protect(table(a=(3, 3, 3)).drop(columns="n"))


# Properties.


def hidden(sizes, k, rest=0):
    found = hidden_groups(np.array([sizes]), np.ones((1, len(sizes)), bool), np.array([rest]), k)
    return found[0]


@given(SIZES, LIMITS, st.integers(0, 12))
def test_groups_hidden_together_are_nobody_or_enough_or_all(sizes, k, rest):
    found = hidden(sizes, k, rest)
    together = sum(np.array(sizes)[found]) + rest
    assert together >= k or found.all() or (together == 0 and not found.any())
    assert all(size >= k for size in np.array(sizes)[~found])


@given(SIZES, LIMITS)
def test_no_group_is_hidden_when_none_is_small(sizes, k):
    assert not hidden([size + k for size in sizes], k).any()


@given(SIZES, LIMITS)
def test_groups_that_a_line_has_not_are_neither_hidden_nor_counted(sizes, k):
    exists = np.array([[True] * len(sizes) + [False]])
    found = hidden_groups(np.array([[*sizes, 50]]), exists, np.array([0]), k)[0]
    assert found.tolist() == [*hidden(sizes, k), False]


@given(st.lists(COUNTS, min_size=1, max_size=4, unique_by=sum), st.data())
def test_the_order_of_rows_masks_nothing_else(groups, data):
    # Of groups of one size, the first is the one that is hidden with a small one.
    people = table(**{f"g{place}": steps for place, steps in enumerate(groups)})
    order = data.draw(st.permutations(range(len(people))))
    back = protect(people.iloc[list(order)]).table.sort_index()
    pd.testing.assert_frame_equal(protect(people).table, back)


@given(st.lists(COUNTS, min_size=1, max_size=4), LIMITS, st.integers(0, 4), st.integers(0, 4))
def test_what_is_too_few_stays_masked_under_higher_limits(groups, k, more, higher):
    # Not all that is masked does: where higher limits hide a second group, its sum with the first
    # may be large enough for a third to stay open.
    people = table(**{f"g{place}": steps for place, steps in enumerate(groups)})
    low = protect(people, k, k + more)
    high = protect(people, k + higher, k + more + higher).table
    for figure in ("n", "step_1"):
        few = (low.reasons[figure] == "few").to_numpy()
        assert high.loc[few, figure].isna().all()
