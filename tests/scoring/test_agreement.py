"""How far people rate alike: published figures, then what must hold for any counts."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.scoring.agreement import average_deviation, tastle_wierman
from toolkit.stats import leik, rwg, rwg_j, van_der_eijk

nan = float("nan")

# R package agrmt: the example of its help pages, after van der Eijk (2001), page 331.
AGRMT = [30, 40, 210, 130, 530, 50, 10]

COUNTS = st.lists(st.integers(0, 200), min_size=3, max_size=9).filter(any)
TWO_PEOPLE_OR_MORE = COUNTS.filter(lambda counts: sum(counts) > 1)


def around_median(counts):
    return average_deviation(counts, around="median")


FIGURES = [tastle_wierman, van_der_eijk, leik, average_deviation, around_median, rwg]


def answers_of(counts):
    return [step for step, count in enumerate(counts, start=1) for _ in range(count)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # F1: agrmt, help page of consensus().
        (AGRMT, 0.7256876),
        # F1: Tastle & Wierman (2007): everybody together, half at each end.
        ([0, 0, 10, 0, 0], 1.0),
        ([5, 0, 0, 0, 5], 0.0),
        # F1, from the definition: 1 + (2 log2(1/2) + 2 log2(3/4)) / 5.
        ([1, 1, 1, 1, 1], 0.433985),
        # F1: empty steps keep the width of the scale: 1 + log2(3/4) / 2, with d = K - 1.
        ([0, 1, 2, 1, 0], 0.7924813),
        # From the definition, and .368 in domain.md 4.2: evenly spread on four steps.
        ([1, 1, 1, 1], 0.3684828),
    ],
)
def test_published_consensus(counts, expected):
    assert tastle_wierman(counts) == pytest.approx(expected, abs=5e-7)


@pytest.mark.parametrize(
    ("counts", "expected", "close"),
    [
        # F2: agrmt, help page of agreement().
        (AGRMT, 0.6113333, 5e-8),
        # agrmt, vignette: layers 2, 3, 4, 5 and 6 of that example, then two Dutch parties.
        ([1, 1, 1, 1, 1, 1, 0], 0.167, 5e-4),
        ([0, 1, 1, 1, 1, 1, 0], 0.333, 5e-4),
        ([0, 0, 1, 1, 1, 1, 0], 0.5, 5e-4),
        ([0, 0, 1, 1, 1, 0, 0], 0.667, 5e-4),
        ([0, 0, 1, 0, 1, 0, 0], 0.467, 5e-4),
        ([24, 28, 32, 62, 135, 304, 416], 0.61, 5e-3),
        ([16, 26, 82, 210, 293, 270, 103], 0.48, 5e-3),
        ([2, 0, 1, 1], 0.08, 5e-3),
        # van der Eijk (2001): evenly spread, half at each end, all together.
        ([3, 3, 3, 3, 3], 0, 1e-12),
        ([5, 0, 0, 0, 5], -1, 1e-12),
        ([0, 0, 7, 0], 1, 1e-12),
    ],
)
def test_published_agreement_of_van_der_eijk(counts, expected, close):
    assert van_der_eijk(counts) == pytest.approx(expected, abs=close)


def test_published_ordinal_consensus():
    # agrmt, help page of Leik(): a dispersion of 0.287.
    assert leik(AGRMT) == pytest.approx(1 - 0.287, abs=5e-4)
    assert leik([5, 0, 0, 0, 5]) == 0
    assert leik([0, 4, 0]) == 1


def test_published_average_deviation():
    # F5: (4, 4, 5, 4, 3) and (1, 5, 1, 5) on five steps; Burke & Dunlap (2002).
    assert average_deviation([0, 0, 1, 3, 1]) == pytest.approx(0.4)
    assert average_deviation([2, 0, 0, 0, 2]) == pytest.approx(2)
    assert around_median([0, 0, 1, 3, 1]) == pytest.approx(0.4)
    assert around_median([2, 0, 0, 0, 2]) == pytest.approx(2)


def test_published_within_group_agreement():
    # F5: (4, 4, 5, 4, 3) and (1, 5, 1, 5); James, Demaree & Wolf (1984). Below 0 stays below 0.
    assert rwg([0, 0, 1, 3, 1]) == pytest.approx(0.75)
    assert rwg([2, 0, 0, 0, 2]) == pytest.approx(-5 / 3)


@pytest.mark.parametrize(("steps", "variance"), [(4, 1.25), (5, 2.0), (7, 4.0)])
def test_answers_at_random_have_the_published_variance(steps, variance):
    # domain.md 4.2: (A^2 - 1) / 12.
    counts = [1, 2] + [0] * (steps - 2)
    assert rwg(counts) == pytest.approx(1 - (1 / 3) / variance)
    assert rwg(counts) == pytest.approx(float(rwg(counts, null=variance)))


@pytest.mark.parametrize(
    ("null", "shares"),
    [
        # Shares chosen to have the variances of domain.md 4.2: 1.34, .90 and .44.
        ("slight", [0.05, 0.15, 0.20, 0.35, 0.25]),
        ("moderate", [0, 0.10, 0.15, 0.40, 0.35]),
        ("heavy", [0, 0, 0.10, 0.40, 0.50]),
    ],
)
def test_skewed_answers_at_random_vary_less(null, shares):
    steps = np.arange(1, 6)
    variance = shares @ steps**2 - (shares @ steps) ** 2
    assert rwg([0, 0, 1, 3, 1], null=null) == pytest.approx(1 - 0.5 / variance)


def test_empty_steps_at_the_ends_are_part_of_the_scale():
    for figure in (tastle_wierman, van_der_eijk, leik, rwg):
        assert figure([0, 1, 2, 1, 0]) > figure([1, 2, 1])
    assert average_deviation([0, 1, 2, 1, 0]) == average_deviation([1, 2, 1])


@pytest.mark.parametrize("figure", FIGURES)
def test_nobody_among_others_has_no_figure(figure):
    assert np.isnan(figure([[1, 2, 0], [0, 0, 0], [0, 0, 2]])).tolist() == [False, True, False]


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(
    "counts", [[1, -1, 2], [3], [1, nan, 2], [1, math.inf, 0], 5, [0, 0, 0], [1.5, 2, 0]]
)
def test_what_is_no_distribution_is_refused(figure, counts):
    with pytest.raises(ValueError, match="counts: "):
        figure(counts)


@pytest.mark.parametrize("figure", FIGURES)
def test_many_rows_give_what_each_gives_alone(figure):
    table = np.random.default_rng(1).integers(0, 9, (3, 4, 5))
    alone = [[figure(row) for row in rows] for rows in table]
    np.testing.assert_allclose(figure(table), alone, atol=1e-12)
    assert figure(table[:0]).shape == (0, 4)


@pytest.mark.parametrize("figure", [tastle_wierman, van_der_eijk, leik])
def test_one_person_agrees_wholly(figure):
    assert figure([0, 1, 0]) == 1
    assert average_deviation([0, 1, 0]) == 0


def test_one_person_has_no_variance():
    assert np.isnan(rwg([0, 1, 0]))
    assert np.isnan(rwg_j([[4, 3, 5]]))


def test_two_steps_are_too_few_for_van_der_eijk_alone():
    assert tastle_wierman([1, 3]) == pytest.approx(0.75 * math.log2(3 / 4) + 0.25 * -2 + 1)
    assert leik([1, 3]) == 0.5
    with pytest.raises(ValueError, match=r"counts: .* three steps"):
        van_der_eijk([1, 3])


def test_around_is_the_mean_or_the_median():
    assert average_deviation([3, 0, 0, 1], around="mean") == pytest.approx(1.125)
    assert average_deviation([3, 0, 0, 1], around="median") == pytest.approx(0.75)
    with pytest.raises(ValueError, match="around: "):
        average_deviation([1, 2, 3], around="mode")


@pytest.mark.parametrize("null", ["normal", 0, -1, nan, math.inf])
def test_answers_at_random_have_a_known_variance(null):
    with pytest.raises(ValueError, match="null: "):
        rwg([1, 2, 3, 4, 5], null=null)


def test_skewed_answers_at_random_are_known_for_five_steps_only():
    with pytest.raises(ValueError, match=r"null: slight .* five steps"):
        rwg([1, 2, 3, 4], null="slight")
    with pytest.raises(ValueError, match=r"null: heavy .* five steps"):
        rwg_j([[1, 2], [3, 4]], steps=4, null="heavy")


def test_several_items_agree_as_the_formula_says():
    # James, Demaree & Wolf (1984): J (1 - q) / (J (1 - q) + q); variances .5 and .8 against 2.
    ratings = [[4, 1], [4, 2], [5, 1], [4, 1], [3, nan], [nan, 3]]
    q = np.mean([0.5, 0.8]) / 2
    assert rwg_j(ratings) == pytest.approx(2 * (1 - q) / (2 * (1 - q) + q))
    assert rwg_j(ratings, steps=7) > rwg_j(ratings) > rwg_j(ratings, null="slight")


def test_several_items_rated_alike_agree_wholly():
    assert rwg_j([[4, 2, 5], [4, 2, 5]]) == 1


def test_more_spread_than_at_random_is_no_agreement_over_several_items():
    assert rwg_j([[1, 1], [5, 5]]) == 0


@pytest.mark.parametrize("ratings", [[[nan], [nan]], [[4], [nan]], np.empty((0, 3))])
def test_an_item_that_fewer_than_two_people_rated_has_no_agreement(ratings):
    assert np.isnan(rwg_j(ratings))


@pytest.mark.parametrize(
    ("ratings", "steps", "words"),
    [
        ([[1], [6]], 5, "ratings: .* from 1 to 5"),
        ([[0], [3]], 5, "ratings: .* from 1 to 5"),
        ([[1.5], [3]], 5, "ratings: .* from 1 to 5"),
        ([[1], [math.inf]], 5, "ratings: "),
        ([1, 2, 3], 5, "ratings: "),
        (np.empty((4, 0)), 5, "ratings: .* one item"),
        ([[1], [1]], 1, "steps: "),
    ],
)
def test_what_is_no_answer_on_the_scale_is_refused(ratings, steps, words):
    with pytest.raises(ValueError, match=words):
        rwg_j(ratings, steps)


@given(COUNTS)
def test_figures_stay_within_their_bounds(counts):
    steps = len(counts)
    assert -1e-9 <= tastle_wierman(counts) <= 1 + 1e-9
    assert -1e-9 <= leik(counts) <= 1 + 1e-9
    assert -1 - 1e-9 <= van_der_eijk(counts) <= 1 + 1e-9
    assert 0 <= around_median(counts) <= average_deviation(counts) + 1e-9
    assert average_deviation(counts) <= (steps - 1) / 2 + 1e-9


@pytest.mark.parametrize("figure", FIGURES)
@given(counts=TWO_PEOPLE_OR_MORE)
def test_a_scale_read_backwards_gives_the_same(figure, counts):
    assert figure(counts) == pytest.approx(float(figure(counts[::-1])), abs=1e-9)


@pytest.mark.parametrize("figure", FIGURES[:-1])
@given(counts=COUNTS, times=st.integers(2, 50))
def test_as_many_again_on_every_step_give_the_same(figure, counts, times):
    more = [count * times for count in counts]
    assert figure(more) == pytest.approx(float(figure(counts)), abs=1e-9)


@given(st.integers(3, 9), st.integers(2, 100), st.data())
def test_everybody_on_one_step_agrees_wholly(steps, people, data):
    counts = [0] * steps
    counts[data.draw(st.integers(0, steps - 1))] = people
    for figure in (tastle_wierman, van_der_eijk, leik, rwg):
        assert figure(counts) == 1
    assert average_deviation(counts) == around_median(counts) == 0


@given(COUNTS)
def test_consensus_is_its_definition_summed_over_people(counts):
    answers, width = answers_of(counts), len(counts) - 1
    mean = sum(answers) / len(answers)
    logs = [math.log2(1 - abs(answer - mean) / width) for answer in answers]
    assert tastle_wierman(counts) == pytest.approx(1 + sum(logs) / len(logs), abs=1e-9)


def layer_agreement(pattern):
    """Return van der Eijk's A of one layer, from his threes of steps."""
    steps, filled = len(pattern), sum(pattern)
    threes = list(combinations(pattern, 3))
    together = sum(three in {(1, 1, 0), (0, 1, 1)} for three in threes)
    torn = sum(three == (1, 0, 1) for three in threes)
    unimodal = 1.0
    if together + torn:
        unimodal = ((steps - 2) * together - (steps - 1) * torn) / ((steps - 2) * (together + torn))
    return unimodal * (1 - (filled - 1) / (steps - 1))


