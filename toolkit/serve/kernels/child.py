"""A kernel that was born in the nursery, as its server sees it."""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from toolkit.serve.kernels import channel

__all__ = ["Child"]

#: Seconds between two looks at a process whose end nothing announces.
_LOOK = 0.1
#: The exit code of a process that nobody was left to ask for it.
_UNKNOWN = 1


class Child:
    """Stand in for the `subprocess.Popen` of a kernel that another process forked.

    Parameters
    ----------
    pid
        The kernel's; it also leads a process group of its own.
    line
        Over which the nursery will tell its exit code.
    returncode
        None while it runs; negative for the signal that ended it.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, line: socket.socket, returncode: int | None = None) -> None:
        self.pid = pid
        self.returncode = returncode
        self._line: socket.socket | None = line

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        if self.returncode is None:
            self.returncode = self._look()
        return self.returncode

    async def ended(self) -> int:
        """Wait for the exit code."""
        while (code := self.poll()) is None:
            with self._sign() as sign:
                await (asyncio.sleep(_LOOK) if sign is None else _readable(sign))
        return code

    def _look(self) -> int | None:
        if self._line is None:
            return self._orphan()
        try:
            code = channel.heard(self._line)
        except OSError:  # the nursery is gone, and left its kernels to us
            self._hang_up()
            return self._orphan()
        if code is not None:
            self._hang_up()
        return code

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _orphan(self) -> int | None:
        try:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
        except ChildProcessError:  # no process of ours: there are systems without subreapers
            return None if _exists(self.pid) else _UNKNOWN
        return os.waitstatus_to_exitcode(status) if pid else None

    @contextmanager
    def _sign(self) -> Iterator[int | None]:
        """Give a descriptor that becomes readable at its end, or None where there is none."""
        if self._line is not None:
            # A copy: a loop knows one reader per descriptor, and two may wait.
            sign = os.dup(self._line.fileno())
        elif hasattr(os, "pidfd_open") and _exists(self.pid):
            sign = os.pidfd_open(self.pid)
        else:
            yield None
            return
        try:
            yield sign
        finally:
            os.close(sign)


async def _readable(descriptor: int) -> None:
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    loop.add_reader(descriptor, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(descriptor)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
