"""Who knows how masking works, and tries it on every possible set of answers, learns nothing.

An attacker of figures alone does not ask *why* something is masked. Here all answers that a group
may have given are masked, each on a line of its own; those that look the same to a viewer are
taken together, and nobody's answer may be the same in all of them.
"""

from collections import defaultdict
from itertools import combinations_with_replacement

import pytest

from tests.disclosure.coalitions import Person, begin
from tests.disclosure.figures import read

#: Not kept yet: where these fail, a rule of masking tells by what it masks.
OPEN = pytest.mark.xfail(strict=True, reason="what is masked tells an answer to who knows the rule")
#: (people, steps, whether people may also not know).
SIZES = [(9, 4, False), (13, 3, False), pytest.param(5, 4, True, marks=OPEN)]


def every(people, answers):
    """Return each way in which some people may have answered, in the order of the answers."""
    return list(combinations_with_replacement(answers, people))


def shown_of(coalition):
    """Return all that is shown of each line, as one thing that can be compared."""
    seen = read(coalition)
    told = defaultdict(set)
    for cell in seen.cells:
        told[cell.line].add((cell.column.wave, len(cell.column.people), cell.group, cell.told))
    for move in seen.moves:
        told[move.scope].add((move.before[0].wave, move.after[0].wave, move.told))
    return {
        line: frozenset(told[line]) | frozenset(told[condition])
        for condition, (line,) in coalition.lines.items()
    }


def alike(coalition, truth):
    """Return the ways of answering that look alike to a viewer."""
    looks = defaultdict(list)
    shown = shown_of(coalition)
    for line, answers in truth.items():
        looks[shown[line]].append(answers)
    return list(looks.values())


def asked(tmp_path, rounds, steps):
    """Show a coalition in which each line was answered otherwise: for each round, by line."""
    lines = list(rounds[0])
    coalition = begin(tmp_path / "inverted", (1,) * len(lines), ("partner",), steps=steps)
    codes = []
    for number, answers in enumerate(rounds, start=1):
        codes.append(f"r{number}")
        coalition.add_round(codes[-1])
        people = range(len(answers[lines[0]]))
        coalition.answer_all(
            codes[-1],
            {
                Person(f"p{place:02d}", "partner", ("r1",)): {
                    (line, "current"): answers[line][place] for line in lines
                }
                for place in people
            },
        )
        coalition.close_round(codes[-1])
        assert coalition.show(*codes)
    return coalition


@pytest.mark.parametrize(("people", "steps", "unsure"), SIZES)
def test_nobody_learns_what_all_others_said(tmp_path, people, steps, unsure):
    answers = [*range(1, steps + 1), *(["dont_know"] if unsure else [])]
    ways = every(people, answers)
    truth = {f"C{place}L1": way for place, way in enumerate(ways, start=1)}
    for same in alike(asked(tmp_path, [truth], steps), truth):
        assert len(set().union(*same)) > 1, same
        for own in answers:
            left = [without(way, own) for way in same if own in way]
            assert len(set().union(*left)) != 1, (own, same)


@OPEN
@pytest.mark.parametrize(("people", "steps"), [(5, 4), (9, 3)])
def test_nobody_learns_what_a_newcomer_said_where_the_others_kept_their_answers(
    tmp_path, people, steps
):
    answers = range(1, steps + 1)
    ways = [(way, new) for way in every(people, answers) for new in answers]
    before = {f"C{place}L1": way for place, (way, _) in enumerate(ways, start=1)}
    after = {f"C{place}L1": (*way, new) for place, (way, new) in enumerate(ways, start=1)}
    coalition = asked(tmp_path, [before, after], steps)
    new = {line: answers[-1] for line, answers in after.items()}
    looks = defaultdict(list)
    for line, shown in shown_of(coalition).items():
        looks[shown].append((before[line], new[line]))
    for same in looks.values():
        for own in (None, *answers):
            left = {said for way, said in same if own is None or own in way}
            assert len(left) != 1, (own, same)


def without(way, answer):
    rest = list(way)
    rest.remove(answer)
    return rest