@given(COUNTS)
def test_van_der_eijk_is_his_layers_taken_off_one_by_one(counts):
    left, total = list(counts), 0.0
    while any(left):
        pattern = [int(count > 0) for count in left]
        depth = min(count for count in left if count)
        total += depth * sum(pattern) * layer_agreement(pattern)
        left = [count - depth if count else 0 for count in left]
    assert van_der_eijk(counts) == pytest.approx(total / sum(counts), abs=1e-9)


@given(COUNTS)
def test_ordinal_consensus_is_leiks_sum_over_cumulative_shares(counts):
    up_to = np.cumsum(counts) / sum(counts)
    dispersion = 2 * np.where(up_to < 0.5, up_to, 1 - up_to).sum() / (len(counts) - 1)
    assert leik(counts) == pytest.approx(1 - dispersion, abs=1e-9)


@given(COUNTS)
def test_deviation_is_the_mean_distance_to_the_mean_or_to_any_median(counts):
    answers = np.array(answers_of(counts))
    low, high = answers[(len(answers) - 1) // 2], answers[len(answers) // 2]
    assert average_deviation(counts) == pytest.approx(np.abs(answers - answers.mean()).mean())
    for middle in (low, high, (low + high) / 2):
        assert around_median(counts) == pytest.approx(np.abs(answers - middle).mean())


@given(TWO_PEOPLE_OR_MORE)
def test_within_group_agreement_is_that_of_the_answers_one_by_one(counts):
    answers = answers_of(counts)
    expected = 1 - np.var(answers, ddof=1) / ((len(counts) ** 2 - 1) / 12)
    assert rwg(counts) == pytest.approx(expected, abs=1e-9)
    one_item = np.array(answers)[:, None]
    assert rwg_j(one_item, len(counts)) == pytest.approx(max(expected, 0), abs=1e-9)


@given(st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=2, max_size=12), st.randoms())
def test_agreement_over_items_needs_no_order(ratings, random):
    found = rwg_j(ratings)
    shuffled = random.sample(ratings, len(ratings))
    assert 0 <= found <= 1
    assert rwg_j([row[::-1] for row in shuffled]) == pytest.approx(found)
    assert rwg_j([[6 - answer for answer in row] for row in ratings]) == pytest.approx(found)
