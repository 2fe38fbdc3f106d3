"""Medians of groups tell nobody's answer: every world that fits, counted one by one."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.scoring.suppression.differencing import ABSENT
from toolkit.scoring.suppression.pooled import LineTold, Pooled, nameable, not_open
from toolkit.scoring.suppression.ways import statistics

#: Three steps, one status, or no answer.
STEPS, BLANK, K = 3, 4, 3
PEOPLE = 6
#: What everybody may have answered to one line.
WORLDS = np.array(list(product(range(BLANK + 1), repeat=PEOPLE)))


@st.composite
def rounds(draw, count=1):
    """Draw one line in so many rounds, in which whoever stayed answered as before."""
    answers = np.array(draw(st.lists(st.integers(0, BLANK), min_size=PEOPLE, max_size=PEOPLE)))
    group = np.array(draw(st.lists(st.integers(0, 2), min_size=PEOPLE, max_size=PEOPLE)))
    away = st.lists(st.sampled_from([True, True, True, False]), min_size=PEOPLE, max_size=PEOPLE)
    presence = np.array([draw(away) if count > 1 else [True] * PEOPLE for _ in range(count)])
    levels = [
        LineTold(),
        LineTold(people=True, medians=True, statuses=1),
        LineTold(people=True, medians=True, word=True),
        LineTold(people=True, counts=True, statuses=1),
    ]
    found = []
    for turn, there in enumerate(presence):
        said = np.where(there, answers, ABSENT)[:, None]
        shown = np.array([*draw(st.lists(st.booleans(), min_size=3, max_size=3)), False])
        shown[:3] &= [
            bool(((said[group == code] >= 0) & (said[group == code] < STEPS)).any())
            for code in range(3)
        ]
        block = np.where(shown[group], group, 3)
        sets = tuple(nameable(group, presence, turn, K))
        line = (draw(st.sampled_from(levels)),)
        found.append(Pooled(said, STEPS, BLANK, line, sets, K, block, shown))
    return found


def figures(part, answers):
    """Return all that is shown of a round, for each world of answers, as columns."""
    there = part.answers[:, 0] != ABSENT
    every = np.stack([(answers[:, there] == code).sum(axis=1) for code in range(BLANK)], axis=1)
    steps, line = every[:, :STEPS], part.told[0]
    columns = [*every.T[STEPS:][: line.statuses]]
    if line.people or line.counts:
        columns.append(steps.sum(axis=1))
    if line.counts:
        columns += [*steps.T]
    elif line.medians:
        columns += _medians(steps)[: 3 if line.word else 2]
    for code in np.flatnonzero(part.shown):
        mine = there & (part.block == code)
        pooled = [(answers[:, mine] == step).sum(axis=1) for step in range(STEPS)]
        columns += _medians(np.stack(pooled, axis=1))[:2]
    return columns


def _medians(steps):
    """Return medians and word of each distribution; of no answers, none of them."""
    none = steps.sum(axis=1) == 0
    found = statistics(np.where(none[:, None], 1, steps))
    return [np.where(none, -1, one) if one.dtype != object else one for one in found]


def certain(parts):
    """Yield the set, answer and reader of which the first round tells how many there are."""
    answers = np.max([part.answers[:, 0] for part in parts], axis=0)
    known = np.where(answers == ABSENT, BLANK, answers)
    fits = np.ones(len(WORLDS), dtype=bool)
    for part in parts:
        for column in figures(part, WORLDS):
            now = column[(known == WORLDS).all(axis=1)][0]
            fits &= column == now
    here = parts[0].answers[:, 0]
    for reader in range(PEOPLE + 1):
        worlds = WORLDS[fits]
        if reader < PEOPLE:
            if all(part.answers[reader, 0] == ABSENT for part in parts):
                continue
            worlds = worlds[worlds[:, reader] == known[reader]]
        for number, people in enumerate(parts[0].sets):
            others = people & (np.arange(PEOPLE) != reader)
            for answer in range(BLANK):
                true = int((here[others] == answer).sum())
                count = (worlds[:, others] == answer).sum(axis=1)
                few = others.sum() < K or true == others.sum()
                if true and few and (count == true).all():
                    yield number, answer, reader


@settings(max_examples=150, deadline=None)
@given(rounds())
def test_what_is_certain_is_never_taken_for_open(parts):
    found = not_open(*parts)
    for number, answer, reader in certain(parts):
        assert found[number, answer, reader, 0], (number, answer, reader)


@settings(max_examples=150, deadline=None)
@given(rounds(count=2))
def test_beside_another_round_what_is_certain_is_never_taken_for_open(parts):
    found = not_open(*parts)
    for number, answer, reader in certain(parts):
        assert found[number, answer, reader, 0], (number, answer, reader)


def pooled(answers, group, shown, line):
    """Return one line of one round, five steps and three statuses."""
    said = np.array(answers)[:, None]
    codes = np.array(group)
    sets = tuple(nameable(codes, np.ones((1, len(codes)), dtype=bool), 0, 5))
    block = np.where(np.isin(codes, shown), codes, max(group) + 1)
    open_ = np.array([code in shown for code in range(max(group) + 2)])
    return Pooled(said, 5, 8, (line,), sets, 5, block, open_)


COUNTS = LineTold(people=True, counts=True, statuses=3)


def test_a_group_beside_everybody_tells_of_the_one_who_is_left_out():
    # Had the first given the fourth step, only two of the five would have, and their median fall.
    answers, group = [0, 3, 3, 3, 0, 0], [1, 0, 0, 0, 0, 0]
    sets = pooled(answers, group, [], COUNTS).sets
    first = [number for number, people in enumerate(sets) if people.sum() == 1]
    outsider = -1
    assert not not_open(pooled(answers, group, [], COUNTS))[first, 0, outsider].any()
    assert not_open(pooled(answers, group, [0], COUNTS))[first, 0, outsider].any()


def test_where_all_others_answered_alike_a_few_may_have_taken_their_answer():
    # The two of the fourth step may have it of anybody but those of the first group.
    answers, group = [3, 3, 1, 2, 3, 3, 3, 3, 3], [0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert not not_open(pooled(answers, group, [], COUNTS))[:, 3].any()


@pytest.mark.parametrize("shown", [[], [0]])
def test_a_group_whose_middle_is_broad_tells_nothing(shown):
    answers, group = [1, 2, 2, 2, 2, 2, 3, 1, 2, 2, 2, 3], [0] * 7 + [1] * 5
    assert not not_open(pooled(answers, group, shown, COUNTS)).any()
