"""Small groups are not shown, and cannot be found by subtraction."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.scoring.suppression import EVERYBODY, protect
from toolkit.scoring.suppression.groups import hidden_groups

SIZES = st.lists(st.integers(0, 20), min_size=1, max_size=7)


def figures(**people):
    """Return one row for everybody and one a group, each with a count and a statistic."""
    sizes = {EVERYBODY: sum(people.values()), **people}
    counts = {"n": list(sizes.values()), "step_1": list(sizes.values()), "low": 3.0}
    return pd.DataFrame({"group": list(sizes), **counts})


def shown(frame):
    return dict(zip(frame["group"], frame["shown"], strict=True))


def test_a_group_that_the_total_would_give_away_is_hidden_too():
    # F9, first case: A 3, B 6, total 9.
    found = shown(protect(figures(a=3, b=6), k=5))
    assert found == {"all": "distribution", "a": "nothing", "b": "nothing"}
    assert hidden_groups(np.array([[3, 6]]), 5).tolist() == [[True, True]]


def test_hidden_groups_that_are_enough_together_hide_no_other():
    # F9, second case: A 3, B 6, direct members 4, total 13.
    found = shown(protect(figures(a=3, b=6, direct=4), k=5, k_distribution=5))
    assert found == {
        "all": "distribution",
        "a": "nothing",
        "b": "distribution",
        "direct": "nothing",
    }
    assert hidden_groups(np.array([[3, 6, 4]]), 5).tolist() == [[True, False, True]]


def test_one_small_group_alone_hides_its_total():
    # F9, third case: 4 people.
    assert set(shown(protect(figures(a=4), k=5)).values()) == {"nothing"}
    assert hidden_groups(np.array([[4]]), 5).tolist() == [[True]]


def test_every_figure_of_a_hidden_row_is_empty():
    hidden = protect(figures(a=3, b=6), k=5).set_index("group").loc["a"]
    assert hidden[["n", "step_1", "low"]].isna().all()


def test_counts_need_more_people_than_a_statistic():
    for people, expected in (
        (4, "nothing"),
        (5, "statistic"),
        (7, "statistic"),
        (8, "distribution"),
    ):
        row = protect(pd.DataFrame({"group": ["all"], "n": people, "step_1": 1, "low": 3.0}))
        assert list(row["shown"]) == [expected]
        assert row["step_1"].isna().item() is (people < 8)
        assert row["low"].isna().item() is (people < 5)


def test_counts_of_a_group_are_not_the_total_less_the_others():
    found = protect(figures(a=9, b=6), k=5, k_distribution=8).set_index("group")
    assert found.loc["b", "shown"] == "statistic"
    # a is large enough, but the total less a is b.
    assert found.loc["a", "shown"] == "statistic"
    assert found["step_1"].notna().to_dict() == {"all": True, "a": False, "b": False}


def test_each_row_of_a_table_is_looked_at_by_itself():
    table = pd.concat([figures(a=3, b=6).assign(line="x"), figures(a=9, b=9).assign(line="y")])
    found = protect(table, by=["line"])
    assert set(found.loc[found["line"] == "y", "shown"]) == {"distribution"}
    assert list(found.loc[found["line"] == "x", "shown"]) == ["distribution", "nothing", "nothing"]


def test_a_group_that_is_absent_from_a_row_is_nobody_there():
    table = pd.concat([figures(a=9, b=9).assign(line="x"), figures(a=9).assign(line="y")])
    found = protect(table, by=["line"])
    assert set(found["shown"]) == {"distribution"}


@given(SIZES, st.integers(2, 10))
def test_what_is_hidden_together_is_nobody_or_enough_or_all(sizes, k):
    hidden = hidden_groups(np.array([sizes]), k)[0]
    together = sum(size for size, h in zip(sizes, hidden, strict=True) if h)
    assert together == 0 or together >= k or hidden.all()


@given(SIZES, st.integers(2, 10))
def test_what_is_shown_is_never_small(sizes, k):
    hidden = hidden_groups(np.array([sizes]), k)[0]
    assert all(size >= k for size, h in zip(sizes, hidden, strict=True) if not h)


@given(SIZES, st.integers(2, 10))
def test_nothing_is_hidden_when_no_group_is_small(sizes, k):
    large = [size + k for size in sizes]
    assert not hidden_groups(np.array([large]), k).any()


@given(SIZES, st.integers(2, 8), st.integers(0, 5))
def test_neither_figures_nor_counts_can_be_found_by_subtraction(sizes, k, more):
    people = {f"g{i}": size for i, size in enumerate(sizes)}
    frame = protect(figures(**people), k=k, k_distribution=k + more).set_index("group")
    for column, least in (("low", k), ("step_1", k + more)):
        kept = frame[column].notna()
        if kept[EVERYBODY]:
            rest = sum(size for group, size in people.items() if not kept[group])
            assert rest == 0 or rest >= least


@pytest.mark.parametrize("by", [["wave"], ["wave", "indicator"]])
def test_rows_and_their_order_stay(by):
    table = figures(a=9, b=9).assign(wave="r1", indicator="CV1")
    assert list(protect(table, by=by)["group"]) == ["all", "a", "b"]
