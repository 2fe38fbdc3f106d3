"""The nursery's own program: wake up once, then fork a kernel for each request.

It has one thread, no event loop, no ZeroMQ context and no database connection, so that what it
forks is whole. It ends, and every kernel with it, when its server does.
"""

import contextlib
import gc
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import threading
from pathlib import Path
from typing import NoReturn

from toolkit.serve.kernels import Kind, birth, channel, memory, waking
from toolkit.serve.kernels.channel import Word
from toolkit.serve.kernels.orphans import adopt

__all__ = ["main"]


def main() -> None:
    """Be the nursery that `parent` started; forks return from here as kernels."""
    door, life, place = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]), sys.argv[3]
    kind = Kind(sys.argv[4])
    for descriptor in (door.fileno(), life):
        os.set_inheritable(descriptor, False)
    adopt()  # what kernels started, and left behind
    os.chdir("/")
    with contextlib.suppress(ValueError):
        sys.path.remove(place)
    tempfile.tempdir = place  # what is made here until it ends goes with it
    gc.disable()
    app = waking.wake(kind)
    if _threads() > 1:
        sys.exit("a library started a thread: kernels cannot be forked")
    memory.stop_counting()
    memory.give_back()
    gc.freeze()  # or each kernel's collector would write to every object, and share none
    request, line = _Nursery(door, life, place).watch()
    birth.live(app, request, line, life)


class _Nursery:
    """Answer the door, bury the dead, watch over the server.

    Parameters
    ----------
    door
        Where requests come in.
    life
        The pipe that ends with the server.
    place
        The private directory to remove in the end.
    """

    def __init__(self, door: socket.socket, life: int, place: str) -> None:
        self._door, self._life, self._place = door, life, place
        self._lines: dict[int, socket.socket] = {}
        self._bell, self._cord = os.pipe()
        for end in (self._bell, self._cord):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._cord, warn_on_full_buffer=False)

    def watch(self) -> tuple[channel.Request, socket.socket]:
        """Serve for good; this returns in each kernel that is born, with what it is to be."""
        poll = select.poll()
        for descriptor in (self._life, self._bell, self._door.fileno()):
            poll.register(descriptor, select.POLLIN)
        while True:
            ready = {descriptor for descriptor, _ in poll.poll()}
            if self._life in ready:
                self._close()
            if self._bell in ready:
                self._bury()
            if self._door.fileno() in ready and (born := self._answer()):
                return born

    def _answer(self) -> tuple[channel.Request, socket.socket] | None:
        line = self._door.accept()[0]
        try:
            request = channel.read(line)
        except OSError:
            line.close()
            return None
        if request is None:
            channel.tell(line, Word.AWAKE)
            line.close()
            return None
        return (request, line) if self._fork(line) else None

    def _fork(self, line: socket.socket) -> bool:
        """Return whether this is the new process."""
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        try:
            pid = os.fork()
        except OSError as error:
            channel.tell(line, Word.REFUSED, error.errno or 1)
            line.close()
        else:
            if pid == 0:
                self._leave()
                return True
            self._lines[pid] = line
        signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
        return False

    def _leave(self) -> None:
        """Close in the fork what is the nursery's."""
        signal.set_wakeup_fd(-1)
        for line in self._lines.values():
            line.close()
        self._door.close()
        os.close(self._bell)
        os.close(self._cord)

    def _bury(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while os.read(self._bell, 4096):
                continue
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                if line := self._lines.pop(ended[0], None):
                    channel.tell(line, Word.ENDED, os.waitstatus_to_exitcode(ended[1]))
                    line.close()

    def _close(self) -> NoReturn:
        for pid in self._lines:
            # Each kernel watches, too; but one that is deep in compiled code would not notice.
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
        for pid in self._lines:
            os.waitpid(pid, 0)
        shutil.rmtree(self._place, ignore_errors=True)
        os._exit(0)


def _threads() -> int:
    tasks = Path("/proc/self/task")  # also those that Python does not know
    return len(list(tasks.iterdir())) if tasks.exists() else threading.active_count()


if __name__ == "__main__":
    main()
