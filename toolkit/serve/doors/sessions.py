"""How long an evaluator stays: until their browser ends, or twelve hours after they were last here.

A browser keeps the session in a cookie that says, signed, when it was last seen; what it did since
on open pages, this server remembers itself.
"""

import time
from collections.abc import Callable
from secrets import token_urlsafe

from toolkit.evaluation import Links

__all__ = ["Sessions"]

#: Seconds of silence after which whoever comes next has to open the link again.
IDLE = 12 * 3600
#: Seconds after which a cookie is written anew.
_RENEW = 60
#: Sessions that are remembered; the one that was silent for longest is forgotten first.
_MOST = 1000


class Sessions:
    """The evaluators' sessions of one server.

    Parameters
    ----------
    links
        Sign what browsers keep.
    clock
        Seconds since 1970.
    """

    def __init__(self, links: Links, clock: Callable[[], float] = time.time) -> None:
        self._links, self._clock = links, clock
        self._used: dict[str, float] = {}
        self._ended: set[str] = set()

    def start(self) -> str:
        """Begin a session, and return what a browser keeps of it."""
        return self.kept(token_urlsafe(9))

    def kept(self, session: str) -> str:
        """Return what a browser keeps of a session that is used now."""
        self.use(session)
        return self._links.seal(f"{session} {int(self._clock())}")

    def read(self, text: str) -> tuple[str, bool] | None:
        """Return a session that still lasts, and whether its cookie is due; None for no other."""
        session, _, said = self._links.unsealed(text).partition(" ")
        if not session or not said:
            return None
        self._used[session] = max(int(said), self._used.get(session, 0.0))
        if not self.lasts(session):
            return None
        self.use(session)
        return session, self._clock() - int(said) > _RENEW

    def use(self, session: str) -> None:
        """Note that somebody does something in a session."""
        self._used.pop(session, None)
        self._used[session] = self._clock()
        if len(self._used) > _MOST:
            del self._used[next(iter(self._used))]

    def lasts(self, session: str) -> bool:
        """Return whether a session was used lately, and not left."""
        used = self._used.get(session, 0.0)
        return session not in self._ended and self._clock() - used <= IDLE

    def end(self, session: str) -> None:
        """End a session: a copy of its cookie opens nothing either."""
        self._ended.add(session)
