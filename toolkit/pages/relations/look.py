"""Which part of a map is looked at, and by whom."""

from dataclasses import dataclass, replace

from toolkit.evaluation.relations.figures import PartnersMap

__all__ = ["Look"]


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a map.

    Attributes
    ----------
    own
        Whether the evaluator alone is looking.
    way
        From which way of working on a tie is drawn.
    sector, level, partner
        Whose ties; empty for all.
    """

    own: bool = False
    way: int = 1
    sector: str = ""
    level: str = ""
    partner: str = ""

    def within(self, found: PartnersMap) -> "Look":
        """Return the same look, without what this map does not hold."""
        there = {name: {*found.nodes[name].dropna()} for name in ("sector", "level", "partner")}
        return replace(
            self,
            sector=self.sector if self.sector in there["sector"] else "",
            level=self.level if self.level in there["level"] else "",
            partner=self.partner if self.partner in there["partner"] else "",
        )
