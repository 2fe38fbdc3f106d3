"""A real Chromium on a real Voilà, served by the `agir` command in a process of its own."""

import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.running import PATIENCE, start
from toolkit.text import LANGUAGES, say

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
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=1000 * PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


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
        """Follow a link through its first door, and wait until the page has shown itself."""
        self.page.goto(address)
        return self._enter()

    def come_back(self, address):
        """Follow a link that somebody has begun with, and wait until the page has shown itself."""
        self.claim(address)
        return self._enter()

    def claim(self, address):
        """Follow a link that somebody has begun with as far as its home: say that it is oneself."""
        self.page.goto(address)
        myself = "|".join(say("door.begun_yes", language) for language in LANGUAGES)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=re.compile(myself)).click()
        return self.page

    def _enter(self):
        self.page.locator(".agir-button").first.click()
        self.page.wait_for_selector(".tk h1")
        self.page.wait_for_selector(".tk h2")
        return self.page


@pytest.fixture
def visit(chromium, request):
    """Return a way to open pages as one visitor; at the end, nothing left the host, no error."""
    opened = []

    def new(size="phone", **options):
        context = chromium.new_context(viewport=SIZES[size], **options)
        context.set_default_timeout(1000 * PATIENCE)  # of its other tabs too
        page = context.new_page()
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
