"""Small coalitions that come back: nothing that is masked can be worked out, whoever tries."""

import pytest

from tests.disclosure.attacker import LEVELS, attack
from tests.disclosure.coalitions import random_coalition
from toolkit.evaluation import COALITION, FIGURES, Draft

#: A few of those that `attack.py` attacks, of which something was once recovered.
SEEDS = (3, 5, 19, 5051, 5089, 5129, 6116, 7003, 9126, 9139, 9246, 10121, 10170)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return a folder in which the blank evaluation is made once."""
    return tmp_path_factory.mktemp("coalitions")


@pytest.mark.parametrize("seed", SEEDS)
def test_from_all_that_was_ever_shown_nobody_is_recovered(place, seed):
    coalition = random_coalition(seed, place / str(seed))
    found = attack(coalition, pairs=False)
    assert coalition.shown
    for level in LEVELS[:3]:
        assert found.levels[level] == {}, level


def test_a_round_that_was_shown_may_be_taken_out_of_the_file(place):
    evaluation = random_coalition(5051, place / "gone").evaluation
    left = tuple(wave for wave in evaluation.settings.waves if wave.code != "r1")
    evaluation.change(evaluation.settings.model_copy(update={"waves": left}))
    release = evaluation.releases.compose(Draft(COALITION, "", ("r2",), FIGURES))
    assert not release.snapshot.tables("fr").counts().empty
