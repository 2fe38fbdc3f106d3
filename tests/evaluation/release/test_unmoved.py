"""Which comparisons of two rounds the evaluator is told are masked, and why."""

import pytest

from toolkit.evaluation import Draft, Wave
from toolkit.evaluation.release.unmoved import masked_moves
from toolkit.ratings import Rating

KNOWN = {"instrument": "four_conditions", "version": 1, "scale": "rooted5"}


@pytest.fixture
def rounds(opened):
    """Three rounds: in CV enough moved, in PP too few answered, in ML nobody moved."""
    first = opened.settings.waves[0].model_copy(update={"status": "closed"})
    later = [
        Wave(code="r2", fr="Deux", en="Two", then="r1"),
        Wave(code="r3", fr="Trois", en="Three"),
    ]
    opened.change(opened.settings.model_copy(update={"waves": (first, *later)}))

    def give(wave, line, values, aspect="current"):
        opened._store.append(
            [
                Rating(
                    wave=wave, rater=f"p{i}", indicator=line, aspect=aspect, value=value, **KNOWN
                )
                for i, value in enumerate(values)
            ]
        )

    give("r1", "CV1", [2] * 9)
    give("r2", "CV1", [3] * 5 + [2] * 4)
    give("r2", "CV1", [1] * 5 + [2] * 4, aspect="then")
    give("r1", "PP1", [2] * 7)
    give("r2", "PP1", [3] * 7)
    give("r1", "ML1", [3] * 9)
    give("r2", "ML1", [3] * 9)
    return opened


def told(evaluation, *codes, parts=("change",)):
    release = evaluation.releases.compose(Draft(rounds=codes, parts=parts))
    found = masked_moves(evaluation.tables(), release)
    return {tuple(row) for row in found.itertuples(index=False)}


def test_each_masked_condition_is_listed_with_its_reason(rounds):
    assert told(rounds, "r1", "r2") == {
        ("moves", "r1", "r2", "PP", "few"),
        ("moves", "r1", "r2", "ML", "newcomer"),
        ("moves", "r1", "r2", "SA", "few"),
        ("then", "r1", "r2", "PP", "few"),
        ("then", "r1", "r2", "ML", "few"),
        ("then", "r1", "r2", "SA", "few"),
    }


def test_only_what_the_release_would_show_is_listed(rounds):
    assert told(rounds, "r1", "r2", parts=("conditions",)) == set()
    assert told(rounds, "r1") == set()
    assert {row[:3] for row in told(rounds, "r1", "r2", "r3")} == {
        ("moves", "r1", "r2"),
        ("moves", "r2", "r3"),
        ("then", "r1", "r2"),
    }
