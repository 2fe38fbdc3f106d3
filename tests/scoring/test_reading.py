"""The word for how people rate: one rule for every scale, for lines and for conditions."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import norm

from toolkit.scoring.agreement import tastle_wierman
from toolkit.scoring.reading import READINGS, reading, reading_of, thresholds
from toolkit.scoring.suppression.ways import every_way

EVERY_SCALE = range(2, 12)


def word(*counts):
    return reading([counts])[0]


def around(step, steps):
    """Return the shares of people around a step, a quarter of the scale's width apart."""
    edges = np.r_[-np.inf, np.arange(steps - 1) + 0.5, np.inf]
    return np.diff(norm.cdf((edges - step) / ((steps - 1) / 4)))


def triangle(steps):
    weight = (steps + 1) / 2 - abs(np.arange(steps) - (steps - 1) / 2)
    return weight / weight.sum()


def called_contrasting(shares, people, drawn=4000):
    groups = np.random.default_rng(13).multinomial(people, shares, drawn)
    return float((reading(groups) == "divided").mean())


@pytest.mark.parametrize("steps", EVERY_SCALE)
def test_everybody_on_one_step_is_close_whichever_step_it_is(steps):
    assert set(reading(9 * np.eye(steps, dtype=int))) == {"shared"}


@pytest.mark.parametrize("steps", EVERY_SCALE)
def test_half_at_each_end_is_contrasting(steps):
    assert word(5, *[0] * (steps - 2), 5) == "divided"


@pytest.mark.parametrize("steps", range(3, 12))
def test_people_spread_evenly_vary_and_are_neither_close_nor_contrasting(steps):
    assert word(*[3] * steps) == "mixed"


def test_neighbours_are_never_contrasting_and_as_close_people_get_the_same_word():
    assert word(0, 9, 0) == "shared"
    assert word(0, 2, 4, 2, 0) == word(0, 5, 5, 0, 0) == "shared"
    assert word(5, 0, 0, 5, 0) == "divided"


def test_on_two_steps_a_third_on_the_other_one_is_contrasting():
    assert [word(8 - few, few) for few in range(5)] == [
        *("shared", "mixed", "mixed"),
        *("divided", "divided"),
    ]


@pytest.mark.parametrize("steps", range(2, 8))
def test_more_agreement_is_never_a_more_contrasting_word(steps):
    groups = every_way(steps, 7)
    place = [READINGS.index(said) for said in reading(groups)]
    order = np.array(place)[np.argsort(tastle_wierman(groups), kind="stable")]
    assert (np.diff(order) >= 0).all()


@pytest.mark.parametrize("steps", EVERY_SCALE)
def test_a_figure_and_the_counts_that_it_is_of_get_the_same_word(steps):
    groups = np.random.default_rng(1).multinomial(9, [1 / steps] * steps, 200)
    assert list(reading_of(tastle_wierman(groups), steps)) == list(reading(groups))


def test_the_thresholds_rise_with_the_number_of_steps_and_leave_room_between():
    found = [thresholds(steps) for steps in EVERY_SCALE]
    falling = [a > b for pair in pairwise(found) for a, b in zip(*pair, strict=True)]
    assert not any(falling)
    assert all(0 < contrasting < close < 1 for contrasting, close in found)


def test_where_there_is_no_agreement_there_is_no_word():
    assert list(reading_of([0.9, np.nan], 5)) == ["shared", None]


@pytest.mark.parametrize("people", [8, 12, 20])
@pytest.mark.parametrize("steps", range(3, 12))
def test_a_group_with_one_peak_is_rarely_called_contrasting(steps, people):
    # As the docstring of `reading` says.
    assert max(called_contrasting(around(step, steps), people) for step in range(steps)) <= 0.01
    assert called_contrasting(triangle(steps), people) <= (0.05 if steps == 3 else 0.02)
    assert called_contrasting([1 / steps] * steps, people) <= (0.28 if steps == 3 else 0.15)
