"""How far people rate alike: published figures, then what must hold for any counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.scoring import average_deviation, tastle_wierman

COUNTS = st.lists(st.integers(0, 200), min_size=2, max_size=9).filter(any)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # R package agrmt, help page of consensus().
        ([30, 40, 210, 130, 530, 50, 10], 0.7256876),
        # Tastle & Wierman (2007): everybody together, half at each end.
        ([0, 0, 10, 0, 0], 1.0),
        ([5, 0, 0, 0, 5], 0.0),
        # From the definition: 1 + (2 log2(1/2) + 2 log2(3/4)) / 5.
        ([1, 1, 1, 1, 1], 0.433985),
        # Empty steps keep the width of the scale: 1 + log2(3/4) / 2, with d = K - 1.
        ([0, 1, 2, 1, 0], 0.7924813),
    ],
)
def test_published_consensus(counts, expected):
    assert tastle_wierman(counts) == pytest.approx(expected, abs=5e-7)


def test_published_average_deviation():
    # (4, 4, 5, 4, 3) and (1, 5, 1, 5) on five steps: figures F5, Burke & Dunlap (2002).
    assert average_deviation([0, 0, 1, 3, 1]) == pytest.approx(0.4)
    assert average_deviation([2, 0, 0, 0, 2]) == pytest.approx(2)


def test_empty_steps_at_the_ends_are_part_of_the_scale():
    assert tastle_wierman([0, 1, 2, 1, 0]) > tastle_wierman([1, 2, 1])


def test_nobody_has_no_agreement():
    assert np.isnan(tastle_wierman([0, 0, 0]))
    assert np.isnan(average_deviation([0, 0, 0]))


def test_a_masked_row_stays_masked():
    table = [[1, 2, 3], [np.nan, np.nan, np.nan]]
    assert np.isnan(tastle_wierman(table)).tolist() == [False, True]


@pytest.mark.parametrize("counts", [[1, -1], [3], [1, np.nan, 2], [1, np.inf], 5])
def test_what_is_no_distribution_is_refused(counts):
    with pytest.raises(ValueError, match="counts"):
        tastle_wierman(counts)


def test_many_rows_give_what_each_gives_alone():
    table = np.array([[[30, 40, 210], [5, 0, 5]], [[1, 1, 1], [0, 9, 0]]])
    alone = [[tastle_wierman(row) for row in rows] for rows in table]
    np.testing.assert_allclose(tastle_wierman(table), alone)


@given(COUNTS)
def test_consensus_lies_between_nought_and_one(counts):
    assert -1e-9 <= tastle_wierman(counts) <= 1 + 1e-9


@given(COUNTS)
def test_a_scale_read_backwards_gives_the_same(counts):
    assert tastle_wierman(counts) == pytest.approx(float(tastle_wierman(counts[::-1])))
    assert average_deviation(counts) == pytest.approx(float(average_deviation(counts[::-1])))


@given(COUNTS, st.integers(2, 50))
def test_as_many_again_on_every_step_give_the_same(counts, times):
    more = [count * times for count in counts]
    assert tastle_wierman(more) == pytest.approx(float(tastle_wierman(counts)))
    assert average_deviation(more) == pytest.approx(float(average_deviation(counts)))


@given(st.integers(2, 9), st.integers(1, 100), st.data())
def test_everybody_on_one_step_agrees_wholly(steps, people, data):
    counts = [0] * steps
    counts[data.draw(st.integers(0, steps - 1))] = people
    assert tastle_wierman(counts) == 1
    assert average_deviation(counts) == 0
