"""What a link no longer opens is closed by one look, also where nobody says anything."""

from types import SimpleNamespace

import pytest

from toolkit.serve.doors.doorkeeper import Doorkeeper
from toolkit.serve.doors.sessions import IDLE, Sessions
from toolkit.serve.doors.watch import Watch


class Channel:
    """A channel on which nobody says anything."""

    def __init__(self, session=""):
        self.session = session
        self.ended = ""

    def end(self, why):
        self.ended = why


@pytest.fixture
def door(evaluation):
    return Doorkeeper(evaluation, "http://127.0.0.1/lien/")


def links(evaluation):
    return [evaluation.links.find(evaluation.links.make("viewer")[0]).link for _ in range(2)]


def test_an_idle_evaluators_channel_is_closed_and_nobody_elses(evaluation, door):
    now = SimpleNamespace(seconds=1e9)
    door.sessions = Sessions(evaluation.links, lambda: now.seconds)
    session, _ = door.sessions.read(door.sessions.start())
    evaluator, person = Channel(session), Channel()
    door.owners |= dict(zip(("k1", "k2"), links(evaluation), strict=True))
    door.channels["k1"].add(evaluator)
    door.channels["k2"].add(person)
    watch = Watch(door, {"k1", "k2"})
    now.seconds += IDLE
    watch.look()
    assert evaluator.ended == ""
    now.seconds += 1
    watch.look()
    assert (evaluator.ended, person.ended) == ("idle", "")


def test_a_kernel_that_is_gone_is_nobodys(evaluation, door):
    door.owners |= dict(zip(("k1", "k2"), links(evaluation), strict=True))
    door.channels["k1"].add(Channel())
    Watch(door, {"k2"}).look()
    assert set(door.owners) == {"k2"}
