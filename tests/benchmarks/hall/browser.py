"""A real Chromium, and what a visit to a page took there."""

import asyncio
import json
import os
import re
import shutil
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Error, async_playwright

__all__ = ["PATIENCE", "Arrival", "Person", "Visit", "chromium"]

#: Without these flags Chromium asks for hosts of its own; as in tests/browser/conftest.py.
_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    # Chromium keeps one process in reserve, for the profile that went somewhere last: twenty
    # profiles throw away each other's and start new ones, as twenty phones do not. (Of two such
    # lists Chromium reads the last: Playwright's own does nothing then.)
    "--disable-features=SpareRendererForSitePerProcess",
)
_FORM = ".tk-form input[type=radio]"
#: What leads from the home page to a notebook.
_DOOR = "a[href*='/voila/render/'], form[action*='/voila/render/'] button, [data-agir-door]"
#: The form of the question whether it is oneself who has begun.
_ASKED = re.compile(r'name="_xsrf" value="([^"]+)"[^<]*<input type="hidden" name="who" value="me"')
#: A page that asks for nothing, not even an icon.
_EMPTY = '<!DOCTYPE html><link rel="icon" href="data:,">'
_HERE = Path(__file__).parent
#: Seconds that a person looks at the home page before pressing.
_PAUSE = 1.0
#: Seconds after which a page that cannot be used has failed.
PATIENCE = 240


@asynccontextmanager
async def chromium():
    """Start a Chromium with nothing in its cache."""
    path = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if not path:
        raise SystemExit(
            "no Chromium: apt-get install chromium, or set CHROMIUM to the path of one"
        )
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


@dataclass(frozen=True)
class Arrival:
    """When somebody came and could answer, in seconds of the wall's clock.

    Attributes
    ----------
    start
        The link was opened.
    home
        The home page showed its door; None where the link leads to the page itself.
    pressed
        The door was pressed; the same as `start` where there is none.
    usable
        The form could be used.
    """

    start: float
    home: float | None
    pressed: float
    usable: float

    @property
    def waited(self):
        """Seconds from the click to the form."""
        return self.usable - self.pressed

    @property
    def in_all(self):
        """Seconds from the link to the form, without the pause before the press."""
        return self.waited + ((self.home or self.start) - self.start)


class Visit:
    """One page in a browser, watched."""

    def __init__(self, page, *, press):
        self.page = page
        self._press = press
        loop = asyncio.get_running_loop()
        self._heard = {kind: loop.create_future() for kind in ("door", "usable")}

    def hear(self, said):
        waiting = self._heard[said["kind"]]
        if not waiting.done():
            waiting.set_result(said)

    async def settle(self, address):
        """Start the browser's own process for a site, with an empty page that nobody serves.

        A phone does that with cores of its own: twenty at once on two of ours would take longer
        than all that is measured.
        """
        empty = f"{address}/empty"
        await self.page.route(
            empty, lambda route: route.fulfill(content_type="text/html", body=_EMPTY)
        )
        await self.page.goto(empty)
        await self.page.unroute(empty)

    async def arrive(self, link, *, home=False):
        """Open a link, go through the home page if there is one, wait until the form is usable."""
        async with asyncio.timeout(PATIENCE):
            if home:
                await self._known(link)
            start = time.time()
            await self.page.goto(link, wait_until="commit", timeout=PATIENCE * 1000)
            shown = await self._through() if home else None
            said = await self._heard["usable"]
        pressed = said["pressed"] / 1000 if home else start
        return Arrival(start, shown, pressed, said["at"] / 1000)

    async def _known(self, link):
        """Say that a link is one's own, where somebody has begun with it elsewhere."""
        request = self.page.context.request
        if asked := _ASKED.search(await (await request.get(link)).text()):
            await request.post(link, form={"who": "me", "_xsrf": asked[1]})

    async def _through(self):
        said = await self._heard["door"]
        if not self._press:
            await asyncio.sleep(_PAUSE)
            await self.page.click(_DOOR)
        return said["at"] / 1000

    async def taps(self, seconds=0, every=0):
        """Tap at least once; return for each its indicator, value and milliseconds until saved."""
        return await self.page.evaluate(f"bench.taps({seconds}, {every})")

    async def pictures(self, *, home=False, quiet=2.0, least=1):
        """Return how many charts were painted, and when the last one was, once nothing changes."""
        async with asyncio.timeout(PATIENCE):
            pressed = await self._through() if home else None
            before, since = None, time.time()
            while True:
                found = await self._look()
                if found != before:
                    before, since = found, time.time()
                settled = found and found["painted"] >= max(least, found["pictures"])
                if settled and time.time() - since > quiet:
                    return found | {"home": pressed}
                await asyncio.sleep(0.2)

    async def _look(self):
        try:
            return await self.page.evaluate(
                "({ pictures: bench.pictures, painted: bench.painted, last: bench.last,"
                " pressed: Number(sessionStorage.getItem('benchPressed')) })"
            )
        except Error:  # between two pages
            return None


class Person:
    """One browser profile, empty at first: its pages share a cache and cookies.

    Parameters
    ----------
    context
        The profile.
    press
        Whether the page presses the home page's door itself, at once; otherwise after a pause.
    """

    def __init__(self, context, *, press):
        self._context = context
        self._press = press
        self._visits = {}

    @classmethod
    async def come(cls, browser, *, press=False, height=800, **plan):
        context = await browser.new_context(viewport={"width": 1280, "height": height})
        person = cls(context, press=press)
        await context.expose_binding("benchSay", person._hear)
        plan = {"radio": _FORM, "picture": "", "door": _DOOR, "deep": False, "press": press} | plan
        script = (_HERE / "watch.js").read_text(encoding="utf-8")
        await context.add_init_script(script.replace("PLAN", json.dumps(plan), 1))
        return person

    def _hear(self, source, said):
        if visit := self._visits.get(source["page"]):
            visit.hear(said)

    async def visit(self):
        """Open an empty page."""
        page = await self._context.new_page()
        visit = self._visits[page] = Visit(page, press=self._press)
        return visit

    async def listen(self, visit):
        """Return what the browser says of the network during a visit."""
        session = await self._context.new_cdp_session(visit.page)
        await session.send("Network.enable")
        return session

    async def leave(self):
        await self._context.close()
