"""THE gate: an evaluation's folder, what may be written into it and what may be seen of it."""

from toolkit.evaluation.gate import Evaluation
from toolkit.evaluation.links import DAYS, Links, Role
from toolkit.evaluation.settings import LEVELS, Group, Partner, Settings, Wave
from toolkit.evaluation.sheet import Sheet
from toolkit.storage import Link, Rater

__all__ = [
    "DAYS",
    "LEVELS",
    "Evaluation",
    "Group",
    "Link",
    "Links",
    "Partner",
    "Rater",
    "Role",
    "Settings",
    "Sheet",
    "Wave",
]
