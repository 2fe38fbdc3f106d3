"""Counts or frames in, numbers or frames out: no file, no widget, no language."""

from toolkit.scoring.agreement import average_deviation, tastle_wierman
from toolkit.scoring.distribution import distribution, diverging, medians, steps, summary
from toolkit.scoring.guide import KINDS, guide, reading, reading_of
from toolkit.scoring.suppression import EVERYBODY, protect

__all__ = [
    "EVERYBODY",
    "KINDS",
    "average_deviation",
    "distribution",
    "diverging",
    "guide",
    "medians",
    "protect",
    "reading",
    "reading_of",
    "steps",
    "summary",
    "tastle_wierman",
]
