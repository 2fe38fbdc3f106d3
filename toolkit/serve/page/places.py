"""How many kernels run at once, and the line of those who wait for one."""

import asyncio
import datetime
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

__all__ = ["Places"]

#: More kernels than cores that start at once only make each of them slower.
_STARTING = 4
#: Seconds after which a start no longer keeps others from theirs.
_SLOW = 30
#: Seconds between two looks for a free place.
_LOOK = 0.5
#: Seconds after which a kernel that nobody looks at makes room for somebody who waits.
_LEFT = 60


class Places:
    """The places for kernels on this machine.

    Parameters
    ----------
    kernels
        The server's kernel manager.
    most
        How many kernels may run at once.
    """

    def __init__(self, kernels: Any, most: int) -> None:
        self._kernels = kernels
        self._most = most
        self._line = asyncio.Lock()  # first come, first served
        self._starting = asyncio.Semaphore(_STARTING)

    @property
    def full(self) -> bool:
        """Whether whoever comes now has to wait for a place."""
        return len(self._kernels) >= self._most or self._line.locked()

    @asynccontextmanager
    async def one(self, left: Callable[[], bool] = lambda: False) -> AsyncIterator[None]:
        """Wait for a place, and hold one of the few that start at once meanwhile.

        Whoever has `left` goes on at once: they take no place, and keep nobody waiting.
        """
        async with self._line:
            # Nobody tells when a kernel has ended.
            while len(self._kernels) >= self._most and not left():
                if await self._make_room():
                    break
                await asyncio.sleep(_LOOK)
            await self._starting.acquire()
        released = False

        def release() -> None:
            nonlocal released
            if not released:
                released = True
                self._starting.release()

        # Others start, too, once one takes very long: a cell that never ends, say.
        slow = asyncio.get_running_loop().call_later(_SLOW, release)
        try:
            yield
        finally:
            slow.cancel()
            release()

    async def _make_room(self) -> bool:
        """End the kernel that was left longest ago; its person resumes from the store."""
        now = datetime.datetime.now(datetime.UTC)
        left = {
            kernel_id: (now - self._kernels.get_kernel(kernel_id).last_activity).total_seconds()
            for kernel_id in self._kernels.list_kernel_ids()
            if (model := self._kernels.kernel_model(kernel_id))["connections"] <= 0
            and model["execution_state"] != "busy"  # its page is only being made
        }
        if not left or max(left.values()) < _LEFT:
            return False
        await self._kernels.shutdown_kernel(max(left, key=left.__getitem__), now=True)
        return True
