"""What the dashboard shows, and to whom."""

from dataclasses import replace

import pytest

from toolkit import DashboardPage
from toolkit.evaluation import Rater
from toolkit.ratings import Rating
from toolkit.testing import send
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
    assert page.parts["alike"] in page.children
    statements = {code: line.text["fr"] for code, line in alike.instrument.indicators.items()}
    assert statements["CV1"] in page.parts["alike"].state["text"]
    assert statements["CV2"] not in page.parts["alike"].state["text"]


def test_a_viewer_is_told_of_no_warning(alike):
    page = dashboard(alike, "viewer")
    assert "alike" not in page.parts


def test_without_answers_nearly_all_alike_there_is_no_warning(opened, rate):
    for i in range(9):
        rate(f"p{i}", CV1=3 + i % 2)
    wave = opened.settings.waves[0].model_copy(update={"status": "closed"})
    opened.change(opened.settings.model_copy(update={"waves": (wave,)}))
    assert "alike" not in dashboard(opened, "evaluator").parts


def test_before_any_round_there_is_no_heading_over_nothing_and_each_reads_what_concerns_them(blank):
    own, theirs = dashboard(blank, "evaluator"), dashboard(blank, "viewer")
    assert own._answered.state == theirs._answered.state == {}
    assert own._nothing.state["text"] == say("dashboard.nothing_own", "fr")
    assert theirs._nothing.state["text"] == say("dashboard.nothing", "fr")


def test_who_moved_since_the_round_before_is_shown_from_the_second_round_on(evaluation):
    page = dashboard(evaluation, "viewer")
    assert "change" in page.parts
    title = say("dashboard.change", "fr")
    assert page.parts["change"].state["title"] == title
    page.choose("2025-T1")
    assert "change" not in page.parts


def test_moves_of_too_few_people_are_not_drawn(alike):
    later = alike.settings.waves[0].model_copy(update={"code": "r2"})
    alike.change(alike.settings.model_copy(update={"waves": (*alike.settings.waves, later)}))
    known = {"instrument": "four_conditions", "version": 1, "scale": "rooted5"}
    given = Rating(wave="r2", rater="p0", indicator="CV1", value=5, **known)
    alike._store.append([replace(given, rater=f"p{i}") for i in range(7)])
    page = dashboard(alike, "viewer")
    assert page.wave.code == "r2"
    assert "change" not in page.parts


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
    cards = [card["title"] for card in page.parts["conditions"].state["cards"]]
    assert "Participation des parents" not in cards
    assert len(cards) == 4


def test_both_sides_of_the_funders_module_stand_in_a_table(with_modules):
    page = dashboard(with_modules, "evaluator")
    (table,) = [part for name, part in page.parts.items() if name.startswith("modules/sides")]
    assert table.state["rows"] == [["Une influence dans les deux sens", "5", "2"]]
    pooled = say("dashboard.by_indicator", "fr", title="Bailleurs de fonds partenaires")
    assert pooled not in titles(page)


def test_the_guide_talks_of_both_sides_only_where_a_module_has_them(with_modules):
    page = dashboard(with_modules, "evaluator")
    kind = say("dashboard.sides_kind", "fr")
    (card,) = [one for one in page.parts["guide"].state["cards"] if one["title"] == kind]
    assert card["items"] == ["Une influence dans les deux sens"]
    page.choose("2025-T1")
    assert kind not in {one["title"] for one in page.parts["guide"].state["cards"]}


def test_a_round_without_modules_shows_none(with_modules):
    page = dashboard(with_modules, "evaluator")
    page.choose("2025-T1")
    assert say("dashboard.modules", "fr") not in titles(page)


