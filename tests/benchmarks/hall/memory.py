"""What one more visitor adds to a server's memory."""

import asyncio
from contextlib import AsyncExitStack

from hall import processes
from hall.browser import PATIENCE
from hall.raters import Rater
from hall.session import warm

__all__ = ["memory"]

#: Seconds until the memory of somebody who just came is measured, and how many come together.
_SETTLED, _TOGETHER = 1.5, 4


async def memory(session):
    """Measure what each of the last visitors adds, up to a small crowd and up to a full hall."""
    for side in session.sides:
        keys = {session.few: "memory_few", session.people: "memory_full"}
        if all(session.record.count(key, side) for key in keys.values()):
            continue
        session.say(f"memory {side}")
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(session.server(side))
            await warm(server)
            hall = _Hall(server, session.people)
            stack.push_async_callback(hall.empty)
            for most, key in keys.items():
                if not _room(session, side, server, hall, most):
                    break
                await hall.fill(most - session.runs)
                added = [await hall.one_more() for _ in range(most - hall.count)]
                if not session.record.count(key, side):
                    for size in added:
                        session.record.add(side, **{key: size})
                session.say(f"memory {side}: {server.memory() / 1e6:.0f} MB with {most} visitors")


def _room(session, side, server, hall, most):
    """Return whether the machine can hold so many; if not, say so and reckon from fewer."""
    each = session.record.median("memory_few", side) or 0
    needed = 1.2 * each * (most - hall.count)
    if needed + 1e9 < processes.available():
        return True
    for size in session.record.samples("memory_few", side):
        session.record.add(side, memory_full=size)
    session.record.note(
        f"{side}: {most} visitors would take {(server.memory() + needed) / 1e9:.1f} GB, which this "
        f"machine has not; what the last one adds is taken from {hall.count} visitors"
    )
    return False


class _Hall:
    """Raters without a browser who stay."""

    def __init__(self, server, most):
        self._server = server
        self._links = server.raters(most)
        self.raters = []

    @property
    def count(self):
        return len(self.raters)

    async def fill(self, count):
        """Let people in until there are so many, a few at a time."""
        while self.count < count:
            await asyncio.gather(*(self._come() for _ in range(min(_TOGETHER, count - self.count))))
        await asyncio.sleep(_SETTLED)

    async def one_more(self):
        """Return the bytes that one more visitor adds."""
        before = self._server.memory()
        await self._come()
        await asyncio.sleep(_SETTLED)
        return self._server.memory() - before

    async def _come(self):
        rater, (link, _) = Rater(), self._links[self.count]
        self.raters.append(rater)
        async with asyncio.timeout(PATIENCE):
            await rater.arrive(link)

    async def empty(self):
        await asyncio.gather(*(rater.leave() for rater in self.raters))
