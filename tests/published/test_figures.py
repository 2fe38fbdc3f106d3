"""Published or analytically certain answers, each with its source; the modules' own tests go on."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from toolkit.scoring.agreement import average_deviation, tastle_wierman
from toolkit.scoring.change import paired
from toolkit.scoring.distribution import distribution, diverging
from toolkit.scoring.intervals import wilson
from toolkit.scoring.relations import centrality, dyads, levels
from toolkit.scoring.strategy import recommend
from toolkit.scoring.suppression import protect
from toolkit.stats import feldt_interval, icc, krippendorff_alpha, rwg, van_der_eijk
from toolkit.stats.bands import VICHEALTH_1_5

# R package agrmt, its help page and vignette; van der Eijk (2001).
AGRMT = [30, 40, 210, 130, 530, 50, 10]
NAN = np.nan


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (AGRMT, 0.7256876),
        ((0, 0, 10, 0, 0), 1),
        ((5, 0, 0, 0, 5), 0),
        ((1, 1, 1, 1, 1), 0.433985),
        ((0, 1, 2, 1, 0), 0.7924813),
    ],
)
def test_f1_tastle_wierman(counts, expected):
    assert tastle_wierman(counts) == pytest.approx(expected, abs=5e-7)


def test_f2_van_der_eijk():
    assert van_der_eijk(AGRMT) == pytest.approx(0.6113333, abs=5e-8)


# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C.
CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]


@pytest.mark.parametrize(
    ("level", "expected"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_f3_krippendorff(level, expected):
    assert krippendorff_alpha(CODERS, level) == pytest.approx(expected, abs=5e-4)


def test_f4_shrout_and_fleiss_1979():
    judged = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    values = icc(judged)["value"].round(2)
    assert list(values) == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]


def test_f5_rwg_and_average_deviation():
    close, split = (0, 0, 1, 3, 1), (2, 0, 0, 0, 2)
    assert rwg([close, split]) == pytest.approx([0.75, -5 / 3])
    assert average_deviation([close, split]) == pytest.approx([0.4, 2])


def test_f6_wilcoxon_on_the_zea_data_of_scipys_documentation():
    moved = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]
    told = paired([0] * len(moved), moved)
    assert told.p == pytest.approx(0.041259765625, abs=1e-12)
    assert told.rank_biserial == pytest.approx(0.60)


@pytest.mark.parametrize(("n", "least"), [(5, 0.0625), (6, 0.0313), (8, 0.0078)])
def test_f6_the_smallest_p_with_every_pair_the_same_sign(n, least):
    assert paired([1] * n, range(2, n + 2)).smallest_p == pytest.approx(least, abs=6e-5)


@pytest.mark.parametrize(
    ("successes", "n", "expected"), [(81, 263, (0.2553, 0.3662)), (0, 20, (0, 0.1611))]
)
def test_f7_wilson_of_newcombe_1998(successes, n, expected):
    assert wilson(successes, n) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(("n", "expected"), [(8, (0.44, 0.95)), (20, (0.62, 0.91))])
def test_f8_feldt(n, expected):
    assert feldt_interval(0.80, 5, n) == pytest.approx(expected, abs=5e-3)


@pytest.mark.parametrize(
    ("people", "hidden"),
    [
        ({"A": 3, "B": 6, "all": 9}, {"A", "B"}),
        ({"A": 3, "B": 6, "direct": 4, "all": 13}, {"A", "direct"}),
        ({"A": 4, "all": 4}, {"A", "all"}),
    ],
)
def test_f9_complementary_suppression(people, hidden):
    counted = pd.DataFrame({"group": list(people), "n": list(people.values())})
    table = protect(counted, k=5).table
    assert set(table.loc[table["n"].isna(), "group"]) == hidden


def test_f10_vichealth_over_six_rounds():
    totals = [125.1, 134.7, 136.0, 137.4, 139.6, 141.2]
    assert list(VICHEALTH_1_5.levels(totals)) == [2, 3, 3, 3, 3, 3]


def test_f11_krackhardts_kite():
    names = ["Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike"]
    kite = nx.krackhardt_kite_graph()
    matrix = nx.to_pandas_adjacency(kite, weight=None)
    matrix.index = matrix.columns = [*names, "Jane"]
    density = levels(matrix, top=1).density.loc[1]
    central = centrality(matrix, top=1)
    assert density == pytest.approx(0.4)
    assert central.loc["Heather", "betweenness"] == pytest.approx(0.3889, abs=5e-5)
    assert list(central.loc[["Fernando", "Garth"], "closeness"].round(4)) == [0.6429, 0.6429]


def test_f12_levels_with_a_silent_partner():
    ties = pd.DataFrame(
        [[NAN, 4, 2, 1, 0], [3, NAN, 2, 0, 1], [2, 4, NAN, 0, 2], [1, 0, 1, NAN, 0]],
        index=list("ABCD"),
        columns=list("ABCDE"),
    )
    told = levels(ties)
    assert told.answered == 16
    assert list(told.density.loc[[1, 2, 3]]) == [0.6875, 0.4375, 0.1875]
    assert told.mean == 1.4375
    pairs = dyads(ties)
    named = (pairs["first"] + pairs["second"]).groupby(pairs["state"].astype(str)).agg(list)
    assert named["agree"] == ["AC", "AD", "BD"]
    assert len(named["differ"]) == 3
    assert named["unverifiable"] == ["AE", "BE", "CE", "DE"]


def test_f13_a_diverging_bar():
    start, end = diverging([1, 2, 4, 6, 3])
    assert (start[0], end[-1]) == (-0.3125, 0.6875)


@pytest.mark.parametrize(
    ("need", "obstacles", "observed", "feasible", "chain", "fits"),
    [
        (4, (2, 3, 2), "1100", 2, 2, 2),
        (2, (3, 3, 3), "1110", 3, 3, 2),
        (1, (1, 1, 1), "1000", 1, 1, 1),
        (4, (4, 4, 4), "1111", 4, 4, 4),
    ],
)
def test_f14_the_strategy_that_fits(need, obstacles, observed, feasible, chain, fits):
    told = recommend(need, *obstacles, observed)
    assert (told.feasible, told.observed, told.fits) == (feasible, chain, fits)


def test_f15_dont_know_keeps_its_place_beside_the_answers():
    """BMC Research Notes 2011 4:224, table 2 (CC-BY): PSAT leadership items, N = 218."""
    valid = [199, 199, 200, 193, 191, 199, 197, 175, 186, 192, 192]
    unknown = [9, 8, 8, 13, 16, 10, 10, 33, 22, 15, 16]
    rows = [
        {"item": item, "value": 3 if i < v else pd.NA, "status": None if i < v else status}
        for item, (v, u) in enumerate(zip(valid, unknown, strict=True), start=1)
        for i, status in enumerate([""] * v + ["dont_know"] * u + ["skipped"] * (218 - v - u))
    ]
    known = {"scale": "psat", "steps": 5, "mode": "individual"}
    ratings = pd.DataFrame(rows).astype({"value": "Int64"}).assign(**known)
    counts = distribution(ratings, by=["item"]).set_index("item")
    assert list(counts["n"]) == valid
    assert round(100 * counts.loc[8, "dont_know"] / 218, 1) == 15.1
    assert (counts[["n", "dont_know", "not_applicable", "skipped"]].sum(axis=1) == 218).all()
