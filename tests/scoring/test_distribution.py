"""From ratings to counts, and from counts to what they say."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.scoring.agreement import average_deviation, tastle_wierman
from toolkit.scoring.distribution import Summary, distribution, diverging, medians, steps, summary
from toolkit.scoring.intervals import wilson

COUNTS = st.lists(st.integers(0, 30), min_size=2, max_size=9)
TABLES = st.integers(2, 7).flatmap(
    lambda last: st.lists(
        st.lists(st.integers(0, 9), min_size=last, max_size=last), min_size=1, max_size=6
    )
)
FIGURES = [
    *("low", "high", "top", "bottom", "share", "share_low", "share_high"),
    *("agreement", "deviation"),
]


def ratings(values, statuses=None, **columns):
    frame = pd.DataFrame({"value": pd.array(values, dtype="Int64")})
    frame["status"] = statuses or [None] * len(values)
    fixed = {"indicator": "CV1", "scale": "rooted5", "steps": 5, "mode": "individual"}
    return frame.assign(**fixed).assign(**columns)


def test_every_step_has_its_count_and_empty_steps_stay():
    (row,) = distribution(ratings([4, 4, 5, 4, 3]), ["indicator"]).to_dict("records")
    assert [row[f"step_{i}"] for i in range(1, 6)] == [0, 0, 1, 3, 1]
    assert row["n"] == 5


def test_dont_know_is_counted_apart_and_never_as_a_step():
    said = ratings([3, None, None, None], [None, "dont_know", "not_applicable", "skipped"])
    (row,) = distribution(said, ["indicator"]).to_dict("records")
    assert row["n"] == 1
    assert (row["dont_know"], row["not_applicable"], row["skipped"]) == (1, 1, 1)
    assert sum(row[f"step_{i}"] for i in range(1, 6)) == 1


def test_a_line_that_nobody_could_answer_has_a_row_of_noughts():
    (row,) = distribution(ratings([None], ["dont_know"]), ["indicator"]).to_dict("records")
    assert (row["n"], row["step_3"], row["dont_know"]) == (0, 0, 1)


def test_rows_stand_in_the_order_of_their_keys():
    said = ratings([1, 2, 3], indicator=["PP1", "CV2", "CV1"])
    assert list(distribution(said, ["indicator"])["indicator"]) == ["CV1", "CV2", "PP1"]


@pytest.mark.parametrize("column", ["scale", "mode", "steps"])
def test_what_is_not_alike_is_never_counted_together(column):
    kinds = [5, 7] if column == "steps" else ["one", "other"]
    with pytest.raises(ValueError, match=f"ratings: never more than one {column}"):
        distribution(ratings([1, 2], **{column: kinds}), ["indicator"])


def test_a_scale_left_out_on_some_rows_is_another_scale():
    with pytest.raises(ValueError, match="scale; here 'rooted5' and"):
        distribution(ratings([1, 2], scale=["rooted5", None]), ["indicator"])
    with pytest.raises(ValueError, match="scale; here"):
        distribution(ratings([1, 2], scale=[None, "rooted5"]), ["indicator"])


@pytest.mark.parametrize("value", [0, 6, -1, 3.5])
def test_a_value_off_the_scale_is_refused(value):
    frame = ratings([1]).astype({"value": "float64"}).assign(value=[float(value)])
    with pytest.raises(ValueError, match=f"ratings: a value is .* from 1 to 5; one is {value}"):
        distribution(frame, ["indicator"])


def test_two_faults_do_not_make_up_for_each_other():
    both = ratings([3, None], ["skipped", None])
    with pytest.raises(ValueError, match="a row with a value has no status; one has 'skipped'"):
        distribution(both, ["indicator"])
    with pytest.raises(ValueError, match="one is 'refused'"):
        distribution(ratings([None], ["refused"]), ["indicator"])


def test_words_and_yes_or_no_are_no_values():
    with pytest.raises(ValueError, match="ratings: a value is a number"):
        distribution(ratings([1]).assign(value=["3"]), ["indicator"])
    with pytest.raises(ValueError, match="ratings: a status is one of"):
        distribution(ratings([1]).assign(status=[7]), ["indicator"])


def test_missing_columns_are_all_named():
    with pytest.raises(ValueError, match="ratings: no column wave, group, value"):
        distribution(ratings([1]).drop(columns="value"), ["wave", "group"])
    with pytest.raises(ValueError, match="by: at least one column"):
        distribution(ratings([1]), [])


def test_a_bare_table_needs_to_be_told_how_many_steps_there_are():
    bare = ratings([1, None, 3])[["indicator", "value"]]
    (row,) = distribution(bare, ["indicator"], last=4).to_dict("records")
    assert [row[name] for name in ("step_1", "step_3", "step_4", "n")] == [1, 1, 0, 2]
    assert row["dont_know"] == 0
    with pytest.raises(ValueError, match="last, without a column steps,"):
        distribution(bare, ["indicator"])
    with pytest.raises(ValueError, match="ratings: steps must be a whole number, at least 2"):
        distribution(ratings([1], steps=1), ["indicator"])


def test_counting_leaves_the_ratings_as_they_were():
    said = ratings([3, None], [None, "dont_know"])
    before = said.copy()
    distribution(said, ["indicator"])
    pd.testing.assert_frame_equal(said, before)


def test_nobodys_answers_still_have_the_steps_of_the_scale():
    empty = distribution(ratings([]), ["indicator"], last=5)
    assert len(empty) == 0
    assert steps(empty).shape == (0, 5)
    assert len(summary(empty)) == 0


def test_two_middle_answers_give_two_medians_and_no_half():
    low, high = medians([0, 0, 2, 2, 0])
    assert (low, high) == (3, 4)


def test_nobody_has_no_median():
    low, high = medians([[0, 0, 0], [0, 1, 0]])
    assert np.isnan([low[0], high[0]]).all()
    assert (low[1], high[1]) == (2, 2)


@pytest.mark.parametrize("figure", [medians, diverging, summary])
@pytest.mark.parametrize(
    ("counts", "rule"),
    [
        ([0, 0, 0], "nobody answered"),
        ([1, -1, 0], "never negative"),
        ([1, 0.5, 0], "is whole"),
        ([1, np.nan, 0], "NaN"),
        ([1], "at least two"),
    ],
)
def test_what_is_no_count_of_people_is_refused(figure, counts, rule):
    with pytest.raises(ValueError, match=f"^counts: .*{rule}"):
        figure(counts)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_of_a_frame_masked_rows_and_rows_of_nobody_say_nothing(make):
    counts = make({"step_1": [1, 0, None], "step_2": [3, 0, None]})
    low, high = medians(counts)
    start, end = diverging(counts)
    assert low.tolist()[0] == high.tolist()[0] == 2
    assert np.isnan([low[1:], high[1:]]).all()
    assert np.isnan([start[1:], end[1:]]).all()


def test_a_frame_of_nobody_says_nothing_either():
    nobody = distribution(ratings([None], ["dont_know"]), ["indicator"])
    (row,) = summary(nobody, members=12).to_dict("records")
    assert row["n"] == 0
    assert all(pd.isna(row[name]) for name in [*FIGURES, "correction"])
    assert row["members"] == 12
    assert np.isnan(diverging(nobody)).all()


@given(COUNTS.filter(any))
def test_medians_are_those_of_the_answers_in_order(counts):
    answers = [step for step, count in enumerate(counts, start=1) for _ in range(count)]
    middle = len(answers)
    low, high = medians(counts)
    assert low == answers[(middle - 1) // 2]
    assert high == answers[middle // 2]
    assert low <= high


def test_a_summary_counts_the_two_highest_and_the_two_lowest_steps():
    counts = pd.DataFrame({f"step_{i}": [count] for i, count in enumerate([1, 2, 4, 6, 3], 1)})
    (row,) = summary(counts).to_dict("records")
    assert (row["top"], row["bottom"]) == (9, 3)
    assert (row["low"], row["high"]) == (4, 4)


def test_a_diverging_bar_stands_half_on_each_side_of_its_middle():
    # Heiberger & Robbins (2014): counts 1, 2, 4, 6, 3 reach 31.25 % left and 68.75 % right.
    start, end = diverging([1, 2, 4, 6, 3])
    assert start[0] == pytest.approx(-0.3125)
    assert end[-1] == pytest.approx(0.6875)
    assert start[2] == pytest.approx(-end[2])


def test_an_even_scale_diverges_between_its_middle_steps():
    start, end = diverging([1, 1, 1, 1])
    assert (end[1], start[2]) == (0, 0)


@given(COUNTS.filter(any))
def test_segments_of_a_bar_touch_and_make_the_whole(counts):
    start, end = diverging(counts)
    np.testing.assert_allclose(start[1:], end[:-1], atol=1e-12)
    assert end[-1] - start[0] == pytest.approx(1)


@given(COUNTS.filter(any))
def test_a_reversed_scale_mirrors_its_medians_and_its_bar(counts):
    low, high = medians(counts)
    turned_low, turned_high = medians(counts[::-1])
    assert (turned_low, turned_high) == (len(counts) + 1 - high, len(counts) + 1 - low)
    _, end = diverging(counts)
    turned, _ = diverging(counts[::-1])
    np.testing.assert_allclose(turned, -end[::-1], atol=1e-12)


@given(COUNTS.filter(any))
def test_a_summary_says_what_each_figure_says_alone(counts):
    said = summary(counts)
    n, top = sum(counts), sum(counts[-2:])
    assert (said.n, said.top, said.bottom) == (n, top, sum(counts[:2]))
    assert (said.low, said.high) == medians(counts)
    assert said.share == top / n
    assert (said.share_low, said.share_high) == wilson(top, n)
    assert said.agreement == tastle_wierman(counts)
    assert said.deviation == average_deviation(counts)
    assert said.members is said.correction is None


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
@given(TABLES)
def test_frames_and_arrays_say_the_same(make, table):
    columns = {f"step_{i}": list(column) for i, column in enumerate(zip(*table, strict=True), 1)}
    found = summary(make({"indicator": [f"CV{i}" for i in range(len(table))], **columns}))
    assert list(found.columns) == ["indicator", *columns, *FIGURES]
    some = np.any(table, axis=1)
    expected = summary(table) if some.any() else None
    for name in FIGURES:
        values = [None if pd.isna(value) else value for value in found[name].to_list()]
        assert [value is not None for value in values] == some.tolist()
        if expected is not None:
            np.testing.assert_array_equal(
                np.array(values, float)[some], getattr(expected, name)[some]
            )


def test_arrays_of_any_shape_keep_it():
    said = summary(np.ones((2, 3, 5)), members=[10, 11, 12])
    assert isinstance(said, Summary)
    assert said.low.shape == said.share_low.shape == said.correction.shape == (2, 3)


def test_whole_figures_are_whole_numbers_and_the_others_floats():
    counts = {f"step_{i}": [count, 0] for i, count in enumerate([1, 2, 4, 6, 3], 1)}
    pandas, polars = (
        summary(pd.DataFrame(counts), members=16),
        summary(pl.DataFrame(counts), members=16),
    )
    for name in ["low", "high", "top", "bottom", "members"]:
        assert (pandas[name].dtype, polars[name].dtype) == (pd.Int64Dtype(), pl.Int64)
    for name in ["share", "share_low", "share_high", "agreement", "deviation", "correction"]:
        assert (pandas[name].dtype, polars[name].dtype) == (pd.Float64Dtype(), pl.Float64)


def test_medians_that_may_be_shown_stay_where_counts_are_masked():
    masked = pd.DataFrame({"n": [6], "step_1": [pd.NA], "step_2": [pd.NA], "low": [2], "high": [2]})
    (row,) = summary(masked).to_dict("records")
    assert (row["n"], row["low"], row["high"]) == (6, 2, 2)
    assert pd.isna(row["top"])
    assert pd.isna(row["agreement"])


def test_an_index_of_ones_own_is_kept():
    counts = pd.DataFrame({"step_1": [1, 2], "step_2": [3, 4]}, index=[7, 9])
    assert list(summary(counts).index) == [7, 9]
    assert list(summary(counts)["top"]) == [4, 6]


def test_the_correction_says_how_much_of_the_coalition_answered():
    # √((N − n)/(N − 1)), computed by hand: 11 of 14, 15 of 20, 12 of 12, 1 of 1.
    said = summary([[0, 11], [0, 15], [0, 12], [0, 1]], members=[14, 20, 12, 1])
    np.testing.assert_allclose(said.correction, [0.480384, 0.512989, 0, 0], atol=1e-6)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_how_many_members_there_are_may_stand_in_a_column(make):
    counts = make({"step_1": [4, 4, None], "step_2": [7, 7, None], "people": [14, None, 14]})
    found = summary(counts, members="people")
    first, *rest = found["correction"].to_list()
    assert first == pytest.approx(0.480384, abs=1e-6)
    assert all(pd.isna(value) for value in rest)
    assert [None if pd.isna(value) else value for value in found["members"].to_list()] == [
        14,
        None,
        14,
    ]


@pytest.mark.parametrize(
    ("members", "rule"), [(10, "fewer"), (0, "at least 1"), (12.5, "whole"), (np.inf, "whole")]
)
def test_members_are_whole_and_no_fewer_than_answered(members, rule):
    with pytest.raises(ValueError, match=f"^members: .*{rule}"):
        summary([4, 7], members=members)


def test_a_frame_without_steps_or_without_the_named_column_is_refused():
    with pytest.raises(ValueError, match="counts: a frame with a column for each step"):
        summary(pd.DataFrame({"n": [3]}))
    with pytest.raises(ValueError, match="members: no column people"):
        summary(pd.DataFrame({"step_1": [3], "step_2": [1]}), members="people")


@pytest.mark.parametrize("column", ["step_1", "step_2"])
def test_of_a_frame_too_a_count_is_a_number_of_people(column):
    counts = pd.DataFrame({"step_1": [3.0], "step_2": [1.0]}).assign(**{column: -1.0})
    with pytest.raises(ValueError, match=r"^counts: .*never negative"):
        summary(counts)
