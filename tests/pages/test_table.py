"""One table of pages: what is in it is everywhere, and what is not is nowhere."""

from importlib import import_module

import pytest

import toolkit
from toolkit.evaluation import SLOTS
from toolkit.pages.page import Page
from toolkit.pages.table import PAGE, PAGES
from toolkit.shipped import shipped
from toolkit.text import LANGUAGES, say

NAMES = [row.name for row in PAGES]


def test_each_template_is_a_page_and_each_page_has_its_template():
    assert {file.stem for file in shipped("templates").glob("*.ipynb")} == set(NAMES)
    assert len(NAMES) == len(set(NAMES)) == len(PAGE)


@pytest.mark.parametrize("name", NAMES)
def test_each_page_is_a_public_name_that_knows_its_row(name):
    row = PAGE[name]
    found = getattr(toolkit, row.made_by)
    assert found is getattr(import_module(row.module), row.made_by)
    assert issubclass(found, Page)
    assert found.name == name
    assert set(row.roles) <= set(SLOTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_called_something_and_says_what_it_is_for(language):
    for row in PAGES:
        assert say(f"cli.{row.name}", language)
        assert not row.work or say(f"home.{row.name}", language)


def test_tab_shows_every_public_name_and_each_of_them_is_there():
    assert {row.made_by for row in PAGES} < set(dir(toolkit))
    assert set(toolkit.__all__) < set(dir(toolkit))
    for name in dir(toolkit):
        assert getattr(toolkit, name) is not None
    assert toolkit.__version__[0].isdigit()
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        _ = toolkit.nothing_of_ours
