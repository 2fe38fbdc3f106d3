"""Change among the same people: published figures, then two ways to the same number."""

from itertools import product
from math import prod

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from toolkit.scoring.change import cross_sections, holm, paired, paired_many, then_test

# Wilcoxon (1945) after Darwin; the figures below are SciPy's documentation's (figures F6).
ZEA = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]
# Hollander & Wolfe (1999), table 3.1: the Hamilton depression scale at two visits.
FIRST = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
SECOND = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]

SHIFTS = st.lists(st.integers(-4, 4), max_size=40)
STEP = st.one_of(st.none(), st.integers(1, 5))
ROUNDS = st.dictionaries(st.integers(0, 15), st.tuples(STEP, STEP), max_size=14)


def shifted(shifts, **options):
    return paired([0] * len(shifts), shifts, **options)


def by_every_sign(shifts):
    """Return p from all the ways to sign the mid-ranks of the shifts that are not nought."""
    moved = np.array([shift for shift in shifts if shift])
    ranks = stats.rankdata(np.abs(moved))
    lopsided = abs(2 * ranks[moved > 0].sum() - ranks.sum())
    signs = np.array(list(product([-1, 1], repeat=len(moved))))
    return np.mean(np.abs(signs @ ranks) >= lopsided - 1e-9)


def test_published_signed_rank_test():
    zea = shifted(ZEA)
    assert (zea.p, zea.w_plus, zea.w_minus) == (0.041259765625, 96, 24)
    assert zea.rank_biserial == pytest.approx(0.60)
    assert (zea.pairs, zea.rose, zea.same, zea.fell, zea.status) == (15, 13, 0, 2, "tested")


def test_published_median_shift():
    # Hollander & Wolfe (1999), 3.1 to 3.3: one-sided p .01953, shift -.46, 96.1 % interval.
    found = paired(FIRST, SECOND)
    assert (found.w_plus, found.w_minus) == (5, 40)
    assert found.p == pytest.approx(2 * 0.01953, abs=1e-5)
    assert found.shift == pytest.approx(-0.46)
    assert (found.low, found.high) == pytest.approx((-0.786, -0.010))
    assert found.coverage == pytest.approx(0.961, abs=5e-4)


@pytest.mark.parametrize(("untied", "expected"), [(5, 0.0625), (6, 0.0313), (8, 0.0078)])
def test_published_smallest_p(untied, expected):
    # Domain reference 4.4, figures F6.
    found = shifted([1] * untied + [0, 0])
    assert found.smallest_p == pytest.approx(expected, abs=5.1e-5)
    assert found.p == (None if untied < 6 else found.smallest_p)


@pytest.mark.parametrize(
    ("rose", "of", "expected"),
    [
        (7, 8, 0.0703),
        (8, 8, 0.0078),
        (9, 10, 0.0215),
        (10, 12, 0.0386),
        (12, 15, 0.0352),
        (15, 20, 0.0414),
    ],
)
def test_published_sign_tests(rose, of, expected):
    # Domain reference 4.4.
    found = shifted([1] * rose + [-1] * (of - rose) + [0] * 3)
    assert found.sign_p == pytest.approx(expected, abs=5e-5)


def test_below_six_that_moved_there_is_no_test_but_there_are_counts():
    found = shifted([1, 1, 1, 1, -1] + [0] * 4)
    assert found.status == "too_few"
    assert (found.rose, found.same, found.fell, found.pairs) == (4, 4, 1, 9)
    assert (found.tied, found.untied, found.smallest_p) == (4, 5, 0.0625)
    tests = (found.p, found.sign_p, found.w_plus, found.w_minus, found.rank_biserial)
    assert tests == (None,) * 5


def test_the_median_shift_needs_six_pairs_even_if_few_moved():
    assert shifted([2, 2, 2, 2, 2]).shift is None
    assert (shifted([2, 2, 2, 2, 2]).low, shifted([2] * 5).coverage) == (None, None)
    found = shifted([2, 2, 2, 2, 2, 0])
    assert (found.status, found.shift, found.low, found.high) == ("too_few", 2, 0, 2)


def test_a_level_out_of_reach_has_a_shift_and_no_interval():
    found = shifted([1, 2, 3, 4, 5, 6], level=0.99)
    assert (found.shift, found.low, found.high, found.coverage) == (3.5, None, None, None)
    assert found.p == 0.03125


def test_an_interval_that_covers_just_its_level_is_given():
    found = shifted([1, 2, 3, 4, 5, 6], level=1 - 2 / 2**6)
    assert (found.low, found.high, found.coverage) == (1, 6, 0.96875)


