"""THE gate: an evaluation's folder, what may be written into it and what may be seen of it."""

from toolkit.evaluation.asked import Difference
from toolkit.evaluation.consensus import Figures, Minute, Room, Session, State
from toolkit.evaluation.gate import Evaluation
from toolkit.evaluation.links import COALITION, DAYS, PORTFOLIO, SLOTS, Links, Role, audience_of
from toolkit.evaluation.merging import CollisionError
from toolkit.evaluation.people import People, Person
from toolkit.evaluation.release import FIGURES, PARTS, SAID, Draft, Release, Snapshot
from toolkit.evaluation.settings import LEVELS, Group, Partner, Settings, Wave
from toolkit.evaluation.sheet import Sheet
from toolkit.storage import Link, Rater

__all__ = [
    "COALITION",
    "DAYS",
    "FIGURES",
    "LEVELS",
    "PARTS",
    "PORTFOLIO",
    "SAID",
    "SLOTS",
    "CollisionError",
    "Difference",
    "Draft",
    "Evaluation",
    "Figures",
    "Group",
    "Link",
    "Links",
    "Minute",
    "Partner",
    "People",
    "Person",
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
