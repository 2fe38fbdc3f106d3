"""What each component says once it is shown: its value, and the reply that goes back."""

import json

import pytest

from tests.widgets.declarations import COMPONENTS
from toolkit.text import say
from toolkit.widgets import (
    Ballot,
    Cards,
    ChartView,
    Drawer,
    Form,
    Ladder,
    LinkList,
    Masthead,
    Notes,
    Notice,
    Paper,
    Questions,
    RoleTable,
    Roster,
    Stage,
    Table,
    Ties,
)

QUESTION = {
    "code": "CV1",
    "text": "A vision",
    "question": "Have we one?",
    "steps": [{"value": 1, "name": "Little", "anchor": "None yet."}],
}
LINE = {"code": "CV", "title": "Vision", "figure": "Median 3", "note": "", "number": 0}
WAY = {"code": "networking", "name": "Networking", "about": "We tell.", "parts": [], "example": ""}
ROW = {"code": "clsc", "name": "CLSC", "sector": "health", "level": "local"}
SHEET = {
    "code": "CV1",
    "text": "A vision",
    "question": "Have we one?",
    "steps": [(1, "Little", "")],
}

#: Of each component: what shows something, and a message of each kind that it sends.
SHOWN = {
    Ballot: (
        {"question": "Have we?", "subject": "CV1/1", "steps": [(1, "Little", "None yet.")]},
        {"vote": {"subject": "CV1/1", "value": None}},
    ),
    Cards: (
        {"title": "Rounds", "cards": [{"code": "r1", "title": "First", "tone": "masked"}]},
        {"act": {"card": "r1", "action": "open"}},
    ),
    ChartView: (
        {"title": "Medians", "pictures": ["data:,", "data:,"], "description": "Three."}
        | {"headers": ["Condition"], "rows": [["Vision"]]},
        {},
    ),
    Drawer: ({"title": "Said", "groups": [{"title": "Time", "items": ["None."]}]}, {}),
    Form: (
        {"title": "Vision", "questions": [QUESTION]},
        {
            "answer": {"indicator": "CV1", "aspect": "current", "value": 1, "status": None}
            | {"note": "So it is."},
            "go": {"to": 1},
        },
    ),
    Ladder: (
        {"title": "Four ways", "ways": [WAY], "editable": True},
        {"keep": {"examples": {"networking": "A newsletter."}}},
    ),
    LinkList: (
        {"title": "Links", "links": [], "makes": [{"name": "group", "label": "Make"}]},
        {"make": {"what": "group", "count": 12}},
    ),
    Masthead: (
        {"title": "Our vision", "progress": {"label": "1 of 2", "value": 1, "total": 2}},
        {
            "language": {"language": "en"},
            "choice": {"choice": "r1"},
            "view": {"view": "room"},
            "here": {},
        },
    ),
    Notes: (
        {"title": "What we see", "groups": [{"code": "CV", "title": "Vision", "lines": [LINE]}]},
        {"note": {"code": "CV", "wave": "r1", "text": "We do.", "seen": 0}},
    ),
    Notice: (
        {"title": "Ready?", "fields": [{"name": "who", "label": "Who?"}]},
        {"press": {"button": "go", "fields": {"who": "Ana"}}},
    ),
    Paper: ({"title": "On paper", "head": ["Session"], "lines": [SHEET], "print": "Print"}, {}),
    Questions: (
        {"title": "Purpose", "parts": [{"title": "Need", "questions": []}]},
        {"answer": {"subject": "p1", "question": "need", "value": 2}, "go": {"to": "back"}},
    ),
    RoleTable: (
        {"title": "Roles", "roles": [{"code": "host", "name": "Host", "about": "Its rooms."}]}
        | {"partners": [{"code": "clsc", "name": "CLSC", "roles": []}]},
        {"roles": {"partner": "clsc", "roles": ["host"]}},
    ),
    Roster: (
        {"title": "Partners", "rows": [ROW], "levels": [("local", "Local")], "sectors": []},
        {"keep": {"rows": [ROW]}, "paste": {"text": "CPE Un", "rows": [ROW]}},
    ),
    Stage: (
        {"title": "Have we a vision?", "timer": {"left": 12.5, "set": 60}}
        | {"figures": [{"title": "First", "bars": [("1", 2, 1.0)], "lines": []}]},
        {"here": {}},
    ),
    Table: ({"title": "People", "headers": ["Group"], "rows": [["Parents"], [[["a", "b"]]]]}, {}),
    Ties: (
        {"title": "Ties", "partners": [{"code": "clsc", "name": "CLSC"}]}
        | {"ways": [{"value": "unknown", "name": "I do not know"}]},
        {
            "answer": {"partner": "clsc", "current": "unknown", "desired": 3},
            "none": {"partners": ["clsc"]},
            "done": {},
        },
    ),
}
KINDS = [(made, kind) for made, (_, messages) in SHOWN.items() for kind in messages]


