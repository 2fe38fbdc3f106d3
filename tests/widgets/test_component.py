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
    (said,) = heard(Form.empty(), message())
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
        {"sequence": 2**60},
        {"slot": "\ud83d"},
        {"kind": ["answer"]},
        {"slot": 7},
        {"data": {"note": "x" * 5_000_000}},
    ],
)
def test_a_message_of_any_other_shape_is_thrown_away(forged):
    assert heard(Form.empty(), message(**forged)) == []


ODD = [
    *([1], {"a": 1}, [[1]], True, 1.5, float("inf"), float("nan"), 10**30, "3", "\ud83d"),
]


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_a_value_of_another_type_or_range_gets_a_sentence_and_no_page_hears_it(odd, monkeypatch):
    form, sent = Form(title="", questions=[], words={"unfit": "unfit"}), []
    monkeypatch.setattr(form, "send", lambda content, *_: sent.append(content))
    assert heard(form, message(data={"value": odd})) == []
    assert [(reply["ok"], reply["message"]) for reply in sent] == [(False, "unfit")]


@pytest.mark.parametrize("name", ["button", "fields"])
@pytest.mark.parametrize("odd", [[1], 3, None, {"a": {"b": 1}}, {"a": [1]}, {"a": float("inf")}])
def test_a_press_holds_a_name_and_a_form_and_nothing_else(name, odd):
    press = message(kind="press", slot="press", data={"button": "go", name: odd})
    assert heard(Notice.empty(), press) == []


def test_a_form_may_hold_texts_numbers_and_several_words():
    fields = {"name": "x" * 5000, "count": 3, "share": 0.5, "chosen": ["a", "b"], "none": None}
    press = message(kind="press", slot="press", data={"button": "go", "fields": fields})
    (said,) = heard(Notice.empty(), press)
    assert said.data["fields"] == fields


def test_what_is_nested_without_end_is_thrown_away():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    assert heard(Form.empty(), message(data={"value": deep})) == []


@pytest.mark.parametrize("nonsense", [None, "answer", 3, [], {}])
def test_nonsense_is_thrown_away(nonsense):
    assert heard(Form.empty(), nonsense) == []


def test_a_message_sent_twice_acts_once_and_is_answered_twice(monkeypatch):
    notice, sent = Notice.empty(), []
    monkeypatch.setattr(notice, "send", lambda content, *_: sent.append(content))
    notice.observe(lambda change: notice.reply(change["new"], message="done"), "value")
    press = message(kind="press", slot="press", data={"button": "open"})
    said = heard(notice, press, press)
    assert len(said) == 1
    assert [reply["message"] for reply in sent] == ["done", "done"]


def test_a_message_that_may_pass_later_acts_again(monkeypatch):
    form = Form.empty()
    monkeypatch.setattr(form, "send", lambda *_: None)
    form.observe(lambda change: form.reply(change["new"], ok=False, retry=True), "value")
    assert len(heard(form, message(), message())) == 2
