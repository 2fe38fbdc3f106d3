"""Kernels are counted, and whoever comes when all places are taken waits for one."""

import asyncio
import datetime
from contextlib import AsyncExitStack

from toolkit.serve.page.places import Places


class Kernels(dict):
    """A kernel manager's face: kernels by id, with who looks at them and since when."""

    def open(self, name, *, connections, idle=0, state="idle"):
        since = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=idle)
        self[name] = {"connections": connections, "since": since, "execution_state": state}

    def list_kernel_ids(self):
        return list(self)

    def kernel_model(self, name):
        return self[name]

    def get_kernel(self, name):
        return type("Kernel", (), {"last_activity": self[name]["since"]})

    async def shutdown_kernel(self, name, **_):
        del self[name]


async def came_in(places, seconds=0.2):
    """Return whether somebody got a place within so many seconds."""

    async def come():
        async with places.one():
            return True

    try:
        return await asyncio.wait_for(come(), seconds)
    except TimeoutError:
        return False


def test_there_is_room_until_all_places_are_taken():
    async def scene():
        kernels = Kernels()
        places = Places(kernels, most=2)
        kernels.open("a", connections=1)
        assert not places.full
        assert await came_in(places)
        kernels.open("b", connections=1)
        assert places.full
        assert not await came_in(places)

    asyncio.run(scene())


def test_who_waits_gets_the_place_that_somebody_leaves():
    async def scene():
        kernels = Kernels()
        places = Places(kernels, most=1)
        kernels.open("a", connections=1)
        waiting = asyncio.create_task(came_in(places, 5))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        del kernels["a"]
        assert await waiting

    asyncio.run(scene())


def test_a_kernel_that_nobody_has_looked_at_for_long_makes_room():
    async def scene():
        kernels = Kernels()
        kernels.open("looked at", connections=1, idle=900)
        kernels.open("just left", connections=0, idle=5)
        kernels.open("left long ago", connections=0, idle=300)
        assert await came_in(Places(kernels, most=3))
        assert set(kernels) == {"looked at", "just left"}

    asyncio.run(scene())


def test_nobody_who_looks_or_has_just_left_is_sent_away():
    async def scene():
        kernels = Kernels()
        kernels.open("a", connections=1, idle=900)
        kernels.open("b", connections=0, idle=5)
        kernels.open("its page is being made", connections=0, idle=900, state="busy")
        assert not await came_in(Places(kernels, most=3))
        assert len(kernels) == 3

    asyncio.run(scene())


def test_they_come_in_in_the_order_in_which_they_came():
    async def scene():
        kernels = Kernels()
        kernels.open("a", connections=1)
        places, order = Places(kernels, most=1), []

        async def come(name):
            async with places.one():
                order.append(name)

        waiting = [asyncio.create_task(come(name)) for name in "xyz"]
        await asyncio.sleep(0.05)
        del kernels["a"]
        await asyncio.gather(*waiting)
        assert order == ["x", "y", "z"]

    asyncio.run(scene())


def test_who_has_left_the_line_takes_no_place_and_keeps_nobody_waiting():
    async def scene():
        kernels = Kernels()
        kernels.open("a", connections=0, idle=900)
        places, gone = Places(kernels, most=1), asyncio.Event()
        gone.set()
        async with places.one(gone.is_set):
            assert set(kernels) == {"a"}
        assert await came_in(places)

    asyncio.run(scene())


def test_starts_that_never_end_do_not_keep_others_from_theirs(monkeypatch):
    monkeypatch.setattr("toolkit.serve.page.places._SLOW", 0.05)

    async def scene():
        places = Places(Kernels(), most=9)
        async with AsyncExitStack() as stack:
            for _ in range(4):
                await stack.enter_async_context(places.one())
            assert await came_in(places, 5)
        assert places._starting._value == 4

    asyncio.run(scene())
