"""What is concluded from what is not so is right as often as a guess, and not more often.

Who takes one round off another believes that those who stayed answered alike. Where they did, in
sum, the conclusion is right; where they did not, it is right by luck. So figures are masked, and
recoveries counted, where the belief is so: `scoring/suppression/differencing.py`, `attacker.py`.
"""

from collections import Counter

import numpy as np
import pytest

STEPS = 5
LINES = 4_000


def answers(dice, middle, spread, people):
    return np.clip(np.rint(dice.normal(middle, spread, people)), 1, STEPS).astype(int) - 1


def counted(*parts):
    return np.bincount(np.concatenate(parts), minlength=STEPS)


def concluded(before, after, stayed):
    """Return how many who left, and who came, are on each step for certain; None if impossible."""
    common = np.minimum(before, after)
    spare = common.sum() - stayed
    if spare < 0:
        return None
    few = np.maximum(common - stayed, 0), np.minimum(common, spare)
    return [[counts - common + end for end in few] for counts in (before, after)]


@pytest.mark.parametrize(("stayed", "left", "came"), [(9, 1, 1), (12, 1, 1), (20, 1, 1)])
@pytest.mark.parametrize("stay", [0.95, 0.8])
def test_who_takes_one_round_off_another_is_right_where_the_others_stood_alike_and_else_guesses(
    stayed, left, came, stay
):
    dice = np.random.default_rng(0)
    said, right, guessed = Counter(), Counter(), Counter()
    for _ in range(LINES):
        middle, spread = dice.uniform(2.2, 4.2), dice.choice([0.6, 0.9, 1.3])
        one = answers(dice, middle, spread, stayed)
        two = np.where(dice.random(stayed) < stay, one, answers(dice, middle, spread, stayed))
        few = [answers(dice, middle, spread, count) for count in (left, came)]
        before, after = counted(one, few[0]), counted(two, few[1])
        found = concluded(before, after, stayed)
        so = (counted(one) == counted(two)).all()
        for (low, high), people in zip(found or (), few, strict=False):
            sure = (low == high) & (low > 0)
            if sure.any():
                said[so] += 1
                right[so] += bool((low[sure] == counted(people)[sure]).all())
                guessed[so] += after.argmax() in people
    assert right[True] == said[True] > 0
    assert right[False] <= 1.1 * guessed[False]
    assert said[False] > 0
