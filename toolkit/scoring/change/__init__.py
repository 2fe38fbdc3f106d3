"""What moved between two rounds, among the same people, and who came and went."""

from toolkit.scoring.change.pairs import Paired, paired
from toolkit.scoring.change.several import holm, paired_many
from toolkit.scoring.change.turnover import CrossSection, CrossSections, cross_sections
from toolkit.scoring.change.yardstick import ThenTest, then_test

__all__ = [
    "CrossSection",
    "CrossSections",
    "Paired",
    "ThenTest",
    "cross_sections",
    "holm",
    "paired",
    "paired_many",
    "then_test",
]
