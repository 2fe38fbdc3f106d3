"""Kill a server, its nursery and its kernels while people answer: is every answer kept?

    python tests/faults/killed.py                                  # 1000 kills: about an hour
    python tests/faults/killed.py --kills 50 --seed 7              # some minutes
    python tests/faults/killed.py --kills 20 --people 60 --pages 6 # a full hall

People change their answers without end: some through the same messages that a page sends, some on
real Chromium pages. Again and again, in the moment in which an answer is on its way, processes are
killed as `kill -9` does: a kernel, the nursery, the server, or all of them at once as in a power
cut; a killed server is started again on its port. In the end the file of answers is verified, and
compared with what each person saw saved. Ends with status 1 if an answer is lost or changed, or if
the file is not whole.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack, suppress
from itertools import count
from pathlib import Path
from random import Random

import psutil
from playwright.async_api import Error, async_playwright

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent / "benchmarks")]

from hall.raters import Rater  # noqa: E402
from hall.sides import Agir  # noqa: E402

from tests.browser.conftest import CHROMIUM, FLAGS  # noqa: E402
from toolkit.evaluation import Evaluation  # noqa: E402
from toolkit.evaluation.folder import STORE  # noqa: E402
from toolkit.storage.verify import verify  # noqa: E402
from toolkit.text import say  # noqa: E402

#: Seconds between two answers of one person.
PACE = 1.0
#: Seconds after which something is surely stuck.
PATIENCE = 600
#: What is killed, and how often: the more often, the cheaper it is to come back.
TARGETS = ["kernel"] * 6 + ["nursery"] * 2 + ["server"] + ["all"] * 2
#: What the browser's storage of answers that wait holds.
KEPT = "() => JSON.stringify(localStorage)"
#: How many these are.
WAITING = "() => Object.keys(localStorage).filter((name) => name.startsWith('agir:')).length"


class Person:
    """Somebody who answers until they are told to stop.

    Attributes
    ----------
    saved
        What they saw saved: of each line its values, and the note that came with it if any.
    sent
        Of each line, what they gave since they last saw one saved: any of it may stand.
    stuck
        Whether their page still held an answer when everything had run for long.
    """

    def __init__(self, chance):
        self.chance = chance
        self.saved, self.sent = [], {}
        self.on_its_way = self.over = self.stuck = False

    def give(self, code, value):
        self.sent.setdefault(code, []).append(value)
        self.on_its_way = True

    def saw(self, code, value, note=None):
        self.saved.append((code, value, note))
        self.sent[code] = [value]
        self.on_its_way = False


class Scripted(Person):
    """Somebody without a browser: sends again what was not answered, on the page opened anew."""

    def __init__(self, chance, link, codes):
        super().__init__(chance)
        self.link, self.codes, self.rater = link, codes, None

    async def answer(self):
        for number in count():
            if self.over:
                break
            code, value = self.chance.choice(self.codes), self.chance.randint(1, 5)
            self.give(code, value)
            while not await self._tap(code, value, f"note {number}"):
                await self._leave()
            self.saw(code, value, f"note {number}")
            await asyncio.sleep(PACE * self.chance.random() * 2)
        await self._leave()

    async def _tap(self, code, value, note):
        try:
            async with asyncio.timeout(60):
                if self.rater is None:
                    self.rater = Rater()
                    await self.rater.arrive(self.link)
                tapping = asyncio.ensure_future(self.rater.tap(code, value, note=note))
                # A channel that ends answers no more: there is nothing to wait for.
                await asyncio.wait(
                    [tapping, self.rater.listening], return_when=asyncio.FIRST_COMPLETED
                )
                if tapping.done():
                    return tapping.result().seconds is not None
                tapping.cancel()
        except Exception:  # noqa: BLE001  # whatever it was, the page is opened again
            await asyncio.sleep(0.1)
        return False

    async def _leave(self):
        gone, self.rater = self.rater, None
        if gone is not None:
            with suppress(Exception):
                async with asyncio.timeout(5):
                    await gone.leave()


class Looking(Person):
    """Somebody with a real browser, whose page does what it does."""

    def __init__(self, chance, link, page):
        super().__init__(chance)
        self.link, self.page = link, page

    async def answer(self):
        await self.page.goto(self.link)
        while not self.over:
            with suppress(Error):  # between two pages
                await self._go_on()
            await asyncio.sleep(PACE)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while await self._waits():  # noqa: ASYNC110
                    await asyncio.sleep(0.2)
            return
        print(f"still waits: {self.page.url}", await self.page.evaluate(KEPT), sep="\n")
        print(await self.page.locator("body").inner_text())
        self.stuck = True

    async def _waits(self):
        with suppress(Error):
            return await self.page.evaluate(WAITING)
        return True

    async def _go_on(self):
        door = self.page.locator(".agir-button").first
        if await door.count():
            await door.click(timeout=5000)
        questions = self.page.locator("agir-view .tk-question")
        await questions.first.wait_for(timeout=20_000)
        question = questions.nth(self.chance.randrange(await questions.count()))
        step = question.locator(".tk-current .tk-step").nth(self.chance.randint(0, 4))
        radio = step.locator("input")
        if await radio.is_checked():
            return
        code, value = (
            (await radio.get_attribute("name")).split("-")[0],
            int(await radio.get_attribute("value")),
        )
        self.give(code, value)
        await step.click(timeout=5000)
        said = question.locator(".tk-said").first
        await said.filter(has_text=say("rate.saved", "fr")).wait_for(timeout=60_000)
        self.saw(code, value)


class Killing:
    """Kill processes of a server one after the other, and start it again where it was killed."""

    def __init__(self, server, people, chance):
        self._server, self._people, self._chance = server, people, chance
        self.killed, self.moments = Counter(), 0

    async def go_on(self, kills, minutes):
        began = time.monotonic()
        while (done := self.killed.total()) < kills and time.monotonic() - began < 60 * minutes:
            await self._half_answer()
            await self._one_waits()
            await self._kill(self._chance.choice(TARGETS))
            self.moments += 1
            if self.moments % 10 == 0:
                seen = sum(len(person.saved) for person in self._people)
                print(f"{done} killed, {seen} saved, {time.monotonic() - began:.0f} s", flush=True)

    async def _half_answer(self):
        """Wait until half of the people have seen an answer saved since the last kill."""
        before = [len(person.saved) for person in self._people]
        async with asyncio.timeout(PATIENCE):
            while 2 * self._still(before) > len(before):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    def _still(self, before):
        """Return how many people have seen no more saved than before."""
        now = [len(person.saved) for person in self._people]
        return sum(one == other for one, other in zip(now, before, strict=True))

    async def _one_waits(self):
        """Wait for a moment in which an answer is on its way."""
        while not any(person.on_its_way for person in self._people):  # noqa: ASYNC110
            await asyncio.sleep(0)

    async def _kill(self, target):
        kernels, nurseries = self._family()
        serves = target in {"server", "all"}
        found = [("server", self._server.pid)] if serves else []
        if target in {"nursery", "all"}:
            found += [("nursery", pid) for pid in nurseries]
        if target in {"kernel", "all"}:
            some = kernels if serves else self._chance.sample(kernels, min(1, len(kernels)))
            found += [("kernel", pid) for pid in some]
        for name, pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                self.killed[name] += 1
        if serves:
            await self._server.again()

    def _family(self):
        """Return the processes of a server's kernels, and those that they were forked from."""
        forked = {}
        with suppress(psutil.NoSuchProcess):
            for process in psutil.Process(self._server.pid).children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    if "kernels.nursery" in " ".join(process.cmdline()):
                        forked[process.pid] = process.ppid()
        nurseries = [pid for pid, parent in forked.items() if parent not in forked]
        return sorted(forked.keys() - set(nurseries)), nurseries


