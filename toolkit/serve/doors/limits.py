"""How often somebody may try, so that a script neither guesses nor fills the log."""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

__all__ = ["Attempts", "Bucket", "Pace"]

#: Addresses that are remembered; the one that was quiet for longest is forgotten first.
_MOST_ADDRESSES = 10_000


class Bucket:
    """A number of tries that fills up again with time.

    Parameters
    ----------
    most
        How many tries a full bucket holds.
    each_second
        How many come back each second.
    clock
        Seconds that only go forward.
    """

    def __init__(
        self, most: float, each_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = self._left = float(most)
        self._each_second = each_second
        self._clock = clock
        self._seen = clock()

    def left(self) -> bool:
        """Return whether there is a try left."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._seen) * self._each_second)
        self._seen = now
        return self._left >= 1

    def take(self) -> bool:
        """Take one try; return whether there was one."""
        if not self.left():
            return False
        self._left -= 1
        return True


class Pace:
    """Turns that come at a steady pace after a first rush; who asks waits, and is not refused.

    Parameters
    ----------
    most
        How many have their turn at once.
    each_second
        How many have it each second from then on.
    clock
        Seconds that only go forward.
    """

    def __init__(
        self, most: float, each_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._each_second, self._clock = most, each_second, clock
        self._asked, self._seen = 0.0, clock()

    def wait(self) -> float:
        """Take the next turn, and return in how many seconds it comes; 0 for at once."""
        now = self._clock()
        self._asked = max(self._asked - (now - self._seen) * self._each_second, 0) + 1
        self._seen = now
        return max(self._asked - self._most, 0) / self._each_second


class Attempts:
    """A bucket for each address, or each browser, that something was asked from.

    A room behind one address shares its bucket: it must hold sixty phones with an old link.
    """

    def __init__(
        self, most: float, each_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._new = lambda: Bucket(most, each_second, clock)
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def left(self, address: str) -> bool:
        """Return whether an address may try once more."""
        bucket = self._buckets.get(_network(address))
        return bucket is None or bucket.left()

    def take(self, address: str) -> bool:
        """Count one try of an address; return whether it was allowed."""
        network = _network(address)
        bucket = self._buckets.setdefault(network, self._new())
        self._buckets.move_to_end(network)
        if len(self._buckets) > _MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return bucket.take()


def _network(address: str) -> str:
    """Return what one household has: an IPv4 address, or the half of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004
        return address
    return str(ipaddress.ip_network((found, 64), strict=False))
