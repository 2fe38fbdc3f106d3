"""Nothing that is masked can be worked out from what is shown, in thousands of small coalitions.

Coalitions go the way of the product: answers, `groupings`, `protect`. Then `audit`, which knows
nothing of how they were masked, attacks. The same attack on tables that hide no more than rows of
fewer than `k` people succeeds: this file can fail.
"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.ratings import STATUSES
from toolkit.scoring.groupings import groupings
from toolkit.scoring.suppression import EVERYBODY, audit, protect
from toolkit.scoring.suppression.groups import hidden_groups
from toolkit.scoring.suppression.table import step_columns

BOTH = ("group", "sector")
#: A coalition: the answers that are given at all, and a number for each person.
COALITION = st.tuples(
    st.lists(st.integers(1, 5), min_size=1, max_size=3),
    st.lists(st.integers(0, 8999), min_size=6, max_size=30),
)
#: Many are attacked at once: that is much faster than one by one.
COALITIONS = st.lists(COALITION, min_size=15, max_size=25)
EXAMPLES = settings(deadline=None, derandomize=True, max_examples=50, database=None)


def person(number, palette):
    """Return a group, a sector and an answer in each of two rounds, all from one number.

    Most stay, answer as before, and know: then differences tell the most. No value and no status
    is somebody who is not there.
    """
    number, group = divmod(number, 3)
    number, sector = divmod(number, 3)
    number, first = divmod(number, 10)
    number, turn = divmod(number, 10)
    value = palette[first % len(palette)]
    before = (None, STATUSES[first // 3 - 1]) if turn == 8 and first > 2 else (value, None)
    before = (None, None) if turn == 9 else before
    after = (palette[number % len(palette)], None) if turn == 7 else (value, None)
    after = (None, None) if turn == 6 and number > 4 else after
    return f"g{group}", f"s{sector}", before, after


def answers(coalitions):
    """Return the answers of coalitions, one row each."""
    rows = [
        (f"c{place}", f"r{turn}", group, sector, *given)
        for place, (palette, people) in enumerate(coalitions)
        for group, sector, *rounds in (person(number, palette) for number in people)
        for turn, given in enumerate(rounds, start=1)
        if given != (None, None)
    ]
    columns = ["coalition", "wave", "group", "sector", "value", "status"]
    return pd.DataFrame(rows, columns=columns).astype({"value": "Int64", "status": "object"})


def counted(coalitions, filters):
    return groupings(answers(coalitions), ["coalition", "wave"], filters, last=5)


def without_crossings(table):
    return table[(table[list(BOTH)] == EVERYBODY).any(axis=1)].reset_index(drop=True)


def masked_below(table, k):
    """Return a table that hides rows of fewer than k people, and nothing else."""
    figures = [*step_columns(table.columns), "n", *STATUSES]
    naive = table.astype(dict.fromkeys(figures, "Int64"))
    naive.loc[naive["n"] < k, figures] = pd.NA
    return naive


@pytest.mark.parametrize(
    ("filters", "crossed", "limits"),
    [
        (("group",), False, (5, 8)),
        (("group",), False, (3, 4)),
        (BOTH, True, (5, 8)),
        (BOTH, False, (5, 8)),
        (BOTH, True, (3, 4)),
    ],
)
def test_no_attack_finds_what_is_masked_and_the_same_one_finds_what_is_only_below_k(
    filters, crossed, limits
):
    tried, given_away, shown = 0, 0, 0

    @EXAMPLES
    @given(COALITIONS)
    def attack(coalitions):
        nonlocal tried, given_away, shown
        table = counted(coalitions, filters)
        table = table if crossed or len(filters) == 1 else without_crossings(table)
        told = protect(table, *limits, filters=filters).table
        assert audit(told, *limits, filters=filters) == ()
        naive = audit(masked_below(table, limits[0]), *limits, filters=filters)
        tried += len(coalitions)
        given_away += len({found.where["coalition"] for found in naive})
        shown += int((told["shown"] != "nothing").sum())

    attack()
    print(tried, given_away, shown)
    assert tried >= 500
    assert given_away > tried / 2
    # To show nothing at all would be safe too.
    assert shown > 2 * tried
