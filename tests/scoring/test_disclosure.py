"""Nothing that is masked can be worked out from what is shown, in thousands of small coalitions.

Coalitions go the way of the product: answers, `groupings`, `protect`. Then `audit`, which knows
nothing of how they were masked, attacks. The same attack on tables that hide no more than rows of
fewer than `k` people succeeds: this file can fail.
"""

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from toolkit.scoring.groupings import groupings
from toolkit.scoring.suppression import EVERYBODY, audit, protect
from toolkit.scoring.suppression.table import step_columns

BOTH = ("group", "sector")
STEPS = 4
#: A coalition: the answers that are given at all, and a number for each person.
COALITION = st.tuples(
    st.lists(st.integers(1, STEPS), min_size=1, max_size=3),
    st.lists(st.integers(0, 8999), min_size=6, max_size=30),
)
#: Many are attacked at once: that is much faster than one by one.
COALITIONS = st.lists(COALITION, min_size=25, max_size=35)
#: A batch of coalitions is too long to be made smaller; what is found names its coalition.
PLAIN = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def person(number, palette):
    """Return a group, a sector and what is said in each of two rounds, all from one number.

    Most stay, answer as before, and know: then differences tell the most. Said is a step, 0 for
    who does not know, None for who is not there.
    """
    number, group = divmod(number, 3)
    number, sector = divmod(number, 3)
    number, first = divmod(number, 10)
    number, turn = divmod(number, 10)
    value = palette[first % len(palette)]
    before = {8: 0, 9: None}.get(turn, value)
    after = {6: None, 7: palette[number % len(palette)]}.get(turn, value)
    return f"g{group}", f"s{sector}", before, after


def counted(coalitions, filters):
    """Return what is to be protected, as the product counts it."""
    rows = [
        (f"c{place}", f"r{turn}", group, sector, said or None, None if said else "dont_know")
        for place, (palette, people) in enumerate(coalitions)
        for group, sector, *rounds in (person(number, palette) for number in people)
        for turn, said in enumerate(rounds, start=1)
        if said is not None
    ]
    columns = ["coalition", "wave", "group", "sector", "value", "status"]
    ratings = pd.DataFrame(rows, columns=columns).astype({"value": "Int64", "status": "object"})
    table = groupings(ratings, ["coalition", "wave"], filters, last=STEPS)
    return table.drop(columns=["not_applicable", "skipped"])


def without_crossings(table):
    crossing = (table[list(BOTH)] != EVERYBODY).all(axis=1)
    return table[~crossing].reset_index(drop=True)


def masked_below(table, k):
    """Return a table that hides rows of fewer than k people, and nothing else."""
    figures = [*step_columns(table.columns), "n", "dont_know"]
    naive = table.astype(dict.fromkeys(figures, "Int64"))
    naive.loc[naive["n"] < k, figures] = pd.NA
    return naive


@pytest.mark.parametrize(
    ("filters", "limits", "crossed", "batches"),
    [
        (("group",), (5, 8), True, 44),
        (("group",), (3, 4), True, 20),
        (BOTH, (5, 8), True, 7),
        (BOTH, (3, 4), True, 7),
        (BOTH, (5, 8), False, 4),
    ],
    ids=["one filter", "one, low limits", "two", "two, low limits", "two without crossings"],
)
def test_no_attack_finds_what_is_masked_but_finds_what_is_masked_only_below_k(
    filters, limits, crossed, batches
):
    tried, shown, plain, given_away = [], 0, 0, 0

    @settings(PLAIN, max_examples=batches)
    @given(COALITIONS)
    def attack(coalitions):
        nonlocal shown, plain, given_away
        table = counted(coalitions, filters)
        table = table if crossed else without_crossings(table)
        told = protect(table, *limits, filters=filters).table
        assert audit(told, *limits, filters=filters) == ()
        tried.append(len(coalitions))
        shown += int((told["shown"] != "nothing").sum())
        if len(tried) % 3 == 0:
            found = audit(masked_below(table, limits[0]), *limits, filters=filters)
            plain += len(coalitions)
            given_away += len({one.where["coalition"] for one in found})

    attack()
    assert sum(tried) >= 25 * batches
    assert given_away > plain / 2
    # To show nothing at all would be safe too.
    assert shown > 2 * sum(tried)