def test_if_nobody_moved_the_shift_is_nought_and_nothing_is_tested():
    found = shifted([0] * 12)
    assert (found.status, found.same, found.p, found.smallest_p) == ("all_same", 12, None, 1)
    assert (found.shift, found.low, found.high) == (0, 0, 0)
    assert shifted([0] * 5).status == "too_few"


@pytest.mark.parametrize("nothing", [[], [None, None], [np.nan], [pd.NA, None]])
def test_if_all_is_missing_there_are_no_pairs(nothing):
    found = paired(nothing, [3] * len(nothing))
    assert (found.pairs, found.unpaired, found.status) == (0, len(nothing), "too_few")
    assert (found.rose, found.same, found.fell, found.shift) == (0, 0, 0, None)


def test_one_pair_is_counted_and_not_tested():
    found = paired([3], [4])
    assert (found.pairs, found.rose, found.status, found.smallest_p) == (1, 1, "too_few", 1)


def test_a_missing_value_leaves_the_pair_out_and_is_counted():
    found = paired([1, None, 3, None], [2, 2, np.nan, None])
    assert (found.pairs, found.unpaired, found.rose) == (1, 3, 1)


def test_series_are_matched_on_their_raters():
    before = pd.Series([1, 5, 3, None], index=["a", "b", "c", "d"], dtype="Int64")
    after = pd.Series([3, 2, 4, 5], index=["c", "a", "d", "e"])
    found = paired(before, after)
    assert (found.pairs, found.rose, found.same, found.fell) == (2, 1, 1, 0)
    assert found.unpaired == 3


def test_raters_of_several_coalitions_may_be_named_by_two_levels():
    index = pd.MultiIndex.from_tuples([("north", 1), ("south", 1)])
    found = paired(pd.Series([1, 2], index=index), pd.Series([2, 3], index=index[::-1]))
    assert (found.rose, found.same, found.unpaired) == (1, 1, 0)


def test_binary_fractions_make_no_difference_of_their_own():
    # Up and down by 0.3 share a rank, and 0.3 is no shift from 0.1 + 0.2.
    found = paired([3.2, 2.4, 1, 1, 1, 1, 0.3], [3.5, 2.1, 3, 3, 3, 3, 0.1 + 0.2])
    assert (found.w_plus, found.w_minus, found.same) == (19.5, 1.5, 1)


@pytest.mark.parametrize("level", [0, 1, 95, -0.5])
def test_a_level_is_a_share(level):
    with pytest.raises(ValueError, match="level: a share between 0 and 1"):
        shifted(ZEA, level=level)


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ([1, 2], [1, 2, 3], "before, after: as many values"),
        (pd.Series([1, 2]), [1, 2], "before, after: all are Series"),
        (["3", 2], [1, 2], "before: every value is a number"),
        ([1, 2], ["agree", None], "after: every value is a number"),
        ([True, False], [1, 2], "before: every value is a number"),
        ([1, 2], [1, np.inf], "after: no value is infinite"),
        ([[1], [2]], [1, 2], "before: the values stand on one axis"),
        ("12", [1, 2], "before: the values stand on one axis"),
        (pd.Series([1, 2], index=["a", "a"]), pd.Series([1, 2]), "before: a rater stands"),
        (pd.Series([1, 2]), pd.Series([1, 2], index=["a", None]), "after: every rater has a name"),
    ],
)
def test_what_makes_no_pairs_is_refused(before, after, rule):
    with pytest.raises(ValueError, match=rule):
        paired(before, after)


@pytest.mark.parametrize("value", [0, 6, 2.5, -1])
def test_a_value_off_the_scale_is_refused(value):
    with pytest.raises(ValueError, match="after: every value is a whole step from 1 to 5"):
        paired([1, 2, None], [3, value, None], steps=5)


@pytest.mark.parametrize("steps", [1, 0, 4.5])
def test_a_scale_has_whole_steps(steps):
    with pytest.raises(ValueError, match="steps: a scale"):
        paired([1], [1], steps=steps)


@given(st.lists(st.integers(-4, 4), max_size=10).filter(lambda x: sum(map(bool, x)) >= 6))
def test_with_ties_p_is_the_share_of_all_signings_as_lopsided(shifts):
    assert shifted(shifts).p == pytest.approx(by_every_sign(shifts), abs=1e-12)


