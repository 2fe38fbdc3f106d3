"""How much of what judges say is about their targets: published figures, then any table."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from toolkit.stats import icc

FORMS = ["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"]

# F4: Shrout & Fleiss (1979), table 2: six targets, four judges.
JUDGED = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


@st.composite
def tables(draw, least=2):
    targets, judges = draw(st.integers(least, 8)), draw(st.integers(2, 5))
    answers = draw(
        st.lists(st.integers(1, 9), min_size=targets * judges, max_size=targets * judges)
    )
    return np.array(answers).reshape(targets, judges)


def test_published_correlations():
    found = icc(JUDGED)
    assert list(found.index) == FORMS
    assert list(found.columns) == ["value", "low", "high"]
    assert found["value"].round(2).tolist() == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]


def test_published_intervals():
    # R package psych, as its ICC() prints them for the same table.
    found = icc(JUDGED)
    low = [-0.133, 0.019, 0.342, -0.884, 0.071, 0.676]
    np.testing.assert_allclose(found["low"], low, atol=6e-4)
    np.testing.assert_allclose(found["high"], [0.72, 0.76, 0.95, 0.91, 0.93, 0.99], atol=6e-3)


def test_a_lower_level_gives_a_narrower_interval():
    wide, narrow = icc(JUDGED), icc(JUDGED, level=0.80)
    assert (narrow["low"] > wide["low"]).all()
    assert (narrow["high"] < wide["high"]).all()
    assert (narrow["value"] == wide["value"]).all()


def by_variances(table):
    """Return the six values from variances of means, the way of a table of analysis."""
    n, k = table.shape
    targets, judges = table.mean(axis=1), table.mean(axis=0)
    residual = table - targets[:, None] - judges + table.mean()
    b, w = k * targets.var(ddof=1), table.var(axis=1, ddof=1).mean()
    j, e = n * judges.var(ddof=1), (residual**2).sum() / ((n - 1) * (k - 1))
    return [
        (b - w) / (b + (k - 1) * w),
        (b - e) / (b + (k - 1) * e + k * (j - e) / n),
        (b - e) / (b + (k - 1) * e),
        (b - w) / b,
        (b - e) / (b + (j - e) / n),
        (b - e) / b,
    ]


@given(st.integers(0, 2**32 - 1), st.integers(3, 9), st.integers(2, 5))
def test_values_are_those_of_the_analysis_of_variance(seed, targets, judges):
    random = np.random.default_rng(seed)
    table = random.normal(size=(targets, judges)) + 3 * random.normal(size=(targets, 1))
    expected = np.array(by_variances(table))
    found = icc(table)["value"].to_numpy()
    kept = ~np.isnan(found)  # a variance in the denominator may be estimated below 0
    assert kept[[0, 2, 3, 5]].all()
    np.testing.assert_allclose(found[kept], expected[kept], rtol=1e-6, atol=1e-9)


def test_intervals_hold_the_true_value_as_often_as_they_say():
    # Targets vary by 1, judges by .5, answers by 1: the true ICC(2,1) is 1 / 2.5.
    random = np.random.default_rng(7)
    held = 0
    for _ in range(400):
        table = random.normal(size=(12, 1)) + random.normal(size=(12, 6))
        table += np.sqrt(0.5) * random.normal(size=(1, 6))
        found = icc(table).loc["ICC(2,1)"]
        held += found["low"] <= 1 / 2.5 <= found["high"]
    assert stats.binomtest(held, 400, 0.95).pvalue > 0.001


@given(tables())
def test_values_lie_within_their_intervals_and_below_one(table):
    found = icc(table).dropna()
    assert (found <= 1 + 1e-9).all(axis=None)
    assert (found["low"] <= found["value"] + 1e-9).all()
    assert (found["value"] <= found["high"] + 1e-9).all()


@given(tables(), st.randoms())
def test_order_direction_and_unit_change_nothing(table, random):
    found = icc(table)
    rows, columns = (random.sample(range(size), size) for size in table.shape)
    for same in (table[rows][:, columns], 10 - table, table * 7, table / 10 + 100):
        np.testing.assert_allclose(icc(same), found, rtol=1e-5, atol=1e-6)


@given(tables())
def test_judges_who_are_stricter_change_nothing_for_those_who_only_order(table):
    stricter = table + np.arange(table.shape[1])
    for form in ("ICC(3,1)", "ICC(3,k)"):
        np.testing.assert_allclose(icc(stricter).loc[form], icc(table).loc[form], atol=1e-7)


@pytest.mark.parametrize("unit", [1, 0.1])
def test_judges_alike_and_targets_apart_agree_wholly(unit):
    alike = unit * np.array([[1, 1, 1], [2, 2, 2], [4, 4, 4]])
    np.testing.assert_allclose(icc(alike), 1)


def test_judges_who_order_alike_agree_wholly_on_order_alone():
    found = icc([[1, 2], [2, 3], [3, 4]])
    np.testing.assert_allclose(found.loc[["ICC(3,1)", "ICC(3,k)"]], 1)
    assert found.loc["ICC(2,1)", "value"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    "ratings",
    [[[2, 2], [2, 2]], [[0.1, 0.1], [0.1, 0.1]], [[1, 2, 3]], [[1], [2], [3]], np.empty((0, 3))],
    ids=["alike", "alike, not whole", "one target", "one judge", "nobody"],
)
def test_where_nothing_can_differ_nothing_is_said(ratings):
    found = icc(ratings)
    assert found.shape == (6, 3)
    assert found.isna().all(axis=None)


def test_targets_whose_means_are_alike_have_no_form_that_divides_by_them():
    values = icc([[2, 4], [2, 4], [2, 4]])["value"]
    assert values["ICC(1,1)"] == -1
    assert values["ICC(2,1)"] == 0
    assert values[["ICC(3,1)", "ICC(1,k)", "ICC(3,k)"]].isna().all()


@pytest.mark.parametrize("unit", [1, 0.1, 1 / 7])
def test_a_denominator_of_nought_is_nought_in_any_unit(unit):
    def missing(table):
        values = icc(unit * np.array(table) + 1 - unit)["value"]
        return list(values.index[values.isna()])

    # Targets' means alike; then an estimated variance of the mean of k judges that is 0.
    assert missing([[1, 2, 4], [4, 1, 2], [2, 4, 1]]) == ["ICC(1,k)", "ICC(2,k)", "ICC(3,k)"]
    assert missing([[1, 3], [6, 2]]) == ["ICC(2,k)"]


@pytest.mark.parametrize(
    ("ratings", "level", "words"),
    [
        ([[1, 2], [3, float("nan")]], 0.95, "ratings: every judge rates every target"),
        ([[1, 2], [3, float("inf")]], 0.95, "ratings: "),
        ([1, 2], 0.95, "ratings: "),
        (JUDGED, 95, "level: "),
        (JUDGED, 0, "level: "),
    ],
)
def test_what_cannot_be_compared_is_refused(ratings, level, words):
    with pytest.raises(ValueError, match=words):
        icc(ratings, level=level)
