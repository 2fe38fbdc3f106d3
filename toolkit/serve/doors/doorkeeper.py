"""What all doors of a server share: who tries too often, and whose kernel is whose."""

from collections import defaultdict
from typing import Any
from weakref import WeakSet

from toolkit.evaluation import Evaluation
from toolkit.serve.doors.limits import Attempts, Bucket

__all__ = ["Doorkeeper", "door_of"]


class Doorkeeper:
    """Know who was let in, and write down who was not.

    Attributes
    ----------
    evaluation
        What is behind the doors.
    address
        What stands before a token in a link that other devices can open.
    owners
        The id of the link that each kernel was started for, by the kernel's id.
    channels
        The channels that are open, by the kernel's id.
    """

    def __init__(self, evaluation: Evaluation, address: str) -> None:
        self.evaluation = evaluation
        self.address = address
        self.owners: dict[str, str] = {}
        self.channels: defaultdict[str, WeakSet[Any]] = defaultdict(WeakSet)
        self._guesses = Attempts(most=60, each_second=1)
        self._devices = Attempts(most=150, each_second=1)
        self._lines = Bucket(most=500, each_second=0.2)

    def patient(self, handler: Any) -> bool:
        """Return whether not too many wrong links came just now from where this one comes from."""
        return self._guesses.left(handler.request.remote_ip)

    def enrols(self, handler: Any) -> bool:
        """Return whether one more device may come from where this one comes from."""
        return self._devices.take(handler.request.remote_ip)

    def guessed(self, handler: Any, what: str, why: str) -> None:
        """Count a link that opens nothing, and write it down."""
        if self._guesses.take(handler.request.remote_ip):
            self.refused(handler, what, why)

    def refused(self, handler: Any, what: str, why: str) -> None:
        """Write down who was not let in, where and why, and nothing that they sent."""
        if self._lines.take():
            remote = handler.request.remote_ip
            self.evaluation.log.warning("refused %s: %s, from %s", what, why, remote)


def door_of(handler: Any) -> Doorkeeper:
    """Return the doorkeeper of the server that a request came to."""
    found: Doorkeeper = handler.settings["agir_door"]
    return found
