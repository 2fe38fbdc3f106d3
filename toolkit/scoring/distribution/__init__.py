"""From ratings to the count of each step, and from counts to what they say."""

from toolkit.scoring.distribution.counting import distribution
from toolkit.scoring.distribution.figures import Summary, summary
from toolkit.scoring.distribution.position import diverging, medians, middle_half, steps

__all__ = ["Summary", "distribution", "diverging", "medians", "middle_half", "steps", "summary"]
