"""The server's side of the nursery: wake it, ask it for kernels, end it."""

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from toolkit.serve.environment import needed
from toolkit.serve.kernels import Kind, channel
from toolkit.serve.kernels.channel import Word
from toolkit.serve.kernels.child import Child
from toolkit.serve.kernels.orphans import adopt

__all__ = ["NURSERIES", "NoNurseryError", "Nursery"]

#: Libraries start no thread of their own when they are imported: a fork copies one thread only.
_SINGLE = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
#: How many may wait at the door while the nursery wakes up.
_QUEUE = 512
#: Seconds after which a kernel that does not listen yet is handed over all the same.
_DEAF = 20
#: Seconds that a nursery has to end its kernels and itself.
_PATIENCE = 5


class NoNurseryError(Exception):
    """No nursery lives here: ordinary kernels serve."""


class Nursery:
    """One process that forks kernels for this one: started when needed, again if it died."""

    def __init__(self, kind: Kind = Kind.FIGURES) -> None:
        self._kind = kind
        #: A pipe into which nobody writes. Only this process holds its other end, so that it
        #: closes, whatever becomes of this process; the nursery and each kernel wait for that.
        self._life: tuple[int, ...] = ()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._place: Path | None = None
        self._proven = self._hopeless = False
        self._waking: asyncio.Future[None] | None = None
        if hasattr(os, "register_at_fork"):
            # A fork of the server must not keep its parent's kernels alive.
            os.register_at_fork(after_in_child=self._forget)

    @property
    def pid(self) -> int | None:
        """The process id of the nursery, or None if there is none now."""
        return self._process.pid if self._process else None

    async def bear(self, request: channel.Request) -> Child:
        """Return a new kernel, which listens.

        Raises
        ------
        OSError
            There is no such directory, or no room for one more process.
        NoNurseryError
            No nursery lives here.
        """
        (word, number), line = await self._ask(request)
        if word is not Word.BORN:
            line.close()
            if word is Word.REFUSED:
                raise OSError(number, os.strerror(number))
            raise NoNurseryError  # it died before its first word
        code = None
        # Whoever connects before it listens tries again only after a tenth of a second.
        with contextlib.suppress(TimeoutError, ConnectionError):
            word, told = await asyncio.wait_for(channel.answer(line), _DEAF)
            code = told if word is Word.ENDED else None
        return Child(number, line, code)

    async def warm(self) -> None:
        """Wait until the nursery is awake.

        Raises
        ------
        NoNurseryError
            No nursery lives here.
        """
        if self._waking is None or self._waking.done():
            self._waking = asyncio.ensure_future(self._wake())
        await asyncio.shield(self._waking)  # any number wait at its door as one

    async def _wake(self) -> None:
        (await self._ask(None))[1].close()

    def leave(self) -> Callable[[], None]:
        """Let the nursery end, and every kernel that was born in it; return how to wait for it."""
        process, place = self._process, self._place
        self._forget()

        def wait() -> None:
            if process is not None:
                try:
                    process.wait(_PATIENCE)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
            if place is not None:
                shutil.rmtree(place, ignore_errors=True)

        return wait

    async def _ask(self, request: channel.Request | None) -> tuple[tuple[Word, int], socket.socket]:
        for _ in range(2):
            process, address = self._running()
            line = socket.socket(socket.AF_UNIX)
            try:
                answer = await channel.ask(line, address, request)
            except (ConnectionError, FileNotFoundError):  # it is dying, or somebody tidied up
                line.close()
                process.kill()
                process.wait()
            except BaseException:
                line.close()
                raise
            else:
                self._proven = True
                return answer, line
        self._hopeless = not self._proven  # two in a row that did not even wake up
        raise NoNurseryError

    def _running(self) -> tuple[subprocess.Popen[bytes], str]:
        """Start a nursery unless one runs, and return it with where its door is."""
        with self._lock:
            if self._hopeless or not hasattr(os, "fork"):
                raise NoNurseryError
            if self._process is None or self._process.poll() is not None:
                try:
                    self._process = self._start()
                except OSError as error:
                    self._hopeless = True
                    raise NoNurseryError from error
            return self._process, f"{self._place}/door"

    def _start(self) -> subprocess.Popen[bytes]:
        if not self._life:
            adopt()  # kernels whose nursery died
            self._life = os.pipe()
        if self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)
        self._place = Path(tempfile.mkdtemp(prefix="agir-")).resolve()  # mode 0700
        with socket.socket(socket.AF_UNIX) as door:
            # Open before the nursery is awake: who asks meanwhile waits at the door.
            door.bind(f"{self._place}/door")
            door.listen(_QUEUE)
            told = [str(door.fileno()), str(self._life[0]), str(self._place), self._kind]
            return subprocess.Popen(  # noqa: S603
                [sys.executable, "-X", "frozen_modules=off", "-m", _PROGRAM, *told],
                stdin=subprocess.DEVNULL,
                env=needed() | _SINGLE,
                cwd=self._place,
                start_new_session=True,  # Ctrl+C in the server's terminal is for the server
                pass_fds=(door.fileno(), self._life[0]),
            )

    def _forget(self) -> None:
        for end in self._life:
            os.close(end)
        self._life, self._process, self._place = (), None, None
        self._lock, self._proven, self._hopeless = threading.Lock(), False, False


_PROGRAM = "toolkit.serve.kernels.nursery"
NURSERIES = {kind: Nursery(kind) for kind in Kind}
