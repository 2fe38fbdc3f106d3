"""What a component takes from a browser, and what it throws away."""

import pytest

from toolkit.widgets import Form, Notice


def heard(component, *messages):
    """Return what a page would hear of these messages."""
    said = []
    component.observe(lambda change: said.append(change["new"]), "value")
    for message in messages:
        component._hear(component, message, [])
    return said


def message(**changes):
    sound = {"kind": "answer", "slot": "CV1/current", "sequence": 1, "data": {"value": 3}}
    return {**sound, **changes}


def test_a_message_of_the_right_shape_is_heard():
    (said,) = heard(Form(), message())
    assert (said.kind, said.data, said.slot) == ("answer", {"value": 3}, "CV1/current")


@pytest.mark.parametrize(
    "forged",
    [
        {"kind": "rater"},
        {"data": {"value": 3, "rater": "somebody-else"}},
        {"data": {"wave": "2025-T1"}},
        {"data": [1, 2]},
        {"sequence": "1"},
        {"sequence": True},
        {"slot": 7},
        {"data": {"note": "x" * 5_000_000}},
    ],
)
def test_a_message_of_any_other_shape_is_thrown_away(forged):
    assert heard(Form(), message(**forged)) == []


@pytest.mark.parametrize("nonsense", [None, "answer", 3, [], {}])
def test_nonsense_is_thrown_away(nonsense):
    assert heard(Form(), nonsense) == []


def test_a_message_sent_twice_acts_once_and_is_answered_twice(monkeypatch):
    notice, sent = Notice(), []
    monkeypatch.setattr(notice, "send", lambda content, *_: sent.append(content))
    notice.observe(lambda change: notice.reply(change["new"], message="done"), "value")
    press = message(kind="press", slot="press", data={"button": "open"})
    said = heard(notice, press, press)
    assert len(said) == 1
    assert [reply["message"] for reply in sent] == ["done", "done"]


def test_a_message_that_may_pass_later_acts_again(monkeypatch):
    form = Form()
    monkeypatch.setattr(form, "send", lambda *_: None)
    form.observe(lambda change: form.reply(change["new"], ok=False, retry=True), "value")
    assert len(heard(form, message(), message())) == 2
