"""What a group said is looked at before it is shown, and its audience sees just that."""

import json

import pytest

from toolkit import DashboardPage, Evaluation, ReleasePage
from toolkit.evaluation import FIGURES, SAID
from toolkit.testing import send
from toolkit.text import say

NOTE = "Un même but, enfin."


def open_release(evaluation, *said, language="fr"):
    """Compose and open a release, and return what its preview showed under its head."""
    page = ReleasePage(evaluation)
    page.language = language
    fields = {"audience": "coalition", "name": "", "rounds": ["r1"], "parts": [*FIGURES]}
    fields |= {"said": [*said], "notes": "", "quotes": ""}
    assert send(page._compose, "press", button="look", fields=fields)["ok"]
    (preview,) = page._frame.children
    looked_at = shown(preview)
    decided = {"agreed": "Le comité", "agreed_on": "2026-05-12"}
    assert send(page._decide, "press", button="open", fields=decided)["ok"]
    return looked_at


def viewer(evaluation, language="fr"):
    link = evaluation.links.make_viewer("coalition")
    return DashboardPage(Evaluation.open(evaluation.folder, language=language), link=link)


def shown(page):
    """Return all that a page shows under its head, but for the day of the decision."""
    states = json.loads(json.dumps([part.state for part in page.children]))
    return [state | {"facts": []} for state in states[1:]]


def titles(states):
    return [state["title"] for state in states]


def text(states):
    return json.dumps(states, ensure_ascii=False)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_of_it_is_seen_as_it_was_looked_at_each_in_its_section(talked, language):
    looked_at = open_release(talked, *SAID, language=language)
    seen = shown(viewer(talked, language))
    assert seen == looked_at
    title = talked.instrument.conditions[0].title[language]
    sections = [
        say("dashboard.understood", language, title=title),
        say("relations.title", language),
        say("relations.map_today", language),
        say("relations.map_desired", language),
        say("dashboard.purposes", language),
        say("dashboard.priorities", language),
        say("dashboard.actions", language),
    ]
    assert [name for name in titles(seen) if name in sections] == sections
    for there in (NOTE, "Tourner l’animation", "Anne, du CPE", "Halte du samedi", "Organisme A"):
        assert there in text(seen)
    assert say("strategy.all_legitimate", language) in text(seen)
    assert "Luc est parti" not in text(seen)


def test_a_note_stands_under_its_figure_right_after_its_condition(talked):
    open_release(talked, "interpretation")
    seen = shown(viewer(talked))
    vision, power = (part.title.fr for part in talked.instrument.conditions[:2])
    at = titles(seen).index(say("dashboard.understood", "fr", title=vision))
    assert titles(seen)[at - 1] == say("dashboard.by_indicator", "fr", title=vision)
    (card,) = seen[at]["cards"]
    assert card["title"] == say("plan.whole", "fr", title=vision)
    assert card["lines"][0].startswith("Médiane 4 sur une échelle de 1 à 5, 6 personnes.")
    assert card["lines"][1:] == [NOTE]
    other = titles(seen).index(say("dashboard.understood", "fr", title=power))
    assert seen[other]["cards"][0]["title"] == talked.instrument.indicators["PP1"].text.fr


def test_what_was_not_chosen_has_no_section(talked):
    open_release(talked, "plan")
    seen = shown(viewer(talked))
    assert say("dashboard.actions", "fr") in titles(seen)
    for hidden in (NOTE, "Anne", "Halte du samedi", "Organisme"):
        assert hidden not in text(seen)


def test_before_a_release_and_to_the_evaluator_none_of_it_stands_on_the_dashboard(talked):
    for page in (viewer(talked), DashboardPage(talked)):
        for hidden in (NOTE, "Animer à tour de rôle", "Halte du samedi", "Organisme"):
            assert hidden not in text(shown(page))


def test_a_partner_that_takes_its_name_back_takes_the_map_off_at_once(talked):
    open_release(talked, "relations", "plan")
    page = viewer(talked)
    assert say("relations.map_today", "fr") in titles(shown(page))
    talked.relations.partners.agree(talked.sheet("r1", "p-B"), named=False)
    page.refresh()
    for seen in (shown(page), shown(viewer(talked))):
        assert "Organisme" not in text(seen)
        assert say("dashboard.actions", "fr") in titles(seen)
    told = say("release.unnamed", "fr", names="Organisme B")
    assert told in text(ReleasePage(talked)._open.state)


def test_nothing_that_a_group_said_is_ticked_beforehand(talked):
    fields = {field["name"]: field for field in ReleasePage(talked)._compose.state["fields"]}
    assert [code for code, _, _ in fields["said"]["choices"]] == [*SAID]
    assert not set(fields["said"]["value"]) & {*SAID}
    assert [code for code, _, _ in fields["parts"]["choices"]] == [
        part for part in FIGURES if part != "modules"
    ]


def test_no_map_and_no_purpose_is_offered_where_there_is_none(opened):
    wave = opened.settings.waves[0].model_copy(update={"status": "closed"})
    opened.change(opened.settings.model_copy(update={"waves": (wave,)}))
    fields = {field["name"]: field for field in ReleasePage(opened)._compose.state["fields"]}
    offered = [code for code, _, _ in fields["said"]["choices"]]
    assert offered == ["interpretation", "plan", "who"]
