"""What the dashboard shows, and to whom."""

from dataclasses import replace

import pytest

from toolkit import DashboardPage
from toolkit.evaluation import Rater
from toolkit.ratings import Rating
from toolkit.text import say


def dashboard(evaluation, role):
    return DashboardPage(evaluation, link=evaluation.links.make(role)[0])


@pytest.fixture
def alike(opened, rate):
    """Nine people who all answered alike on one statement, in a closed round."""
    for i in range(9):
        rate(f"p{i}", CV1=4, CV2=3 + i % 2)
    wave = opened.settings.waves[0].model_copy(update={"status": "released"})
    opened.change(opened.settings.model_copy(update={"waves": (wave,)}))
    return opened


def test_the_evaluator_is_warned_of_answers_all_alike_by_name(alike):
    page = dashboard(alike, "evaluator")
    assert page._alike in page.children
    statements = {code: line.text["fr"] for code, line in alike.instrument.indicators.items()}
    assert statements["CV1"] in page._alike.state["text"]
    assert statements["CV2"] not in page._alike.state["text"]


def test_a_viewer_is_told_of_no_warning(alike):
    page = dashboard(alike, "viewer")
    assert page._alike not in page.children
    assert page._alike.state == {}


def test_without_answers_all_alike_there_is_no_warning(evaluation):
    assert dashboard(evaluation, "evaluator")._alike.state["text"] == ""


def test_who_moved_since_the_round_before_is_shown_from_the_second_round_on(evaluation):
    page = dashboard(evaluation, "viewer")
    assert page._change in page.children
    title = say("dashboard.change", "fr")
    assert page._change.state["title"] == title
    page.choose("2025-T1")
    assert page._change not in page.children


def test_moves_of_too_few_people_are_not_drawn(alike):
    later = alike.settings.waves[0].model_copy(update={"code": "r2"})
    alike.change(alike.settings.model_copy(update={"waves": (*alike.settings.waves, later)}))
    known = {"instrument": "four_conditions", "version": 1, "scale": "rooted5"}
    given = Rating(wave="r2", rater="p0", indicator="CV1", value=5, **known)
    alike._store.append([replace(given, rater=f"p{i}") for i in range(7)])
    page = dashboard(alike, "viewer")
    assert page.wave.code == "r2"
    assert page._change not in page.children


@pytest.fixture
def with_modules(evaluation):
    """Nineteen people who answered two modules in the last round shown."""
    waves = [
        wave.model_copy(update={"modules": ("PAR", "FUN")}) if wave.code == "2026-T1" else wave
        for wave in evaluation.settings.waves
    ]
    evaluation.change(evaluation.settings.model_copy(update={"waves": tuple(waves)}))
    known = {"instrument": "four_conditions", "version": 1, "scale": "rooted5", "wave": "2026-T1"}
    for i in range(19):
        evaluation.know(Rater(f"q{i}", "", "funder" if i < 6 else "parent"))
        given = Rating(rater=f"q{i}", indicator="FUN1", value=5 if i < 6 else 2, **known)
        parents = replace(given, indicator="PAR1", value=1 + i % 5)
        evaluation._store.append([given, parents])
    return evaluation


def titles(page):
    return [part.state.get("title", "") for part in page.children]


def test_modules_are_sections_of_their_own_after_the_conditions(with_modules):
    page = dashboard(with_modules, "evaluator")
    found = titles(page)
    at = found.index(say("dashboard.modules", "fr"))
    conditions = say("dashboard.by_indicator", "fr", title="Responsabilité partagée des résultats")
    parents = say("dashboard.by_indicator", "fr", title="Participation des parents")
    assert found.index(conditions) < at < found.index(parents)
    cards = [card["title"] for card in page._conditions.state["cards"]]
    assert "Participation des parents" not in cards
    assert len(cards) == 4


def test_both_sides_of_the_funders_module_stand_in_a_table(with_modules):
    page = dashboard(with_modules, "evaluator")
    (table,) = page._sides.values()
    assert table.state["rows"] == [["Une influence dans les deux sens", "5", "2"]]
    pooled = say("dashboard.by_indicator", "fr", title="Bailleurs de fonds partenaires")
    assert pooled not in titles(page)


def test_a_round_without_modules_shows_none(with_modules):
    page = dashboard(with_modules, "evaluator")
    page.choose("2025-T1")
    assert say("dashboard.modules", "fr") not in titles(page)
