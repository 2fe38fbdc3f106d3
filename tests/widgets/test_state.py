"""What a component is told: what it knows, what it needs, and what an analyst reads otherwise."""

from typing import ClassVar, Required, Unpack

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

from toolkit.text import say
from toolkit.widgets import (
    Button,
    Cards,
    Component,
    Form,
    Notice,
    Questions,
    State,
    StateError,
    Table,
)

FRENCH = {"language": "fr"}


def fault(make, **state):
    """Return what is said of a state, in English and in French."""
    with pytest.raises(StateError) as caught:
        make(**state)
    return str(caught.value), caught.value.__notes__[0]


def test_an_unknown_argument_is_named_with_the_nearest_known_one():
    english, french = fault(Notice, tilte="Ready?")
    assert english == "Notice does not know “tilte”. Did you mean “title”?"
    assert "Notice" in french
    assert "«\u00a0tilte\u00a0»" in french
    assert "«\u00a0title\u00a0»" in french


def test_an_argument_like_none_that_is_known_is_named_alone():
    assert fault(Notice, title="x", zzz=1)[0] == "Notice does not know “zzz”."


def test_what_is_missing_is_named():
    assert fault(Notice)[0] == "Notice needs “title”."
    assert fault(Table, title="x", headers=[])[0] == "Table needs “rows”."


FIELD = {"name": "who", "label": "Who?"}


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"fields": [FIELD, FIELD, {**FIELD, "label": 3}]}, "“fields[2].label” takes str"),
        ({"title": 3}, "“title” takes str, and was given 3"),
        ({"tone": "stopp"}, "“tone” takes 'plain' | 'done' | 'stop', and was given 'stopp'"),
        ({"focus": 1}, "“focus” takes bool"),
        ({"fields": [{**FIELD, "rows": True}]}, "“fields[0].rows” takes int"),
        ({"facts": [("When", "Now", "Why")]}, "“facts[0]” takes tuple[str, str]"),
        ({"buttons": "go"}, "“buttons” takes list[Button], and was given 'go'"),
        ({"buttons": ["go"]}, "“buttons[0]” takes Button, and was given 'go'"),
        ({"language": "de"}, "“language” takes 'fr' | 'en'"),
        ({"words": {"unfit": 3}}, "“words['unfit']” takes str"),
        ({"fields": [{**FIELD, "value": {}}]}, "“fields[0].value” takes str | int | list[str]"),
    ],
)
def test_a_value_of_another_type_is_named_by_its_path(state, said):
    assert said in fault(Notice, **{"title": "x", **state})[0]


def test_what_is_misspelt_or_missing_deep_inside_is_named_by_its_path():
    nested = [{"title": "Need", "questions": [{"code": "why", "txet": "Why?"}]}]
    said = fault(Questions, title="x", parts=nested)[0]
    expected = "“parts[0].questions[0].txet”. Did you mean “text”?"
    assert said == f"Questions does not know {expected}"
    assert fault(Cards, title="x", cards=[{"lines": []}])[0] == "Cards needs “cards[0].title”."


def test_a_word_that_a_component_never_says_is_named():
    said = fault(Form, title="x", questions=[], words={"desird": "One day"})[0]
    assert said == "Form does not know “words.desird”. Did you mean “desired”?"
    assert "words.unfit" in fault(Table, title="x", headers=[], rows=[], words={"unfit": ""})[0]


def test_lists_and_tuples_are_alike_since_what_was_kept_comes_back_as_lists():
    pairs = [("When", "Now")]
    assert Notice(title="x", facts=pairs).state["facts"] == pairs
    assert Notice(title="x", facts=[list(pair) for pair in pairs])


def test_a_state_that_is_set_is_checked_and_the_one_before_stands():
    notice = Notice(title="Before")
    with pytest.raises(StateError):
        notice.state = {"title": "After", "buttons": [{"name": "go"}]}
    assert notice.state["title"] == "Before"


def test_one_that_is_empty_shows_nothing_until_it_is_told_something():
    notice = Notice.empty()
    assert notice.state == {}
    notice.state = {"title": "Now"}
    notice.state = {}
    assert notice.state == {}


def test_alone_in_a_cell_it_has_every_word_that_it_may_have_to_say():
    go: Button = {"name": "go", "label": "Go"}
    notice = Notice(title="Ready?", text="Then press.", buttons=[go])
    assert notice.state["language"] == "fr"
    assert notice.state["words"]["working"] == say("app.working", "fr")
    english = Notice(title="Ready?", language="en", words={"lost": "Gone"})
    assert english.state["words"]["working"] == say("app.working", "en")
    assert english.state["words"]["lost"] == "Gone"


def test_a_cell_shows_the_line_and_the_sentence_and_no_machinery(capsys):
    shell = InteractiveShell()
    shell.run_cell("from toolkit import widgets")
    shell.run_cell("notice = widgets.Notice(title='x')\nnotice.state = {'title': 3}")
    shown = capsys.readouterr()
    lines = (shown.out + shown.err).splitlines()
    assert lines[0] == "2: notice.state = {'title': 3}"
    assert lines[-1] == "Notice: “title” takes str, and was given 3."
    assert len(lines) == 3


def test_tab_completes_the_arguments_of_a_component():
    shell = InteractiveShell()
    shell.run_cell("from toolkit import widgets")
    cell = "widgets.Notice(title='x', bu"
    with provisionalcompleter():
        offered = [one.text for one in shell.Completer.completions(cell, len(cell))]
    assert "buttons=" in offered


class GaugeState(State, total=False):
    """What a gauge is told."""

    title: Required[str]
    share: float


class Gauge(Component):
    """Show a share of a whole."""

    _esm = "export default { render() {} };"
    usual: ClassVar = {"share": 0.0}

    def __init__(self, **state: Unpack[GaugeState]) -> None:
        super().__init__(**state)


def test_a_component_of_ones_own_is_checked_by_its_own_declaration():
    assert Gauge(title="Halfway", share=1).state == {"title": "Halfway", "share": 1} | FRENCH
    assert Gauge(title="Not begun").state["share"] == 0
    assert fault(Gauge, title="x", share="half")[0].startswith("Gauge: “share” takes float")
