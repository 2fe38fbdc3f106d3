"""How far a figure of a small group might lie: published limits, then what must hold for any."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from toolkit.scoring.intervals import MedianInterval, median_interval, tail, whole, wilson

LEVEL = st.floats(0.5, 0.999)


@st.composite
def shares(draw):
    n = draw(st.integers(1, 300))
    return draw(st.integers(0, n)), n


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        # F7: Newcombe (1998).
        (81, 263, 0.2553, 0.3662),
        (0, 20, 0, 0.1611),
    ],
)
def test_published_limits_of_a_share(successes, n, low, high):
    found = wilson(successes, n)
    assert found[0] == pytest.approx(low, abs=5e-5)
    assert found[1] == pytest.approx(high, abs=5e-5)


@given(shares(), LEVEL)
def test_a_share_lies_within_its_limits(share, level):
    successes, n = share
    low, high = wilson(successes, n, level)
    assert 0 <= low <= successes / n + 1e-12
    assert successes / n - 1e-12 <= high <= 1


@given(st.integers(1, 300), LEVEL)
@example(1, 0.5009987437121849)
def test_nobody_and_everybody_reach_the_ends_exactly(n, level):
    assert wilson(0, n, level)[0] == 0
    assert wilson(n, n, level)[1] == 1


@given(shares(), LEVEL)
def test_the_others_have_the_same_limits_turned_round(share, level):
    successes, n = share
    low, high = wilson(successes, n, level)
    assert wilson(n - successes, n, level) == pytest.approx((1 - high, 1 - low))


@given(shares(), LEVEL)
def test_limits_are_where_the_score_test_just_gives_way(share, level):
    successes, n = share
    z = stats.norm.ppf((1 + level) / 2)
    for limit in wilson(successes, n, level):
        assert (successes - n * limit) ** 2 == pytest.approx(
            z**2 * n * limit * (1 - limit), rel=1e-6, abs=1e-9
        )


def test_limits_come_in_the_shape_of_what_they_are_for():
    low, high = wilson([[1, 2, 3], [4, 5, 6]], 10)
    assert low.shape == high.shape == (2, 3)
    assert high[1, 2] == wilson(6, 10)[1]
    assert wilson([], [])[0].shape == (0,)


def test_nobody_among_others_has_no_limits():
    low, high = wilson([0, 3], [0, 5])
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == [True, False]


@pytest.mark.parametrize(
    ("successes", "n", "level", "words"),
    [
        (0, 0, 0.95, "n: nobody answered"),
        ([0, 0], [0, 0], 0.95, "n: nobody answered"),
        (6, 5, 0.95, "successes: never more than n"),
        (-1, 5, 0.95, "successes: "),
        (1.5, 5, 0.95, "successes: "),
        (np.nan, 5, 0.95, "successes: "),
        (1, np.nan, 0.95, "n: "),
        (1, np.inf, 0.95, "n: "),
        (1, -5, 0.95, "n: "),
        (1, 5, 95, "level: "),
        (1, 5, 1, "level: "),
        (1, 5, 0, "level: "),
        (1, 5, np.nan, "level: "),
    ],
)
def test_what_is_no_share_is_refused(successes, n, level, words):
    with pytest.raises(ValueError, match=words):
        wilson(successes, n, level)


@pytest.mark.parametrize(
    ("n", "low", "high", "coverage"),
    [
        # domain.md 4.1.
        (8, 1, 8, 0.992),
        (10, 2, 9, 0.979),
        (12, 3, 10, 0.961),
        (15, 4, 12, None),
        (20, 6, 15, None),
        (25, 8, 18, None),
        (30, 10, 21, None),
        (40, 14, 27, None),
    ],
)
def test_published_ranks_of_a_median(n, low, high, coverage):
    found = median_interval(n)
    assert (found.low, found.high) == (low, high)
    if coverage:
        assert found.coverage == pytest.approx(coverage, abs=5e-4)


@pytest.mark.parametrize("n", range(6))
def test_five_people_or_fewer_are_too_few(n):
    assert median_interval(n) is None


def test_six_people_are_just_enough():
    # 1 - 2 (1/2)^6: both ends miss when all six stand on one side of the median.
    assert median_interval(6) == MedianInterval(1, 6, 1 - 2 / 64)


def test_a_level_that_is_just_reached_is_reached():
    assert median_interval(5, level=1 - 2 / 32) == MedianInterval(1, 5, 1 - 2 / 32)
    assert median_interval(1, level=0.5) is None


@given(st.integers(1, 400), LEVEL)
def test_coverage_is_the_chance_that_enough_stand_on_either_side(n, level):
    found = median_interval(n, level)

    def chance(rank):
        return sum(stats.binom.pmf(range(rank, n - rank + 1), n, 0.5))

    if found is None:
        assert chance(1) < level
    else:
        assert found.low + found.high == n + 1
        assert found.coverage == pytest.approx(chance(found.low))
        assert found.coverage >= level - 1e-9
        assert chance(found.low + 1) < level + 1e-9


@pytest.mark.parametrize(
    ("n", "level", "words"),
    [(-1, 0.95, "n: "), (7.5, 0.95, "n: "), (np.nan, 0.95, "n: "), (8, 1.2, "level: ")],
)
def test_what_is_no_group_is_refused(n, level, words):
    with pytest.raises(ValueError, match=words):
        median_interval(n, level)


def test_a_level_leaves_the_same_out_at_each_end():
    assert tail(0.95) == pytest.approx(0.025)


def test_a_whole_number_may_have_a_least():
    assert whole([2, 3], "items", least=2).tolist() == [2, 3]
    with pytest.raises(ValueError, match="items: a whole number, 2 or more"):
        whole(1, "items", least=2)
