"""Which way a person moved on several lines, and what chance makes of how many did."""

import numpy as np
import pandas as pd
import pytest

from toolkit.scoring.change import chance, directions, net_lines


def way(*moves, asked=None):
    """Return which way one person moved, from the change of each of their lines."""
    lines = pd.DataFrame({"condition": "CV", "rater": "p1", "moved": moves})
    people = directions(lines, ["moved"], pd.Series({"CV": asked or len(moves)}))
    return people["moved"].to_list()


def wavering(lines, people=20_000):
    """Return the share of people who rise where answers waver, and nothing else happens."""
    moves = np.random.default_rng(13).choice([-1, 0, 1], (people, lines), p=[0.15, 0.7, 0.15])
    frame = pd.DataFrame(moves, index=[f"p{i}" for i in range(people)])
    long = frame.rename_axis("rater").reset_index().melt("rater", value_name="moved")
    found = directions(long.assign(condition="CV"), ["moved"], pd.Series({"CV": lines}))
    return float((found["moved"] > 0).mean()), float((frame.sum(axis=1) > 0).mean())


@pytest.mark.parametrize("lines", range(3, 9))
def test_one_wavering_line_of_several_is_no_move(lines):
    assert way(4, *[0] * (lines - 1)) == [0]
    assert way(-1, *[0] * (lines - 1)) == [0]


def test_two_lines_more_up_than_down_are_a_move_however_far_each_went():
    assert way(1, 1, 0, 0, 0, 0) == way(1, 1, 1, -4, 0, 0) == [1]
    assert way(-1, -1, 0, 0) == way(-1, -1) == [-1]
    assert way(1, 1, -1, 0, 0, 0) == way(1, -1) == [0]


def test_of_many_lines_it_takes_a_third():
    assert net_lines([1, 2, 3, 6, 7, 9, 12]).tolist() == [1, 1, 2, 2, 3, 3, 4]
    assert way(1, 1, *[0] * 7) == [0]
    assert way(1, 1, 1, *[0] * 6) == [1]


def test_of_two_lines_one_is_half_and_two_that_go_apart_are_no_move():
    assert way(1, 0) == [1]
    assert way(1, -1) == [0]


def test_a_single_line_is_itself():
    assert way(1) == [1]
    assert way(-3) == [-1]


def test_who_answered_too_few_lines_both_times_is_not_counted():
    assert way(1, 1, 1, asked=5) == []
    assert way(1, 1, 1, 1, asked=6) == [1]


def test_answers_that_only_waver_make_few_people_rise():
    robust, any_line = wavering(6)
    # As the docstring of `directions` says.
    assert robust <= 0.13
    assert any_line >= 0.30
    assert wavering(4)[0] <= 0.13
    assert wavering(9)[0] <= 0.09
    assert wavering(1)[0] <= 0.16
    assert wavering(2)[0] <= 0.24


def test_five_up_and_three_down_is_what_chance_often_does_and_ten_to_nothing_is_not():
    assert chance(5, 3) == ("often", 1)  # p .73
    assert chance(10, 0) == ("rarely", 512)
    assert chance(0, 0) == ("none", 0)


def test_of_five_who_moved_not_even_all_going_one_way_is_rare():
    words = [chance(count, 0).word for count in range(1, 7)]
    assert words == ["often", "often", "often", "at_times", "at_times", "rarely"]


@pytest.mark.parametrize(("rose", "fell"), [(1, 0), (4, 4), (6, 1), (8, 0), (30, 12)])
def test_up_and_down_weigh_alike(rose, fell):
    assert chance(rose, fell) == chance(fell, rose)
    assert chance(rose, fell).odds >= 1
