"""How many kernels run at once, and the line of those who wait for one."""

import asyncio
import datetime
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

__all__ = ["Owner", "Places"]

#: More kernels than cores that start at once only make each of them slower.
_STARTING = 4
#: Seconds after which a start no longer keeps others from theirs.
_SLOW = 30
#: Seconds between two looks for a free place.
_LOOK = 0.5
#: Seconds after which a kernel that nobody looks at makes room for somebody who waits.
_LEFT = 60


class Owner(NamedTuple):
    """Whose kernel it is: what their link opens (`rater`, `viewer`, `evaluator`), and its id."""

    role: str = "rater"
    link: str = ""


class Places:
    """The places for kernels on this machine.

    A third is kept for those who answer, and one for the evaluator: whoever looks at figures may
    take all others, and one viewer's link most of these. So no link that was handed to many keeps
    somebody from answering.

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
        self._kept = {"rater": most // 3, "evaluator": int(most > 2)}  # noqa: PLR2004
        self._owners: dict[str, Owner] = {}
        # First come, first served; who waits for a share of their own keeps nobody else waiting.
        self._lines: defaultdict[Owner, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._starting = asyncio.Semaphore(_STARTING)

    def full(self, owner: Owner) -> bool:
        """Return whether whoever comes now has to wait for a place."""
        return not self._free(owner) or self._line(owner).locked()

    def give(self, kernel_id: str, owner: Owner) -> None:
        """Note whose a kernel is."""
        running = self._running()
        self._owners = {name: one for name, one in self._owners.items() if name in running}
        self._owners[kernel_id] = owner

    @asynccontextmanager
    async def one(
        self, owner: Owner, left: Callable[[], bool] = lambda: False
    ) -> AsyncIterator[None]:
        """Wait for a place, and hold one of the few that start at once meanwhile.

        Whoever has `left` goes on at once: they take no place, and keep nobody waiting.
        """
        async with self._line(owner):
            # Nobody tells when a kernel has ended.
            while not self._free(owner) and not left():
                if not await self._make_room(owner):
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

    def _line(self, owner: Owner) -> asyncio.Lock:
        return self._lines[owner if owner.role == "viewer" else Owner(owner.role)]

    def _free(self, owner: Owner) -> bool:
        """Return whether a place is free that is kept for nobody else."""
        present = self._present()
        kept = 0
        for role, count in self._kept.items():
            if role != owner.role:
                kept += max(count - sum(one.role == role for one in present), 0)
        return self._most - len(present) > kept and not self._has_its_share(owner)

    def _running(self) -> list[str]:
        return list(self._kernels.list_kernel_ids())

    async def _make_room(self, owner: Owner) -> bool:
        """End the kernel that was left longest ago; its person resumes from the store."""
        now = datetime.datetime.now(datetime.UTC)
        left = {
            kernel_id: (now - self._kernels.get_kernel(kernel_id).last_activity).total_seconds()
            for kernel_id in self._running()
            if (model := self._kernels.kernel_model(kernel_id))["connections"] <= 0
            and model["execution_state"] != "busy"  # its page is only being made
            and self._helps(owner, self._owners.get(kernel_id, Owner("")))
        }
        if not left or max(left.values()) < _LEFT:
            return False
        await self._kernels.shutdown_kernel(max(left, key=left.__getitem__), now=True)
        return True

    def _helps(self, owner: Owner, other: Owner) -> bool:
        """Return whether an owner may take the place that another's kernel leaves."""
        if self._has_its_share(owner):
            return other == owner
        ones = sum(one.role == other.role for one in self._present())
        return other.role == owner.role or ones > self._kept.get(other.role, 0)

    def _has_its_share(self, owner: Owner) -> bool:
        """Return whether one viewer's link has as many kernels as it may."""
        most = max((self._most - sum(self._kept.values())) * 9 // 10, 1)
        return owner.role == "viewer" and self._present().count(owner) >= most

    def _present(self) -> list[Owner]:
        return [self._owners.get(name, Owner("")) for name in self._running()]
