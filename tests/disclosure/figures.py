"""All that a viewer can read, of every version that was ever shown, as constraints on what is true.

Only figures that a page shows are read here, through the tables of each release.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import pandas as pd

from tests.disclosure.coalitions import STATUSES, Coalition, Shown

__all__ = ["Cell", "Column", "Moves", "Profile", "Seen", "read"]

EVERYBODY = "all"
_STATISTICS = ("low", "high", "reading", "top", "agreement")
_POOLED = ("answers", "low", "high", "from", "to", "top", "agreement", "reading")


@dataclass(frozen=True)
class Column:
    """A round, as those had answered it who had by the time it was shown."""

    wave: str
    people: frozenset[str]


@dataclass(frozen=True)
class Cell:
    """What is shown of one line, in one round, of one group; what is masked is missing."""

    column: Column
    line: str
    aspect: str
    group: str
    told: tuple[tuple[str, Any], ...]

    @property
    def figures(self) -> dict[str, Any]:
        """Return the figures by name: `step_1`…, `n`, the statuses, `low`, `high`, `reading`…"""
        return dict(self.told)


@dataclass(frozen=True)
class Profile:
    """What is shown of a condition in one round, of one group or of some together.

    Attributes
    ----------
    groups
        Whom it is of. Everybody's follow from everybody's lines.
    """

    column: Column
    condition: str
    groups: frozenset[str]
    told: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Moves:
    """How many of those who answered both times fell, stayed and rose.

    `scope` is a line or a condition; where and which aspect, before and after. Of those alone who
    also gave an answer for the round of `thrice`, if there is one.
    """

    scope: str
    before: tuple[Column, str]
    after: tuple[Column, str]
    told: tuple[tuple[str, int], ...]
    thrice: Column | None = None


@dataclass
class Seen:
    """Everything together."""

    columns: list[Column] = field(default_factory=list)
    cells: set[Cell] = field(default_factory=set)
    profiles: set[Profile] = field(default_factory=set)
    moves: set[Moves] = field(default_factory=set)
    turnover: dict[tuple[Column, Column], dict[str, int]] = field(default_factory=dict)
    participation: dict[Column, int] = field(default_factory=dict)


def read(coalition: Coalition, shown: Iterable[Shown] | None = None) -> Seen:
    """Return what all who were ever shown something know together."""
    seen = Seen()
    for one in coalition.shown if shown is None else shown:
        tables = one.release.snapshot.tables("fr")
        columns = {wave: _column(seen, Column(wave, people)) for wave, people in one.people.items()}
        for wave, column in columns.items():
            seen.participation[column] = one.release.snapshot.participation(wave)
        seen.cells.update(_cells(tables, columns, coalition.steps))
        seen.profiles.update(_profiles(tables, columns, coalition))
        for before, after in combinations(columns, 2):
            two = columns[before], columns[after]
            seen.moves.update(_moves(tables, before, after, *two))
            entered = tables.turnover(before, after)
            if entered:
                seen.turnover[two] = dict(entered)
    return seen


def _column(seen: Seen, column: Column) -> Column:
    if column not in seen.columns:
        seen.columns.append(column)
    return column


def _cells(tables: Any, columns: dict[str, Column], steps: int) -> Iterator[Cell]:
    """Yield a cell for each row of which anything is told, counts and statistics together."""
    key = ["wave", "indicator", "aspect", "group"]
    counts = tables.counts(by_group=True).set_index(key)
    summary = tables.summary(by_group=True).set_index(key)
    names = [*(f"step_{step}" for step in range(1, steps + 1)), "n", *STATUSES]
    extra = summary[[name for name in _STATISTICS if name in summary]]
    both = counts[[name for name in names if name in counts]].join(extra)
    for (wave, line, aspect, group), row in zip(both.index, both.to_dict("records"), strict=True):
        told = _told(row)
        if told:
            yield Cell(columns[wave], line, aspect, group, told)


def _profiles(tables: Any, columns: dict[str, Column], coalition: Coalition) -> Iterator[Profile]:
    """Yield what is told of conditions by group; the groups that are too small are the others."""
    for row in tables.profile(by_group=True).to_dict("records"):
        told = _told({name: row.get(name) for name in ("n", *_POOLED)})
        column, group = columns[row["wave"]], row["group"]
        sizes = Counter(coalition.people[person].group for person in column.people)
        small = {code for code, size in sizes.items() if size < coalition.minimum}
        groups = {group} if group in coalition.groups else small
        if told and group != EVERYBODY:
            yield Profile(column, row["condition"], frozenset(groups), told)


def _moves(tables: Any, before: str, after: str, first: Column, second: Column) -> Iterator[Moves]:
    now = "current"
    apart = after in tables.apart(before)
    for row in [] if apart else tables.changes(before, after).to_dict("records"):
        told = _ways(row)
        if told:
            yield Moves(row["condition"], (first, now), (second, now), told)
    for row in _line_moves(tables, before, after):
        told = _ways(row)
        if told:
            yield Moves(row["indicator"], (first, now), (second, now), told)
    for row in tables.then(before, after).to_dict("records"):
        told = _ways(row)
        # Of those who gave all three answers: each half is of two, and leaves out the third.
        ends, third = {
            "look": (((first, now), (second, "then")), second),
            "moved": (((second, "then"), (second, now)), first),
        }[row["compared"]]
        if told:
            yield Moves(row["condition"], *ends, told, thrice=third)


def _line_moves(tables: Any, before: str, after: str) -> list[dict[str, Any]]:
    """Return who moved on each line, where a viewer can read it: a release holds no answer."""
    try:
        frame = tables.line_moves(before, after)
    except (KeyError, ValueError):
        return []
    return list(frame.to_dict("records"))


def _ways(row: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    return _told({name: row.get(name) for name in ("fell", "same", "rose", "pairs")})


def _told(row: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Return what is not masked, as whole numbers where they are."""
    kept = []
    for name, value in row.items():
        if value is None or pd.isna(value):
            continue
        plain = value if isinstance(value, str) else float(value)
        whole = not isinstance(plain, str) and plain.is_integer() and name != "agreement"
        kept.append((name, int(plain) if whole else plain))
    return tuple(kept)