class Kept(Agir):
    """A server that is started again on its port after it was killed."""

    patience = PATIENCE

    @property
    def pid(self):
        return self._process.pid

    async def again(self):
        await asyncio.to_thread(self._process.wait)
        self._start()
        await self._listening()


def compare(folder, people):
    """Return how many answers were seen saved, and which of them are lost or changed."""
    evaluation = Evaluation.open(folder)
    table = evaluation.ratings(history=True)
    ever = {
        (row.rater, row.indicator, row.note): row.value
        for row in table[table["aspect"] == "current"].itertuples()
    }
    seen, lost, changed = 0, [], []
    for rater, person in people.items():
        stand = evaluation.sheet(evaluation.wave.code, rater).answers
        for code, value, note in person.saved:
            seen += 1
            if note is not None and (rater, code, note) not in ever:
                lost.append((rater, code, note))
            elif note is not None and ever[rater, code, note] != value:
                changed.append((rater, code, note, value))
        for code, allowed in person.sent.items():
            stands = stand.get((code, "current"))
            if stands is None and any(code == one for one, *_ in person.saved):
                lost.append((rater, code))
            elif stands is not None and stands.value not in allowed:
                changed.append((rater, code, allowed, stands.value))
    return seen, lost, changed


async def scene(asked):
    chance = Random(asked.seed)
    async with AsyncExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        server = await stack.enter_async_context(Kept(place, released=False))
        conditions = server.evaluation.instrument.conditions
        codes = [line.code for section in conditions for line in section.indicators]
        crowd, browser = {}, None
        if asked.pages:
            playwright = await stack.enter_async_context(async_playwright())
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            stack.push_async_callback(browser.close)
        for number, (link, rater) in enumerate(server.raters(asked.people)):
            own = Random(chance.random())
            if number < asked.pages:
                page = await (await browser.new_context()).new_page()
                crowd[rater] = Looking(own, link, page)
            else:
                crowd[rater] = Scripted(own, link, codes)
        killing = Killing(server, list(crowd.values()), chance)
        tasks = [asyncio.create_task(person.answer()) for person in crowd.values()]
        await killing.go_on(asked.kills, asked.minutes)
        for person in crowd.values():
            person.over = True
        await asyncio.wait_for(asyncio.gather(*tasks), 2 * PATIENCE)
        server.stop()
        named = verify(server.folder / STORE)
        seen, lost, changed = compare(server.folder, crowd)
    told = ", ".join(f"{count} {name}" for name, count in killing.killed.most_common())
    print(f"{killing.killed.total()} processes killed in {killing.moments} moments: {told}")
    print(f"{asked.people} people, {asked.pages} of them in Chromium: {seen} answers seen saved")
    print(f"lost: {len(lost)}; changed: {len(changed)}; faults of the file: {len(named)}")
    print(*lost[:5], *changed[:5], *named[:5], sep="\n")
    stuck = any(person.stuck for person in crowd.values())
    return not (lost or changed or named or stuck)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--minutes", type=float, default=600, help="stop after so long")
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--pages", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    sys.exit(0 if asyncio.run(scene(parser.parse_args())) else 1)
