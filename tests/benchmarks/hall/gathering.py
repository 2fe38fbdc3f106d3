"""A crowd that comes: some real Chromium pages, the others raters without a browser."""

import asyncio
import time

from hall import processes
from hall.browser import PATIENCE, Person, chromium
from hall.raters import Rater, Tap

__all__ = ["Gathering"]


class Gathering:
    """Everybody who came to a server, and how it went.

    Attributes
    ----------
    people
        Who could answer, with the code of the rater that each is.
    all_in
        Seconds from the first arrival until the last form was usable; as long as anybody has
        patience when one never was.
    longest
        The longest that one person waited.
    reasons
        Why those failed who did.
    """

    def __init__(self, people, waits):
        came = [wait for wait in waits if isinstance(wait, tuple)]
        both = zip(people, waits, strict=True)
        self.people = [person for person, wait in both if isinstance(wait, tuple)]
        self.reasons = [repr(wait) for wait in waits if not isinstance(wait, tuple)]
        starts, ends = [start for start, _ in came], [end for _, end in came]
        self.longest = max((end - start for start, end in came), default=PATIENCE)
        self.all_in = PATIENCE if self.reasons else max(ends) - min(starts)

    @property
    def failed(self):
        return len(self.reasons)

    @classmethod
    async def come(cls, stack, server, *, people, pages, spread):
        """Let a crowd arrive within `spread` seconds, and keep it there while the stack is open."""
        raters = server.raters(people)
        browser = await stack.enter_async_context(chromium())
        # The pages are spread evenly over the crowd.
        crowd = [
            await _Page.open(browser, server) if number * pages % people < pages else Rater()
            for number in range(people)
        ]
        stack.push_async_callback(_leave, crowd)
        await processes.rest(processes.below)  # each window draws its own frame first
        waits = await asyncio.gather(
            *(
                _wait(person, link, number * spread / people)
                for number, (person, (link, _)) in enumerate(zip(crowd, raters, strict=True))
            ),
            return_exceptions=True,
        )
        codes = [code for _, code in raters]
        return cls(list(zip(crowd, codes, strict=True)), waits)


async def _wait(person, link, late):
    await asyncio.sleep(late)
    start = time.time()
    async with asyncio.timeout(PATIENCE):
        await person.arrive(link)
    return start, time.time()


async def _leave(crowd):
    await asyncio.gather(*(person.leave() for person in crowd), return_exceptions=True)


class _Page:
    """A person with a real browser, who presses the home page's door as soon as it is there."""

    def __init__(self, person, visit, home):
        self._person, self._visit, self._home = person, visit, home

    @classmethod
    async def open(cls, browser, server):
        person = await Person.come(browser, press=True)
        visit = await person.visit()
        await visit.settle(server.address)
        return cls(person, visit, server.home)

    async def arrive(self, link):
        await self._visit.arrive(link, home=self._home)

    async def taps(self, seconds, every, late=0.0):
        await asyncio.sleep(late)
        return [
            Tap(t["indicator"], t["value"], t["at"] / 1000, t["ms"] and t["ms"] / 1000)
            for t in await self._visit.taps(seconds, every)
        ]

    async def leave(self):
        await self._person.leave()
