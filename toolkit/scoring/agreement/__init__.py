"""How far people rate alike: on one line, over several lines, and beyond what chance would give."""

from toolkit.scoring.agreement.consensus import leik, tastle_wierman, van_der_eijk
from toolkit.scoring.agreement.deviation import average_deviation
from toolkit.scoring.agreement.icc import icc
from toolkit.scoring.agreement.krippendorff import krippendorff_alpha
from toolkit.scoring.agreement.rwg import rwg, rwg_j

__all__ = [
    "average_deviation",
    "icc",
    "krippendorff_alpha",
    "leik",
    "rwg",
    "rwg_j",
    "tastle_wierman",
    "van_der_eijk",
]
