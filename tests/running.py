"""A real `agir`, in a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from toolkit.text import LANGUAGES, say

#: Seconds after which something is surely stuck, however slow the machine is.
PATIENCE = 600

NAMES = {
    say(f"cli.{name}", lang): name for name in ("rate", "dashboard", "setup") for lang in LANGUAGES
}


@dataclass
class Served:
    """A running `agir`, and the doors that it printed."""

    process: subprocess.Popen
    doors: dict[str, str]
    folder: Path

    @property
    def base(self):
        """What stands before every path."""
        return self.doors["setup"].partition("lien/")[0]

    def link(self, token):
        """Return the address that a token is handed out as."""
        return f"{self.base}lien/{token}"

    def kernels(self):
        """Return the process ids of its kernels: its children, or forked by one of them."""
        found = []
        for one in psutil.Process(self.process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):  # it has just ended
                started = "ipykernel" in " ".join(one.cmdline())
                if started or one.ppid() != self.process.pid:
                    found.append(one.pid)
        return found

    def kill(self):
        """End it as `kill -9` does."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        """End it as Ctrl+C does."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


@contextmanager
def stopped(*processes):
    """Let processes do nothing for a while, as a laptop that sleeps."""
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            with suppress(ProcessLookupError):  # its server has ended it meanwhile
                os.kill(process, signal.SIGCONT)


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def doors_in(line):
    """Return the door that a line prints, by its name."""
    found = re.fullmatch(r"\s*(.+?)\s?: (https?://\S+/lien/\S+)\s*", line)
    return {NAMES[found[1]]: found[2]} if found and found[1] in NAMES else {}


def start(*arguments, folder=None, environment=None, port=None, program="toolkit"):
    """Start `agir`, and wait until it has printed its doors."""
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", program, *arguments, "--no-browser", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
    )
    doors, said, end = {}, [], time.monotonic() + PATIENCE
    while "setup" not in doors:
        line = process.stdout.readline()
        said.append(line)
        if not line or time.monotonic() > end:
            process.kill()
            process.wait()
            process.stdout.close()
            pytest.fail("agir did not open its doors:\n" + "".join(said))
        doors |= doors_in(line)
    return Served(process, doors, folder)


def until(page, script, arg=None):
    """Wait until a function of a page returns something true.

    `wait_for_function` would have the page evaluate a text, which its own rules forbid.
    """
    end = time.monotonic() + PATIENCE
    while not page.evaluate(script, arg):
        assert time.monotonic() < end, f"it did not come to pass: {script}"
        page.wait_for_timeout(50)


def painted(page):
    """Wait until a page has painted what it knows."""
    page.evaluate(
        "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
    )


def eventually(condition):
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)
