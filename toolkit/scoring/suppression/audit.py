"""Attack what was released, as a curious viewer with a solver would."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from toolkit.ratings import STATUSES
from toolkit.scoring.suppression.groups import EVERYBODY
from toolkit.scoring.suppression.program import Block, Cell, bounds
from toolkit.scoring.suppression.table import filters_of, key_columns, step_columns

__all__ = ["Finding", "audit"]

# A name that no group has: of people who are in none.
_NOBODYS = "\0"


@dataclass(frozen=True)
class Finding:
    """One thing that released tables give away.

    Attributes
    ----------
    where
        The row: its round, indicator, groups… by column.
    what
        `count`: a masked number of people has one possible value. `answer`: all whom a masked row
        counts gave one answer. `newcomer`: the difference of two rounds is the answers of a few.
        `few`: a row of fewer than `k` people stands in the open.
    figure
        The column that is told; for `newcomer`, the earlier round.
    value
        What it is: people, or for `answer` the step.
    """

    where: dict[str, Any]
    what: str
    figure: str
    value: int


def audit(
    tables: Any,
    k: int = 5,
    k_distribution: int = 8,
    *,
    filters: Sequence[str] | None = None,
    wave: str = "wave",
) -> tuple[Finding, ...]:
    """Try to recover what released tables mask, and return what was found.

    It knows nothing of how they were masked. Every group of a line is a set of people; each shown
    figure of it, or of a total, is an equation, each median an inequality; integer bounds of every
    masked count follow by linear programming. It assumes that the groups named make up the total,
    that the two filters are of the same people, and, between rounds, that those who stayed
    answered alike. Not a finding: that nobody chose a step (any distribution tells that), unless
    a single step is left; and a count of so many people that it might as well be shown. It cannot
    know what people tell one another.

    Parameters
    ----------
    tables
        One released table, or several: frames (pandas or Polars) as `protect` returns them, with
        null where masked.
    k, k_distribution
        Fewest people of whom anything may be told, and of whom the count of each step.
    filters, wave
        The columns that name groups, and the round.

    Returns
    -------
    tuple of Finding
        Empty when nothing was recovered.

    Raises
    ------
    ValueError
        The tables contradict each other: no answers could have given them all.
    """
    frame, named = _together(tables, filters)
    blocks = [_block(part, named) for part in _lines(frame, named)]
    found = [
        Finding(block.row(where), what, figure, value)
        for block, narrowed in zip(blocks, bounds([block.block for block in blocks]), strict=True)
        for where, what, figure, value in _told(block, narrowed, k, k_distribution)
    ]
    return (*found, *_open(frame, k), *_newcomers(frame, k, wave))


def _together(tables: Any, filters: Sequence[str] | None) -> tuple[pd.DataFrame, list[str]]:
    """Return all rows as one table, and the columns that name groups."""
    several = tables if isinstance(tables, (list, tuple)) else [tables]
    frames = [nw.from_native(table, eager_only=True).to_pandas() for table in several]
    if not frames or any("n" not in frame.columns for frame in frames):
        raise ValueError("tables: each has a column `n`, the people of each row")
    named = filters_of(list(dict.fromkeys(name for f in frames for name in f.columns)), filters)
    # A table without a filter counts everybody.
    whole = [frame.assign(**{n: EVERYBODY for n in named if n not in frame}) for frame in frames]
    frame: pd.DataFrame = pd.concat(whole, ignore_index=True)
    figures = [
        name for name in (*step_columns(list(frame.columns)), "n", *STATUSES) if name in frame
    ]
    counts = frame[figures].to_numpy(dtype=float, na_value=np.nan)
    if (counts < 0).any() or (counts % 1 > 0).any():
        raise ValueError("tables: every count is a whole number of people, or null")
    return frame, named


def _lines(frame: pd.DataFrame, filters: Sequence[str]) -> Iterator[pd.DataFrame]:
    """Yield the rows of each line: one question, its total and its groups."""
    keys = [name for name in key_columns(list(frame.columns)) if name not in filters]
    if not keys:
        yield frame
        return
    for _, part in frame.groupby(keys, sort=False, dropna=False):
        yield part


@dataclass(frozen=True)
class _Line:
    """The rows of one line, and the block of equations they make."""

    rows: pd.DataFrame
    block: Block

    def row(self, number: int) -> dict[str, Any]:
        return _named(self.rows.iloc[number])


def _named(row: pd.Series) -> dict[str, Any]:
    return {name: row[name] for name in key_columns([str(name) for name in row.index])}


def _block(part: pd.DataFrame, filters: Sequence[str]) -> _Line:
    columns = list(part.columns)
    steps = step_columns(columns) or ["n"]
    figures = [*steps, *(name for name in STATUSES if name in columns)]
    people = _people(part, filters)
    if len(filters) == 1 and _beyond(part, filters[0]):
        people.append((_NOBODYS,))
    cells = []
    for number, (_, row) in enumerate(part.iterrows()):
        own = tuple(
            i
            for i, person in enumerate(people)
            if all(
                row[name] in {EVERYBODY, group} for name, group in zip(filters, person, strict=True)
            )
        )
        known = {name: int(row[name]) for name in {*figures, "n"} if pd.notna(row[name])}
        said = [row.get(name) for name in ("low", "high", "reading")]
        medians = None if pd.isna(said[0]) else (*said[:2], None if pd.isna(said[2]) else said[2])
        cells.append(Cell(number, own, known, medians))
    return _Line(part, Block(len(people), tuple(steps), tuple(figures), tuple(cells)))


def _beyond(part: pd.DataFrame, name: str) -> bool:
    """Return whether a total counts people who are in none of its groups, as far as is shown."""
    whole = part[name] == EVERYBODY
    groups, total = part.loc[~whole, "n"], part.loc[whole, "n"].dropna()
    known = len(groups) > 0 and groups.notna().all() and len(total) > 0
    return bool(known and groups.sum() < total.iloc[0])


def _people(part: pd.DataFrame, filters: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the kinds of people of a line: each group, or each crossing of two filters."""
    rows = part[list(filters)].drop_duplicates()
    crossed = rows[(rows != EVERYBODY).all(axis=1)]
    if filters and not crossed.empty:
        return [tuple(row) for row in crossed.to_numpy()]
    people: list[tuple[str, ...]] = [()]
    for name in filters:
        groups = [group for group in rows[name].unique() if group != EVERYBODY] or [EVERYBODY]
        people = [(*person, group) for person in people for group in groups]
    return people


