"""Several evaluations side by side: what each released, in the order given, ranked by nothing."""

import datetime

import pytest

from toolkit import PortfolioPage
from toolkit.evaluation import Draft
from toolkit.ratings import Rating
from toolkit.serve.demo import make_demo
from toolkit.templates import new_evaluation
from toolkit.text import say

DAY = datetime.date(2026, 5, 12)


def named(evaluation, name):
    coalition = evaluation.settings.coalition.model_copy(update={"name": name})
    evaluation.change(evaluation.settings.model_copy(update={"coalition": coalition}))
    return evaluation


def release(evaluation, *rounds, notes=""):
    releases = evaluation.releases
    draft = Draft("portfolio", "", rounds, ("conditions",), notes)
    return releases.open(releases.compose(draft), "Nous", DAY)


@pytest.fixture
def several(tmp_path):
    """Two coalitions that released a round each, and one that released nothing."""
    maple = named(make_demo(tmp_path / "a", "fr"), "Les Érables")
    birch = named(make_demo(tmp_path / "z", "fr"), "Les Bouleaux")
    silent = named(new_evaluation(tmp_path / "m", "fr", "four_conditions"), "Les Cèdres")
    release(maple, "2025-T1")
    release(birch, "2026-T1", notes="Une année de mouvement.")
    return maple, birch, silent


def cards(page):
    return {card["title"]: card for card in page._members.state["cards"]}


def test_the_evaluations_of_one_folder_stand_by_name(several):
    page = PortfolioPage(several[2])
    assert list(cards(page)) == ["Les Bouleaux", "Les Cèdres", "Les Érables"]
    assert [row[0] for row in page._chart.state["rows"]] == ["Les Bouleaux", "Les Érables"]
    assert "Une année de mouvement." in cards(page)["Les Bouleaux"]["lines"]


def test_named_evaluations_stand_as_they_were_typed(several):
    maple, birch, _ = several
    page = PortfolioPage(birch, [maple.folder, birch.folder])
    assert list(cards(page)) == ["Les Érables", "Les Bouleaux"]


def test_who_released_nothing_to_the_portfolio_is_named_so(several, tmp_path):
    *_, silent = several
    coalition = make_demo(tmp_path / "c", "fr")  # shown to the coalition, not to the portfolio
    page = PortfolioPage(silent)
    nothing = say("portfolio.nothing", "fr")
    for name in ("Les Cèdres", coalition.settings.coalition.name):
        assert cards(page)[name]["lines"] == [nothing]
    several[0].releases.revoke("portfolio")
    assert cards(PortfolioPage(silent))["Les Érables"]["lines"] == [nothing]


def test_what_was_released_stays_as_it_was(several):
    maple, _, silent = several
    before = PortfolioPage(silent)._chart.state["rows"]
    privacy = maple.settings.privacy.model_copy(update={"minimum": 14, "minimum_distribution": 14})
    maple.change(maple.settings.model_copy(update={"privacy": privacy}))
    named(maple, "Un autre nom")
    assert PortfolioPage(silent)._chart.state["rows"] == before


def test_one_that_was_asked_otherwise_is_not_drawn_beside_the_others(several):
    maple, birch, silent = several
    elsewhere = {"instrument": "four_conditions", "version": 99, "scale": "rooted5"}
    given = Rating(wave="2026-T1", rater="guest", indicator="CV1", value=1, **elsewhere)
    birch._store.append([given])
    release(birch, "2026-T1")
    page = PortfolioPage(silent, [maple.folder, birch.folder, silent.folder])
    assert [row[0] for row in page._chart.state["rows"]] == ["Les Érables"]
    assert say("portfolio.apart", "fr") in cards(page)["Les Bouleaux"]["lines"]


def test_a_folder_that_cannot_be_read_keeps_no_other_from_being_shown(several, tmp_path):
    (tmp_path / "a" / "evaluation.toml").write_text("coalition =", encoding="utf-8")
    page = PortfolioPage(several[2])
    assert say("portfolio.fault", "fr") in cards(page)["a"]["lines"]
    assert [row[0] for row in page._chart.state["rows"]] == ["Les Bouleaux"]