def named(value):
    return value if isinstance(value, str) else value.__name__


def test_every_component_is_shown_here():
    assert set(SHOWN) == set(COMPONENTS)
    assert {made: set(messages) for made, (_, messages) in SHOWN.items()} == {
        made: set(made.accepts) for made in COMPONENTS
    }


@pytest.mark.parametrize("component", SHOWN, ids=named)
def test_what_is_told_reaches_the_browser_as_it_was_told(component):
    told = SHOWN[component][0]
    shown = component(**told)
    assert {name: shown.state[name] for name in told} == told
    # A browser is sent JSON, and what comes back of it can be told again.
    component(**json.loads(json.dumps(shown.state)))


@pytest.mark.parametrize("component", SHOWN, ids=named)
def test_it_says_in_a_cell_what_it_is(component):
    told = SHOWN[component][0]
    name = "question" if component is Ballot else "title"
    assert repr(component(**told)) == f"{component.__name__}({name}={told[name]!r})"
    assert repr(component.empty()) == f"{component.__name__}()"


@pytest.fixture
def sending(monkeypatch):
    """Return a component that is shown, what it sent to the browser, and what it said."""

    def make(component):
        shown, sent, said = component(**SHOWN[component][0]), [], []
        monkeypatch.setattr(shown, "send", lambda content, *_: sent.append(content))
        shown.observe(lambda change: said.append(change["new"]), "value")
        return shown, sent, said

    return make


@pytest.mark.parametrize(("component", "kind"), KINDS, ids=named)
def test_a_message_becomes_the_value_and_is_replied_to(component, kind, sending):
    shown, sent, said = sending(component)
    data = SHOWN[component][1][kind]
    shown._hear(shown, {"kind": kind, "slot": "s", "sequence": 7, "data": data}, [])
    assert [(one.kind, one.data) for one in said] == [(kind, data)]
    assert shown.value is said[0]
    shown.reply(shown.value, message="done")
    assert sent == [{"sequence": 7, "slot": "s", "ok": True, "message": "done", "retry": False}]


@pytest.mark.parametrize(("component", "kind"), KINDS, ids=named)
def test_a_message_of_another_type_is_refused_in_words(component, kind, sending):
    shown, sent, said = sending(component)
    for name in SHOWN[component][1][kind]:
        data = {**SHOWN[component][1][kind], name: {"a": {"b": 1}}}
        shown._hear(shown, {"kind": kind, "slot": name, "sequence": 1, "data": data}, [])
    assert said == []
    assert {reply["message"] for reply in sent} <= {say("app.unfit", "fr")}
    assert [reply["ok"] for reply in sent] == [False] * len(SHOWN[component][1][kind])


@pytest.mark.parametrize("component", SHOWN, ids=named)
def test_what_a_browser_sets_changes_nothing(component, sending):
    shown, _, said = sending(component)
    before = shown.state
    shown.set_state({"state": {"title": "Forged"}})
    shown._hear(shown, {"kind": "forged", "slot": "s", "sequence": 1, "data": {}}, [])
    assert shown.state == before
    assert said == []
