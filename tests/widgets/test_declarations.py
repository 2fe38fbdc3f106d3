"""The one declaration of each component's state, and all that is made from it."""

import inspect
import re
from pathlib import Path
from typing import get_type_hints

import pytest

from tests.widgets.declarations import COMPONENTS, FILE, declarations, described, parts
from toolkit import widgets
from toolkit.text import LANGUAGES
from toolkit.widgets import State

HERE = Path(widgets.__file__).parent
EVERY = {kind.__name__: kind for made in COMPONENTS for kind in parts(made.declared)}


def named(component):
    return component.__name__


def test_the_types_for_scripts_are_those_that_are_declared():
    # If it fails: python tests/widgets/declarations.py
    assert FILE.read_text(encoding="utf-8") == declarations()


@pytest.mark.parametrize("name", EVERY)
def test_every_field_is_documented_where_it_is_declared_and_nothing_else_is(name):
    told, fields = described(EVERY[name]), set(get_type_hints(EVERY[name]))
    every = set(described(State))  # of a component's state, these are told once
    assert set(told) == (fields - every if every <= fields else fields)
    assert all(text.endswith(".") for text in told.values())


@pytest.mark.parametrize("component", COMPONENTS, ids=named)
def test_help_tells_every_argument_and_every_message(component):
    about = inspect.getdoc(component)
    arguments = about.partition("Parameters\n----------\n")[2].partition("\n\n")[0]
    for name in inspect.signature(component).parameters:
        assert re.search(rf"^(\w+, )*{name}(, \w+)*$", arguments, re.MULTILINE), name
    messages = about.partition("Messages\n--------\n")[2].partition("\n\nExamples\n--------\n>>> ")
    assert messages[1], "without an example"
    if not component.accepts:
        assert messages[0] == "None."
        return
    told = dict(re.findall(r"^(\w+)\n((?:    .*\n?)+)", messages[0], re.MULTILINE))
    assert set(told) == set(component.accepts)
    for kind, shapes in component.accepts.items():
        assert [name for name in shapes if f"`{name}`" not in told[kind]] == [], kind


@pytest.mark.parametrize("component", COMPONENTS, ids=named)
def test_a_signature_names_the_arguments_and_what_is_usual(component):
    arguments = inspect.signature(component).parameters
    needed = {name for name, one in arguments.items() if one.default is one.empty}
    assert needed == component.declared.__required_keys__
    usual = {name: arguments[name].default for name in component.usual}
    assert usual == component.usual


@pytest.mark.parametrize("component", COMPONENTS, ids=named)
def test_a_script_reads_every_argument(component):
    script = (HERE / f"{component.__module__.rpartition('.')[2]}.js").read_text(encoding="utf-8")
    names = {name for kind in parts(component.declared) for name in get_type_hints(kind)}
    names.discard("words")  # asked for below, each by its name
    assert [name for name in names if not re.search(rf"\b{name}\b", script)] == []


@pytest.mark.parametrize("component", COMPONENTS, ids=named)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_component_can_be_said(component, language):
    assert all(component._words(language).values())


@pytest.mark.parametrize("component", COMPONENTS, ids=named)
def test_a_script_says_no_word_that_is_not_declared(component):
    script = (HERE / f"{component.__module__.rpartition('.')[2]}.js").read_text(encoding="utf-8")
    said = set(re.findall(r"\bwords\.(\w+)", script))
    assert said <= set(component._words("fr"))
    unsaid = set(component.wording) - said - set(re.findall(r"\"(\w+)\"", script))
    assert unsaid == set()
