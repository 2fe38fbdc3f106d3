"""Reading what people already hold from other instruments: bands and tallies, no wording."""

from toolkit.scoring.bands.tables import (
    BANDS,
    NUFFIELD_PRINCIPLE,
    NUFFIELD_TOTAL,
    PSAT,
    VICHEALTH_0_4,
    VICHEALTH_1_5,
    WILDER,
    Band,
    Bands,
)
from toolkit.scoring.bands.tally import BILODEAU, bilodeau_tally, bilodeau_title

__all__ = [
    "BANDS",
    "BILODEAU",
    "NUFFIELD_PRINCIPLE",
    "NUFFIELD_TOTAL",
    "PSAT",
    "VICHEALTH_0_4",
    "VICHEALTH_1_5",
    "WILDER",
    "Band",
    "Bands",
    "bilodeau_tally",
    "bilodeau_title",
]
