"""Whatever may be true beside what was shown: integer programs over one line.

People who are alike to the attacker (of one group, there at the same times) are counted, not told
apart: a *world* says how many of each such class answered in each way, over the rounds that are
looked at together. Counting loses nothing: within a class, everybody's answer is exchangeable.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations_with_replacement, product
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from tests.disclosure.coalitions import STATUSES
from tests.disclosure.figures import EVERYBODY, Cell, Column, Moves, Profile
from toolkit.scoring.agreement import tastle_wierman
from toolkit.scoring.reading import reading

__all__ = ["NONE", "Class", "Line", "Program", "Slot"]

#: Whoever took part and gave nothing on a line, not even a status.
NONE = "none"
_ROUNDING = 1e-6
#: How many worlds near a known one are tried, of how many answers, and how many are kept.
_TRIES, _SINGLES, _KEPT = 6_000, 1_500, 60

#: A round, and whether today, what is desired, or how an earlier round is seen, was asked.
Slot = tuple[str, str]
Way = tuple[Any, ...]


@dataclass(frozen=True)
class Class:
    """People whom the attacker cannot tell apart: their group, and where they took part.

    How many they are is known, unless it is `open`: who took part is not known then.
    """

    group: str
    columns: frozenset[Column]
    people: tuple[str, ...]
    open: bool = False

    def within(self, column: Column) -> bool:
        """Return whether they had answered a round by then."""
        return column in self.columns


@dataclass
class Line:
    """What was shown of one line, and who was there; what every program on it starts from."""

    code: str
    aspect: str
    steps: int
    classes: list[Class]
    columns: list[Column]
    cells: list[Cell]
    moves: list[Moves] = field(default_factory=list)
    turnover: dict[tuple[Column, Column], dict[str, int]] = field(default_factory=dict)
    truth: dict[tuple[str, str, str], Any] = field(default_factory=dict)

    @property
    def answers(self) -> tuple[Any, ...]:
        """Return everything that somebody may have answered."""
        return (*range(1, self.steps + 1), *STATUSES, NONE)

    def options(self, part: Class, slot: Slot) -> tuple[Any, ...]:
        """Return what somebody of a class can have answered, by the counts that are shown."""
        wave, aspect = slot
        if aspect != self.aspect:
            return self.answers
        possible = set(self.answers)
        for cell in self.cells:
            mine = cell.column.wave == wave and part.within(cell.column)
            if mine and cell.group in {EVERYBODY, part.group}:
                told = cell.figures
                possible -= {name for name in self.answers if told.get(_name(name)) == 0}
                if cell.group == EVERYBODY and _sum(told) == len(cell.column.people):
                    possible.discard(NONE)
        return tuple(answer for answer in self.answers if answer in possible)


class Program:
    """The worlds of one line, or of the lines of one condition, over some slots together.

    Parameters
    ----------
    lines
        What was shown of each.
    slots
        The rounds (and aspects) that are looked at together.
    alike
        Pairs of rounds in which whoever was there both times is taken to have answered alike.
    profiles
        What was shown of the lines' condition as a whole.
    so
        Whether it is taken of a line's steps, and of its statuses; None for all of them.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        slots: Sequence[Slot],
        alike: Iterable[tuple[str, str]] = (),
        profiles: Iterable[Profile] = (),
        so: Sequence[tuple[bool, bool]] | None = None,
    ) -> None:
        self.lines = tuple(lines)
        self._so = tuple(so or [(True, True)] * len(lines))
        self.slots = tuple(slots)
        self.alike = tuple(alike)
        self.waves = {wave for wave, _ in self.slots}
        self.columns = [column for column in lines[0].columns if column.wave in self.waves]
        self.classes = [
            part for part in lines[0].classes if any(part.within(one) for one in self.columns)
        ]
        self._profiles = [one for one in profiles if one.column in self.columns]
        #: Which line, which class, and what somebody of it answered in each slot.
        self.ways: list[tuple[int, int, Way]] = []
        own: list[bool] = []
        for (number, line), (place, part) in product(enumerate(lines), enumerate(self.classes)):
            every = self._ways(line, part)
            usual = [way for way in every if self._fits(line, way, self._so[number])]
            # What only one who knows it of themselves counts on.
            rest = {self._way_of(line, part, person) for person in part.people} - {*usual}
            self.ways += [(number, place, way) for way in (*usual, *sorted(rest, key=str))]
            own += [False] * len(usual) + [True] * len(rest)
        self.own = np.array(own, dtype=bool)
        self.index = {way: place for place, way in enumerate(self.ways)}
        self._cells = [cell for line in lines for cell in line.cells if cell.column in self.columns]
        self._tabled: list[Cell] = []
        self._built: dict[int, tuple[LinearConstraint, int]] = {}
        self._near: dict[int, list[int]] = {}
        self._counting: dict[Cell, np.ndarray] = {}
        self._rows()
        self._matrix = np.array(self._coefficients)
        self._low_array, self._high_array = np.array(self._low), np.array(self._high)
        #: Worlds that were found, one a row.
        truth = self._true()
        rows = self._matrix @ truth
        #: Whether what is taken to be so is: of people who are not known, that few came and left.
        self.so = bool(((rows >= self._low_array) & (rows <= self._high_array)).all())
        known = not truth[self.own].any()
        if known and not self.so and not any(part.open for part in self.classes):
            raise AssertionError("what was shown is read as something that is not true")
        self.pool = np.array([truth]) if known and self.so else np.array([truth])[:0]

    def _ways(self, line: Line, part: Class) -> Iterable[Way]:
        """Return every way to answer over the slots; None where somebody was not there."""
        there = [
            line.options(part, slot) if self._there(part, slot) else (None,) for slot in self.slots
        ]
        return product(*there)

    def _there(self, part: Class, slot: Slot) -> bool:
        return any(part.within(column) for column in self.columns if column.wave == slot[0])

    def _fits(self, line: Line, way: Way, so: tuple[bool, bool]) -> bool:
        """Return whether a way keeps what is taken to be alike."""
        if not any(so):
            return True
        said = {
            slot[0]: answer if so[isinstance(answer, str)] else type(answer)
            for slot, answer in zip(self.slots, way, strict=True)
            if slot[1] == line.aspect and answer is not None
        }
        return all(said[one] == said[two] for one, two in self.alike if one in said and two in said)

    def _way_of(self, line: Line, part: Class, person: str) -> Way:
        """Return what somebody answered over the slots."""
        return tuple(
            line.truth.get((wave, person, aspect), NONE)
            if self._there(part, (wave, aspect))
            else None
            for wave, aspect in self.slots
        )

    def known_to(self, person: str) -> tuple[int, ...]:
        """Return the ways, one a line, that count those who are and answered as somebody."""
        return tuple(
            self.index[number, place, self._way_of(line, part, person)]
            for place, part in enumerate(self.classes)
            if person in part.people
            for number, line in enumerate(self.lines)
        )

    def _true(self) -> np.ndarray:
        world = np.zeros(len(self.ways), dtype=int)
        for part in self.classes:
            for person in part.people:
                world[[*self.known_to(person)]] += 1
        return world

    # What a world must agree with.

    def _rows(self) -> None:
        self._coefficients: list[np.ndarray] = []
        self._low: list[float] = []
        self._high: list[float] = []
        numbers = np.array([number for number, _, _ in self.ways])
        place = np.array([place for _, place, _ in self.ways])
        for number, line in enumerate(self.lines):
            mine = numbers == number
            for one, part in enumerate(self.classes):
                if not part.open:
                    size = len(part.people)
                    self._row((mine & (place == one)).astype(float), size, size)
            if any(part.open for part in self.classes):
                self._rows_of_presence(line, mine, place)
            for moves in line.moves:
                self._row_of_moves(mine, moves)
        for cell in self._cells:
            self._row_of_figures(cell.figures, self.counting(cell))
        for profile in self._profiles:
            counts = [
                self.counting(Cell(profile.column, line.code, line.aspect, group, ()))
                for line in self.lines
                for group in profile.groups
            ]
            told = {name: value for name, value in profile.told if name not in {"n", "reading"}}
            self._row_of_figures(told, np.sum(counts, axis=0))

    def _rows_of_presence(self, line: Line, mine: np.ndarray, place: np.ndarray) -> None:
        """Take as given how many took part, and what is said of who came and left."""
        within = {
            column: mine & np.array([part.within(column) for part in self.classes])[place]
            for column in self.columns
        }
        for column, there in within.items():
            self._row(there.astype(float), len(column.people), len(column.people))
        for (before, after), told in line.turnover.items():
            if before in within and after in within:
                stayed = within[before] & within[after]
                self._row(stayed.astype(float), told["stayed"], told["stayed"])
        for one, two in self.alike:
            # As few came and left as can be.
            for before in (column for column in self.columns if column.wave == one):
                for after in (column for column in self.columns if column.wave == two):
                    fewest = min(len(before.people), len(after.people))
                    stayed = within[before] & within[after]
                    self._row(stayed.astype(float), fewest, fewest)

    def _row(self, coefficients: np.ndarray, low: float, high: float) -> None:
        self._coefficients.append(coefficients)
        self._low.append(low)
        self._high.append(high)

    def counting(self, cell: Cell) -> np.ndarray:
        """Return which ways count on each step, and on each status, of a cell: steps + 3 rows."""
        if cell in self._counting:
            return self._counting[cell]
        slot = self.slots.index((cell.column.wave, cell.aspect))
        steps = self.lines[0].steps
        names = (*range(1, steps + 1), *STATUSES)
        mine = [
            self.lines[number].code == cell.line
            and self.classes[place].within(cell.column)
            and cell.group in {EVERYBODY, self.classes[place].group}
            for number, place, _ in self.ways
        ]
        rows = [
            [here and way[slot] == name for here, (_, _, way) in zip(mine, self.ways, strict=True)]
            for name in names
        ]
        self._counting[cell] = np.array(rows, dtype=float)
        return self._counting[cell]

    def _row_of_figures(self, told: dict[str, Any], counts: np.ndarray) -> None:
        """Take figures as given, of what is counted on each step and status."""
        steps = self.lines[0].steps
        for place, name in enumerate((*range(1, steps + 1), *STATUSES)):
            if _name(name) in told:
                self._row(counts[place], told[_name(name)], told[_name(name)])
        answered = counts[:steps].sum(axis=0)
        for name in {"n", "answers"} & set(told):
            self._row(answered, told[name], told[name])
        if "top" in told:
            self._row(counts[steps - 2 : steps].sum(axis=0), told["top"], told["top"])
        # The low median: half or more are at or under it, and fewer than half are under it.
        if "low" in told:
            upto, under = (counts[: told["low"] - less].sum(axis=0) for less in (0, 1))
            self._row(2 * upto - answered, 0, np.inf)
            self._row(2 * under - answered, -np.inf, -1)
        # The high one: more than half are at or under it, and half or fewer are under it.
        if "high" in told:
            upto, under = (counts[: told["high"] - less].sum(axis=0) for less in (0, 1))
            self._row(2 * upto - answered, 1, np.inf)
            self._row(2 * under - answered, -np.inf, 0)

    def _row_of_moves(self, mine: np.ndarray, moves: Moves) -> None:
        ends = [(column.wave, aspect) for column, aspect in (moves.before, moves.after)]
        needed = [*ends, *([(moves.thrice.wave, "current")] if moves.thrice else [])]
        if not {*needed} <= {*self.slots}:
            return
        columns = [moves.before[0], moves.after[0], *([moves.thrice] if moves.thrice else [])]
        first, second = (self.slots.index(end) for end in ends)
        places = [self.slots.index(slot) for slot in needed]
        rows = {name: np.zeros(len(self.ways)) for name in ("fell", "same", "rose", "pairs")}
        for number, (_, place, way) in enumerate(self.ways):
            there = mine[number] and all(self.classes[place].within(one) for one in columns)
            if not there or not all(isinstance(way[slot], int) for slot in places):
                continue
            rows["pairs"][number] = 1
            went = ("same", "rose", "fell")[int(np.sign(way[second] - way[first]))]
            rows[went][number] = 1
        for name, count in moves.told:
            self._row(rows[name], count, count)

    # Looking for another world.

    def least(
        self, objective: np.ndarray, known: Sequence[int] = ()
    ) -> tuple[float, np.ndarray] | None:
        """Return the least that an objective can be, and a world in which it is; None if no world.

        `known` are the ways of those who know their own answers; the world is kept in the pool.
        """
        while True:
            found = self._solve(objective, known)
            if found is None:
                return None
            wrong = self._misread(found)
            if not wrong:
                self.pool = np.vstack([self.pool, found])
                return float(objective @ found), found
            self._tabled += wrong

    def _solve(self, objective: np.ndarray, known: Sequence[int]) -> np.ndarray | None:
        constraint, extra = self._constraint()
        size = len(self.ways)
        lower = np.zeros(size + extra)
        upper = np.concatenate([np.where(self.own, 0, np.inf), np.ones(extra)])
        for way in known:
            lower[way] += 1
            if self.own[way]:
                upper[way] += 1
        solved = milp(
            np.concatenate([objective, np.zeros(extra)]),
            constraints=constraint,
            integrality=np.ones(size + extra),
            bounds=Bounds(lower, upper),
        )
        if solved.status == 2:  # infeasible, as scipy numbers it
            return None
        if solved.x is None:
            raise RuntimeError(solved.message)
        return np.rint(solved.x[:size]).astype(int)

    def _constraint(self) -> tuple[LinearConstraint, int]:
        """Return all rows, and how many more variables they are of than there are ways."""
        kept = self._built.get(len(self._tabled))
        if kept is None:
            extra, rows, low, high = self._tables()
            matrix = np.hstack([self._matrix, np.zeros((len(self._matrix), extra))])
            if len(rows):
                matrix = np.vstack([matrix, rows])
            ends = [*self._low, *low], [*self._high, *high]
            kept = LinearConstraint(csr_matrix(matrix), *ends), extra
            self._built[len(self._tabled)] = kept
        return kept

    def wander(self, dice: np.random.Generator, known: Sequence[int] = ()) -> None:
        """Add worlds near one of those found, in which one to three people answer otherwise."""
        start = self.pool[dice.integers(len(self.pool))].copy()
        start[list(known)] -= 1  # those who know do not change
        if (start < 0).any():
            return
        singles = self._singles(start, dice)
        start[list(known)] += 1
        if not len(singles):
            return
        person, old, new = singles.T
        effect = (self._matrix[:, new] - self._matrix[:, old]).T
        base = self._matrix @ start
        chosen = dice.integers(len(singles), size=(_TRIES, 3))
        chosen[: _TRIES // 2, 2] = -1
        chosen = np.vstack(
            [np.c_[np.arange(len(singles)), -np.ones((len(singles), 2), int)], chosen]
        )
        padded = np.vstack([effect, np.zeros(effect.shape[1])])
        people = np.append(person, -1)[chosen]
        apart = (people[:, 0] != people[:, 1]) & (people[:, 0] != people[:, 2])
        apart &= (people[:, 1] != people[:, 2]) | (chosen[:, 2] == -1)
        chosen = chosen[apart]
        value = base + padded[chosen].sum(axis=1)
        fits = ((value >= self._low_array) & (value <= self._high_array)).all(axis=1)
        chosen = chosen[fits]
        if len(chosen) > _KEPT:
            chosen = chosen[dice.choice(len(chosen), _KEPT, replace=False)]
        worlds = []
        for three in chosen:
            world = start.copy()
            for single in three[three >= 0]:
                world[old[single]] -= 1
                world[new[single]] += 1
            if not self._misread(world):
                worlds.append(world)
        if worlds:
            self.pool = np.unique(np.vstack([self.pool, *worlds]), axis=0)

    def _singles(self, world: np.ndarray, dice: np.random.Generator) -> np.ndarray:
        """Return ways in which one person answers otherwise: person, way before, way after."""
        found = []
        person = 0
        for old in np.flatnonzero(world):
            others = self._beside(int(old))
            for _ in range(int(world[old])):
                found += [(person, old, new) for new in others]
                person += 1
        every = np.array(found, dtype=int).reshape(-1, 3)
        if len(every) > _SINGLES:
            every = every[dice.choice(len(every), _SINGLES, replace=False)]
        return every

    def _beside(self, way: int) -> list[int]:
        """Return the ways of the same class that differ in one answer, or in what is alike."""
        if way not in self._near:
            line, place, own = self.ways[way]
            self._near[way] = [
                number
                for number, (of, other, said) in enumerate(self.ways)
                if (of, other) == (line, place)
                and number != way
                and not self.own[number]
                and (self.alike or sum(a != b for a, b in zip(own, said, strict=True)) == 1)
            ]
        return self._near[way]

    def _tables(self) -> tuple[int, np.ndarray, list[float], list[float]]:
        """Return more variables and rows: one of all the distributions that read as is said."""
        lists = [(cell, _readings(cell, self.lines[0].steps)) for cell in self._tabled]
        extra = sum(len(found) for _, found in lists)
        size, start = len(self.ways), len(self.ways)
        rows: list[np.ndarray] = []
        low: list[float] = []
        for cell, found in lists:
            one = np.zeros(size + extra)
            one[start : start + len(found)] = 1
            rows.append(one)
            low.append(1)
            counts = self.counting(cell)
            for step in range(self.lines[0].steps):
                row = np.zeros(size + extra)
                row[:size] = counts[step]
                row[start : start + len(found)] = [-vector[step] for vector in found]
                rows.append(row)
                low.append(0)
            start += len(found)
        return extra, np.array(rows), low, list(low)

    def _misread(self, world: np.ndarray) -> list[Cell]:
        """Return the cells whose word or agreement a world does not give."""
        wrong = []
        for cell in self._cells:
            told = cell.figures
            if "step_1" in told or not {"reading", "agreement"} & set(told):
                continue
            counts = np.rint(self.counting(cell) @ world).astype(int)[: self.lines[0].steps]
            if not _reads(tuple(counts), cell):
                wrong.append(cell)
        return wrong


def _reads(counts: tuple[int, ...], cell: Cell) -> bool:
    told = cell.figures
    word, agreement = _described(counts)
    same = "agreement" not in told or abs(agreement - told["agreement"]) < _ROUNDING
    return same and ("reading" not in told or word == told["reading"])


@lru_cache(maxsize=100_000)
def _described(counts: tuple[int, ...]) -> tuple[Any, float]:
    table = np.array([counts])
    return reading(table)[0], float(tastle_wierman(table)[0])


@lru_cache(maxsize=5_000)
def _readings(cell: Cell, steps: int) -> list[tuple[int, ...]]:
    """Return every distribution that gives the figures of a cell."""
    told = cell.figures
    people = len(cell.column.people)
    found = []
    for size in [told["n"]] if "n" in told else range(people + 1):
        for chosen in combinations_with_replacement(range(1, steps + 1), size):
            counts = tuple(chosen.count(step) for step in range(1, steps + 1))
            if not size:
                continue
            low, high = chosen[(size - 1) // 2], chosen[size // 2]
            if (told.get("low", low), told.get("high", high)) == (low, high) and _reads(
                counts, cell
            ):
                found.append(counts)
    return found


def _name(answer: Any) -> str:
    return f"step_{answer}" if isinstance(answer, int) else str(answer)


def _sum(told: dict[str, Any]) -> int:
    """Return how many are told of in a cell, -1 where something is masked."""
    if "n" not in told or not all(status in told for status in STATUSES):
        return -1
    return int(told["n"]) + sum(int(told[status]) for status in STATUSES)
