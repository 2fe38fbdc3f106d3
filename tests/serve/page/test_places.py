"""Kernels are counted, and whoever comes when all places are taken waits for one."""

import asyncio
import datetime
from contextlib import AsyncExitStack

from toolkit.serve.page.places import Owner, Places

ANYBODY = Owner("rater", "a")


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


async def come(places, owner=ANYBODY):
    async with places.one(owner):
        return True


async def came_in(places, owner=ANYBODY):
    """Return whether somebody gets a place as soon as all that can happen at once has happened."""
    coming = asyncio.create_task(come(places, owner))
    await what_can_happen()
    coming.cancel()
    return coming.done()


async def what_can_happen():
    for _ in range(50):
        await asyncio.sleep(0)


def test_there_is_room_until_all_places_are_taken():
    async def scene():
        kernels = Kernels()
        places = Places(kernels, most=2)
        kernels.open("a", connections=1)
        assert not places.full(Owner())
        assert await came_in(places)
        kernels.open("b", connections=1)
        assert places.full(Owner())
        assert not await came_in(places)

    asyncio.run(scene())


def test_who_waits_gets_the_place_that_somebody_leaves():
    async def scene():
        kernels = Kernels()
        places = Places(kernels, most=1)
        kernels.open("a", connections=1)
        waiting = asyncio.create_task(come(places))
        await what_can_happen()
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
        assert await came_in(Places(kernels, most=4))
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
            async with places.one(Owner()):
                order.append(name)

        waiting = [asyncio.create_task(come(name)) for name in "xyz"]
        await what_can_happen()
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
        async with places.one(Owner(), gone.is_set):
            assert set(kernels) == {"a"}
        assert await came_in(places)

    asyncio.run(scene())


def test_starts_that_never_end_do_not_keep_others_from_theirs(monkeypatch):
    monkeypatch.setattr("toolkit.serve.page.places._SLOW", 0.05)

    async def scene():
        places = Places(Kernels(), most=9)
        async with AsyncExitStack() as stack:
            for _ in range(4):
                await stack.enter_async_context(places.one(Owner()))
            assert await come(places)
        assert places._starting._value == 4

    asyncio.run(scene())


RATER, EVALUATOR = Owner("rater", "r"), Owner("evaluator", "e")
VIEWER, OTHERS = Owner("viewer", "v"), Owner("viewer", "w")


def take(kernels, places, owner, count, **how):
    for _ in range(count):
        name = f"{owner.link}{len(kernels)}"
        kernels.open(name, **{"connections": 1, **how})
        places.give(name, owner)


def test_one_viewers_link_keeps_nobody_else_from_a_place():
    async def scene():
        kernels = Kernels()
        places = Places(kernels, most=12)
        while await came_in(places, VIEWER):
            take(kernels, places, VIEWER, 1)
        assert len(kernels) == 6
        assert places.full(VIEWER)
        for owner in (OTHERS, RATER, EVALUATOR):
            assert not places.full(owner)
            assert await came_in(places, owner)
        while await came_in(places, OTHERS):
            take(kernels, places, OTHERS, 1)
        assert len(kernels) == 7
        for count in range(4):
            assert await came_in(places, RATER), count
            take(kernels, places, RATER, 1)
        assert not await came_in(places, RATER)
        assert await came_in(places, EVALUATOR)

    asyncio.run(scene())


def test_a_crowd_that_answers_leaves_the_evaluator_a_place():
    async def scene():
        kernels = Kernels()
        places = Places(kernels, most=6)
        while await came_in(places, RATER):
            take(kernels, places, RATER, 1)
        assert len(kernels) == 5
        assert await came_in(places, EVALUATOR)

    asyncio.run(scene())


def test_a_viewer_who_waits_keeps_nobody_waiting_who_answers():
    async def scene():
        kernels = Kernels()
        places = Places(kernels, most=6)
        take(kernels, places, VIEWER, 3)
        waiting = asyncio.create_task(come(places, VIEWER))
        await what_can_happen()
        assert await came_in(places, RATER)
        assert not waiting.done()
        kernels.clear()
        assert await waiting

    asyncio.run(scene())


def test_room_is_made_only_where_it_helps_whoever_waits():
    async def scene():
        kernels = Kernels()
        places = Places(kernels, most=3)
        take(kernels, places, EVALUATOR, 1, connections=0, idle=900)
        take(kernels, places, RATER, 1, connections=0, idle=900)
        take(kernels, places, VIEWER, 1, connections=0, idle=300)
        assert await came_in(places, OTHERS)
        assert len(kernels) == 2

    asyncio.run(scene())
