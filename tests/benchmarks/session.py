"""How soon a room of sixty sees what its facilitator does.

    python tests/benchmarks/session.py                  # 60 scripted people and 6 Chromium pages
    python tests/benchmarks/session.py --people 20 --pages 2 --runs 3

Run by hand: pytest does not collect it, and no test asserts a time. Needs Linux and Chromium (or
CHROMIUM=/path/to/it). One `agir serve` serves everybody, the facilitator included, each on a kernel
of their own. Printed are the seconds from the facilitator's press (or, for the count, from the last
vote) until each person's screen has changed, for all people and all runs together; the aim is one
second. Everybody votes within three seconds in each run, and what the room costs while nothing
happens is measured first.
"""

import argparse
import asyncio
import json
import re
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urljoin

import httpx

sys.path.insert(0, str(Path(__file__).parent))

from hall import processes
from hall.browser import chromium
from hall.raters import Rater
from hall.sides import Agir

_STAGE, _BALLOT, _NOTICE = (
    f"toolkit.widgets.{name.lower()}.{name}" for name in ("Stage", "Ballot", "Notice")
)
_PAGE = "/voila/render/consensus.ipynb"
#: Seconds after which somebody has not seen what happened.
_PATIENCE = 30
#: Seconds within which a room votes, and for which it is watched while nothing happens.
_SPREAD, _REST = 3.0, 15
#: Seconds between two signs of life, as in `toolkit/widgets/stage.js`.
_LOOK = 20
#: How many open the page at the same moment.
_AT_ONCE = 6

_WATCH = """(() => {
  const seen = (window.seen = {});
  const note = (key) => { seen[key] ??= Date.now() / 1000; };
  const look = () => {
    const stage = document.querySelector(".tk-stage");
    if (!stage?.dataset.at) return;
    const at = stage.dataset.at;
    note(at);
    if (stage.querySelector(".tk-result")) note(`${at} figures`);
    const bar = stage.querySelector(".tk-tally progress");
    if (bar) note(`${at} ${bar.value}`);
  };
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(look).observe(document, all);
})();"""


class Seat(Rater):
    """Somebody with the session's page open: a person in the room, or the facilitator."""

    def __init__(self):
        super().__init__()
        self.models, self.seen, self._waiting = {}, {}, {}

    async def arrive(self, link):
        await super().arrive(link)
        self._looking = asyncio.create_task(self._look())

    async def _look(self):
        """Say now and then that somebody looks, as the page does."""
        while True:
            await asyncio.sleep(_LOOK)
            await self._say(self.state(_STAGE)[0], "here", "here", {})

    async def leave(self):
        self._looking.cancel()
        await super().leave()

    async def _load(self, link):
        async with httpx.AsyncClient(follow_redirects=True, timeout=240) as client:
            home = await client.get(link)
            answer = await client.get(urljoin(str(home.url), _PAGE))
            if "agir-kernel" not in answer.text:
                raise RuntimeError(f"no page was served: {answer.status_code}")
            cookies = "; ".join(f"{c.name}={c.value}" for c in client.cookies.jar)
        return answer, cookies

    def _hear(self, comm, data):
        method = data.get("method")
        if method == "update_states":
            for model, found in data["states"].items():
                if (kind := found["state"].get("_anywidget_id")) is not None:
                    self._keep(model, kind, found["state"]["state"])
            self._states.set()
        elif method == "update" and comm in self.models and "state" in data["state"]:
            self._keep(comm, self.models[comm][0], data["state"]["state"])
        elif method == "custom":
            self._form = comm
            super()._hear(comm, data)

    def _keep(self, model, kind, state):
        self.models[model] = (kind, state)
        if kind == _STAGE and state.get("at"):
            self.indicators = [state["at"]]
            self._note(state)
        elif kind == _NOTICE and state.get("buttons"):
            self.indicators = ["a notice"]

    def _note(self, state):
        now, at = time.time(), state["at"]
        keys = [at]
        keys += [f"{at} figures"] if state["figures"] else []
        keys += [f"{at} {state['count']['value']}"] if state["count"] else []
        for key in keys:
            self.seen.setdefault(key, now)
            if (waiting := self._waiting.pop(key, None)) and not waiting.done():
                waiting.set_result(None)

    def state(self, kind):
        """Return the model of a component with what it shows."""
        return next((key, state) for key, (name, state) in self.models.items() if name == kind)

    @property
    def at(self):
        """The statement, the ballot and the stage that it shows."""
        return self.state(_STAGE)[1]["at"]

    async def vote(self, value):
        """Send a vote, and return when."""
        subject = self.at.rpartition("/")[0]
        while self.state(_BALLOT)[1].get("subject") != subject:  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # the question comes right after the stage
        model, state = self.state(_BALLOT)
        data = {"subject": state["subject"], "value": value}
        return await self._say(model, state["subject"], "vote", data)

    async def press(self, move, **fields):
        """Press a facilitator's button, and return when."""
        for model, (kind, state) in self.models.items():
            names = [button["name"] for button in state.get("buttons") or ()]
            found = next((name for name in names if name.partition("@")[0] == move), None)
            if kind == _NOTICE and found:
                return await self._say(model, "press", "press", {"button": found, "fields": fields})
        raise RuntimeError(f"no button for {move}")

    async def _say(self, model, slot, kind, data):
        item = {"sequence": time.time_ns() % 10**9, "slot": slot, "kind": kind, "data": data}
        content = {"comm_id": model, "data": {"method": "custom", "content": item}}
        began = time.time()
        await self._send("comm_msg", content)
        return began

    async def saw(self, key):
        """Return when something was first seen."""
        if key not in self.seen:
            waiting = self._waiting.setdefault(key, asyncio.get_running_loop().create_future())
            await asyncio.wait_for(asyncio.shield(waiting), _PATIENCE)
        return self.seen[key]


