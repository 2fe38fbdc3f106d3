"""What to talk about first."""

import pandas as pd

from toolkit.scoring.distribution import steps, summary
from toolkit.scoring.guide import KINDS, guide, joined, sides
from toolkit.scoring.reading import reading

STEPS, MIDDLE = 5, 3


def lines(**counts):
    """Return the summary of a few lines, from the count of each step."""
    table = pd.DataFrame(counts).T
    table.columns = [f"step_{i}" for i in range(1, STEPS + 1)]
    table = table.assign(n=table.sum(axis=1), unknown=0.0, gap=float("nan"))
    said = summary(table)
    words = reading(steps(table)) if table["n"].any() else None
    said = said.assign(reading=words, indicator=said.index)
    return said.reset_index(drop=True)


def found(frame):
    chosen = guide(frame, MIDDLE)
    return {kind: list(chosen.loc[chosen["kind"] == kind, "indicator"]) for kind in KINDS}


def test_shared_mixed_and_divided_views_are_told_apart():
    said = lines(close=[0, 0, 1, 9, 0], spread=[1, 1, 5, 2, 1], split=[5, 0, 0, 0, 5])
    assert list(said["reading"]) == ["shared", "mixed", "divided"]


def test_a_masked_line_has_no_reading():
    masked = lines(a=[0, 0, 0, 0, 0])
    assert masked["reading"].isna().all()
    assert all(not codes for codes in found(masked).values())


def test_high_and_shared_is_a_strength_low_and_shared_is_low():
    chosen = found(lines(high=[0, 0, 0, 8, 2], low=[2, 8, 0, 0, 0], split=[5, 0, 0, 0, 5]))
    assert chosen["strength"] == ["high"]
    assert chosen["low"] == ["low"]
    assert chosen["divided"] == ["split"]


def test_a_quarter_who_dont_know_is_worth_a_talk():
    said = lines(a=[0, 0, 0, 9, 0], b=[0, 0, 0, 9, 0])
    said["unknown"] = [3 / 12, 2 / 11]
    assert found(said)["unknown"] == ["a"]


def test_the_three_widest_gaps_come_widest_first_and_a_tie_starts_lowest():
    said = lines(**{code: [0, 0, 0, 9, 0] for code in "abcde"})
    said["gap"] = [1.0, 2.0, 2.0, 0.0, 1.0]
    said["low"] = [3.0, 3.0, 2.0, 3.0, 2.0]
    assert found(said)["gap"] == ["c", "b", "e"]


def test_kinds_come_in_the_order_of_the_talk_with_ranks_from_one():
    chosen = guide(lines(low=[9, 0, 0, 0, 0], high=[0, 0, 0, 0, 9], split=[5, 0, 0, 0, 5]), MIDDLE)
    assert list(chosen["kind"]) == ["strength", "divided", "low"]
    assert list(chosen["rank"]) == [1, 1, 1]


def pairs(**medians):
    """Return two sides' medians of a few lines: low and high of the group, then of the others."""
    names = ["low", "high", "others_low", "others_high"]
    return pd.DataFrame(medians, index=names).T.rename_axis("indicator").reset_index()


def test_of_two_sides_the_widest_apart_come_first_and_what_both_say_is_no_split():
    told = pairs(a=[4, 4, 2, 3], b=[1, 2, 4, 5], both_low=[1, 2, 2, 2], both_high=[4, 5, 5, 5])
    told = pd.concat([told, pairs(middle=[3, 3, 3, 4], touching=[2, 3, 3, 4])])
    chosen = sides(told, MIDDLE)
    assert list(zip(chosen["kind"], chosen["indicator"], chosen["rank"], strict=True)) == [
        ("strength", "both_high", 1),
        ("low", "both_low", 1),
        ("sides", "b", 1),
        ("sides", "a", 2),
    ]
    assert list(sides(told, MIDDLE, most=1)["indicator"]) == ["both_high", "both_low", "b"]
    assert sides(told.head(0), MIDDLE).empty


def test_several_guides_keep_their_order_within_a_kind():
    first = guide(lines(split=[5, 0, 0, 0, 5], low=[9, 0, 0, 0, 0]), MIDDLE)
    second = guide(lines(other=[9, 0, 0, 0, 0], strong=[0, 0, 0, 0, 9]), MIDDLE)
    whole = joined([first, second])
    assert list(whole["indicator"]) == ["strong", "split", "low", "other"]
    assert list(whole["rank"]) == [1, 1, 1, 2]
