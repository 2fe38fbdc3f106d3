"""The masked tables of one module, which stand beside those of the conditions."""

from dataclasses import dataclass

import pandas as pd

from toolkit.evaluation.tables.pairs import OTHERS, pairs
from toolkit.evaluation.tables.shown import Tables
from toolkit.instruments import Section
from toolkit.scoring.guide import sides
from toolkit.scoring.suppression import EVERYBODY

__all__ = ["ModuleTables", "of_module"]


def of_module(tables: Tables, code: str) -> "ModuleTables":
    """Return the tables of one module, from the same answers."""
    return ModuleTables(tables.folder, tables.ratings, tables.language, code)


@dataclass(frozen=True)
class ModuleTables(Tables):
    """Every masked table of one module: as those of the conditions, and apart from them.

    Where a group is asked in words of its own and stands beside the others, these are its two
    sides: whoever is not of that group is of the others, and nothing is pooled.
    """

    module: str = ""

    def figures(self, *, by_group: bool) -> pd.DataFrame:
        """Return the protected distribution that all else is computed from, by groups or not."""
        figures = super().figures(by_group=by_group)
        if self._paired is None:
            return figures
        # Two sides answered two wordings: their answers are never shown as one.
        return figures[figures["group"] != EVERYBODY].reset_index(drop=True)

    def pairs(self) -> pd.DataFrame:
        """Return the group's medians beside the others', where both sides are shown."""
        return pairs(self.summary(by_group=True), self._paired or OTHERS)

    def guide(self, wave: str, *, most: int = 5) -> pd.DataFrame:
        """Return what to talk about first; of two sides, from the pairs that may be shown."""
        if not self.sided:
            return super().guide(wave, most=most)
        found = self.pairs()
        return sides(found[found["wave"] == wave], self._last, most=most)

    def line_moves(self, before: str, after: str) -> pd.DataFrame:
        """Return how the same people moved on each line; of two sides, nothing: they are few."""
        moves = super().line_moves(before, after)
        return moves.head(0) if self.sided else moves

    @property
    def sided(self) -> bool:
        """Whether a group stands beside the others."""
        return self._paired is not None

    @property
    def _asked(self) -> pd.DataFrame:
        asked = super()._asked
        if self._paired is None:
            return asked
        return asked.assign(group=asked["group"].where(asked["group"] == self._paired, OTHERS))

    @property
    def _sections(self) -> tuple[Section, ...]:
        modules = self.folder.instrument.modules
        return tuple(section for section in modules if section.code == self.module)

    @property
    def _paired(self) -> str | None:
        """The group whose answers stand beside the others', or None."""
        return self._sections[0].paired
