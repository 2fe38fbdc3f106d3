"""One run of the benchmark: whose turn it is, on which side, and what is kept of it."""

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from hall.browser import Person, chromium
from hall.record import Record
from hall.sides import SIDES

__all__ = ["Session"]


@dataclass
class Session:
    """What every measure is given.

    Attributes
    ----------
    record
        Where samples go.
    place
        A folder for everything that is served.
    runs
        How many samples of each measure.
    people
        How many raters a full hall has; a third of them is the smaller crowd.
    sides
        The names of the sides that are measured.
    """

    record: Record
    place: Path
    runs: int = 7
    people: int = 60
    sides: tuple[str, ...] = tuple(SIDES)
    _number: count = field(default_factory=count)

    @property
    def few(self):
        """The smaller crowd."""
        return max(1, self.people // 3)

    def server(self, side, *, released=False):
        """Return a new server of a side, on a folder of its own."""
        return SIDES[side](self.place / f"{side}-{next(self._number)}", released=released)

    def turns(self, key, sides=None):
        """Yield the sides in turn, each as often as samples of it are missing."""
        for turn in range(self.runs):
            order = list(self.sides if sides is None else sides)
            for side in order if turn % 2 == 0 else reversed(order):
                if self.record.count(key, side) <= turn:
                    self.say(f"{key} {turn + 1}/{self.runs} {side}")
                    yield side

    def missing(self, key, side, runs=None):
        return side in self.sides and self.record.count(key, side) < (runs or self.runs)

    def say(self, text):
        print(f"  … {text}", flush=True)


async def warm(server):
    """Let a first visitor come and go, then wait until the server rests."""
    async with chromium() as browser:
        person = await Person.come(browser)
        visit = await person.visit()
        [(link, _)] = server.raters(1)
        await visit.arrive(link, home=server.home)
        await person.leave()
    await server.rest()
