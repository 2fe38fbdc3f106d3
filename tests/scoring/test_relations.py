"""Ties between partners: published figures, silence that is no zero, and what must always hold."""

import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.scoring.relations import (
    centralisation,
    centrality,
    dyads,
    ei_index,
    levels,
    matrix,
    mixing,
    reciprocity,
    steps,
    symmetrised,
)

NAN = float("nan")
# figures.md, F12: raters A to D, E silent.
FIVE = pd.DataFrame(
    [[NAN, 4, 2, 1, 0], [3, NAN, 2, 0, 1], [2, 4, NAN, 0, 2], [1, 0, 1, NAN, 0]],
    index=list("ABCD"),
    columns=list("ABCDE"),
)
PALIERS = {"A": "local", "B": "local", "C": "regional", "D": "national", "E": "regional"}


def tidy(table):
    """Return a square table as one row a tie, in no order, unanswered cells left out."""
    rows = table.rename_axis("source").reset_index().melt("source", var_name="target")
    return rows.dropna().sample(frac=1, random_state=1)


def square(cells, names=None):
    """Return full cells as a table with an empty diagonal."""
    table = pd.DataFrame(np.array(cells, dtype=float), index=names, columns=names)
    return table.mask(np.eye(len(table), dtype=bool))


@st.composite
def tables(draw, answers=(0, 1, 2, 3, 4, NAN), fewest=2):
    size = draw(st.integers(fewest, 7))
    cell = st.sampled_from(answers)
    row = st.lists(cell, min_size=size, max_size=size)
    return square(draw(st.lists(row, min_size=size, max_size=size)), list("ABCDEFG"[:size]))


def same(one, other):
    return one == pytest.approx(other, nan_ok=True)


# Figures


@pytest.mark.parametrize("ties", [FIVE, tidy(FIVE), FIVE.reindex(list("DEBCA"))])
def test_levels_of_the_five_partners_of_f12(ties):
    found = levels(ties)
    assert (found.answered, found.possible, found.silent) == (16, 20, ("E",))
    assert found.density.loc[[1, 2, 3]].tolist() == [0.6875, 0.4375, 0.1875]
    assert found.density.index.tolist() == [1, 2, 3, 4]
    assert found.mean == 1.4375
    assert found.partners.loc["E", "in_level"] == 0.75
    assert math.isnan(found.partners.loc["E", "out_level"])
    assert found.partners.loc["B"].tolist() == [8 / 3, 1.5, 3, 4]


@pytest.mark.parametrize("ties", [FIVE, tidy(FIVE)])
def test_dyads_of_the_five_partners_of_f12(ties):
    table = dyads(ties)
    pairs = (table["first"] + table["second"]).groupby(table["state"], observed=False).agg(list)
    assert pairs["agree"] == ["AC", "AD", "BD"]
    assert pairs["differ"] == ["AB", "BC", "CD"]
    assert pairs["unverifiable"] == ["AE", "BE", "CE", "DE"]
    counts = table["state"].value_counts()
    assert counts.to_dict() == {"unverifiable": 4, "agree": 3, "differ": 3}


