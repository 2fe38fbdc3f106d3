"""Groups beside their total: which ones the total would give away."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

__all__ = ["EVERYBODY", "Grid", "hidden_groups"]

#: The group of a row that counts everybody.
EVERYBODY = "all"

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Grid:
    """Where the rows of a table stand: a line for each total, a column for each of its groups.

    Attributes
    ----------
    total
        The row of each total, shape (lines,); -1 where the table has none.
    groups
        The row of each group, shape (lines, groups); -1 where a line has no such group.
    """

    total: Whole
    groups: Whole

    @classmethod
    def of(cls, row: Whole, line: Whole, group: Whole) -> Self:
        """Place rows by the number of their line and of their group; -1 is everybody."""
        lines, groups = int(line.max(initial=-1)) + 1, int(group.max(initial=-1)) + 1
        total = np.full(lines, -1, dtype=np.int64)
        cells = np.full((lines, groups), -1, dtype=np.int64)
        whole = group < 0
        total[line[whole]] = row[whole]
        cells[line[~whole], group[~whole]] = row[~whole]
        return cls(total, cells)

    @property
    def exists(self) -> Mask:
        """Which groups each line has, shape (lines, groups)."""
        return np.asarray(self.groups >= 0)

    def rows(self, chosen: Mask) -> Whole:
        """Return the rows of chosen groups, shape (lines, groups), or of all groups of lines."""
        where = chosen[:, None] if chosen.ndim == 1 else chosen
        return np.asarray(self.groups[where & self.exists])

    def where(self, flags: Mask) -> Mask:
        """Return a flag of each row at its group's place, shape (lines, groups)."""
        return np.asarray(flags[self.groups] & self.exists)

    def totals(self, flags: Mask) -> Mask:
        """Return a flag of each total, shape (lines,); true where the table has none."""
        return np.asarray(flags[self.total] | (self.total < 0))

    def within(self, figures: NDArray[np.int64]) -> Whole:
        """Return the figures of each group, shape (lines, groups, …); 0 where there is none."""
        found = figures[self.groups]
        found[~self.exists] = 0
        return found

    def rest(self, figures: NDArray[np.int64]) -> Whole:
        """Return what each total counts beyond its groups, shape (lines, …): people in no group.

        Raises
        ------
        ValueError
            The groups of a line add up to more than its total.
        """
        parts = self.within(figures).sum(axis=1)
        whole = figures[self.total]
        whole[self.total < 0] = parts[self.total < 0]
        if (whole < parts).any():
            raise ValueError("distribution: the groups of a row add up to more than its total")
        return np.asarray(whole - parts)


def hidden_groups(people: Whole, exists: Mask, rest: Whole, k: int) -> Mask:
    """Return which groups must not be shown beside a total.

    A group below `k` is hidden; then the next smallest ones too, until those that are hidden
    together number `k`, since the total less the shown ones gives the hidden ones away. A group
    of whom nobody chose a step counts as small: that all of them do not know is an answer too.

    Parameters
    ----------
    people
        People in each group, shape (lines, groups).
    exists
        Which groups a line has, same shape.
    rest
        People of the total who are in no group, shape (lines,); nobody is shown of them.
    k
        The smallest number of people that may be shown.
    """
    size = np.where(exists, people, np.iinfo(np.int64).max)
    order = np.argsort(size, axis=1, kind="stable")
    ascending = np.take_along_axis(size, order, axis=1)
    there = np.take_along_axis(exists, order, axis=1)
    together = np.where(there, ascending, 0).cumsum(axis=1) + rest[:, None]
    small = (ascending < k).sum(axis=1)
    enough = (together < k).sum(axis=1) + 1
    needed = (small > 0) | ((rest > 0) & (rest < k))
    count = np.where(needed, np.maximum(small, enough), 0)
    hidden = np.empty(people.shape, dtype=bool)
    np.put_along_axis(hidden, order, np.arange(people.shape[1]) < count[:, None], axis=1)
    return hidden & exists
