"""What a map of ties says in numbers, and the part of it that is looked at."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.evaluation.relations.ties import WAYS
from toolkit.scoring.relations import centralisation, ei_index, levels, reciprocity, steps

__all__ = ["Figures", "PartnersMap"]

# Below these, around whom ties gather hangs on who happened to answer (domain reference, 4.8).
_FEWEST_PARTNERS, _LEAST_RESPONSE = 8, 0.8


@dataclass(frozen=True)
class Figures:
    """What the ties of a map say together, from one way of working on.

    Attributes
    ----------
    cells, possible
        Answers that were given, of those that there could be.
    share
        Of the answers, how many tell of such a tie; 0 to 1.
    mutual, asymmetric
        Pairs of whom both answered: where both tell of such a tie, and where only one does.
    between
        Of the ties told, how many join two levels, 0 to 1; None without two levels or a tie.
    gathered
        How far ties gather around one partner, 0 to 1; None where `limit` says why.
    limit
        `few_partners` or `low_response`, else empty.
    ahead
        Pairs without a confirmed tie who both have one with a same third.
    """

    cells: int
    possible: int
    share: float
    mutual: int
    asymmetric: int
    between: float | None
    gathered: float | None
    limit: str
    ahead: int


@dataclass(frozen=True, eq=False)
class PartnersMap:
    """A map, and what may be said beside it.

    Attributes
    ----------
    nodes
        One row a partner: `partner`, `name` (empty where it is not named), `sector`, `level`; and,
        for the evaluator alone, `answered`.
    today, desired
        One row a tie: `source`, `target`, `value` (the level that both confirm, else the mean of
        what was said) and `confirmed`; never who said what.
    answered, partners
        How many partners answered, of how many; for the group, how many of them are on the map.
    silent
        Names of those who did not; empty for the group.
    left_out
        How many partners are not on the map: too few others are unnamed with them, or no tie of
        theirs may be shown.
    several
        Whether several people answered for one partner, and their low median stands for it.
    withheld
        Why nothing is drawn: `alone` (fewer than two partners), `open` (the round is under way) or
        `few` (too few partners answered); empty where the map is there.
    """

    nodes: pd.DataFrame
    today: pd.DataFrame
    desired: pd.DataFrame
    answered: int
    partners: int
    silent: tuple[str, ...]
    left_out: int
    several: bool
    withheld: str
    _cells: pd.DataFrame

    def figures(self, way: int) -> Figures:
        """Return what the ties say together, from a way of working on."""
        cells, found = self._cells, levels(self._cells)
        returned = reciprocity(cells, way)
        limit = "low_response" if found.answered < _LEAST_RESPONSE * found.possible else ""
        limit = "few_partners" if len(cells) < _FEWEST_PARTNERS else limit
        return Figures(
            cells=found.answered,
            possible=found.possible,
            share=float(found.density.loc[way]),
            mutual=returned.mutual,
            asymmetric=returned.asymmetric,
            between=self._between(way),
            gathered=None if limit else centralisation(cells, way).in_degree,
            limit=limit,
            ahead=int((steps(cells, way) == 2).to_numpy().sum()) // 2,  # noqa: PLR2004
        )

    def reached(self, partner: str, way: int) -> tuple[list[str], list[str]]:
        """Return whom a partner is tied to, and whom it would reach in one more step."""
        ways = steps(self._cells, way)[partner]
        first, second = (ways.index[ways == count].tolist() for count in (1, 2))
        return first, second

    def narrowed(
        self, *, way: int = 1, sector: str = "", level: str = "", partner: str = ""
    ) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Return the nodes, and the ties of today and desired, of some partners.

        From the first way on every tie is there: also one that a single partner tells, at the
        first, and whose mean is half of it.
        Those who are tied to them come with them; of one partner, those two steps away as well.
        """
        wanted = {"sector": sector, "level": level, "partner": partner}
        nodes = self.nodes
        for column, value in wanted.items():
            nodes = nodes[nodes[column] == value] if value else nodes
        today, desired = (_from(ties, way) for ties in (self.today, self.desired))
        around = {*nodes["partner"]}
        around |= _ends(_touching(today, around)) if partner else set()
        today, desired = _touching(today, around), _touching(desired, around)
        kept = {*nodes["partner"]} | _ends(today) | _ends(desired)
        return self.nodes[self.nodes["partner"].isin(kept)], today, desired

    def _between(self, way: int) -> float | None:
        stated = self.nodes[self.nodes["level"].notna()].set_index("partner")["level"]
        if stated.nunique() < 2:  # noqa: PLR2004
            return None
        codes = list(stated.index)
        index = ei_index(self._cells.loc[codes, codes], stated, way)
        return None if np.isnan(index) else (index + 1) / 2


def _from(ties: pd.DataFrame, way: int) -> pd.DataFrame:
    return ties if way == min(WAYS) else ties[ties["value"] >= way]


def _touching(ties: pd.DataFrame, partners: set[str]) -> pd.DataFrame:
    return ties[ties["source"].isin(partners) | ties["target"].isin(partners)]


def _ends(ties: pd.DataFrame) -> set[str]:
    return {*ties["source"], *ties["target"]}
