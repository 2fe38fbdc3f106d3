"""What an analyst's own tests do to a component is what a browser does."""

from typing import ClassVar, Required, Unpack

from toolkit.testing import send
from toolkit.widgets import Component, Notice, State
from toolkit.widgets.shapes import whole


class CheerState(State, total=False):
    """What it is told."""

    title: Required[str]


class Cheer(Component):
    """Let somebody applaud."""

    _esm = "export default { render() {} }"
    accepts: ClassVar = {"cheer": {"count": whole}}

    def __init__(self, **state: Unpack[CheerState]) -> None:
        super().__init__(**state)


def test_what_is_sent_becomes_the_value_of_a_component_of_ones_own():
    cheer = Cheer(title="Bravo")
    assert send(cheer, "cheer", count=3) is None  # nobody answers it
    assert (cheer.value.kind, cheer.value.data) == ("cheer", {"count": 3})


def test_what_it_does_not_take_is_refused_or_thrown_away():
    cheer = Cheer(title="Bravo")
    assert send(cheer, "cheer", count="three")["ok"] is False
    assert send(cheer, "boo", count=3) is None
    assert send(cheer, "cheer", other=3) is None
    assert cheer.value is None


def test_the_reply_of_whoever_listens_is_returned_and_the_component_goes_on_as_before():
    notice = Notice(title="Go?", buttons=[{"name": "go", "label": "Go"}])
    notice.observe(lambda change: notice.reply(change["new"], message="gone"), "value")
    before = notice.send
    assert send(notice, "press", button="go", fields={})["message"] == "gone"
    assert send(notice, "press", button="go", fields={})["ok"] is True  # not taken for a repeat
    assert notice.send == before
