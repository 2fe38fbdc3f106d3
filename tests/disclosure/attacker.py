"""A smart colleague with a solver: what follows for certain from all that was ever shown.

What counts as recovered
------------------------
Everything ever shown is taken together: all versions, audiences and rounds. A *world* is a whole
set of answers that agrees with all of it. Recovered is what is the same in all worlds, and true:

* an **answer**: a step or a status (don't know, not applicable, skipped) that a person other than
  the attacker gave to a line in a round. Whether a person gave anything at all is no answer.
* a **count**: how many, one or more, of a *small set* gave a certain step or status. Small sets are
  those that colleagues can name and that are never shown since they are fewer than the minimum: a
  group, several groups together, those who came, those who left, in a round; less the attacker.

Not counted is that *none* of a set chose a step (a histogram always says of which steps nobody
made use, and of a single person that rules steps out, not in; where only one remains it is counted
as their answer), nor what follows about a set of the minimum or more (that is what the minimum
allows to be told), nor a count of a large set less the attacker's own answer: only sets that were
too small before.

Levels, each with all of those before: *tables* (figures alone; how many there are of each group is
not known), *took part* (who took part in each round, and everybody's group), *own answers* (each
respondent in turn knows what they answered themselves), and, apart, *a pair* who tell each other.

Hypotheses: *free* (rounds are linked by nothing but what is shown), and *alike*: those who were
there both times answered a line alike, unless something shown says otherwise; two rounds at a
time, and all together. What is inferred so is counted where it is right, and where the hypothesis
is so: as many of those who were there both times, less whoever knows, were on each step (or had
each status) the one time as the other. So it is taken of the lines, steps and statuses of which it
is so, and of no others: what is inferred from what is not so is right by luck, as often as a guess
(`test_premise.py`); `luck` takes it of all and counts that too.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, combinations
from random import Random
from typing import Any

import numpy as np

from tests.disclosure.coalitions import Coalition
from tests.disclosure.figures import Column, Moves, Profile, Seen, read
from tests.disclosure.worlds import NONE, Class, Line, Program, Slot

__all__ = ["LEVELS", "Recovered", "attack"]

LEVELS = ("tables", "took part", "own answers", "a pair")
#: Pairs of colleagues that are tried on each program.
_PAIRS = 12
#: Walks about the worlds already known before a solver is asked.
_WALKS = 2


@dataclass(frozen=True)
class Recovered:
    """One answer or count that is certain; `who` is one person, or a small set."""

    who: frozenset[str]
    wave: str
    line: str
    aspect: str
    answer: Any
    count: int

    @property
    def kind(self) -> str:
        """Return `answer` where everybody of the set is told, else `count`."""
        return "answer" if self.count == len(self.who) else "count"


@dataclass
class Found:
    """What was recovered at each level, and by which hypothesis."""

    levels: dict[str, dict[Recovered, str]] = field(
        default_factory=lambda: {level: {} for level in LEVELS}
    )
    programs: int = 0

    def add(self, level: str, found: Iterable[Recovered], how: str) -> None:
        """Keep what was recovered, person by person, with the first way in which it was."""
        for one in found:
            alone = [replace(one, who=frozenset({person}), count=1) for person in one.who]
            for part in alone if one.kind == "answer" else [one]:
                self.levels[level].setdefault(part, how)


def attack(
    coalition: Coalition, seen: Seen | None = None, *, pairs: bool = True, luck: bool = False
) -> Found:
    """Return everything that can be recovered of a coalition from what it was ever shown.

    With `luck`, also what is inferred from what is not so, and right all the same.
    """
    seen = seen or read(coalition)
    found = Found()
    dice = Random(0)
    for lines, profiles in _bundles(coalition, seen):
        for slots, alike in _programs(lines, profiles):
            how = "alike " + " ".join(sorted({*chain(*alike)})) if alike else "free"
            attackers = _Attackers(coalition, lines, slots, alike, profiles, luck=luck)
            found.add("took part", attackers.certain(), how)
            for one in attackers.types():
                found.add("own answers", attackers.certain(one), how + f", knows {one}")
            if pairs:
                two = list(combinations(attackers.types(most=2), 2))
                for some in dice.sample(two, min(_PAIRS, len(two))):
                    found.add("a pair", attackers.certain(*some), how + f", know {some}")
            found.programs += attackers.programs
            if found.levels["took part"] or found.levels["own answers"]:
                open_ = [_unnamed(line, slots) for line in lines]
                unnamed = _Attackers(coalition, open_, slots, alike, profiles, luck=luck)
                found.add("tables", unnamed.certain(), how)
    return found


def _bundles(coalition: Coalition, seen: Seen) -> Iterator[tuple[list[Line], list[Profile]]]:
    """Yield lines to look at together: each alone, or those of a condition that is told of."""
    every = list(_lines(coalition, seen))
    for condition, codes in coalition.lines.items():
        now = [line for line in every if line.code in codes and line.aspect == "current"]
        told = [one for one in seen.profiles if one.condition == condition]
        # Where a group's lines are shown, its condition follows from these.
        lines = {(cell.column, cell.group) for line in now for cell in line.cells}
        told = [one for one in told if not {(one.column, code) for code in one.groups} <= lines]
        if told:
            yield now, sorted(told, key=str)
        else:
            yield from (([line], []) for line in now)
        later = [line for line in every if line.code in codes and line.aspect != "current"]
        yield from (([line], []) for line in later)


def _lines(coalition: Coalition, seen: Seen) -> Iterator[Line]:
    """Yield each line and aspect of which something is shown, or of its condition by group."""
    pooled = {one.condition for one in seen.profiles}
    present = {
        person: frozenset(column for column in seen.columns if person in column.people)
        for person in coalition.people
    }
    parts: dict[tuple[str, frozenset[Column]], list[str]] = {}
    for code, person in coalition.people.items():
        if present[code]:
            parts.setdefault((person.group, present[code]), []).append(code)
    classes = [Class(*key, tuple(people)) for key, people in sorted(parts.items(), key=str)]
    conditions = {
        line: (code if len(lines) == 1 else "")
        for code, lines in coalition.lines.items()
        for line in lines
    }
    of = {line: code for code, lines in coalition.lines.items() for line in lines}
    for code, condition in conditions.items():
        truth = {
            (wave, person, aspect): answer
            for (wave, person, line, aspect), answer in coalition.answers.items()
            if line == code
        }
        for aspect in ("current", "desired"):
            cells = [cell for cell in seen.cells if (cell.line, cell.aspect) == (code, aspect)]
            scopes = {code, condition} if aspect == "current" else set()
            moves = [move for move in seen.moves if move.scope in scopes]
            if cells or moves or (aspect == "current" and of[code] in pooled):
                yield Line(
                    code,
                    aspect,
                    coalition.steps,
                    classes,
                    seen.columns,
                    sorted(cells, key=str),
                    sorted(moves, key=str),
                    seen.turnover,
                    truth,
                )


def _programs(
    lines: Sequence[Line], profiles: Sequence[Profile]
) -> Iterator[tuple[list[Slot], list[tuple[str, str]]]]:
    """Yield which slots are looked at together, and which rounds are taken to be alike."""
    waves = list(dict.fromkeys(column.wave for column in lines[0].columns))
    told = {cell.column.wave for line in lines for cell in line.cells}
    told |= {one.column.wave for one in profiles}
    moves = [move for line in lines for move in line.moves]
    told |= {end.wave for move in moves for end, _ in (move.before, move.after)}
    waves = [wave for wave in waves if wave in told]
    parts = _linked(moves, [[(wave, lines[0].aspect)] for wave in waves])
    for part in parts:
        yield part, []
    pairs = list(combinations(waves, 2))
    for pair in pairs:
        together = [slot for part in parts for slot in part if {w for w, _ in part} & {*pair}]
        yield together, [pair]
    if len(pairs) > 1:
        yield [slot for part in parts for slot in part], pairs


def _linked(moves: Iterable[Moves], parts: list[list[Slot]]) -> list[list[Slot]]:
    """Return the slots with those joined between which somebody is shown to have moved."""
    for move in moves:
        ends = {(column.wave, aspect) for column, aspect in (move.before, move.after)}
        ends |= {(move.thrice.wave, "current")} if move.thrice else set()
        joined = [part for part in parts if ends & {*part}]
        rest = [part for part in parts if not ends & {*part}]
        parts = [sorted({*chain(*joined), *ends}), *rest]
    return parts


def _unnamed(line: Line, slots: Sequence[Slot]) -> Line:
    """Return a line of which it is not known who took part: any number in any of the rounds."""
    waves = {wave for wave, _ in slots}
    columns = [column for column in line.columns if column.wave in waves]
    groups = dict.fromkeys(part.group for part in line.classes)
    classes = []
    for group in groups:
        for size in range(1, len(columns) + 1):
            for some in combinations(columns, size):
                people = [
                    person
                    for part in line.classes
                    if part.group == group and part.columns & {*columns} == {*some}
                    for person in part.people
                ]
                classes.append(Class(group, frozenset(some), tuple(people), open=True))
    return Line(
        line.code,
        line.aspect,
        line.steps,
        classes,
        columns,
        [cell for cell in line.cells if cell.column in columns],
        line.moves,
        line.turnover,
        line.truth,
    )


@dataclass(frozen=True)
class _Target:
    """How many of some people gave an answer: which ways count, and how many truly did."""

    recovered: Recovered
    ways: np.ndarray

    @property
    def full(self) -> bool:
        """Whether everybody did: it cannot be more."""
        return self.recovered.kind == "answer"


class _Attackers:
    """One who takes rounds to be alike of just those lines of which they are."""

    def __init__(
        self,
        coalition: Coalition,
        lines: Sequence[Line],
        slots: Sequence[Slot],
        alike: Sequence[tuple[str, str]],
        profiles: Sequence[Profile],
        *,
        luck: bool,
    ) -> None:
        self._coalition, self._lines, self._luck = coalition, lines, luck
        self._program = partial(Program, lines, slots, alike, profiles)
        self._alike = () if luck else alike
        self._built: dict[tuple[tuple[bool, bool], ...], _Attacker] = {}

    @property
    def programs(self) -> int:
        """How many programs were needed."""
        return len(self._built)

    def types(self, most: int = 1) -> list[str]:
        """Return so many of each kind of people who were there and answered in the same way."""
        return self._attacker(()).types(most)

    def certain(self, *knowing: str) -> set[Recovered]:
        """Return what is certain to people who know their own answers, of others."""
        attacker = self._attacker(knowing)
        return attacker.certain(*knowing) if any(map(any, attacker.so)) else set()

    def _attacker(self, knowing: Sequence[str]) -> "_Attacker":
        so = tuple(self._so(line, knowing) for line in self._lines)
        if so not in self._built:
            self._built[so] = _Attacker(self._program(so=so), self._coalition, so)
        return self._built[so]

    def _so(self, line: Line, knowing: Sequence[str]) -> tuple[bool, bool]:
        """Return whether steps, and statuses, are as alike as is taken, of all but some people."""
        steps = statuses = True
        for pair in self._alike:
            stayed = [
                person
                for part in line.classes
                if all(any(column.wave == wave for column in part.columns) for wave in pair)
                for person in part.people
                if person not in knowing
            ]
            said = [
                Counter(line.truth.get((wave, person, line.aspect), NONE) for person in stayed)
                for wave in pair
            ]
            before, after = (
                [
                    {code: n for code, n in one.items() if isinstance(code, str) is text}
                    for one in said
                ]
                for text in (False, True)
            )
            steps &= before[0] == before[1]
            statuses &= after[0] == after[1]
        return steps, statuses


class _Attacker:
    """One who knows which worlds there are, and perhaps their own answers."""

    def __init__(
        self, program: Program, coalition: Coalition, so: Sequence[tuple[bool, bool]]
    ) -> None:
        self.so = so
        self._program = program
        self._minimum = coalition.minimum
        self._open = any(part.open for part in program.classes)
        self._dice = np.random.default_rng(0)
        self._lines = np.array([number for number, _, _ in program.ways])
        self._places = np.array([place for _, place, _ in program.ways])

    def types(self, most: int = 1) -> list[str]:
        """Return so many of each kind of people who were there and answered in the same way."""
        some: dict[tuple[int, ...], list[str]] = {}
        for part in self._program.classes:
            for person in part.people:
                some.setdefault(self._program.known_to(person), []).append(person)
        return [person for alike in some.values() for person in alike[:most]]

    def certain(self, *knowing: str) -> set[Recovered]:
        """Return what is certain, of the steps and the statuses of the lines that are `so`."""
        known = [way for person in knowing for way in self._program.known_to(person)]
        targets = list(self._targets(knowing))
        if not targets:
            return set()
        if not len(self._kept(known)):
            first = self._program.least(np.zeros(len(self._program.ways)), known)
            if first is None:
                return set()
        targets = self._left(targets, known)
        for _ in range(_WALKS):
            if not targets:
                return set()
            self._program.wander(self._dice, known)
            targets = self._left(targets, known)
        full = [target for target in targets if target.full]
        certain = self._always(full, known)
        told = {person for one in certain for person in one.who}
        sets = [
            target for target in targets if not target.full and not target.recovered.who <= told
        ]
        return certain | self._both_ways(self._left(sets, known), known)

    def _targets(self, knowing: Sequence[str]) -> Iterator[_Target]:
        program = self._program
        for place, slot in enumerate(program.slots):
            for people in self._sets(slot, knowing):
                mine = np.isin(self._places, [*self._classes_of(people)])
                for number, line in enumerate(program.lines):
                    for target in self._of_line(
                        line, place, people, mine & (self._lines == number)
                    ):
                        if self.so[number][isinstance(target.recovered.answer, str)]:
                            yield target

    def _of_line(
        self, line: Line, place: int, people: frozenset[str], mine: np.ndarray
    ) -> Iterator[_Target]:
        wave, aspect = self._program.slots[place]
        said: dict[Any, int] = {}
        for person in people:
            answer = line.truth.get((wave, person, aspect), NONE)
            said[answer] = said.get(answer, 0) + 1
        for answer, count in said.items():
            small = len(people) < self._minimum or count == len(people)
            if answer == NONE or not small:
                continue
            gave = np.array([way[place] == answer for _, _, way in self._program.ways])
            yield _Target(Recovered(people, wave, line.code, aspect, answer, count), mine & gave)

    def _classes_of(self, people: frozenset[str]) -> set[int]:
        return {
            number for number, part in enumerate(self._program.classes) if people & {*part.people}
        }

    def _sets(self, slot: Slot, knowing: Sequence[str]) -> set[frozenset[str]]:
        """Return the people of each class, and the small sets that colleagues can name."""
        program = self._program
        here = [
            (number, part)
            for number, part in enumerate(program.classes)
            if any(column.wave == slot[0] for column in part.columns) and part.people
        ]
        one_by_one = {frozenset(part.people) for _, part in here}
        named: set[frozenset[str]] = set()
        groups: dict[str, set[str]] = {}
        for _, part in here:
            groups.setdefault(part.group, set()).update(part.people)
        for size in (1, 2, 3):
            for some in combinations(sorted(groups), size):
                named.add(frozenset(chain(*(groups[code] for code in some))))
        for other in program.lines[0].columns:
            away = [part for _, part in here if not part.within(other)]
            named.add(frozenset(chain(*(part.people for part in away))))
            for code in groups:
                named.add(frozenset(chain(*(p.people for p in away if p.group == code))))
        everybody = frozenset(chain(*groups.values()))
        if self._open:
            # Who is who is not known: only what a figure is of, and whoever came or left.
            one_by_one = {everybody}
        small = {people for people in named if len(people) < self._minimum}
        return {people - {*knowing} for people in one_by_one | small} - {frozenset()}

    def _kept(self, known: Sequence[int]) -> np.ndarray:
        """Return the worlds found so far in which somebody answered as those who know did."""
        pool = self._program.pool
        fits = np.ones(len(pool), dtype=bool)
        for way in set(known):
            fits &= pool[:, way] >= known.count(way)
        own = self._program.own.copy()
        own[list(known)] = False
        return pool[fits & (pool[:, own].sum(axis=1) == 0)]

    def _own(self, target: _Target, known: Sequence[int]) -> int:
        """Return how many of those who know count among a target's ways themselves."""
        return sum(bool(target.ways[way]) for way in known)

    def _left(self, targets: Sequence[_Target], known: Sequence[int]) -> list[_Target]:
        """Return the targets that no world found so far refutes."""
        worlds = self._kept(known)
        if not len(worlds) or not targets:
            return list(targets)
        counts = worlds @ np.array([target.ways for target in targets]).T.astype(int)
        true = [target.recovered.count + self._own(target, known) for target in targets]
        held = (counts == true).all(axis=0)
        return [target for target, keeps in zip(targets, held, strict=True) if keeps]

    def _always(self, targets: Sequence[_Target], known: Sequence[int]) -> set[Recovered]:
        """Return the answers that all of a class gave in every world."""
        if not targets:
            return set()
        left = list(targets)
        while left:
            objective = np.sum([target.ways for target in left], axis=0).astype(float)
            true = sum(target.recovered.count + self._own(target, known) for target in left)
            found = self._program.least(objective, known)
            if found is None or found[0] >= true:
                break
            left = self._left(left, known)
        if self._open:
            return self._both_ways(left, known)
        return {target.recovered for target in left}

    def _both_ways(self, targets: Sequence[_Target], known: Sequence[int]) -> set[Recovered]:
        """Return the counts that are neither lower nor higher in any world."""
        certain = set()
        left = list(targets)
        for _ in range(min(3, len(left))):
            # A few worlds that differ in many ways at once refute most of them.
            signs = self._dice.choice([-1.0, 1.0], len(left))
            if self._program.least(signs @ [target.ways for target in left], known) is None:
                return set()
            left = self._left(left, known)
            if not left:
                break
        while left:
            target = left.pop()
            true = target.recovered.count + self._own(target, known)
            for sign in (1, -1):
                found = self._program.least(sign * target.ways.astype(float), known)
                if found is None or sign * found[0] != true:
                    break
            else:
                certain.add(target.recovered)
            left = self._left(left, known)
        return certain
