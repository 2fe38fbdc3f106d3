"""What an address is called in the log: the same name for a day, which leads back to nobody."""

import datetime
import hashlib
import secrets
from collections.abc import Callable

__all__ = ["Alias"]


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


class Alias:
    """Name addresses by a keyed hash; the key is drawn anew each day, and kept nowhere.

    Who reads the log sees that the same device tried twice that day, and cannot find out which it
    was by trying all addresses there are.

    Parameters
    ----------
    today
        Returns the day.
    """

    def __init__(self, today: Callable[[], datetime.date] = _today) -> None:
        self._today = today
        self._day: datetime.date | None = None
        self._key = b""

    def of(self, address: str) -> str:
        """Return the name of an address, for today."""
        if self._day != (day := self._today()):
            self._day, self._key = day, secrets.token_bytes(32)
        return hashlib.blake2b(address.encode(), digest_size=5, key=self._key).hexdigest()
