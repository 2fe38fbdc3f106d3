"""What all doors of a server share: who tries too often, and whose kernel is whose."""

import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

from toolkit.evaluation import Evaluation
from toolkit.serve.doors.alias import Alias
from toolkit.serve.doors.limits import Attempts, Pace
from toolkit.serve.doors.sessions import Sessions

__all__ = ["Doorkeeper", "door_of"]


class Doorkeeper:
    """Know who was let in, and write down who was not.

    Attributes
    ----------
    clock
        Seconds that only go forward, with which tries come back.
    evaluation
        What is behind the doors.
    address
        What stands before a token in a link that other devices can open.
    owners
        The id of the link that each kernel was started for, by the kernel's id.
    channels
        The channels that are open, by the kernel's id.
    sessions
        The evaluators' sessions.
    """

    def __init__(
        self, evaluation: Evaluation, address: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.clock = clock
        self.evaluation = evaluation
        self.address = address
        self.owners: dict[str, str] = {}
        self.channels: defaultdict[str, WeakSet[Any]] = defaultdict(WeakSet)
        self.sessions = Sessions(evaluation.links)
        # By address, for wrong links alone: a hall is one address, and a right link is never kept
        # out for somebody else's wrong ones.
        self._guesses = Attempts(most=60, each_second=1, clock=clock)
        self._browsers = Attempts(most=60, each_second=0.05, clock=clock)
        self._handed: defaultdict[str, Pace] = defaultdict(lambda: Pace(300, 20, clock))
        self._alias = Alias()

    def forget(self, kernel: str) -> None:
        """Let a kernel be nobody's."""
        self.owners.pop(kernel, None)
        self.channels.pop(kernel, None)

    def enrols(self, browser: str) -> bool:
        """Return whether one more person may start on a browser."""
        return not browser or self._browsers.take(browser)

    def turn(self, link: str) -> float:
        """Return how many seconds whoever starts by a group's link waits for their turn.

        A script that starts without end makes others wait a little, and keeps nobody out.
        """
        return self._handed[link].wait()

    def guessed(self, handler: Any, what: str, why: str) -> bool:
        """Count a link that opens nothing; write it down and return True while they are few."""
        few = self._guesses.take(handler.request.remote_ip)
        if few:
            self.refused(handler, what, why)
        return few

    def refused(self, handler: Any, what: str, why: str) -> None:
        """Write down who was not let in, where and why, and nothing that they sent."""
        self._write(handler.request.remote_ip, what, why)

    def misdirected(self, address: str) -> None:
        """Write down that somebody asked for this server by a name that is not its own."""
        self._write(address, "a request", "for a name that agir serve was not told (--address)")

    def _write(self, address: str, what: str, why: str) -> None:
        kind = {"kind": (what, why)}  # written once a minute, whoever tries however often
        whom = self._alias.of(address)
        self.evaluation.log.warning("refused %s: %s, from %s", what, why, whom, extra=kind)


def door_of(handler: Any) -> Doorkeeper:
    """Return the doorkeeper of the server that a request came to."""
    found: Doorkeeper = handler.settings["agir_door"]
    return found
