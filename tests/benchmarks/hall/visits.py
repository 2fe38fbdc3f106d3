"""One visitor at a time, in a Chromium: the form, the bytes, the dashboard."""

import asyncio
import time
from contextlib import AsyncExitStack

from hall.browser import Person, chromium
from hall.servers import Files
from hall.session import warm

__all__ = ["dashboard", "visits", "wire"]

#: Chart pictures as our own pages draw them.
_PICTURES = ".tk-chart figure img, .tk-chart figure svg"
#: Seconds without traffic after which a first visit has fetched what it wants.
_QUIET = 2.0


async def visits(session):
    """Measure a first visit with an empty cache, and the same person's second one."""
    async with AsyncExitStack() as stack:
        servers = await _open(session, stack, "second")
        for side in session.turns("second"):
            server = servers[side]
            async with chromium() as browser:
                [(link, _)] = server.raters(1)
                person = await Person.come(browser)
                visit = await person.visit()
                first = await visit.arrive(link, home=server.home)
                [tap] = await visit.taps()
                await visit.page.close()
                visit = await person.visit()
                second = await visit.arrive(link, home=server.home)
                await person.leave()
            session.record.add(
                side,
                first=first.waited,
                first_in_all=first.in_all,
                first_saved=tap["at"] / 1000 - first.usable,
                second=second.waited,
                second_in_all=second.in_all,
            )


async def wire(session):
    """Measure what a first visit fetches, from the link until nothing more is fetched."""
    async with AsyncExitStack() as stack:
        servers = await _open(session, stack, "wire")
        browser = await stack.enter_async_context(chromium())
        for side in session.turns("wire"):
            server = servers[side]
            [(link, _)] = server.raters(1)
            person = await Person.come(browser)
            visit = await person.visit()
            traffic = Traffic(await person.listen(visit))
            await visit.arrive(link, home=server.home)
            usable = traffic.bytes
            await traffic.quiet()
            await person.leave()
            session.record.add(
                side, wire=traffic.bytes, wire_usable=usable, wire_requests=traffic.requests
            )


class Traffic:
    """What one page exchanged: bytes as they were sent, websocket messages unpacked."""

    def __init__(self, session):
        self.bytes, self.requests, self._heard = 0, 0, asyncio.Event()
        self._cached = set()
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.requestServedFromCache", self._served)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketCreated", self._opened)
        for name in ("webSocketFrameSent", "webSocketFrameReceived"):
            session.on(f"Network.{name}", self._frame)

    def _count(self, size, requests=0):
        self.bytes += size
        self.requests += requests
        self._heard.set()

    async def quiet(self):
        """Return once nothing was exchanged for a while."""
        while True:
            self._heard.clear()
            try:
                await asyncio.wait_for(self._heard.wait(), _QUIET)
            except TimeoutError:
                return

    def _asked(self, event):
        if not event["request"]["url"].startswith("http"):
            self._cached.add(event["requestId"])  # a picture inside the page, say
            return
        redirected = event.get("redirectResponse", {})
        self._count(redirected.get("encodedDataLength", 0), 1)

    def _served(self, event):
        self._forget(event["requestId"])

    def _answered(self, event):
        if event["response"].get("fromDiskCache"):
            self._forget(event["requestId"])

    def _forget(self, request):
        if request not in self._cached:
            self._cached.add(request)
            self._count(0, -1)

    def _finished(self, event):
        if event["requestId"] not in self._cached:
            self._count(int(event["encodedDataLength"]))

    def _opened(self, _event):
        self._count(0, 1)

    def _frame(self, event):
        self._count(len(event["response"]["payloadData"]))


async def dashboard(session):
    """Measure when the last chart of the released rounds stands there, beside a plain file."""
    async with AsyncExitStack() as stack:
        servers = await _open(session, stack, "dashboard", released=True)
        if not servers:
            return
        browser = await stack.enter_async_context(chromium())
        for server in servers.values():  # the first view of a release may be the one that draws it
            html, charts = await _page(browser, server)
        file = Files(session.place / "static", html)
        servers["static"] = await stack.enter_async_context(file)
        for side in session.turns("dashboard", ["static", *session.sides]):
            server = servers[side]
            seen = await _seen(browser, server)
            session.record.add(side, dashboard=seen["waited"])
            if seen["painted"] != charts:
                session.record.note(f"{side} showed {seen['painted']} charts, not {charts}")


async def _seen(browser, server, *, keep=False):
    link, home = server.viewer(), server.home  # what a link leads to is known once there is one
    # So high that every chart is on the screen: none may wait to be scrolled to.
    person = await Person.come(browser, picture=_PICTURES, height=9000)
    visit = await person.visit()
    start = time.time()
    await visit.page.goto(link, wait_until="commit")
    seen = await visit.pictures(home=home)
    began = seen["pressed"] / 1000 if home else start
    seen["waited"] = seen["last"] / 1000 - began
    if keep:
        seen["html"] = await visit.page.evaluate(_WHOLE)
    await person.leave()
    return seen


async def _page(browser, server):
    """Return a dashboard as one HTML file, and how many charts it shows."""
    seen = await _seen(browser, server, keep=True)
    return "<!DOCTYPE html>\n" + seen["html"], seen["painted"]


#: The page as it stands, without scripts, with every style inside it that came from here.
_WHOLE = """() => {
  const copy = document.documentElement.cloneNode(true);
  for (const node of copy.querySelectorAll("script, link, style, noscript")) node.remove();
  const sheets = [...document.styleSheets, ...document.adoptedStyleSheets];
  const own = sheets.filter((sheet) => !sheet.href || sheet.href.startsWith(location.origin));
  const rules = own.flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText));
  const style = document.createElement("style");
  style.textContent = rules.join(String.fromCharCode(10));
  const charset = document.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  copy.querySelector("head").prepend(charset, style);
  return copy.outerHTML;
}"""


async def _open(session, stack, key, *, released=False):
    """Start and wake a server of each side that has samples to give."""
    found = {}
    for side in session.sides:
        if session.missing(key, side):
            server = session.server(side, released=released)
            found[side] = await stack.enter_async_context(server)
            await warm(found[side])
    return found