@given(st.lists(st.integers(1, 10**6), min_size=6, max_size=50, unique=True), st.data())
def test_without_ties_p_is_scipys(sizes, data):
    signs = data.draw(st.lists(st.sampled_from([-1, 1]), min_size=len(sizes), max_size=len(sizes)))
    shifts = [size * sign for size, sign in zip(sizes, signs, strict=True)]
    expected = stats.wilcoxon(shifts, method="exact")
    found = shifted(shifts)
    assert found.p == pytest.approx(expected.pvalue, rel=1e-9)
    assert min(found.w_plus, found.w_minus) == expected.statistic


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_sign_test_is_the_binomial_test(rose, fell):
    assume(rose + fell >= 6)
    found = shifted([2] * rose + [-1] * fell + [0])
    assert found.sign_p == pytest.approx(stats.binomtest(rose, rose + fell).pvalue, rel=1e-9)


@given(SHIFTS)
def test_figures_stay_within_their_bounds(shifts):
    found = shifted(shifts)
    assert found.rose + found.same + found.fell == found.pairs == len(shifts)
    assert found.untied + found.tied == found.pairs
    if found.status == "tested":
        assert found.smallest_p <= found.p <= 1
        assert -1 <= found.rank_biserial <= 1
        assert found.w_plus + found.w_minus == found.untied * (found.untied + 1) / 2
    if found.pairs >= 6:
        assert min(shifts) <= found.low <= found.shift <= found.high <= max(shifts)
        assert found.level <= found.coverage < 1


@given(SHIFTS)
def test_a_scale_read_backwards_mirrors_every_figure(shifts):
    found, mirrored = shifted(shifts), shifted([-shift for shift in shifts])
    assert (found.rose, found.fell) == (mirrored.fell, mirrored.rose)
    assert (found.p, found.sign_p) == (mirrored.p, mirrored.sign_p)
    assert (found.w_plus, found.w_minus) == (mirrored.w_minus, mirrored.w_plus)
    if found.pairs >= 6:
        assert (found.shift, found.low) == (-mirrored.shift, -mirrored.high)


@given(SHIFTS, st.randoms())
def test_the_order_of_the_pairs_changes_nothing(shifts, random):
    assert shifted(random.sample(shifts, len(shifts))) == shifted(shifts)


@given(ROUNDS, st.randoms())
def test_series_and_sequences_give_the_same(rounds, random):
    raters = random.sample(list(rounds), len(rounds))
    before = pd.Series([rounds[rater][0] for rater in rounds], index=list(rounds), dtype="Int64")
    after = pd.Series([rounds[rater][1] for rater in raters], index=raters, dtype="Float64")
    assert paired(before, after) == paired(*zip(*rounds.values(), strict=True)) if rounds else True


@given(st.lists(st.integers(-30, 30), min_size=6, max_size=25), st.integers(-5, 5))
def test_one_step_more_for_everybody_moves_the_interval_by_one_step(shifts, more):
    found, moved = shifted(shifts), shifted([shift + more for shift in shifts])
    assert (moved.shift, moved.low, moved.high) == pytest.approx(
        (found.shift + more, found.low + more, found.high + more)
    )


@settings(max_examples=25)
@given(st.lists(st.integers(1, 9), min_size=8, max_size=9, unique=True), st.data())
def test_the_interval_holds_the_shifts_that_the_test_does_not_reject(sizes, data):
    shifts = [size * 16 * data.draw(st.sampled_from([-1, 1])) for size in sizes]
    found = shifted(shifts)
    # Half-way between two Walsh averages (multiples of 8), nothing is tied.
    for middle in range(-148, 149, 8):
        inside = found.low <= middle <= found.high
        assert inside == (shifted([shift - middle for shift in shifts]).p > 0.05)


@pytest.mark.parametrize("chances", [(0.1, 0.8, 0.1), (0.3, 0.4, 0.3), (0.5, 0, 0.5)])
def test_with_ties_the_interval_covers_at_least_what_it_says(chances):
    # All 3⁷ samples of seven people whose shift is -1, 0 or 1, symmetric around 0.
    covered = 0.0
    for sample in product([-1, 0, 1], repeat=7):
        found = shifted(sample)
        if found.low <= 0 <= found.high:
            covered += prod(chances[shift + 1] for shift in sample)
    assert covered >= found.coverage - 1e-12


