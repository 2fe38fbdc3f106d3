"""A full hall answers everything while the server's processes are killed: is every answer kept?

    python tests/faults/killed.py                     # 60 people, 6 of them real Chromium pages
    python tests/faults/killed.py --people 20 --pages 2

Run by hand: it takes some minutes. Half way through the answers the nursery is killed, and one in
ten kernels. Then the store is compared with what each person saw saved; it ends with status 1 if
an answer is missing or differs, or if somebody could not finish.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
from contextlib import AsyncExitStack, suppress
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
from toolkit.text import say  # noqa: E402

#: The questions of a page that wait for an answer.
_LEFT = "agir-view .tk-question:not(:has(.tk-current input:checked))"
#: Seconds between two answers of one person, and in which everybody must have finished.
PACE, PATIENCE = 1.0, 600
CHANCE = Random()


class Scripted:
    """Somebody without a browser, who opens the page again when it no longer answers."""

    def __init__(self, link, codes):
        self.link, self.codes, self.saved = link, codes, {}
        self.rater = None

    async def answer(self):
        for code in self.codes:
            value = CHANCE.randint(1, 5)
            while not await self._tap(code, value):
                await self._leave()
            self.saved[code] = value
            await asyncio.sleep(PACE)
        await self._leave()

    async def _tap(self, code, value):
        try:
            async with asyncio.timeout(60):
                if self.rater is None:
                    self.rater = Rater()
                    await self.rater.arrive(self.link)
                async with asyncio.timeout(15):
                    return (await self.rater.tap(code, value)).seconds is not None
        except Exception:  # noqa: BLE001  # whatever it was, the page is opened again
            return False

    async def _leave(self):
        gone, self.rater = self.rater, None
        with suppress(Exception):
            async with asyncio.timeout(5):
                await gone.leave()


class Looking:
    """Somebody with a real browser, who answers whatever the page asks until it says thanks."""

    def __init__(self, page, link):
        self.page, self.link, self.saved = page, link, {}

    async def answer(self):
        await self.page.goto(self.link)
        await self.page.locator(".agir-button").first.click()
        done = self.page.get_by_role("heading", name=say("rate.done_title", "fr"))
        while not await done.count():
            with suppress(Error):  # between two pages
                await self._go_on()
            await asyncio.sleep(PACE / 2)

    async def _go_on(self):
        left = self.page.locator(
            "agir-view .tk-question:not(:has(.tk-current input:checked))"
        ).first
        if not await left.count():
            # Of a section, the way on; of what was left out, the way back to it.
            asked = await self.page.locator("agir-view h2").first.text_content()
            await self.page.locator("agir-view .tk-primary").first.click(timeout=2000)
            there = self.page.locator("agir-view h2").filter(has_not_text=asked)
            await there.wait_for(timeout=2000)
            return
        radio = left.locator(".tk-current input[type=radio]").nth(CHANCE.randint(0, 4))
        name, value = await radio.get_attribute("name"), int(await radio.get_attribute("value"))
        await left.locator(".tk-current .tk-step").nth(value - 1).click(timeout=2000)
        chosen = self.page.locator(f".tk-question:has(input[name='{name}']) .tk-said").first
        await chosen.filter(has_text=say("rate.saved", "fr")).wait_for(timeout=5000)
        self.saved[name.split("-")[0]] = value


def kernels_and_nursery(server):
    """Return the processes of a server's kernels, and the one that they were forked from."""
    forked = {}
    for process in server.family():
        with suppress(psutil.NoSuchProcess):
            if "kernels.nursery" in " ".join(process.cmdline()):
                forked[process.pid] = process.ppid()
    nursery = [pid for pid, parent in forked.items() if parent not in forked]
    return sorted(forked.keys() - set(nursery)), nursery


async def kill(server, people):
    """Wait until half of the answers are in, then kill the nursery and one in ten kernels."""
    while sum(len(person.saved) for person in people) < len(people) * 11:  # noqa: ASYNC110
        await asyncio.sleep(0.2)
    kernels, nursery = kernels_and_nursery(server)
    killed = CHANCE.sample(kernels, max(1, len(kernels) // 10))
    for pid in (*nursery, *killed):
        os.kill(pid, signal.SIGKILL)
    print(f"killed: nursery {nursery}, {len(killed)} of {len(kernels)} kernels", flush=True)


def compare(folder, people, codes):
    """Return every answer that the store lacks, or that is not what somebody saw saved."""
    evaluation = Evaluation.open(folder)
    wrong = []
    for rater, person in people.items():
        kept = evaluation.sheet(evaluation.wave.code, rater).answers
        for code in codes:
            stands, value = kept.get((code, "current")), person.saved.get(code)
            if stands is None or value not in {None, stands.value}:
                wrong.append((rater, code, value, stands and stands.value))
    return wrong


async def scene(people, pages, seed):
    CHANCE.seed(seed)
    async with AsyncExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        server = await stack.enter_async_context(Agir(place, released=False))
        conditions = server.evaluation.instrument.conditions
        codes = [line.code for section in conditions for line in section.indicators]
        links = server.raters(people)
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        crowd = {}
        for number, (link, rater) in enumerate(links):
            if number < pages:
                page = await (await browser.new_context()).new_page()
                crowd[rater] = Looking(page, link)
            else:
                crowd[rater] = Scripted(link, codes)
        killing = asyncio.create_task(kill(server, crowd.values()))
        tasks = [asyncio.create_task(person.answer()) for person in crowd.values()]
        _, waiting = await asyncio.wait(tasks, timeout=PATIENCE)
        for task in (*waiting, *([] if killing.done() else [killing])):
            task.cancel()
        wrong = compare(server.folder, crowd, codes)
        saved = sum(len(person.saved) for person in crowd.values())
        await browser.close()
    print(f"{people} people, {pages} of them in Chromium: {saved} answers seen saved")
    print(f"not finished: {len(waiting)}; lost or changed: {len(wrong)}", *wrong[:5], sep="\n")
    return not (waiting or wrong) and killing.done()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--pages", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    fine = asyncio.run(scene(asked.people, asked.pages, asked.seed))
    sys.exit(0 if fine else 1)
