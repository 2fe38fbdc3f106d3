"""What is masked in each row, and why."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

__all__ = ["REASONS", "Verdict", "nearly_all"]

Mask = NDArray[np.bool_]

#: Why a cell is masked. `few`: too few people for it. `complement`: the total less what is shown
#: would give it. `total`: its total shows no counts. `unanimous`: all, or nearly all, answered
#: alike. `newcomer`: less an earlier round, it tells what a few newcomers answered. `median`: the
#: medians would tell the counts. `filters`: two filters together would single people out.
REASONS = (
    "few",
    "complement",
    "total",
    "unanimous",
    "newcomer",
    "median",
    "filters",
)


@dataclass(frozen=True)
class Verdict:
    """The reason, by row, why a kind of figure is masked; -1 where it is shown.

    Attributes
    ----------
    nothing
        Why no figure at all.
    counts
        Why not the count of each step.
    medians
        Why not the medians, nor the word for how people rate.
    """

    nothing: NDArray[np.int8]
    counts: NDArray[np.int8]
    medians: NDArray[np.int8]

    @classmethod
    def open(cls, rows: int) -> Self:
        """Start with everything shown."""
        return cls(*(np.full(rows, -1, dtype=np.int8) for _ in range(3)))

    @property
    def shows_something(self) -> Mask:
        """Which rows show at least how many people answered."""
        return np.asarray(self.nothing < 0)

    @property
    def shows_counts(self) -> Mask:
        """Which rows show the count of each step."""
        return np.asarray((self.nothing < 0) & (self.counts < 0))

    @property
    def shows_only_medians(self) -> Mask:
        """Which rows show their medians and not their counts."""
        return np.asarray((self.nothing < 0) & (self.counts >= 0) & (self.medians < 0))

    def hide(self, rows: NDArray[np.int64] | Mask, reason: str) -> None:
        """Show nothing of these rows."""
        _mark(self.nothing, rows, reason)

    def blur(self, rows: NDArray[np.int64] | Mask, reason: str) -> None:
        """Show no counts of these rows."""
        _mark(self.counts, rows, reason)

    def mute(self, rows: NDArray[np.int64] | Mask, reason: str) -> None:
        """Show neither counts nor medians of these rows."""
        self.blur(rows, reason)
        _mark(self.medians, rows, reason)

    def show(self, rows: NDArray[np.int64]) -> None:
        """Show everything of these rows."""
        for codes in (self.nothing, self.counts, self.medians):
            codes[rows] = -1

    def show_people(self, rows: NDArray[np.int64]) -> None:
        """Show at least how many people these rows count."""
        self.mute(rows, "filters")
        self.nothing[rows] = -1


def _mark(codes: NDArray[np.int8], rows: NDArray[np.int64] | Mask, reason: str) -> None:
    """Note a reason where none is noted yet: the first one found is the one that is told."""
    named = np.flatnonzero(rows) if rows.dtype == bool else rows
    codes[named[codes[named] < 0]] = REASONS.index(reason)


def nearly_all(counts: NDArray[np.int64], apart: int) -> Mask:
    """Return where all people but `apart` chose the same step, or fewer did otherwise.

    Of few people one in four does otherwise at most. Shape (…, K) in, (…) out; of nobody, False.
    """
    people = counts.sum(axis=-1)
    others = people - counts.max(axis=-1, initial=0)
    return np.asarray((people > 0) & (others <= np.minimum(apart, people // 4)))