def test_krackhardts_kite_of_f11():
    graph = nx.krackhardt_kite_graph()
    names = ["Andre", "Beverley", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather"]
    graph = nx.relabel_nodes(graph, dict(enumerate([*names, "Ike", "Jane"])))
    kite = nx.to_pandas_adjacency(graph)
    assert graph.number_of_edges() == 18
    assert levels(kite).density[1] == pytest.approx(0.4)
    figures = centrality(kite)
    assert figures["betweenness"].idxmax() == "Heather"
    assert figures.loc["Heather", "betweenness"] == pytest.approx(0.3889, abs=5e-5)
    closest = figures["closeness"].nlargest(2)
    assert set(closest.index) == {"Fernando", "Garth"}
    assert closest.tolist() == pytest.approx([0.6429] * 2, abs=5e-5)
    assert figures.loc["Diane", "degree"] == 6
    assert figures["reason"].isna().all()


def test_reciprocity_of_f12_by_both_definitions():
    # Verifiable ties: AB, AC, AD and BC on both sides, CD on one, BD on none.
    found = reciprocity(FIVE)
    assert (found.mutual, found.asymmetric) == (4, 1)
    assert (found.dyads, found.arcs) == (4 / 5, 8 / 9)


def test_a_star_is_as_centralised_as_can_be():
    # Freeman (1979): everybody names one partner, who names nobody; g = 5.
    star = np.zeros((5, 5))
    star[1:, 0] = 1
    assert centralisation(star) == (1, 1 / 16)
    assert centralisation(star.T) == (1 / 16, 1)


def test_where_all_are_alike_nothing_is_central():
    assert centralisation(np.zeros((4, 4))) == (0, 0)
    assert centralisation(np.full((4, 4), 3) * (1 - np.eye(4))) == (0, 0)


def test_external_less_internal_ties_over_all_ties():
    # Of the 11 ties of F12, AB and BA stay among the local partners, CE among the regional ones.
    assert ei_index(FIVE, PALIERS) == pytest.approx((8 - 3) / 11)
    assert ei_index(FIVE, pd.Series(PALIERS), threshold=3) == pytest.approx((1 - 2) / 3)
    assert ei_index(FIVE, dict.fromkeys("ABCDE", "all")) == -1
    assert ei_index(FIVE, {name: name for name in "ABCDE"}) == 1


def test_mixing_counts_cells_ties_and_levels_between_groups():
    table = mixing(FIVE, PALIERS).set_index(["source", "target"])
    assert len(table) == 9
    assert table.loc[("local", "local")].tolist() == [2, 2, 3.5]
    assert table.loc[("local", "regional")].tolist() == [4, 3, 1.25]
    assert table.loc[("regional", "regional")].tolist() == [1, 1, 2]
    assert table.loc[("national", "national"), ["answered", "ties"]].tolist() == [0, 0]
    assert math.isnan(table.loc[("national", "national"), "mean"])


def test_groups_keep_the_order_they_are_given_in():
    found = mixing(FIVE, PALIERS)["source"].unique().tolist()
    assert found == ["local", "regional", "national"]


@pytest.mark.parametrize(
    ("how", "both", "one_silent"), [("minimum", 2, NAN), ("mean", 3, 2), ("maximum", 4, 2)]
)
def test_a_pair_is_joined_in_one_of_three_ways(how, both, one_silent):
    table = symmetrised(FIVE, how)
    assert table.loc["B", "C"] == table.loc["C", "B"] == both
    assert same(table.loc["C", "E"], one_silent)
    assert same(table.loc["E", "C"], one_silent)


def test_dyads_carry_the_confirmed_and_the_mean_level():
    table = dyads(FIVE).set_index(["first", "second"])
    assert table.loc[("A", "B"), ["forward", "back", "minimum", "mean"]].tolist() == [4, 3, 3, 3.5]
    assert same(table.loc[("C", "E"), ["minimum", "mean"]].tolist(), [NAN, 2])


# Silence


def test_a_silent_partner_is_no_row_of_zeros():
    zeros = FIVE.reindex(list("ABCDE")).fillna(dict.fromkeys("ABCD", 0))
    zeros.loc["E", "E"] = NAN
    assert levels(zeros).mean != levels(FIVE).mean
    assert dyads(zeros)["state"].ne("unverifiable").all()


def test_a_dont_know_is_an_unanswered_cell():
    ties = tidy(FIVE).astype({"value": "Int64"})
    ties.loc[(ties["source"] == "A") & (ties["target"] == "B"), "value"] = pd.NA
    assert levels(ties).answered == 15
    assert dyads(ties)["state"].value_counts()["unverifiable"] == 5


def test_nobody_answered():
    ties = pd.DataFrame(index=[], columns=list("ABC"), dtype=float)
    found = levels(ties)
    assert (found.answered, found.silent) == (0, ("A", "B", "C"))
    assert found.density.isna().all()
    assert math.isnan(found.mean)
    assert set(dyads(ties)["state"]) == {"unverifiable"}
    assert same(reciprocity(ties), (NAN, NAN, 0, 0))
    assert same(centralisation(ties), (NAN, NAN))
    assert math.isnan(ei_index(ties, dict.fromkeys("ABC", "local")))
    assert centrality(ties)["reason"].tolist() == ["silent"] * 3


def test_a_single_rater_has_levels_but_nothing_that_can_be_verified():
    ties = pd.DataFrame({"source": "A", "target": ["B", "C"], "value": [2, 4]})
    assert levels(ties).mean == 3
    assert math.isnan(reciprocity(ties).dyads)
    assert same(centralisation(ties), (0, NAN))  # B and C: both named by all who answered


def test_answered_but_without_a_tie_has_no_reciprocity():
    assert same(reciprocity(np.zeros((3, 3))), (NAN, NAN, 0, 0))
    assert math.isnan(ei_index(np.zeros((3, 3)), {0: 1, 1: 1, 2: 2}))


def test_centralisation_does_not_read_silence_as_zeros():
    # Everybody who answered names A; that D and E are silent makes A no less central.
    star = square([[0, 0, 0, 0, 0]] + [[1, 0, 0, 0, 0]] * 4)
    star.loc[[3, 4]] = NAN
    assert centralisation(star).in_degree == 1


def test_a_partner_whom_nobody_names_can_be_added():
    assert levels(matrix(tidy(FIVE), partners=list("ABCDEF"))).possible == 30
    assert levels(matrix(tidy(FIVE), partners=list("ABCDEF"))).silent == ("E", "F")


@pytest.mark.parametrize(
    ("size", "silent", "reason"),
    [(7, 0, "few_partners"), (10, 3, "low_response"), (8, 2, "low_response")],
)
def test_too_few_answers_give_no_betweenness(size, silent, reason):
    ties = square(np.ones((size, size)))
    ties.iloc[:silent] = NAN
    figures = centrality(ties)
    assert figures[["betweenness", "closeness"]].isna().to_numpy().all()
    assert figures["reason"].tolist() == ["silent"] * silent + [reason] * (size - silent)
    assert figures["degree"].tolist()[silent:] == [size - silent - 1] * (size - silent)
    assert figures["degree"][:silent].isna().all()


def test_eight_partners_and_four_fifths_of_the_cells_are_enough():
    ties = square(np.ones((10, 10)))
    ties.iloc[:2] = NAN
    figures = centrality(ties)
    assert figures["closeness"].tolist()[2:] == [1] * 8
    assert figures.iloc[:2, :3].isna().to_numpy().all()
    assert centrality(square(np.ones((8, 8))))["reason"].isna().all()


# What is refused


def changed(**values):
    return pd.DataFrame({"source": ["A", "B"], "target": ["B", "A"], "value": [1, 2]} | values)


@pytest.mark.parametrize(
    ("ties", "rule"),
    [
        (changed(target=["A", "A"]), "ties: a partner has no tie to itself"),
        (changed(target=["A", "A"], value=[0, 1]), "ties: a partner has no tie to itself"),
        (pd.DataFrame(np.ones((2, 2))), "ties: a partner has no tie to itself"),
        (changed(value=[1, 5]), "ties: a level is a whole number from 0 to 4"),
        (changed(value=[1, -1]), "ties: a level is a whole number from 0 to 4"),
        (changed(value=[1, 2.5]), "ties: a level is a whole number from 0 to 4"),
        (changed(value=[1, math.inf]), "ties: a level is a whole number from 0 to 4"),
        (changed(value=[1, "often"]), "ties: a level is a number"),
        (changed(source=["A", "A"], target=["B", "B"]), "ties: .* a cell is there twice"),
        (changed(scale=["himmelman", "frey"]), "ties: more than one scale"),
        (changed(scale=["himmelman", None]), "ties: more than one scale"),
        (changed(mode=["individual", "consensus"]), "ties: more than one mode"),
        (changed(source=["A", None]), "ties: every tie names its source and its target"),
        (changed()[:0], "ties: at least two partners"),
        (FIVE.rename(index={"A": "Z"}), "ties: .* whose raters are its partners"),
        (pd.concat([FIVE, FIVE]), "ties: .* a name is there twice"),
        (FIVE.to_numpy(), "ties: as many rows as columns"),
        ([1, 2, 3], "ties: as many rows as columns"),
        (3, "ties: as many rows as columns"),
        ([[0]], "ties: at least two partners"),
        (pd.DataFrame(), "ties: at least two partners"),
    ],
)
def test_what_are_no_ties_is_refused(ties, rule):
    with pytest.raises(ValueError, match=rule):
        levels(ties)


def test_the_scale_is_named_by_its_top():
    assert levels(changed(value=[1, 5]), top=5).density[5] == 0.5
    assert centrality(changed(value=[5, 5]), threshold=5, top=5)["degree"].tolist() == [1, 1]
    for top in (0, 2.5):
        with pytest.raises(ValueError, match="top: the highest level"):
            levels(changed(), top=top)


@pytest.mark.parametrize("threshold", [0, 5, 1.5])
def test_a_threshold_is_a_level_of_the_scale(threshold):
    by_threshold = [
        lambda: reciprocity(FIVE, threshold),
        lambda: centralisation(FIVE, threshold),
        lambda: centrality(FIVE, threshold),
        lambda: ei_index(FIVE, PALIERS, threshold),
        lambda: mixing(FIVE, PALIERS, threshold),
    ]
    for figure in by_threshold:
        with pytest.raises(ValueError, match="threshold: a level from 1 to 4"):
            figure()


@pytest.mark.parametrize("group", [{"A": "local"}, PALIERS | {"E": None}])
def test_every_partner_has_a_group(group):
    for figure in (ei_index, mixing):
        with pytest.raises(ValueError, match="groups: every partner has a group"):
            figure(FIVE, group)


def test_an_unknown_way_to_join_is_refused():
    for figure in (symmetrised, lambda ties, how: centrality(ties, how=how)):
        with pytest.raises(ValueError, match="how: minimum, mean or maximum"):
            figure(FIVE, "median")


@pytest.mark.parametrize("partners", [list("ABCD"), list("ABCDEE")])
def test_partners_are_all_of_them_once(partners):
    with pytest.raises(ValueError, match="partners: every partner of the ties, once"):
        matrix(FIVE, partners=partners)


# What always holds


@given(tables())
def test_both_shapes_give_the_same(table):
    names = list(table.columns)
    pd.testing.assert_frame_equal(matrix(matrix(tidy(table), partners=names)), table)


@given(tables(), st.randoms())
def test_the_order_of_partners_changes_nothing(table, random):
    names = list(table.columns)
    random.shuffle(names)
    mixed = table.loc[names, names]
    assert same(reciprocity(mixed, 2), reciprocity(table, 2))
    assert same(centralisation(mixed, 2), centralisation(table, 2))
    assert same(levels(mixed).mean, levels(table).mean)
    figures = levels(mixed).partners.loc[table.columns]
    pd.testing.assert_frame_equal(figures, levels(table).partners)
    pd.testing.assert_frame_equal(centrality(mixed).loc[table.columns], centrality(table))


@given(tables())
def test_seen_from_the_other_side_in_is_out(table):
    there, back = levels(table).partners, levels(table.T).partners
    pd.testing.assert_series_equal(there["in_level"], back["out_level"], check_names=False)
    assert same(centralisation(table), centralisation(table.T)[::-1])
    assert same(reciprocity(table), reciprocity(table.T))
    assert (dyads(table)["state"] == dyads(table.T)["state"]).all()


@given(tables())
def test_figures_stay_in_their_bounds(table):
    shares = [*reciprocity(table)[:2], *centralisation(table), *levels(table).density]
    assert all(math.isnan(share) or -1e-12 <= share <= 1 + 1e-12 for share in shares)
    density = levels(table).density.dropna()
    assert density.is_monotonic_decreasing
    # The mean of a whole number from 0 is the sum of its shares at each level or above.
    assert same(levels(table).mean, density.sum() if len(density) else NAN)


@given(tables())
def test_the_three_ways_to_join_keep_their_order(table):
    low, middle, high = (symmetrised(table, how) for how in ("minimum", "mean", "maximum"))
    for joined in (low, middle, high):
        pd.testing.assert_frame_equal(joined, joined.T)
    known = low.notna()
    assert (low[known] <= middle).where(known, True).to_numpy().all()
    assert (middle <= high).where(middle.notna(), True).to_numpy().all()


@given(tables())
def test_each_pair_has_one_state(table):
    pairs = dyads(table)
    size = len(table)
    assert len(pairs) == size * (size - 1) // 2
    assert (pairs["state"] == "unverifiable").eq(pairs["minimum"].isna()).all()
    assert (pairs["state"] == "agree").eq(pairs["forward"] == pairs["back"]).all()


@given(tables(answers=range(5), fewest=3), st.integers(1, 4))
def test_networkx_and_freemans_formula_give_the_same(table, threshold):
    tied = (table >= threshold).astype(int)
    graph = nx.from_pandas_adjacency(tied, create_using=nx.DiGraph)
    found = reciprocity(table, threshold)
    if graph.number_of_edges():
        assert found.arcs == pytest.approx(nx.overall_reciprocity(graph))
        assert found.dyads == pytest.approx(found.arcs / (2 - found.arcs))
    for figure, degree in zip(
        centralisation(table, threshold), (graph.in_degree, graph.out_degree), strict=True
    ):
        each = [count for _, count in degree]
        expected = sum(max(each) - count for count in each) / (len(each) - 1) ** 2
        assert figure == pytest.approx(expected)


@given(tables(), st.data())
def test_mixing_adds_up_to_the_levels_and_to_the_index(table, data):
    kinds = data.draw(st.lists(st.sampled_from("xyz"), min_size=7, max_size=7))
    groups = dict(zip(table.columns, kinds, strict=False))
    cells = mixing(table, groups, 2)
    whole = levels(table)
    assert cells["answered"].sum() == whole.answered
    assert same(cells["ties"].sum(), (whole.density[2] if whole.answered else 0) * whole.answered)
    total = (cells["mean"] * cells["answered"]).sum()
    assert same(total, (whole.mean if whole.answered else 0) * whole.answered)
    outside = cells.loc[cells["source"] != cells["target"], "ties"].sum()
    inside = cells["ties"].sum() - outside
    expected = (outside - inside) / (outside + inside) if outside + inside else NAN
    assert same(ei_index(table, groups, 2), expected)


def test_steps_count_the_ties_on_the_shortest_way():
    chain = pd.DataFrame(0.0, index=list("abcd"), columns=list("abcd"))
    for one, other in ("ab", "bc"):
        chain.loc[one, other], chain.loc[other, one] = 3, 2
    found = steps(chain)
    assert found.loc["a"].tolist()[1:3] == [1, 2]
    assert found.loc[:, "d"].isna().all()  # no way leads there
    assert np.isnan(np.diag(found)).all()
    assert steps(chain, 3).isna().all(axis=None)  # both must reach the level
    assert steps(chain, 3, "maximum").loc["c", "a"] == 2
    with pytest.raises(ValueError, match="threshold"):
        steps(chain, 5)