@pytest.fixture
def looked_again(opened):
    """Nine people in two rounds; in the second one they rated the first again. All is shown."""
    first, second = (
        opened.settings.waves[0].model_copy(update={"status": "released", **more})
        for more in ({}, {"code": "r2", "fr": "Ronde 2", "en": "Round 2", "then": "r1"})
    )
    opened.change(opened.settings.model_copy(update={"waves": (first, second)}))
    known = {"instrument": "four_conditions", "version": 1, "scale": "rooted5"}
    said = (("r1", "current", 4), ("r2", "then", 2), ("r2", "current", 5))
    for wave, aspect, value in said:
        given = Rating(wave=wave, rater="", indicator="CV1", aspect=aspect, value=value, **known)
        opened._store.append([replace(given, rater=f"p{i}") for i in range(9)])
    return opened


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", ["evaluator", "viewer"])
def test_how_an_earlier_round_is_seen_now_stands_beside_the_change(looked_again, role, language):
    page = dashboard(looked_again, role)
    send(page.masthead, "language", language=language)
    if role == "evaluator":
        names = list(page.parts)
        assert names.index("change/then") == names.index("change") + 1
    else:  # that all nine moved alike would tell how each did
        assert "change" not in page.parts
    wave = looked_again.settings.waves[0].text
    assert page.parts["change/then"].state["title"] == say("dashboard.then", language, wave=wave)
    said, *masked = page.parts["change/then"].state["cards"]
    if role == "viewer":
        assert "9" not in "".join(said["lines"])
        return
    assert said["lines"] == [
        say("dashboard.then_look", language, wave=wave, fell=9, same=0, rose=0),
        say("chart.chance_rarely", language, odds=256),
        say("dashboard.then_moved", language, fell=0, same=0, rose=9),
        say("chart.chance_rarely", language, odds=256),
        say("dashboard.then_pairs", language, count=9),
    ]
    assert [card["lines"] for card in masked] == [
        [say("dashboard.then_masked_few", language, fewest=8)]
    ] * 3
    page.choose("r1")
    assert "change/then" not in page.parts


def test_a_round_asked_in_other_words_is_said_and_not_compared(looked_again):
    known = {"instrument": "four_conditions", "version": 2, "scale": "rooted5"}
    given = Rating(wave="r1", rater="p0", indicator="CV2", value=3, **known)
    looked_again._store.append([given])
    page = dashboard(looked_again, "evaluator")
    assert page.parts["change/then"].state["text"] == say("dashboard.then_apart", "fr")
    assert page.parts["change/then"].state["cards"] == []
    assert "change" not in page.parts
    assert "rounds" not in page.parts
    assert page.parts["apart"].state["text"] == say("dashboard.apart", "fr", names="Ronde 1")


def test_a_round_that_a_viewer_may_not_see_is_not_looked_at_again(looked_again):
    first, second = looked_again.settings.waves
    hidden = first.model_copy(update={"status": "closed"})
    looked_again.change(looked_again.settings.model_copy(update={"waves": (hidden, second)}))
    assert "change/then" not in dashboard(looked_again, "viewer").parts
    assert dashboard(looked_again, "evaluator").parts["change/then"].state["cards"] != []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_round_in_which_nobody_knows_anything_is_masked_and_the_guide_says_so(
    opened, rate, language
):
    lines = [line for part in opened.instrument.conditions for line in part.indicators]
    for i in range(9):
        rate(f"p{i}", **{line.code: "dont_know" for line in lines})
    wave = opened.settings.waves[0].model_copy(update={"status": "released"})
    opened.change(opened.settings.model_copy(update={"waves": (wave,)}))
    page = dashboard(opened, "viewer")
    send(page.masthead, "language", language=language)
    masked = say("dashboard.masked_few", language, minimum=5)
    assert [card["lines"] for card in page.parts["conditions"].state["cards"]] == [[masked]] * 4
    # No heading stands over nothing, and none says that there is nothing to note.
    told = [(card["items"], card["lines"]) for card in page.parts["guide"].state["cards"]]
    assert told == [([], [say("dashboard.guide_masked", language)])] * len(told)
    assert len(told) > 1
    # That all nine said so would tell what each said.
    assert "answers/CV" not in page.parts
