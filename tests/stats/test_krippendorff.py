"""How far raters tell several units apart alike: Krippendorff's own example, then any ratings."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from toolkit.stats import krippendorff_alpha

nan = float("nan")
LEVELS = ["nominal", "ordinal", "interval", "ratio"]

# F3: Krippendorff's "C" data, four coders and twelve units; Hayes & Krippendorff (2007).
CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3],
    [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan],
]


@st.composite
def tables(draw):
    """Make ratings on five steps, some missing, whose pairable answers are not all alike."""
    raters, units = draw(st.integers(2, 5)), draw(st.integers(1, 6))
    answers = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, nan])
    table = np.array(draw(st.lists(answers, min_size=raters * units, max_size=raters * units)))
    table = table.reshape(raters, units)
    assume(len(set(np.concatenate([*pairable(table), []]))) > 1)
    return table


def pairable(table):
    """Return the answers of each unit that has two or more."""
    units = [column[~np.isnan(column)] for column in table.T]
    return [unit for unit in units if len(unit) > 1]


def distance(a, b, level, given):
    if level == "nominal":
        return float(a != b)
    if level == "ordinal":
        low, high = min(a, b), max(a, b)
        between = sum(low <= other <= high for other in given)
        return (between - (given.count(low) + given.count(high)) / 2) ** 2
    return (a - b) ** 2 if level == "interval" else ((a - b) / (a + b)) ** 2


def by_pairs(table, level):
    """Return alpha from every pair of answers: within units, against any two."""
    units = pairable(table)
    given = [answer for unit in units for answer in unit]
    seen = sum(
        sum(distance(a, b, level, given) for a, b in permutations(unit, 2)) / (len(unit) - 1)
        for unit in units
    )
    expected = sum(distance(a, b, level, given) for a, b in product(given, repeat=2))
    return 1 - (len(given) - 1) * seen / expected


@pytest.mark.parametrize(
    ("level", "expected"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_published_alpha(level, expected):
    assert krippendorff_alpha(CODERS, level) == pytest.approx(expected, abs=5e-4)


@pytest.mark.parametrize("level", LEVELS)
@given(table=tables())
def test_alpha_is_the_same_from_coincidences_and_from_pairs(level, table):
    assert krippendorff_alpha(table, level) == pytest.approx(by_pairs(table, level), abs=1e-9)


@pytest.mark.parametrize("level", LEVELS[:3])
@given(table=tables())
def test_a_scale_read_backwards_gives_the_same(level, table):
    assert krippendorff_alpha(6 - table, level) == pytest.approx(
        krippendorff_alpha(table, level), abs=1e-9
    )


@pytest.mark.parametrize("level", LEVELS)
@given(table=tables(), random=st.randoms())
def test_raters_and_units_have_no_order(level, table, random):
    found = krippendorff_alpha(table, level)
    rows, columns = (random.sample(range(size), size) for size in table.shape)
    assert krippendorff_alpha(table[rows][:, columns], level) == pytest.approx(found, abs=1e-9)
    assert found <= 1


@pytest.mark.parametrize("level", LEVELS)
def test_raters_who_tell_units_apart_alike_agree_wholly(level):
    assert krippendorff_alpha([[1, 2, 5], [1, 2, 5], [1, 2, nan]], level) == 1


def test_steps_of_an_ordinal_scale_have_names_not_distances():
    stretched = np.array([0, 1, 2, 30, 400, 5000])
    table = np.array(CODERS)
    seen = ~np.isnan(table)
    table[seen] = stretched[table[seen].astype(int)]
    assert krippendorff_alpha(table, "ordinal") == pytest.approx(0.815, abs=5e-4)
    assert krippendorff_alpha(table, "interval") != pytest.approx(0.849, abs=5e-4)


def test_a_unit_with_one_answer_tells_nothing():
    alone = np.column_stack([CODERS, [5, nan, nan, nan]])
    for level in LEVELS:
        assert krippendorff_alpha(alone, level) == krippendorff_alpha(CODERS, level)


def test_nought_on_a_ratio_scale_is_a_value():
    # One unit alike at 0, one at 0 and 2: seen 2, expected 2 * 3 * 1 over 3.
    assert krippendorff_alpha([[0, 0], [0, 2]], "ratio") == pytest.approx(0)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "ratings",
    [
        [[3, 3, 3], [3, 3, 3]],
        [[3, 3, 4], [3, 3, nan]],
        [[1, 2, 3]],
        [[1, nan], [nan, 2]],
        [[nan, nan], [nan, nan]],
        np.empty((0, 3)),
        np.empty((3, 0)),
    ],
    ids=["alike", "pairs alike", "one rater", "no pairs", "missing", "nobody", "no units"],
)
def test_where_nothing_can_differ_alpha_is_undefined(level, ratings):
    assert np.isnan(krippendorff_alpha(ratings, level))


@pytest.mark.parametrize(
    ("ratings", "level", "words"),
    [
        (CODERS, "cardinal", "level: one of nominal, ordinal"),
        ([[1, -1], [2, 3]], "ratio", "ratings: a ratio scale"),
        ([1, 2, 3], "ordinal", "ratings: "),
        ([[1, float("inf")]], "ordinal", "ratings: "),
        ([["low", "high"]], "ordinal", "ratings: "),
    ],
)
def test_what_cannot_be_compared_is_refused(ratings, level, words):
    with pytest.raises(ValueError, match=words):
        krippendorff_alpha(ratings, level)
