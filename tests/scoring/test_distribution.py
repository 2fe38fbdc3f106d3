"""From ratings to counts, and from counts to what they say."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.scoring import distribution, diverging, medians, protect, steps, summary

COUNTS = st.lists(st.integers(0, 30), min_size=2, max_size=9)


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


@pytest.mark.parametrize("column", ["scale", "mode"])
def test_what_is_not_alike_is_never_counted_together(column):
    with pytest.raises(ValueError, match=column):
        distribution(ratings([1, 2], **{column: ["one", "other"]}), ["indicator"])


def test_nobodys_answers_still_have_the_steps_of_the_scale():
    empty = distribution(ratings([]), ["indicator"], last=5)
    assert len(empty) == 0
    assert steps(empty).shape == (0, 5)
    assert len(summary(empty)) == 0


def test_two_middle_answers_give_two_medians_and_no_half():
    low, high = medians([0, 0, 2, 2, 0])
    assert (low, high) == (3, 4)


def test_nobody_has_no_median():
    assert np.isnan(medians([0, 0, 0])).all()


def test_a_masked_row_has_no_median():
    masked = protect(pd.DataFrame({"group": ["all"], "n": [3], "step_1": [1], "step_2": [2]}))
    assert np.isnan(medians(steps(masked))).all()


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