def test_both_rounds_stand_in_full_beside_those_who_stayed():
    before = pd.Series([2, 3, 3, 5, None], index=["a", "b", "c", "d", "e"], dtype="Int64")
    after = pd.Series([4, 3, 1, 2, None], index=["b", "c", "x", "e", "y"], dtype="Int64")
    found = cross_sections(before, after, steps=5)
    assert (found.before.counts, found.before.n) == ((0, 1, 2, 0, 1), 4)
    assert (found.before.low, found.before.high) == (3, 3)
    assert (found.after.counts, found.after.n) == ((1, 1, 1, 1, 0), 4)
    assert (found.after.low, found.after.high) == (2, 3)
    assert (found.left, found.stayed) == (("a", "d"), ("b", "c"))
    assert set(found.entered) == {"x", "e"}
    assert (found.paired.pairs, found.paired.rose, found.paired.same) == (2, 1, 1)
    assert found.paired.unpaired == 5


def test_a_round_without_anybody_has_no_median():
    found = cross_sections(pd.Series([], dtype=float), pd.Series([4], index=["a"]), steps=4)
    assert (found.before.counts, found.before.n) == ((0, 0, 0, 0), 0)
    assert (found.before.low, found.before.high) == (None, None)
    assert (found.entered, found.left, found.stayed) == (("a",), (), ())
    assert found.paired.pairs == 0


def test_cross_sections_need_the_names_of_the_raters_and_the_scale():
    with pytest.raises(ValueError, match="before, after: two Series"):
        cross_sections([1, 2], [2, 3], steps=5)
    with pytest.raises(ValueError, match="before: every value is a whole step from 1 to 5"):
        cross_sections(pd.Series([7]), pd.Series([3]), steps=5)
    with pytest.raises(ValueError, match="after: a rater stands in the index once"):
        cross_sections(pd.Series([1]), pd.Series([3, 3], index=[0, 0]), steps=5)


@given(ROUNDS)
def test_each_round_is_those_who_stayed_and_those_who_left_or_entered(rounds):
    table = pd.DataFrame(rounds.values(), index=list(rounds), columns=["before", "after"])
    table = table.astype("Int64")
    # Listed without a value, or not listed at all: absent either way.
    found = cross_sections(table["before"], table["after"].dropna(), steps=5)
    assert found == cross_sections(table["before"], table["after"], steps=5)
    assert found.before.n == len(found.stayed) + len(found.left) == sum(found.before.counts)
    assert found.after.n == len(found.stayed) + len(found.entered) == sum(found.after.counts)
    assert found.paired.pairs == len(found.stayed)
    answers = sorted(table["before"].dropna())
    if answers:
        assert (found.before.low + found.before.high) / 2 == np.median(answers)
        assert {found.before.low, found.before.high} <= set(answers)


def test_a_stricter_yardstick_hides_progress():
    # Everybody would now rate the first round a step lower, and the group has moved up by one.
    found = then_test([3, 3, 4, 4, 3, 2, 3], [2, 2, 3, 3, 2, 1, 2], [3, 3, 4, 4, 3, 2, 3])
    assert (found.recorded.same, found.recorded.status) == (7, "all_same")
    assert (found.yardstick.fell, found.yardstick.shift) == (7, -1)
    assert (found.seen.rose, found.seen.shift, found.seen.p) == (7, 1, 0.015625)


def test_all_three_comparisons_stand_on_the_same_people():
    before = pd.Series([3, 4, 2, None], index=["a", "b", "c", "d"])
    then = pd.Series([2, 4, None], index=["a", "b", "c"])
    after = pd.Series([5, 4, 4, 5], index=["d", "c", "b", "a"])
    found = then_test(before, then, after)
    for comparison in (found.recorded, found.yardstick, found.seen):
        assert (comparison.pairs, comparison.unpaired) == (2, 2)
    assert (found.recorded.rose, found.recorded.same) == (1, 1)


def test_a_then_test_refuses_what_makes_no_pairs():
    with pytest.raises(ValueError, match="before, then, after: as many values"):
        then_test([1, 2], [1], [1, 2])
    with pytest.raises(ValueError, match="then: every value is a whole step"):
        then_test([1, 2], [1, 9], [1, 2], steps=5)
    with pytest.raises(ValueError, match="level"):
        then_test([1], [1], [1], level=2)


@given(st.lists(st.tuples(STEP, STEP, STEP), min_size=1, max_size=20))
def test_a_then_test_is_three_paired_comparisons_of_complete_raters(answers):
    complete = [row for row in answers if None not in row]
    before, then, after = zip(*complete, strict=True) if complete else ((), (), ())
    found = then_test(*zip(*answers, strict=True))
    for comparison, expected in [
        (found.recorded, paired(before, after)),
        (found.yardstick, paired(before, then)),
        (found.seen, paired(then, after)),
    ]:
        assert (comparison.rose, comparison.same, comparison.fell) == (
            (expected.rose, expected.same, expected.fell)
        )
        assert (comparison.p, comparison.shift) == (expected.p, expected.shift)
        assert comparison.unpaired == len(answers) - len(complete)


