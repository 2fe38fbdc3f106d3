"""Bands of other instruments: as published, as checked, and what lies between two of them."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.stats.bands import (
    BANDS,
    BILODEAU,
    NUFFIELD_PRINCIPLE,
    NUFFIELD_TOTAL,
    PSAT,
    VICHEALTH_0_4,
    VICHEALTH_1_5,
    WILDER,
    bilodeau_tally,
    bilodeau_title,
)

TABLES = st.sampled_from([*BANDS.values()])


def test_published_totals_of_f10():
    # Injury Prevention, table 2 (domain reference, source 38): six rounds, 1-5 coding.
    totals = [125.1, 134.7, 136.0, 137.4, 139.6, 141.2]
    assert VICHEALTH_1_5.levels(totals).tolist() == [2, 3, 3, 3, 3, 3]


@pytest.mark.parametrize(
    ("table", "bounds"),
    [
        (WILDER, [(1.0, 2.9), (3.0, 3.9), (4.0, 5.0)]),
        (PSAT, [(1.0, 2.9), (3.0, 3.9), (4.0, 4.5), (4.6, 5.0)]),
        (VICHEALTH_0_4, [(0, 49), (50, 91), (92, 140)]),
        (VICHEALTH_1_5, [(35, 84), (85, 126), (127, 175)]),
        (NUFFIELD_PRINCIPLE, [(6, 6), (7, 12), (13, 18), (19, 24)]),
        (NUFFIELD_TOTAL, [(36, 36), (37, 72), (73, 108), (109, 144)]),
    ],
)
def test_bounds_as_in_the_domain_reference(table, bounds):
    assert [(band.low, band.high) for band in table.bands] == bounds
    for level, (low, high) in enumerate(bounds, start=1):
        assert table.levels([low, high]).tolist() == [level, level]
        assert table.of(low) is table.of(high) is table.bands[level - 1]


@pytest.mark.parametrize(
    ("table", "value", "code"),
    [
        (WILDER, 79 / 20, "wilder_discuss"),  # 3.95
        (WILDER, np.mean([4] * 19 + [3]), "wilder_discuss"),
        (WILDER, 3.9999, "wilder_discuss"),
        (WILDER, 2.95, "wilder_address"),
        (PSAT, 4.55, "psat_advance"),
        (PSAT, 4.6, "psat_keep"),
        (VICHEALTH_1_5, 126.5, "vichealth_attention"),
        (VICHEALTH_1_5, 126.999, "vichealth_attention"),
        (VICHEALTH_0_4, 49.9, "vichealth_question"),
        (NUFFIELD_PRINCIPLE, 6.5, "nuffield_urgent"),
        (NUFFIELD_TOTAL, 108.5, "nuffield_explore"),
    ],
)
def test_a_band_starts_at_its_printed_lower_bound(table, value, code):
    assert table.of(value).code == code


def test_a_mean_that_floats_just_under_a_bound_is_on_it():
    mean = np.mean([3.0, 3.1, 3.8, 4.7, 4.7, 4.7])
    assert mean < 4  # 3.9999999999999996, or this test would prove nothing
    assert WILDER.of(mean).code == "wilder_strength"


def test_both_vichealth_codings_differ_by_a_point_an_answer():
    totals = np.arange(0, 140.1, 0.1)
    np.testing.assert_array_equal(VICHEALTH_0_4.levels(totals), VICHEALTH_1_5.levels(totals + 35))


def test_each_table_says_whether_it_was_checked():
    assert {name: table.checked for name, table in BANDS.items()} == {
        "wilder": "second_hand",
        "psat": "memory",
        "vichealth_0_4": "computed",
        "vichealth_1_5": "source",
        "nuffield_principle": "memory",
        "nuffield_total": "memory",
    }


def test_what_is_from_memory_is_said_to_be_unconfirmed():
    assert "non confirmés" in PSAT.caution.fr
    assert "not confirmed" in PSAT.caution.en
    assert "not confirmed" not in WILDER.caution.en


def test_every_table_has_its_words():
    for table in BANDS.values():
        words = [table.title, table.source, table.caution, *(band.meaning for band in table.bands)]
        assert all(text.fr and text.en for text in words)
    assert len({text.fr for text in map(bilodeau_title, BILODEAU)}) == 6
    assert "2008" in bilodeau_title().en


def test_a_table_cannot_be_changed():
    with pytest.raises(AttributeError):
        WILDER.checked = "source"
    with pytest.raises(TypeError):
        BANDS["ours"] = WILDER


def test_many_values_keep_their_shape_and_a_missing_one_stays_missing():
    levels = WILDER.levels(pd.Series([4.2, None, 1.0]))
    assert levels.tolist()[::2] == [3, 1]
    assert math.isnan(levels[1])
    assert WILDER.levels([[1, 3], [4, 5]]).tolist() == [[1, 2], [3, 3]]
    assert WILDER.levels([]).shape == (0,)


@pytest.mark.parametrize(
    ("table", "value", "rule"),
    [
        (WILDER, 0.9, "values: wilder runs from 1 to 5"),
        (WILDER, 5.1, "values: wilder runs from 1 to 5"),
        (WILDER, math.inf, "values: wilder runs from 1 to 5"),
        (VICHEALTH_1_5, 34, "a lower total is in the 0-4 coding"),
        (VICHEALTH_0_4, 141, "a higher total is in the 1-5 coding"),
        (NUFFIELD_PRINCIPLE, 36, "the total of all six principles is nuffield_total"),
        (NUFFIELD_TOTAL, 24, "the total of one principle is nuffield_principle"),
        (WILDER, "strong", "values: every value is a number"),
        (WILDER, math.nan, "value: one number is needed"),
        (WILDER, [3, 4], "value: one number is needed"),
    ],
)
def test_what_is_off_the_scale_is_refused(table, value, rule):
    with pytest.raises(ValueError, match=rule):
        table.of(value)


def test_one_value_off_the_scale_is_enough():
    with pytest.raises(ValueError, match="vichealth_1_5 runs from 35 to 175"):
        VICHEALTH_1_5.levels([100, 120, 30])


@given(TABLES, st.data())
def test_a_band_is_the_last_that_starts_at_or_below(table, data):
    value = data.draw(st.decimals(str(table.low), str(table.high), places=3))
    expected = [band for band in table.bands if band.low <= round(float(value), 9)][-1]
    assert table.of(float(value)) == expected


@given(TABLES, st.data())
def test_a_higher_value_never_has_a_lower_band(table, data):
    values = data.draw(st.lists(st.floats(table.low, table.high), min_size=1))
    assert (np.diff(table.levels(sorted(values))) >= 0).all()


# Bilodeau and colleagues


def sheet(**people):
    return pd.DataFrame(people, index=range(1, 19), dtype=object)


def rows(tally, part):
    return tally.loc[tally["part"] == part]


def test_the_eighteen_items_make_six_conditions():
    # Domain reference, 2.1, checked in the source (14).
    assert [*BILODEAU.values()] == [
        (1, 2),
        (3,),
        (4,),
        (5, 9, 10, 11),
        (12, 13, 14, 16),
        (6, 7, 8, 15, 17, 18),
    ]
    assert sorted(item for items in BILODEAU.values() for item in items) == [*range(1, 19)]


def test_letters_are_counted_by_item_condition_and_overall():
    tally = bilodeau_tally(sheet(P1=["A"] * 18, P2=["A", "C"] * 9, P3=["B"] * 17 + [None]))
    assert tally["part"].tolist() == ["item"] * 18 + ["condition"] * 6 + ["overall"]
    counts = tally[["A", "B", "C", "missing"]]
    assert counts.iloc[[0, 1, 17]].to_numpy().tolist() == [[2, 1, 0, 0], [1, 1, 1, 0], [1, 0, 1, 1]]
    assert tally.loc[17, ["item", "condition"]].tolist() == [18, "building"]
    by_condition = rows(tally, "condition").set_index("condition")
    assert list(by_condition.index) == list(BILODEAU)
    # Items 6, 7, 8, 15, 17 and 18: P2 says A on the odd ones.
    assert by_condition.loc["building", ["A", "B", "C", "missing"]].tolist() == [9, 5, 3, 1]
    assert counts.iloc[-1].tolist() == [27, 17, 9, 1]


def test_nobody_answered_is_noughts():
    silent = bilodeau_tally(sheet(P1=[None] * 18))
    assert silent[["A", "B", "C"]].to_numpy().sum() == 0
    assert rows(silent, "overall")["missing"].item() == 18
    empty = bilodeau_tally(sheet())
    assert empty[["A", "B", "C", "missing"]].to_numpy().sum() == 0


@pytest.mark.parametrize("missing", [None, math.nan, pd.NA])
def test_every_kind_of_nothing_is_missing(missing):
    tally = bilodeau_tally(sheet(P1=["A"] * 17 + [missing]))
    assert rows(tally, "overall")["missing"].item() == 1


@pytest.mark.parametrize("dtype", ["string", "category"])
def test_letters_of_any_kind_are_counted(dtype):
    answers = sheet(P1=["A", "B", None] * 6).astype(dtype)
    assert rows(bilodeau_tally(answers), "overall")[["A", "B", "C"]].iloc[0].tolist() == [6, 6, 0]


@given(st.lists(st.lists(st.sampled_from([*"ABC", None]), min_size=18, max_size=18)), st.randoms())
def test_neither_order_of_items_nor_of_people_changes_the_tally(people, random):
    answers = sheet(**{f"P{i}": letters for i, letters in enumerate(people)})
    mixed = answers.loc[random.sample(range(1, 19), 18), random.sample([*answers], len(people))]
    tally = bilodeau_tally(answers)
    pd.testing.assert_frame_equal(bilodeau_tally(mixed), tally)
    columns = ["A", "B", "C", "missing"]
    whole = rows(tally, "overall")[columns].iloc[0].tolist()
    assert rows(tally, "item")[columns].sum().tolist() == whole
    assert rows(tally, "condition")[columns].sum().tolist() == whole
    assert sum(whole) == 18 * len(people)


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        (sheet(P1=["A"] * 18).iloc[:17], "one row for each of the 18 items"),
        (sheet(P1=["A"] * 18).rename({18: 19}), "one row for each of the 18 items"),
        (sheet(P1=["A"] * 18).rename({18: 1}), "one row for each of the 18 items"),
        (sheet(P1=["A"] * 18).reset_index(drop=True), "one row for each of the 18 items"),
        (sheet(P1=["A"] * 17 + ["D"]), "A, B or C"),
        (sheet(P1=["A"] * 17 + ["a"]), "A, B or C"),
        (sheet(P1=[1] * 18), "A, B or C"),
        (sheet(P1=["A"] * 17 + [""]), "A, B or C"),
    ],
)
def test_what_is_no_sheet_of_answers_is_refused(answers, rule):
    with pytest.raises(ValueError, match=f"answers: {rule}"):
        bilodeau_tally(answers)
