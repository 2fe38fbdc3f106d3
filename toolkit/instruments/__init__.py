"""What is asked: conditions, indicators and their anchored scales, read from YAML files."""

from toolkit.instruments.library import available, find, is_file, located
from toolkit.instruments.model import Indicator, Instrument, RatedSection, Scale, Section
from toolkit.instruments.reader import read

__all__ = [
    "Indicator",
    "Instrument",
    "RatedSection",
    "Scale",
    "Section",
    "available",
    "find",
    "is_file",
    "located",
    "read",
]
