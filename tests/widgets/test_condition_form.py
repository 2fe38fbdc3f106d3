"""One condition's form alone in a cell: one line, checked answers, no evaluation."""

import inspect

import ipywidgets
import pytest
import traitlets

from toolkit.errors import InstrumentError
from toolkit.instruments import find
from toolkit.text import say
from toolkit.widgets import ConditionForm, StateError

INSTRUMENT = find("four_conditions")


@pytest.fixture
def form(monkeypatch):
    made = ConditionForm(INSTRUMENT["CV"], language="en")
    made.replies = []
    monkeypatch.setattr(made, "send", lambda content, *_: made.replies.append(content))
    return made


def press(form, **data):
    """Send what a browser would, and return the reply."""
    slot = f"{data.get('indicator')}/{data.get('aspect')}"
    message = {"kind": "answer", "slot": slot, "sequence": len(form.replies) + 1, "data": data}
    form._hear(form, message, [])
    return form.replies[-1]


def test_it_asks_the_lines_of_the_condition_on_its_scale(form):
    section, scale = INSTRUMENT["CV"]
    assert form.state["title"] == section.title.en
    assert [one["code"] for one in form.state["questions"]] == [
        line.code for line in section.indicators
    ]
    steps = form.state["questions"][0]["steps"]
    assert [(step["value"], step["name"]) for step in steps] == [
        (number, name.en) for number, name in scale.steps.items()
    ]


def test_an_answer_is_held_under_its_indicator_and_whoever_observes_is_told(form):
    seen = []
    form.observe(lambda change: seen.append(change["new"]), "answers")
    assert press(form, indicator="CV1", aspect="current", value=4, status=None)["ok"]
    assert press(form, indicator="CV1", aspect="current", note="One fact")["ok"]
    assert press(form, indicator="CV1", aspect="desired", value=5, status=None)["ok"]
    assert press(form, indicator="CV2", aspect="current", value=None, status="dont_know")["ok"]
    assert form.answers == {
        "CV1": {"value": 4, "status": None, "note": "One fact"},
        "CV2": {"value": None, "status": "dont_know", "note": None},
    }
    assert form.desired["CV1"]["value"] == 5
    assert len(seen) == 3


@pytest.mark.parametrize(
    "odd",
    [
        {"indicator": "PP1", "aspect": "current", "value": 4},
        {"indicator": "CV1", "aspect": "then", "value": 4},
        {"indicator": "CV1", "aspect": "current", "value": 6},
        {"indicator": "CV1", "aspect": "current", "value": 0},
        {"indicator": "CV1", "aspect": "current", "status": "refused"},
        {"aspect": "current", "value": 4},
    ],
)
def test_what_it_does_not_ask_is_refused_and_nothing_changes(form, odd):
    reply = press(form, **odd)
    assert (reply["ok"], reply["message"]) == (False, say("app.unfit", "en"))
    assert form.answers == form.desired == {}


def test_a_browser_cannot_write_the_answers(form):
    form.set_state({"answers": {"CV1": {"value": 5}}})
    assert form.answers == {}


def test_its_answers_can_be_linked_and_it_stands_in_a_box(form):
    class Counter(traitlets.HasTraits):
        answers = traitlets.Dict()

    counter = Counter()
    traitlets.dlink((form, "answers"), (counter, "answers"))
    press(form, indicator="CV1", aspect="current", value=2, status=None)
    assert counter.answers["CV1"]["value"] == 2
    assert form in ipywidgets.HBox([form]).children


def test_it_says_its_arguments_and_what_it_is():
    assert list(inspect.signature(ConditionForm).parameters) == ["asked", "language"]
    assert repr(ConditionForm(INSTRUMENT["CV"])) == "ConditionForm('CV')"
    assert "Parameters" in ConditionForm.__doc__


def test_a_condition_that_there_is_not_is_a_sentence_with_those_that_there_are():
    with pytest.raises(InstrumentError, match=r"“XX”\. Known codes: CV"):
        INSTRUMENT["XX"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda: ConditionForm(INSTRUMENT["CV"], langage="fr"), "langage.*language"),
        (lambda: ConditionForm(INSTRUMENT["CV"], language="es"), "'fr' | 'en'"),
        (lambda: ConditionForm("CV"), "asked"),
        (lambda: ConditionForm(INSTRUMENT["CV"].section), "asked"),
    ],
)
def test_a_wrong_argument_is_a_sentence(wrong, told):
    with pytest.raises(StateError, match=told):
        wrong()
