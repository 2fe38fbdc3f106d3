"""THE gate: an evaluation's folder, what may be written into it and what may be seen of it."""

from toolkit.evaluation.ballots import Figures
from toolkit.evaluation.gate import Evaluation
from toolkit.evaluation.links import COALITION, DAYS, PORTFOLIO, Links, Role, audience_of
from toolkit.evaluation.release import Draft, Release
from toolkit.evaluation.room import Room, State
from toolkit.evaluation.session import Session
from toolkit.evaluation.settings import LEVELS, Group, Partner, Settings, Wave
from toolkit.evaluation.sheet import Sheet
from toolkit.evaluation.snapshot import PARTS, Snapshot
from toolkit.storage import Link, Rater

__all__ = [
    "COALITION",
    "DAYS",
    "LEVELS",
    "PARTS",
    "PORTFOLIO",
    "Draft",
    "Evaluation",
    "Figures",
    "Group",
    "Link",
    "Links",
    "Partner",
    "Rater",
    "Release",
    "Role",
    "Room",
    "Session",
    "Settings",
    "Sheet",
    "Snapshot",
    "State",
    "Wave",
    "audience_of",
]
