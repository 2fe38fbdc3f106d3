"""A server, from its start until all its processes have ended."""

import asyncio
import itertools
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import ClassVar

import psutil

from hall import processes

__all__ = ["Files", "Program", "Server", "port"]

_COUNT = itertools.count()


class Server:
    """One served folder, with all its processes.

    Attributes
    ----------
    name
        What the tables call this side.
    folder
        What it serves.
    """

    name = ""
    #: Whether a link leads to a home page with a door to press.
    home = False
    #: Seconds that it may take to listen.
    patience: ClassVar = 90

    def __init__(self, place: Path) -> None:
        self.place = place
        self.folder = place / "served"
        self.port = port()
        self._process = None
        self._mark = f"{self.name}-{os.getpid()}-{next(_COUNT)}"

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def prepare(self):
        """Make what is served."""

    def command(self):
        raise NotImplementedError

    def environment(self):
        """Return the user's environment without what Jupyter and Agir would read from it."""
        kept = {
            k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "AGIR", "IPYTHON"))
        }
        own = {
            f"JUPYTER_{name}_DIR": str(self.place / name) for name in ("CONFIG", "DATA", "RUNTIME")
        }
        own |= {"IPYTHONDIR": str(self.place / "ipython"), "PYTHONUNBUFFERED": "1"}
        return kept | own | {processes.MARK: self._mark}

    async def __aenter__(self):
        self.place.mkdir(parents=True, exist_ok=True)
        self.prepare()
        self._start()
        try:
            await self._listening()
        except BaseException:
            self.stop()
            raise
        return self

    def _start(self):
        with (self.place / "log.txt").open("w") as log:
            # A session of its own: Ctrl+C is for the benchmark, which then ends the server.
            self._process = subprocess.Popen(
                self.command(),
                cwd=self.place,
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    async def __aexit__(self, *_):
        self.stop()

    async def _listening(self):
        until = time.monotonic() + self.patience
        while time.monotonic() < until and self._process.poll() is None:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(0.1)
                continue
            writer.close()
            return
        raise RuntimeError(f"{self.name} did not open its port:\n{self.said()}")

    def said(self):
        """Return the end of what it printed."""
        return (self.place / "log.txt").read_text(errors="replace")[-3000:]

    def stop(self):
        if self._process and psutil.pid_exists(self._process.pid):
            processes.end([psutil.Process(self._process.pid)])
        processes.end(self.family(), patience=3)

    async def rest(self, patience=120):
        """Return once none of its processes works: what it does in advance is then done."""
        await processes.rest(self.family, patience)

    def family(self):
        return processes.family(self._process.pid, self._mark)

    def memory(self):
        """Return the PSS of all its processes in bytes."""
        return processes.pss(self.family())


class Files(Server):
    """One page as a plain file, behind a home page that is one too."""

    name = "static"
    home = True

    def __init__(self, place, html):
        super().__init__(place)
        self._html = html

    def prepare(self):
        self.folder.mkdir(exist_ok=True)
        door = '<!DOCTYPE html><meta charset="utf-8"><a data-agir-door href="page.html">page</a>'
        (self.folder / "index.html").write_text(door, encoding="utf-8")
        (self.folder / "page.html").write_text(self._html, encoding="utf-8")

    def viewer(self):
        return f"{self.address}/"

    def command(self):
        return [
            sys.executable,
            "-m",
            "http.server",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--directory",
            str(self.folder),
        ]


class Program(Server):
    """Any other program that listens on a port."""

    def __init__(self, name, place, line, environment=None) -> None:
        self.name = name
        super().__init__(place)
        self._line, self._more = line, environment or {}

    def command(self):
        return [part.format(port=self.port) for part in self._line]

    def environment(self):
        return super().environment() | self._more


def port():
    """Return a free port."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
