"""Integer bounds of every masked count, by linear programming."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from toolkit.scoring.suppression.ways import allowed

__all__ = ["Block", "Cell", "bounds"]

# More people than any coalition has: a bound that reaches it is no bound.
_EVERYONE = 10_000
# Lines that are solved together; each solve costs its start as well.
_TOGETHER = 120

Bounds = dict[tuple[int, str], tuple[int, int]]
Term = tuple[list[int], int]


@dataclass(frozen=True)
class Cell:
    """What one released row says of the people it counts.

    Attributes
    ----------
    row
        Its number within its line.
    people
        Which kinds of people it counts.
    known
        Its shown figures, by column.
    medians
        Its low and high median and its word, or None.
    """

    row: int
    people: tuple[int, ...]
    known: dict[str, int]
    medians: tuple[Any, ...] | None


@dataclass(frozen=True)
class Block:
    """The rows of one line: unknown are the people of each kind, by figure.

    Attributes
    ----------
    people
        How many kinds of people there are.
    steps
        The columns that make up `n`.
    figures
        The steps, then the statuses.
    cells
        The rows.
    """

    people: int
    steps: tuple[str, ...]
    figures: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def size(self) -> int:
        """How many unknowns there are."""
        return self.people * len(self.figures)

    def unknowns(self, cell: Cell, *figures: str) -> list[int]:
        """Return the unknowns that a figure of a row adds up."""
        wide, place = len(self.figures), self.figures.index
        return [person * wide + place(name) for person in cell.people for name in figures]

    @cached_property
    def masked(self) -> list[tuple[int, str, list[int]]]:
        """Every masked figure: its row, its column, the unknowns that it adds up."""
        found = []
        for cell in self.cells:
            for name in {*self.figures, "n"} - cell.known.keys():
                parts = self.steps if name == "n" else (name,)
                found.append((cell.row, name, self.unknowns(cell, *parts)))
        return sorted(found)

    def equations(self) -> Iterator[Term]:
        """Yield sums of unknowns that are known."""
        for cell in self.cells:
            for name, value in cell.known.items():
                parts = self.steps if name == "n" else (name,)
                yield self.unknowns(cell, *parts), value

    def limits(self) -> Iterator[Term]:
        """Yield sums of unknowns, and the most that each may be; a least is a most of less."""
        for cell in self.cells:
            if cell.medians is None or "n" not in cell.known:
                continue
            said = (cell.known["n"], *cell.medians)
            for name, (low, high) in zip(self.steps, allowed(len(self.steps), *said), strict=True):
                yield self.unknowns(cell, name), high
                yield [~unknown for unknown in self.unknowns(cell, name)], -low
            yield from self._halves(cell, *said)

    def _halves(self, cell: Cell, n: int, low: int, high: int, _word: str) -> Iterator[Term]:
        for median, middle in ((int(low), -(-n // 2)), (int(high), n // 2 + 1)):
            yield self.unknowns(cell, *self.steps[: median - 1]), middle - 1
            yield [~unknown for unknown in self.unknowns(cell, *self.steps[:median])], -middle


def bounds(blocks: Sequence[Block]) -> list[Bounds]:
    """Return the lowest and the highest whole number that each masked figure of each line can be.

    Lines share no unknown, so that many are solved as one program: the least of a sum is the sum
    of the least.

    Raises
    ------
    ValueError
        No answers could have given these tables.
    """
    found: list[Bounds] = []
    for start in range(0, len(blocks), _TOGETHER):
        found += _solved(blocks[start : start + _TOGETHER])
    return found


def _solved(blocks: Sequence[Block]) -> list[Bounds]:
    offsets = np.concatenate([[0], np.cumsum([block.size for block in blocks])]).astype(int)
    size = int(offsets[-1])
    equal = _matrix(
        [(t, at) for b, at in zip(blocks, offsets, strict=False) for t in b.equations()], size
    )
    most = _matrix(
        [(t, at) for b, at in zip(blocks, offsets, strict=False) for t in b.limits()], size
    )
    found: list[Bounds] = [{} for _ in blocks]
    _optimum(np.zeros(size), equal, most)  # could any answers have given these tables?
    for turn in range(max((len(block.masked) for block in blocks), default=0)):
        sought = [
            (i, *block.masked[turn]) for i, block in enumerate(blocks) if turn < len(block.masked)
        ]
        goal = np.zeros(size)
        for i, _, _, unknowns in sought:
            goal[offsets[i] + np.array(unknowns, dtype=int)] = 1
        least, greatest = (_optimum(sign * goal, equal, most) for sign in (1, -1))
        for i, row, name, unknowns in sought:
            own = offsets[i] + np.array(unknowns, dtype=int)
            low, high = least[own].sum(), greatest[own].sum()
            found[i][row, name] = (int(np.ceil(low - 1e-6)), int(np.floor(high + 1e-6)))
    return found


def _optimum(
    goal: NDArray[np.float64], equal: tuple[Any, Any] | None, most: tuple[Any, Any] | None
) -> NDArray[np.float64]:
    done = linprog(
        goal,
        A_eq=equal[0] if equal else None,
        b_eq=equal[1] if equal else None,
        A_ub=most[0] if most else None,
        b_ub=most[1] if most else None,
        bounds=(0, _EVERYONE),
        method="highs",
    )
    if done.x is None:
        raise ValueError("tables: they contradict each other; no answers could give them all")
    return np.asarray(done.x)


def _matrix(terms: Sequence[tuple[Term, int]], size: int) -> tuple[Any, Any] | None:
    """Return sums as a sparse matrix and their values; an unknown ~i is taken off."""
    if not terms:
        return None
    row = [number for number, ((unknowns, _), _) in enumerate(terms) for _ in unknowns]
    sign = [1 if unknown >= 0 else -1 for (unknowns, _), _ in terms for unknown in unknowns]
    column = [
        at + (unknown if unknown >= 0 else ~unknown)
        for (unknowns, _), at in terms
        for unknown in unknowns
    ]
    values = np.array([value for (_, value), _ in terms], dtype=float)
    return csr_array((sign, (row, column)), shape=(len(terms), size)), values
