"""What was computed once is found again by its content, and nobody changes it for another."""

import pandas as pd

from toolkit.evaluation.tables.memoized import memoized


def _counting():
    calls = []

    @memoized
    def compute(frame, *, by):
        calls.append(by)
        return frame * by

    return compute, calls


def test_the_same_content_is_computed_once():
    compute, calls = _counting()
    frame = pd.DataFrame({"n": [1, 2]})
    first, again = compute(frame, by=2), compute(frame.copy(), by=2)
    pd.testing.assert_frame_equal(first, again)
    assert calls == [2]


def test_any_other_content_is_computed_anew():
    compute, calls = _counting()
    frame = pd.DataFrame({"n": [1, 2]})
    compute(frame, by=2)
    assert compute(frame, by=3)["n"].tolist() == [3, 6]
    frame.loc[0, "n"] = 5
    assert compute(frame, by=2)["n"].tolist() == [10, 4]
    assert calls == [2, 3, 2]


def test_what_one_caller_changes_is_not_seen_by_the_next():
    compute, _ = _counting()
    frame = pd.DataFrame({"n": [1, 2]})
    compute(frame, by=2).loc[0, "n"] = 99
    assert compute(frame, by=2)["n"].tolist() == [2, 4]


def test_only_the_last_ones_are_kept():
    compute, calls = _counting()
    frame = pd.DataFrame({"n": [1]})
    for by in [*range(40), 39, 0]:
        compute(frame, by=by)
    assert calls == [*range(40), 0]