class Page:
    """A person with a real browser."""

    def __init__(self, page):
        self._page = page

    @classmethod
    async def open(cls, browser):
        context = await browser.new_context(viewport={"width": 390, "height": 740})
        await context.add_init_script(_WATCH)
        return cls(await context.new_page())

    async def arrive(self, link):
        await self._page.goto(link, timeout=240_000)
        await self._page.goto(urljoin(link, _PAGE), timeout=240_000)
        await self._page.wait_for_selector(".tk-stage", timeout=240_000)

    async def vote(self, value):
        await self._page.click(f".tk-steps .tk-step:nth-child({value})")

    async def saw(self, key):
        asked = f"() => window.seen[{json.dumps(key)}]"
        handle = await self._page.wait_for_function(asked, timeout=_PATIENCE * 1000, polling=50)
        return await handle.json_value()


async def gather(stack, server, people, pages):
    """Let everybody come: the facilitator first, then the room."""
    wave = server.evaluation.wave.code
    token = server.evaluation.links.make("evaluator")[0]
    lead = Seat()
    await lead.arrive(f"{server.address}/lien/{token}")
    await lead.press("begin")
    browser = await stack.enter_async_context(chromium())
    crowd = [Seat() for _ in range(people)] + [await Page.open(browser) for _ in range(pages)]
    links = [
        f"{server.address}/lien/{token}" for token in server.evaluation.invite(wave, len(crowd))
    ]
    for link in links:
        held = server.evaluation.links.enter(link.rpartition("/")[2], "rater")
        server.evaluation.sheet(wave, held.rater).consent()
    door = asyncio.Semaphore(_AT_ONCE)

    async def come(person, link):
        async with door:
            await person.arrive(link)

    await asyncio.gather(*map(come, crowd, links))
    return lead, crowd


async def seen(crowd, key, began):
    """Return the seconds until each person saw something; endless for who never did."""
    found = await asyncio.gather(*(person.saw(key) for person in crowd), return_exceptions=True)
    return [float("inf") if isinstance(at, BaseException) else at - began for at in found]


async def run(lead, crowd, samples):
    """Live through one statement."""
    began = await lead.press("ask" if lead.at.endswith("wait") else "next")
    while not re.search("/(rate|again)$", lead.at):  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    at = lead.at
    samples["next"] += await seen(crowd, at, began)

    async def vote(number, person):
        await asyncio.sleep(_SPREAD * number / len(crowd))
        await person.vote(number % 5 + 1)

    last, *rest = crowd
    await asyncio.gather(*(vote(number, person) for number, person in enumerate(rest)))
    await seen([lead], f"{at} {len(rest)}", 0)
    began = await last.vote(3)
    samples["vote-count"] += await seen(crowd, f"{at} {len(crowd)}", began)
    began = await lead.press("open")
    shown = at.rpartition("/")[0] + "/open"
    samples["reveal"] += await seen(crowd, f"{shown} figures", began)
    await asyncio.sleep(0.5)
    await lead.press("record", value="3", dissent="", fact="")
    await seen([lead], at.rpartition("/")[0] + "/recorded", 0)
    await asyncio.sleep(0.5)


def told(samples):
    found = sorted(samples)
    return [found[round(share * (len(found) - 1))] for share in (0.5, 0.95, 1.0)]


async def measure(asked, place):
    samples = {name: [] for name in ("next", "vote-count", "reveal")}
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(Agir(place, released=False))
        began = time.time()
        lead, crowd = await gather(stack, server, asked.people, asked.pages)
        print(f"{len(crowd)} people are there after {time.time() - began:.0f} s", flush=True)
        await asyncio.sleep(5)
        before = processes.worked(server.family())
        await asyncio.sleep(_REST)
        spent = (processes.worked(server.family()) - before) / _REST
        print(f"nothing happens: {spent:.2f} of a core for {len(crowd) + 1} kernels", flush=True)
        for number in range(asked.runs):
            await run(lead, crowd, samples)
            print(f"  … {number + 1}/{asked.runs}", flush=True)
        await asyncio.gather(lead.leave(), *(s.leave() for s in crowd if isinstance(s, Seat)))
    print(f"{'seconds':12}{'p50':>8}{'p95':>8}{'max':>8}")
    for name, found in samples.items():
        print(f"{name:12}" + "".join(f"{value:8.2f}" for value in told(found)))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=60, help="scripted people")
    parser.add_argument("--pages", type=int, default=6, help="real Chromium pages")
    parser.add_argument("--runs", type=int, default=7, help="statements that are taken up")
    asked = parser.parse_args()
    processes.adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="agir-session-") as place:
        try:
            asyncio.run(measure(asked, Path(place)))
        finally:
            processes.end(processes.below(), patience=5)


if __name__ == "__main__":
    main()
