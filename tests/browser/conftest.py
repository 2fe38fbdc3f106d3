"""A real Chromium on a real Voilà, served by the `agir` command in a process of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
HINT = (
    "browser tests need Debian's chromium: apt-get install chromium, "
    "or set CHROMIUM to the path of one"
)
#: Without these flags Chromium asks for hosts of its own.
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
SIZES = {"phone": {"width": 360, "height": 740}, "laptop": {"width": 1280, "height": 800}}


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        if os.environ.get("CI"):
            pytest.fail(HINT)
        pytest.skip(HINT)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Served:
    """A running `agir`, and the doors that it printed."""

    process: subprocess.Popen
    doors: dict[str, str]
    folder: Path

    def kernels(self):
        """Return the process ids of its kernels."""
        children = psutil.Process(self.process.pid).children()
        return [child.pid for child in children if "ipykernel" in " ".join(child.cmdline())]

    def stop(self):
        """End it as Ctrl+C does."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def start(*arguments, folder=None, environment=None, port=None):
    """Start `agir`, and wait until it has printed its doors."""
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "toolkit", *arguments, "--no-browser", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
    )
    doors, said, end = {}, [], time.monotonic() + 90
    while "setup" not in doors:
        line = process.stdout.readline()
        said.append(line)
        if not line or time.monotonic() > end:
            process.kill()
            pytest.fail("agir did not open its doors:\n" + "".join(said))
        if link := re.search(r"(http://\S+/(rate|dashboard|setup)\.ipynb\?t=\S+)", line):
            doors[link[2]] = link[1]
    return Served(process, doors, folder)


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    """A folder with the demo's evaluation, that the tests can look into."""
    from toolkit.serve.demo import make_demo

    folder = tmp_path_factory.mktemp("served") / "demo"
    make_demo(folder, "fr")
    return folder


@pytest.fixture(scope="session")
def served(chromium, place):
    """The demo's evaluation, served for the whole session."""
    server = start("serve", str(place), folder=place)
    yield server
    server.stop()


@dataclass
class Visit:
    """One page, and what went wrong on it."""

    page: object
    strangers: list = field(default_factory=list)
    errors: list = field(default_factory=list)

    def open(self, address):
        """Go to an address and wait until the page has shown itself."""
        self.page.goto(address)
        self.page.wait_for_selector(".tk h1", timeout=60_000)
        self.page.wait_for_selector(".tk h2", timeout=60_000)
        return self.page


@pytest.fixture
def visit(chromium, request):
    """Return a way to open pages as one visitor; at the end, nothing left the host, no error."""
    opened = []

    def new(size="phone", **options):
        context = chromium.new_context(viewport=SIZES[size], **options)
        page = context.new_page()
        page.set_default_timeout(30_000)
        seen = Visit(page)
        page.on("request", lambda r: seen.strangers.append(r.url) if _foreign(r.url) else None)
        page.on("pageerror", lambda e: seen.errors.append(str(e)))
        page.on("console", lambda m: seen.errors.append(m.text) if m.type == "error" else None)
        opened.append((context, seen))
        return seen

    yield new
    for context, seen in opened:
        context.close()
        assert seen.strangers == []
        if "allows_console_errors" not in request.keywords:
            assert seen.errors == []


def _foreign(url):
    return not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "about:"))
