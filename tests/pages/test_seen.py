"""A page is shown as its last visitor of the same role saw it, and never otherwise."""

import json

import pytest

from tests.visiting import served
from toolkit import DashboardPage, Evaluation
from toolkit.pages import kept
from toolkit.pages.seen import find_seen


@pytest.fixture(autouse=True)
def drawn(tmp_path, monkeypatch):
    """A server keeps what was drawn."""
    place = tmp_path / "drawn"
    place.mkdir(mode=0o700)
    monkeypatch.setenv(kept.FOLDER, str(place))


@pytest.fixture
def evaluation(opened):
    """A round that is shown; that nobody answered makes its page soon drawn."""
    set_status(opened, "released")
    return opened


def set_status(evaluation, status):
    waves = [wave.model_copy(update={"status": status}) for wave in evaluation.settings.waves]
    evaluation.change(evaluation.settings.model_copy(update={"waves": tuple(waves)}))


def visit(evaluation, role, language="fr"):
    with served(evaluation.links.make(role)[0]):
        return DashboardPage(Evaluation.open(evaluation.folder, language=language))


def seen(evaluation, role, language="fr"):
    return find_seen(Evaluation.open(evaluation.folder), role, language)


def test_the_next_visitor_of_a_role_sees_what_the_last_one_saw(evaluation):
    assert seen(evaluation, "viewer") is None
    page = visit(evaluation, "viewer")
    found = seen(evaluation, "viewer")
    states = [part.state for part in page.children]
    assert [state for _, state in found["parts"]] == json.loads(json.dumps(states))
    assert all(found["scripts"][name] and found["styles"][name] for name, _ in found["parts"])


@pytest.mark.parametrize(("role", "language"), [("evaluator", "fr"), ("viewer", "en")])
def test_neither_another_role_nor_another_language_is_shown_it(evaluation, role, language):
    visit(evaluation, "viewer")
    assert seen(evaluation, role, language) is None


def test_after_a_round_was_withdrawn_nothing_of_before_is_shown(evaluation):
    visit(evaluation, "viewer")
    set_status(evaluation, "withdrawn")
    assert seen(evaluation, "viewer") is None


def test_a_round_withdrawn_while_the_page_was_made_is_not_kept(evaluation, monkeypatch):
    def withdrawn(page):
        refresh(page)
        set_status(evaluation, "withdrawn")

    refresh = DashboardPage.refresh
    monkeypatch.setattr(DashboardPage, "refresh", withdrawn)
    visit(evaluation, "viewer")
    assert seen(evaluation, "viewer") is None


def test_a_changed_notebook_is_another_page(evaluation):
    visit(evaluation, "viewer")
    file = evaluation.folder / "dashboard.ipynb"
    file.write_text(file.read_text().replace("wave = None", 'wave = "r1"'))
    assert seen(evaluation, "viewer") is None


def test_a_notebook_that_nobody_serves_keeps_nothing(evaluation):
    DashboardPage(evaluation)
    assert seen(evaluation, "evaluator") is None
