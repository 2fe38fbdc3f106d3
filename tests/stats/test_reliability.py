"""How well items order people alike: published limits, and no number for too few people."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.stats import cronbach_alpha, feldt_interval, icc, mcdonald_omega

nan = float("nan")


def rated(people, items=4, seed=3):
    """Return answers on five steps that have something in common."""
    random = np.random.default_rng(seed)
    mind = random.normal(size=(people, 1)) + random.normal(size=(people, items))
    return np.clip(np.round(3 + mind), 1, 5)


def one_factor(loadings, own, people=60, seed=5):
    """Return answers whose covariance in the sample is exactly that of one factor."""
    random = np.random.default_rng(seed)
    raw = random.normal(size=(people, len(loadings)))
    raw -= raw.mean(axis=0)
    white = raw @ np.linalg.inv(np.linalg.cholesky(np.cov(raw, rowvar=False))).T
    wanted = np.outer(loadings, loadings) + np.diag(own)
    return white @ np.linalg.cholesky(wanted).T


@pytest.mark.parametrize(
    ("n", "low", "high"),
    # F8 (n = 8, 20) and domain.md 4.3: alpha .80 with five items.
    [(8, 0.44, 0.95), (12, 0.54, 0.93), (20, 0.62, 0.91), (40, 0.68, 0.88)],
)
def test_published_limits_of_alpha(n, low, high):
    assert feldt_interval(0.80, 5, n) == pytest.approx((low, high), abs=5e-3)


@given(st.floats(-5, 1), st.integers(2, 30), st.integers(2, 200), st.floats(0.6, 0.98))
def test_limits_hold_alpha_and_widen_with_the_level(alpha, items, n, level):
    low, high = feldt_interval(alpha, items, n, level)
    wider = feldt_interval(alpha, items, n, level + 0.01)
    assert wider[0] <= low <= high <= wider[1] <= 1


def test_limits_need_no_least_number_of_people_but_two():
    low, high = feldt_interval(0.8, 2, 2)
    assert low < 0.8 < high
    assert feldt_interval(1, 5, 20) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((1.01, 5, 20), "alpha: "),
        ((nan, 5, 20), "alpha: "),
        ((-np.inf, 5, 20), "alpha: "),
        ((0.8, 1, 20), "items: a whole number, 2 or more"),
        ((0.8, 2.5, 20), "items: "),
        ((0.8, 5, 1), "n: a whole number, 2 or more"),
        ((0.8, 5, nan), "n: "),
        ((0.8, 5, 20, 95), "level: "),
    ],
)
def test_limits_of_nothing_sensible_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        feldt_interval(*arguments)


@pytest.mark.parametrize(
    ("people", "status"),
    [(0, "too_few"), (9, "too_few"), (10, "caution"), (29, "caution"), (30, "shown")],
)
def test_alpha_has_a_least_number_of_people(people, status):
    found = cronbach_alpha(rated(people))
    assert (found.n, found.items, found.status) == (people, 4, status)
    figures = (found.value, found.low, found.high)
    if status == "too_few":
        assert figures == (None, None, None)
    else:
        assert found.low < found.value < found.high
        assert feldt_interval(found.value, 4, people) == (found.low, found.high)


@pytest.mark.parametrize(("people", "status"), [(0, "too_few"), (49, "too_few"), (50, "shown")])
def test_omega_has_a_least_number_of_people(people, status):
    found = mcdonald_omega(rated(people))
    assert (found.n, found.items, found.status) == (people, 4, status)
    assert (found.value is None) == (status == "too_few")
    assert (found.low, found.high) == (None, None)


def test_alpha_is_its_definition():
    table = rated(40)
    parts, total = table.var(axis=0, ddof=1).sum(), table.sum(axis=1).var(ddof=1)
    assert cronbach_alpha(table).value == pytest.approx(4 / 3 * (1 - parts / total))


@given(st.integers(10, 40), st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_alpha_is_the_correlation_of_a_mean_of_fixed_judges(people, items, seed):
    table = np.random.default_rng(seed).normal(size=(people, items))
    table += table[:, :1]
    expected = icc(table).loc["ICC(3,k)"]
    found = cronbach_alpha(table)
    assert [found.value, found.low, found.high] == pytest.approx(expected.tolist(), abs=1e-8)


@pytest.mark.parametrize("coefficient", [cronbach_alpha, mcdonald_omega])
@given(seed=st.integers(0, 2**32 - 1), random=st.randoms())
def test_order_and_direction_change_nothing(coefficient, seed, random):
    table = rated(50, seed=seed)
    found = coefficient(table).value
    rows, columns = (random.sample(range(size), size) for size in table.shape)
    assert coefficient(table[rows][:, columns]).value == pytest.approx(found, abs=1e-6)
    assert coefficient(6 - table).value == pytest.approx(found, abs=1e-6)
    assert found <= 1


def test_without_missing_answers_both_ways_are_one():
    table = rated(35)
    assert cronbach_alpha(table, missing="listwise") == cronbach_alpha(table, missing="pairwise")


def test_missing_answers_leave_out_pairs_or_people():
    table = rated(40)
    table[:12, 0] = nan
    table[8:20, 1] = nan
    # 20 answered both the first and the second item, and just these answered every item.
    by_pairs, by_people = cronbach_alpha(table), cronbach_alpha(table, missing="listwise")
    assert (by_pairs.n, by_people.n) == (20, 20)
    assert by_people.value == cronbach_alpha(table[20:]).value
    assert by_pairs.value != by_people.value
    # Each covariance stands on those who answered both.
    both = [[~np.isnan(a + b) for b in table.T] for a in table.T]
    covariance = [
        [np.cov(table[both[i][j], i], table[both[i][j], j])[0, 1] for j in range(4)]
        for i in range(4)
    ]
    assert by_pairs.value == pytest.approx(4 / 3 * (1 - np.trace(covariance) / np.sum(covariance)))


def test_pairs_that_nobody_answered_are_too_few():
    table = rated(40)
    table[:20, 0] = nan
    table[20:, 1] = nan
    assert cronbach_alpha(table).status == "too_few"
    assert cronbach_alpha(table).n == 0
    assert mcdonald_omega(np.full((60, 4), nan)).n == 0


def test_alpha_of_answers_all_alike_is_undefined():
    found = cronbach_alpha(np.full((20, 3), 4))
    assert (found.status, found.value, found.low) == ("undefined", None, None)


def test_alpha_of_answers_that_cancel_out_is_undefined():
    one = rated(20, items=1)
    # As thirds do not add up to quite nothing, rounded.
    assert cronbach_alpha(np.hstack([one / 10, one / 5, -0.3 * one])).status == "undefined"


def test_pairs_that_contradict_each_other_leave_alpha_undefined():
    # Items vary little where all answered, and a lot where only two at a time did.
    table = np.full((36, 3), nan)
    low_and_high = np.array([0.0, 10.0] * 6)
    for part, pair in enumerate([(0, 1), (1, 2), (0, 2)]):
        rows = slice(12 * part, 12 * part + 12)
        table[rows, pair[0]], table[rows, pair[1]] = low_and_high, low_and_high
    table = np.vstack([table, *([[[5.0, nan, nan], [nan, 5, nan], [nan, nan, 5]]] * 200)])
    found = cronbach_alpha(table)
    assert (found.n, found.status, found.value) == (12, "undefined", None)


@pytest.mark.parametrize("items", [3, 7])
def test_items_that_are_alike_have_an_alpha_and_omega_of_one(items):
    alike = np.repeat(rated(50, items=1), items, axis=1)
    found = cronbach_alpha(alike)
    assert found.value == pytest.approx(1)
    assert found.value <= 1  # with seven items, rounding goes beyond
    assert found.status == "shown"
    assert mcdonald_omega(alike).value == pytest.approx(1)


@pytest.mark.parametrize(
    ("loadings", "own"),
    [
        ([0.8, 0.7, 0.6], [0.36, 0.51, 0.64]),
        ([1, 2, 0.5, 3], [1, 1, 2, 0.5]),
        ([1, 1, 1], [4, 1, 2]),
    ],
)
def test_omega_finds_the_factor_that_made_the_answers(loadings, own):
    common = sum(loadings) ** 2
    found = mcdonald_omega(one_factor(loadings, own))
    assert found.value == pytest.approx(common / (common + sum(own)), abs=1e-6)


@given(st.lists(st.floats(0.3, 3), min_size=3, max_size=7), st.integers(0, 1000))
def test_omega_is_alpha_where_items_load_alike(own, seed):
    table = one_factor([1] * len(own), own, seed=seed)
    assert mcdonald_omega(table).value == pytest.approx(cronbach_alpha(table).value, abs=1e-5)


@given(st.lists(st.floats(0.5, 2), min_size=3, max_size=7), st.integers(0, 1000))
def test_alpha_is_at_most_omega_of_one_factor(loadings, seed):
    table = one_factor(loadings, [1] * len(loadings), seed=seed)
    assert cronbach_alpha(table).value <= mcdonald_omega(table).value + 1e-6


def test_an_item_is_never_explained_beyond_its_own_variance():
    # Heywood's case: loadings within 1 cannot give these correlations (.9 · .9 / .65 > 1).
    correlation = np.array([[1, 0.9, 0.9], [0.9, 1, 0.65], [0.9, 0.65, 1]])
    table = one_factor([0, 0, 0], [1, 1, 1]) @ np.linalg.cholesky(correlation).T
    found = mcdonald_omega(table).value
    # The first loads 1, the others (.9 + .65 b) / (1 + b²) = b.
    b = max(root.real for root in np.roots([1, 0, 1 - 0.65, -0.9]) if abs(root.imag) < 1e-9)
    common = (1 + 2 * b) ** 2
    assert found == pytest.approx(common / (common + 2 * (1 - b**2)), abs=1e-6)


def test_people_who_miss_an_item_are_left_out_of_omega():
    table = rated(60)
    table[:5, 2] = nan
    assert mcdonald_omega(table) == mcdonald_omega(table[5:])


def test_omega_of_an_item_that_does_not_vary_is_undefined():
    table = rated(60)
    table[:, 1] = 3
    assert mcdonald_omega(table).status == "undefined"
    assert mcdonald_omega(table).value is None


def test_omega_of_answers_that_cancel_out_is_undefined():
    one = rated(60, items=1)
    assert mcdonald_omega(np.hstack([one, one, -one, -one])).status == "undefined"


@pytest.mark.parametrize(
    ("coefficient", "ratings", "words"),
    [
        (cronbach_alpha, [[1], [2]], "ratings: at least 2 items"),
        (mcdonald_omega, [[1, 2], [2, 3]], "ratings: at least 3 items"),
        (cronbach_alpha, [1, 2, 3], "ratings: "),
        (cronbach_alpha, [[1, np.inf], [2, 3]], "ratings: "),
        (mcdonald_omega, [["a", "b", "c"]], "ratings: "),
    ],
)
def test_what_has_no_items_is_refused(coefficient, ratings, words):
    with pytest.raises(ValueError, match=words):
        coefficient(ratings)


def test_missing_answers_are_met_in_one_of_two_ways():
    with pytest.raises(ValueError, match="missing: pairwise or listwise"):
        cronbach_alpha(rated(20), missing="mean")
