"""Pages of an evaluation's own: what `[[pages]]` may say, and what it says of a mistake."""

import json

import pytest

from toolkit.evaluation.settings import FILE
from toolkit.pages.own import label, own_pages, page_of, pages_of
from toolkit.text import say

NOTEBOOK = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def write(blank):
    """Add rows to the settings, and put a notebook `mine.ipynb` beside them."""
    (blank.folder / "mine.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")

    def add(rows):
        file = blank.folder / FILE
        file.write_text(file.read_text(encoding="utf-8") + "\n" + rows, encoding="utf-8")
        return blank

    return add


def row(notebook, rest=""):
    return f'[[pages]]\nnotebook = "{notebook}"\n{rest}\n'


def test_a_notebook_of_ones_own_is_the_evaluators_alone_unless_it_says_for_whom(write):
    evaluation = write(row("mine.ipynb"))
    (page,), problems = own_pages(evaluation)
    assert problems == []
    assert (page.notebook, page.roles, page.shared) == ("mine.ipynb", ("evaluator",), False)
    assert label(page, "fr") == "mine"
    assert page_of(evaluation, "mine.ipynb") == page
    assert page_of(evaluation, "other.ipynb") is None
    assert pages_of(evaluation)[-1] == page


def test_it_is_opened_by_whom_it_names_and_called_what_it_says_in_each_language(write):
    titles = 'title = {fr = "Mes cartes", en = "My maps"}'
    (page,), _ = own_pages(write(row("mine.ipynb", f'roles = ["viewer", "rater"]\n{titles}')))
    assert page.roles == ("evaluator", "viewer", "rater")
    assert (label(page, "fr"), label(page, "en")) == ("Mes cartes", "My maps")


def test_one_title_is_enough(write):
    (page,), _ = own_pages(write(row("mine.ipynb", 'title = "Mes cartes"')))
    assert label(page, "en") == "Mes cartes"


WRONG = {
    "no notebook": ('[[pages]]\nroles = ["viewer"]', "check.missing", {"name": "notebook"}),
    "an unknown role": (row("mine.ipynb", 'roles = ["funder"]'), "check.page_roles", {}),
    "a role that is no list": (row("mine.ipynb", 'roles = "viewer"'), "check.page_roles", {}),
    "a role of another kind": (row("mine.ipynb", "roles = [7]"), "check.page_roles", {}),
    "a misspelt key": (row("mine.ipynb", 'role = "x"'), "check.unknown_key", {"name": "role"}),
    "a page of the package": (
        row("Setup.ipynb", 'roles = ["rater"]'),
        "check.page_twice",
        {"written": "Setup.ipynb"},
    ),
    "a name used twice": (
        row("mine.ipynb") + row("mine.ipynb", 'roles = ["viewer"]'),
        "check.page_twice",
        {"written": "mine.ipynb"},
    ),
    "outside the folder": (row("../mine.ipynb"), "check.page_notebook", {}),
    "in a folder below": (row("sub/mine.ipynb"), "check.page_notebook", {}),
    "an absolute path": (row("/mine.ipynb"), "check.page_notebook", {}),
    "no notebook at all": (row("ratings.db"), "check.page_notebook", {}),
    "a backslash": (row(r"sub\\\\mine.ipynb"), "check.unexpected", {}),
    "another ending": (row("mine.IPYNB"), "check.unexpected", {}),
    "hidden": (row(".mine.ipynb"), "check.page_notebook", {}),
    "a file that is not there": (
        row("nowhere.ipynb"),
        "check.page_no_file",
        {"written": "nowhere.ipynb"},
    ),
    "an empty title": (row("mine.ipynb", 'title = ""'), "check.page_title", {}),
    "one language only": (row("mine.ipynb", 'title = {fr = "Cartes"}'), "check.page_title", {}),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_mistake_is_said_with_its_line_and_the_other_pages_stay(write, what):
    written, key, values = WRONG[what]
    (evaluation := write(row("good.ipynb") + written)).folder.joinpath("good.ipynb").write_text(
        json.dumps(NOTEBOOK), encoding="utf-8"
    )
    rows, (problem,) = own_pages(evaluation)
    assert rows[0].notebook == "good.ipynb"
    lines = (evaluation.folder / FILE).read_text(encoding="utf-8").splitlines()
    assert lines[problem.line - 1].startswith(("[[pages]]", "notebook", "role", "title"))
    for language in ("fr", "en"):
        assert say(key, language, **values) in problem.say(language)
        assert say("check.code_expected", language) not in problem.say(language)
    other = say("check.page_other", "fr") in problem.say("fr")
    assert other == (key == "check.page_twice")
    assert evaluation.settings.language == "fr"  # nobody else is kept from anything


def test_a_link_that_leads_out_of_the_folder_is_not_followed(write, tmp_path):
    outside = tmp_path / "outside.ipynb"
    outside.write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    evaluation = write(row("linked.ipynb", 'roles = ["viewer"]'))
    (evaluation.folder / "linked.ipynb").symlink_to(outside)
    rows, (problem,) = own_pages(evaluation)
    assert rows == []
    assert say("check.page_elsewhere", "fr", written="linked.ipynb") in problem.say("fr")


@pytest.mark.parametrize("written", ["pages = 3", 'pages = "mine.ipynb"', "pages = [[1]]"])
def test_what_is_no_list_of_pages_is_said_and_stops_nothing_else(blank, written):
    file = blank.folder / FILE
    file.write_text(f"{written}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    rows, (problem,) = own_pages(blank)
    assert rows == []
    assert say("check.unexpected", "fr") in problem.say("fr")
    assert problem.line == 1


def test_one_page_may_be_a_table(write):
    evaluation = write('[pages]\nnotebook = "mine.ipynb"')
    assert [page.notebook for page in own_pages(evaluation)[0]] == ["mine.ipynb"]


def test_the_rows_outlive_what_the_setup_page_writes(write):
    evaluation = write(row("mine.ipynb", 'roles = ["viewer"]  # for the annual meeting'))
    evaluation.change(evaluation.settings.model_copy(update={"language": "en"}))
    assert own_pages(evaluation)[0][0].roles == ("evaluator", "viewer")
    assert "# for the annual meeting" in (evaluation.folder / FILE).read_text(encoding="utf-8")
