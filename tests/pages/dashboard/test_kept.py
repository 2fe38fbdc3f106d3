"""The dashboard is drawn once for all who may see the same, and never shown to anybody else."""

import base64
import datetime
import json
import subprocess
import sys

import pytest

from tests.running import PATIENCE
from toolkit import DashboardPage, Evaluation
from toolkit.evaluation import Draft, Rater
from toolkit.pages import kept
from toolkit.pages.dashboard import figures as dashboard_figures
from toolkit.pages.dashboard.ahead import draw_ahead
from toolkit.text import say

OPEN = """
import json, sys
from toolkit import DashboardPage, Evaluation
page = DashboardPage(Evaluation.open(sys.argv[1], language=sys.argv[2]), link=sys.argv[3])
heavy = [name for name in ("pandas", "altair", "vl_convert") if name in sys.modules]
print(json.dumps([heavy, [part.state for part in page.children]]))
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    place = tmp_path / "drawn"
    place.mkdir(mode=0o700)
    monkeypatch.setenv(kept.FOLDER, str(place))
    return place


@pytest.fixture
def shown(opened, rate):
    """Nine people, all alike on one statement, in a round that is shown."""
    for i in range(9):
        rate(f"person-{i}", CV1=4, CV2=3 + i % 2 if i < 6 else 1)
    set_status(opened, "released")
    return opened


@pytest.fixture
def drawn_anew(tmp_path, monkeypatch):
    """Open a page where nothing was kept before: what it should show."""

    def states(evaluation, role="viewer", language="fr"):
        with monkeypatch.context() as apart:
            place = tmp_path / f"apart-{len(list(tmp_path.iterdir()))}"
            place.mkdir()
            apart.setenv(kept.FOLDER, str(place))
            return opened_by(evaluation, role, language)

    return states


def opened_by(evaluation, role="viewer", language="fr"):
    """Open a page by a new link of a role, and return what each of its parts shows."""
    link = evaluation.links.make(role)[0]
    page = DashboardPage(Evaluation.open(evaluation.folder, language=language), link=link)
    return plain(part.state for part in page.children)


def plain(states):
    """Return states as a browser gets them."""
    return json.loads(json.dumps(list(states)))


def start(evaluation, language="fr", role="viewer"):
    """Open a page in a process of its own."""
    link = evaluation.links.make(role)[0]
    command = [sys.executable, "-c", OPEN, str(evaluation.folder), language, link]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def said(process):
    out, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    return json.loads(out.splitlines()[-1])


def group(evaluation, *, parents=3):
    for i in range(9):
        chosen = "partner" if i < 9 - parents else "parent"
        evaluation.know(Rater(f"person-{i}", "", chosen))


def set_status(evaluation, status):
    first, *others = evaluation.settings.waves
    waves = (first.model_copy(update={"status": status}), *others)
    evaluation.change(evaluation.settings.model_copy(update={"waves": waves}))


def texts(folder):
    """Return every text that stands in the kept files, those of the pictures included."""
    return [text for file in folder.iterdir() for text in texts_in(kept.find(file.name))]


def texts_in(content):
    if isinstance(content, str):
        kind, _, picture = content.partition(";base64,")
        return [base64.b64decode(picture).decode() if kind.startswith("data:") else content]
    parts = content.values() if isinstance(content, dict) else content
    return [text for part in parts for text in texts_in(part)] if many(content) else [str(content)]


def many(content):
    return isinstance(content, dict | list)


def test_another_process_finds_the_page_and_loads_nothing_heavy(shown):
    heavy, first = said(start(shown))
    assert heavy == ["pandas", "altair", "vl_convert"]
    heavy, second = said(start(shown))
    assert heavy == []
    assert second == first
    assert second == plain(second)
    assert any(state.get("pictures") for state in second)


def test_each_language_has_its_own_page(shown, drawn_anew):
    french = opened_by(shown)
    english = opened_by(shown, language="en")
    assert say("dashboard.how", "en") in {state.get("title") for state in english}
    assert english == drawn_anew(shown, language="en")
    assert opened_by(shown) == french


def test_a_changed_answer_is_seen_at_once(shown, drawn_anew):
    before = opened_by(shown)
    set_status(shown, "open")
    sheet = shown.sheet("r1", "person-0")
    sheet.record("CV1", value=1)
    set_status(shown, "released")
    after = opened_by(shown)
    assert after != before
    assert after == drawn_anew(shown)


def test_a_person_who_changed_groups_is_seen_at_once(shown, drawn_anew):
    group(shown, parents=3)
    before = opened_by(shown)
    group(shown, parents=0)
    after = opened_by(shown)
    assert after != before
    assert after == drawn_anew(shown)


def test_changed_settings_are_seen_at_once(shown, drawn_anew):
    before = opened_by(shown)
    privacy = shown.settings.privacy.model_copy(update={"minimum": 10, "minimum_distribution": 10})
    shown.change(shown.settings.model_copy(update={"privacy": privacy}))
    after = opened_by(shown)
    assert not any(state.get("tone") == "masked" for state in cards(before) if "figure" in state)
    assert after != before
    assert after == drawn_anew(shown)


def cards(states):
    return [card for state in states for card in state.get("cards", [])]


def test_a_withdrawn_round_is_shown_to_no_viewer_until_it_is_shown_again(shown):
    before = opened_by(shown)
    set_status(shown, "withdrawn")
    nothing = opened_by(shown)
    assert say("dashboard.nothing", "fr") in {state.get("text") for state in nothing}
    assert not any(state.get("pictures") for state in nothing)
    opened_by(shown, "evaluator")  # who still sees it
    assert opened_by(shown) == nothing
    set_status(shown, "released")
    assert opened_by(shown) == before


@pytest.mark.parametrize("order", [("evaluator", "viewer"), ("viewer", "evaluator")])
def test_what_the_evaluator_alone_is_told_never_reaches_a_viewer(shown, order):
    pages = {role: opened_by(shown, role) for role in order}
    warned = say("dashboard.alike_title", "fr")
    assert warned in {state.get("title") for state in pages["evaluator"]}
    assert warned not in {state.get("title") for state in pages["viewer"]}


def test_a_closed_round_that_the_evaluator_opened_is_no_viewers(shown):
    set_status(shown, "closed")
    assert any(state.get("pictures") for state in opened_by(shown, "evaluator"))
    assert not any(state.get("pictures") for state in opened_by(shown, "viewer"))


@pytest.mark.parametrize("left", [0, 40, 5_000])
def test_damaged_files_are_drawn_again(shown, folder, left):
    before = opened_by(shown)
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[:left])
    assert opened_by(shown) == before
    assert all(kept.find(file.name) is not None for file in folder.iterdir())


def test_nothing_of_who_answered_or_of_a_hidden_group_is_kept(shown, folder):
    group(shown, parents=3)
    set_status(shown, "open")
    shown.sheet("r1", "person-7").record("CV1", value=4, note="un mot pour vous seule")
    set_status(shown, "released")
    for role in ("viewer", "evaluator"):
        opened_by(shown, role)
    found = texts(folder)
    assert any("<svg" in text for text in found)
    assert not [text for text in found if "person-" in text or "un mot" in text]
    parents = shown.settings.groups[1].fr
    pages = [kept.find(file.name) for file in folder.iterdir()]
    parts = [part for page in pages if isinstance(page, list) for part in page]
    tables = [state for name, _, state in parts if name == "groups"]
    rows = [row for table in tables if table for row in table["rows"] if row[0] == parents]
    assert len(rows) == 2
    assert {cell for row in rows for cell in row[1:]} == {say("chart.masked_few", "fr")}


def test_two_processes_at_once_show_the_same(shown, folder):
    both = [start(shown), start(shown)]
    first, second = (said(process)[1] for process in both)
    assert first == second
    assert said(start(shown)) == [[], first]
    assert all(kept.find(file.name) is not None for file in folder.iterdir())


def test_figures_that_changed_while_they_were_drawn_are_not_kept(shown, folder, monkeypatch):
    real = dashboard_figures.figures

    def slowly(*given, **more):
        made = real(*given, **more)
        set_status(shown, "withdrawn")
        return made

    monkeypatch.setattr(dashboard_figures, "figures", slowly)
    opened_by(shown)
    assert not [file for file in folder.iterdir() if "groups" in kept.find(file.name)]


def test_a_change_draws_only_the_charts_that_it_changes(shown, rate, folder):
    def charts():
        return {file.name for file in folder.iterdir() if "pictures" in kept.find(file.name)}

    opened_by(shown)
    before = charts()
    shown.know(Rater("nobody-yet", "", "parent"))
    opened_by(shown)
    assert charts() == before
    set_status(shown, "open")
    for i in range(4):
        rate(f"person-{i}", CV2=1 + i % 2)
    set_status(shown, "released")
    opened_by(shown)
    assert charts() > before


def test_what_is_drawn_ahead_is_found_by_everybody(shown):
    draw_ahead(shown.folder, ["fr", "en"])
    for role in ("viewer", "evaluator"):
        for language in ("fr", "en"):
            heavy, states = said(start(shown, language, role))
            assert heavy == []
            assert any(state.get("pictures") for state in states)


def test_drawing_ahead_warns_no_viewer(shown, drawn_anew):
    draw_ahead(shown.folder, ["fr"])
    assert opened_by(shown) == drawn_anew(shown)


def release(evaluation, audience="coalition", parts=("conditions", "answers")):
    releases = evaluation.releases
    composed = releases.compose(Draft(audience, audience, ("r1",), parts))
    releases.open(composed, "Nous", datetime.date(2026, 5, 12))


def test_what_is_released_is_drawn_ahead_once_whatever_is_answered_later(shown):
    set_status(shown, "closed")
    release(shown)
    draw_ahead(shown.folder, ["fr"])
    shown.know(Rater("nobody-yet", "", "parent"))  # which changes every other figure's name
    heavy, states = said(start(shown))
    assert heavy == []
    assert any(state.get("pictures") for state in states)


def test_each_audience_is_drawn_its_own_release(shown):
    set_status(shown, "closed")
    release(shown)
    release(shown, "funder", ("conditions",))
    draw_ahead(shown.folder, ["fr"])
    pages = [
        DashboardPage(Evaluation.open(shown.folder), link=shown.links.make_viewer(audience))
        for audience in ("coalition", "funder")
    ]
    pictures = [sum(bool(part.state.get("pictures")) for part in page.children) for page in pages]
    assert pictures == [2, 1]
