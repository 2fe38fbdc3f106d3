"""A consensus session: its silent votes, the room that gives them, whoever leads it."""

from toolkit.evaluation.consensus.ballots import Figures
from toolkit.evaluation.consensus.minutes import Minute
from toolkit.evaluation.consensus.room import Room, State
from toolkit.evaluation.consensus.session import Session

__all__ = ["Figures", "Minute", "Room", "Session", "State"]