def _told(
    line: _Line, narrowed: dict[tuple[int, str], tuple[int, int]], k: int, k_distribution: int
) -> Iterator[tuple[int, str, str, int]]:
    """Yield what the bounds of a line's masked figures give away."""
    steps = line.block.steps
    for cell in line.block.cells:
        people = cell.known.get("n", narrowed.get((cell.row, "n"), (0, 0))[0])
        masked = [
            name for name in dict.fromkeys((*line.block.figures, "n")) if name not in cell.known
        ]
        own = {name: narrowed[cell.row, name] for name in masked}
        for figure, (low, high) in own.items():
            enough = k_distribution if figure in steps and len(steps) > 1 else k
            if low == high and people < enough and (figure == "n" or low > 0):
                yield cell.row, "count", figure, low
        left = [step for step in steps if step in own and own[step][1] > 0]
        if len(steps) > 1 and own.keys() >= {*steps} and len(left) == 1 and people < k_distribution:
            yield cell.row, "answer", left[0], steps.index(left[0]) + 1


def _open(frame: pd.DataFrame, k: int) -> Iterator[Finding]:
    few = frame["n"].notna() & (frame["n"] > 0) & (frame["n"] < k)
    for _, row in frame[few].iterrows():
        yield Finding(_named(row), "few", "n", int(row["n"]))


def _newcomers(frame: pd.DataFrame, k: int, wave: str) -> Iterator[Finding]:
    """Yield rounds whose difference is the answers of fewer than `k` people."""
    steps, keys = step_columns(list(frame.columns)), key_columns(list(frame.columns))
    series = [name for name in keys if name != wave]
    if wave not in keys or not steps:
        return
    told = frame[frame[steps].notna().all(axis=1)]
    parts = told.groupby(series, sort=False, dropna=False) if series else [((), told)]
    for _, part in parts:
        counts = part[steps].to_numpy(dtype=np.int64)
        for later in range(1, len(part)):
            change = counts[later] - counts[:later]
            size = np.abs(change.sum(axis=1))
            one_way = (change >= 0).all(axis=1) | (change <= 0).all(axis=1)
            for earlier in np.flatnonzero(one_way & (size > 0) & (size < k)):
                before = str(part.iloc[earlier][wave])
                yield Finding(_named(part.iloc[later]), "newcomer", before, int(size[earlier]))
