"""What moved between two rounds, among the same people, and who came and went."""

from toolkit.scoring.change.direction import ENOUGH, Chance, chance, directions, net_lines
from toolkit.scoring.change.pairs import Paired, paired
from toolkit.scoring.change.several import holm, paired_many
from toolkit.scoring.change.turnover import CrossSection, CrossSections, cross_sections
from toolkit.scoring.change.yardstick import ThenTest, then_test

__all__ = [
    "ENOUGH",
    "Chance",
    "CrossSection",
    "CrossSections",
    "Paired",
    "ThenTest",
    "chance",
    "cross_sections",
    "directions",
    "holm",
    "net_lines",
    "paired",
    "paired_many",
    "then_test",
]
