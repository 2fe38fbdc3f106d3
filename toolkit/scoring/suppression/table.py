"""The distribution that is to be protected, as numbers and places."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from toolkit.ratings import STATUSES
from toolkit.scoring.suppression.groups import EVERYBODY, Grid

__all__ = ["Table", "filters_of", "key_columns", "step_columns"]

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]


def step_columns(columns: Sequence[str]) -> list[str]:
    """Return the columns that count people on a step, lowest first."""
    found = [name for name in columns if name.startswith("step_")]
    return sorted(found, key=lambda name: (len(name), name))


def key_columns(columns: Sequence[str]) -> list[str]:
    """Return the columns that say what a row is about."""
    figures = {*step_columns(columns), *STATUSES, "n", "low", "high", "reading", "shown", "why"}
    return [name for name in columns if name not in figures]


def filters_of(columns: Sequence[str], filters: Sequence[str] | None) -> list[str]:
    """Return the columns that name a group: those asked for, or `group` if there is one.

    Raises
    ------
    ValueError
        A name is no column, since a group that is not looked at is not protected.
    """
    if filters is None:
        return [name for name in ("group",) if name in columns]
    strangers = [name for name in filters if name not in columns]
    if isinstance(filters, str) or strangers:
        raise ValueError(f"filters: a list of columns of the table; {filters!r} is not")
    return list(filters)


@dataclass(frozen=True)
class Table:
    """A distribution before it is masked.

    Attributes
    ----------
    frame
        As it was given.
    filters
        The columns of it that name a group; `all` is everybody.
    wave
        The column that names a round.
    steps, n, statuses
        Its figures: shapes (rows, K), (rows,) and a dict of (rows,).
    """

    frame: nw.DataFrame[Any]
    filters: list[str]
    wave: str
    steps: Whole
    n: Whole
    statuses: dict[str, Whole]

    @classmethod
    def read(cls, distribution: Any, filters: Sequence[str] | None, wave: str) -> Self:
        """Read a distribution, or say what is wrong with it."""
        frame = nw.from_native(distribution, eager_only=True)
        if "n" not in frame.columns:
            raise ValueError("distribution: a column `n` counts the people of each row")
        steps = step_columns(frame.columns)
        statuses = [name for name in STATUSES if name in frame.columns]
        figures = _whole(frame, ["n", *steps, *statuses])
        n, counts = figures[:, 0], figures[:, 1 : len(steps) + 1]
        if steps and (counts.sum(axis=1) != n).any():
            raise ValueError("distribution: `n` is the sum of the steps of its row")
        others = dict(zip(statuses, figures.T[len(steps) + 1 :], strict=True))
        named = filters_of(frame.columns, filters)
        table = cls(frame, named, wave, counts, n, others)
        if len(table.filters) > 2:  # noqa: PLR2004
            raise ValueError("filters: at most two can be shown side by side")
        if len(n) and table.numbered().max() + 1 < len(n):
            raise ValueError("distribution: two rows are about the same people and the same line")
        return table

    def grid(self, name: str) -> Grid:
        """Return where the groups of one filter stand, each beside its total."""
        rows = np.flatnonzero(self._everybody(*(other for other in self.filters if other != name)))
        return Grid.of(rows, self.line[rows], self.group(name)[rows])

    def group(self, name: str) -> Whole:
        """Return the number of each row's group under a filter; -1 for everybody."""
        code = np.full(len(self.n), -1, dtype=np.int64)
        part = ~self._everybody(name)
        code[part] = _packed(self.codes[name][part])
        return code

    def numbered(self, *without: str) -> Whole:
        """Return a number for each row: the same where all key columns but some are the same."""
        code = np.zeros(len(self.n), dtype=np.int64)
        for name, part in self.codes.items():
            if name not in without:
                code = code * (part.max(initial=0) + 1) + part
        return _packed(code)

    @cached_property
    def codes(self) -> dict[str, Whole]:
        """Each key column as numbers, in the order in which its values first stand."""
        return {name: _coded(self.frame[name]) for name in key_columns(self.frame.columns)}

    @cached_property
    def answers(self) -> Whole:
        """The steps, then the statuses, shape (rows, K + statuses)."""
        return np.column_stack([self.steps, *self.statuses.values()])

    @cached_property
    def whole(self) -> Mask:
        """Which rows count everybody."""
        return self._everybody(*self.filters)

    @cached_property
    def everybody(self) -> Mask:
        """Which rows count everybody: the totals, and a group that leaves nobody out."""
        if not self.filters:
            return self.whole
        asked = self.n + sum(self.statuses.values(), np.zeros_like(self.n))
        most = np.full(self.line.max(initial=0) + 1, -1, dtype=np.int64)
        most[self.line[self.whole]] = asked[self.whole]
        return np.asarray(asked == most[self.line])

    @cached_property
    def line(self) -> Whole:
        """The number of each row's line: the same round, coalition, indicator and aspect."""
        return self.numbered(*self.filters)

    @cached_property
    def round(self) -> Whole:
        """The number of each row's round, in the order in which they first stand."""
        return self.codes.get(self.wave, np.zeros(len(self.n), dtype=np.int64))

    def _everybody(self, *filters: str) -> Mask:
        rows = np.ones(len(self.n), dtype=bool)
        for name in filters:
            rows &= (self.frame[name] == EVERYBODY).fill_null(value=False).to_numpy()
        return rows


def _coded(column: nw.Series[Any]) -> Whole:
    native = column.to_native()
    if column.implementation.is_polars():  # a tenth of the time that Python objects take
        kind = nw.get_native_namespace(column).Categorical
        if column.dtype == nw.String:
            native = native.cast(kind).to_physical()
        return _packed(native.to_numpy())
    return _packed(native)


def _packed(values: Any) -> Whole:
    return np.asarray(pd.factorize(values, use_na_sentinel=False)[0], dtype=np.int64)


def _whole(frame: nw.DataFrame[Any], columns: list[str]) -> Whole:
    try:
        figures = np.asarray(frame.select(columns).to_numpy(), dtype=float)
    except (TypeError, ValueError) as error:
        raise ValueError("distribution: every count is a number; one is missing") from error
    faulty = ~np.isfinite(figures) | (figures < 0) | (figures != np.floor(figures))
    if faulty.any():
        named = ", ".join(np.array(columns)[faulty.any(axis=0)])
        raise ValueError(f"distribution: {named}: a count is a whole number of people, not NaN")
    return figures.astype(np.int64)
