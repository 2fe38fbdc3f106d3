"""The masked tables of one module, which stand beside those of the conditions."""

from dataclasses import dataclass

import pandas as pd

from toolkit.evaluation.tables.pairs import OTHERS, pairs
from toolkit.evaluation.tables.shown import Tables
from toolkit.instruments import Section
from toolkit.scoring.guide import sides

__all__ = ["ModuleTables", "of_module"]

_SIDES = 2


def of_module(tables: Tables, code: str) -> "ModuleTables":
    """Return the tables of one module, from the same answers."""
    kept = tables.folder, tables.ratings, tables.language, tables.unvouched, tables.seen
    return ModuleTables(*kept, module=code)


@dataclass(frozen=True)
class ModuleTables(Tables):
    """Every masked table of one module: as those of the conditions, and apart from them.

    Where a group is asked in words of its own and stands beside the others, these are its two
    sides: whoever is not of that group is of the others, and nothing is pooled.
    """

    module: str = ""

    def pairs(self) -> pd.DataFrame:
        """Return the group's medians beside the others', where both sides are shown."""
        return pairs(self.summary(by_group=True), self._paired or OTHERS)

    def few_sides(self, wave: str) -> dict[str, bool]:
        """Return whether too few answered on either side of a line, by its code."""
        rows = self.summary(by_group=True)
        rows = rows[(rows["wave"] == wave) & (rows["aspect"] == "current")]
        few = rows["why"].eq("few").groupby(rows["indicator"]).any()
        sides = rows.groupby("indicator").size()
        lines = [line.code for section in self._sections_of(wave) for line in section.indicators]
        return {code: bool(few.get(code, True) or sides.get(code, 0) < _SIDES) for code in lines}

    def guide(self, wave: str, *, most: int = 5) -> pd.DataFrame:
        """Return what to talk about first; of two sides, from the pairs that may be shown."""
        if not self.sided:
            return super().guide(wave, most=most)
        found = self.pairs()
        return sides(found[found["wave"] == wave], self._middle(wave), most=most)

    def line_moves(self, before: str, after: str) -> pd.DataFrame:
        """Return how the same people moved on each line; of two sides, nothing: they are few."""
        moves = super().line_moves(before, after)
        return moves.head(0) if self.sided else moves

    @property
    def sided(self) -> bool:
        """Whether a group stands beside the others."""
        return self._paired is not None

    @property
    def _sided(self) -> bool:
        return self.sided

    @property
    def _code(self) -> str:
        return self.module

    @property
    def _asked(self) -> pd.DataFrame:
        asked = super()._asked
        if self._paired is None:
            return asked
        return asked.assign(group=asked["group"].where(asked["group"] == self._paired, OTHERS))

    def _sections_of(self, wave: str) -> tuple[Section, ...]:
        modules = self._instrument_of(wave).modules
        return tuple(section for section in modules if section.code == self.module)

    @property
    def _paired(self) -> str | None:
        """The group whose answers stand beside the others', or None; as it was asked last."""
        asked = [part for wave in self._order for part in self._sections_of(wave)]
        return asked[-1].paired if asked else None