def test_published_holm():
    # Wikipedia, "Holm-Bonferroni method", adjusted p values of its example.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_holm_leaves_untested_lines_where_they_are_and_counts_them_not():
    found = holm([None, 0.01, np.nan, 0.04])
    assert found == pytest.approx([np.nan, 0.02, np.nan, 0.04], nan_ok=True)
    assert holm([]).tolist() == []
    assert np.isnan(holm([None, None])).all()
    assert holm([0.04]).tolist() == [0.04]


@pytest.mark.parametrize("p", [[-0.1], [0.2, 1.1], ["0.05"], [[0.1], [0.2]], 0.05, [np.inf]])
def test_what_is_no_probability_is_refused(p):
    with pytest.raises(ValueError, match="p: "):
        holm(p)


@given(st.lists(st.floats(0, 1), max_size=12), st.floats(0.001, 0.2))
def test_holm_rejects_what_stepping_down_rejects(p, level):
    rejected = set()
    for place, index in enumerate(sorted(range(len(p)), key=p.__getitem__)):
        if p[index] * (len(p) - place) > level:
            break
        rejected.add(index)
    assert set(np.flatnonzero(holm(p) <= level)) == rejected


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=12), st.randoms())
def test_holm_keeps_the_order_of_what_it_gets(p, random):
    places = random.sample(range(len(p)), len(p))
    np.testing.assert_array_equal(holm([p[place] for place in places]), holm(p)[places])


def rounds_of_three():
    raters = [f"r{number}" for number in range(8)]
    before = pd.DataFrame({"CV1": [2] * 8, "CV2": [3] * 8, "PP1": [4] * 8}, index=raters)
    after = pd.DataFrame(
        {"PP1": [4] * 8, "CV1": [3] * 7 + [1], "CV2": [4] * 5 + [3, 3, None]}, index=raters
    )
    return before, after.iloc[::-1]


def test_several_indicators_have_a_row_each_in_the_order_of_the_first_round():
    found = paired_many(*rounds_of_three(), steps=5)
    assert list(found) == [
        *("indicator", "pairs", "unpaired", "rose", "same", "fell", "p", "p_holm"),
        *("rank_biserial", "shift", "low", "high", "status"),
    ]
    assert list(found["indicator"]) == ["CV1", "CV2", "PP1"]
    assert list(found["status"]) == ["tested", "too_few", "all_same"]
    assert list(found["rose"]) == [7, 5, 0]
    assert list(found["unpaired"]) == [0, 1, 0]
    assert found["p"].isna().tolist() == [False, True, True]


def test_each_row_is_what_the_indicator_gives_alone():
    before, after = rounds_of_three()
    for row in paired_many(before, after, level=0.9).to_dict("records"):
        code = row.pop("indicator")
        row.pop("p_holm")
        alone = paired(before[code], after[code], level=0.9)
        expected = {name: getattr(alone, name) for name in row}
        assert {k: None if v != v else v for k, v in row.items()} == expected  # noqa: PLR0124


def test_p_is_adjusted_for_the_indicators_that_have_one():
    before, after = rounds_of_three()
    assert paired_many(before, after)["p_holm"][0] == paired_many(before, after)["p"][0]
    twice = paired_many(before.assign(CV9=2), after.assign(CV9=3))
    np.testing.assert_allclose(twice["p_holm"], holm(twice["p"]))
    assert twice["p_holm"][3] == 2 * twice["p"][3]


def test_no_indicator_makes_no_row():
    empty = pd.DataFrame(index=["a"])
    assert paired_many(empty, empty).shape == (0, 13)


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ({"CV1": [1]}, pd.DataFrame({"CV1": [1]}), "before, after: two frames"),
        (pd.DataFrame({"CV1": [1]}), pd.DataFrame({"CV2": [1]}), "the same indicators"),
        (pd.DataFrame([[1, 2]], columns=["CV1", "CV1"]), pd.DataFrame({"CV1": [1]}), "before: an"),
        (pd.DataFrame({"CV1": [9]}), pd.DataFrame({"CV1": [1]}), "before: every value is a whole"),
    ],
)
def test_frames_that_do_not_fit_are_refused(before, after, rule):
    with pytest.raises(ValueError, match=rule):
        paired_many(before, after, steps=5)
