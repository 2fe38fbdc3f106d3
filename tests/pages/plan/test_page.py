"""What the plan page shows, keeps, and says when two write at once."""

import json
from dataclasses import replace

import pytest

from toolkit import Evaluation, PlanPage
from toolkit.ratings import Rating
from toolkit.scoring.suppression import differencing
from toolkit.testing import send
from toolkit.text import say

WAVE = "2026-T1"
GOOD = {"what": "Préparer l’ordre du jour à tour de rôle", "who": "Anne"}


@pytest.fixture
def page(evaluation):
    return PlanPage(evaluation)


def press(form, **fields):
    return send(form, "press", button="keep", fields=fields)


def note(page, code, text, seen=0, wave=WAVE):
    return send(page._notes, "note", slot=code, code=code, text=text, seen=seen, wave=wave)


def lines(page, code):
    groups = page._notes.state["groups"]
    return next(line for group in groups for line in group["lines"] if line["code"] == code)


def test_every_condition_and_statement_has_its_masked_figure_and_a_place_for_a_note(page):
    codes = [line["code"] for group in page._notes.state["groups"] for line in group["lines"]]
    assert len(codes) == 4 + 22
    assert lines(page, "CV")["figure"].startswith("Médiane")
    assert any(lines(page, code)["tag"] for code in codes)


def test_a_figure_of_too_few_people_is_masked_here_too(opened, rate):
    for i in range(4):
        rate(f"p{i}", CV1=4)
    (wave,) = opened.settings.waves
    shut = (wave.model_copy(update={"status": "closed"}),)
    opened.change(opened.settings.model_copy(update={"waves": shut}))
    page = PlanPage(opened)
    assert lines(page, "CV1")["figure"] == say("dashboard.masked_few", "fr", minimum=5)
    assert lines(page, "PP1")["figure"] == say("plan.unanswered", "fr")


def test_a_round_under_way_shows_no_figure(opened, rate):
    rate("p1", CV1=4)
    page = PlanPage(opened)
    assert page._nothing in page.children
    assert page._notes not in page.children
    reply = note(page, "CV1", "Une note.", wave="r1")
    assert reply["message"] == say("plan.gone", "fr")


def test_a_viewer_does_not_open_it(evaluation):
    page = PlanPage(evaluation, link=evaluation.links.make("viewer")[0])
    (shut,) = page.children
    assert shut.state["text"] == say("door.refused", "fr")


def test_a_note_is_in_the_store_when_the_page_says_so(evaluation, page):
    assert note(page, "CV1", "Nous ne parlons pas du même but.")["message"] == say(
        "plan.kept", "fr"
    )
    kept = Evaluation.open(evaluation.folder).plan.notes(WAVE)["CV1"]
    assert kept.text == "Nous ne parlons pas du même but."
    assert lines(page, "CV1")["number"] == kept.number


def test_who_writes_second_is_told_and_sees_what_stands(evaluation, page):
    other = PlanPage(Evaluation.open(evaluation.folder))
    note(page, "CV1", "La première.")
    reply = note(other, "CV1", "La deuxième.")
    assert not reply["ok"]
    assert reply["message"] == say("store.conflict", "fr")
    line = lines(other, "CV1")
    assert line["note"] == "La première."
    assert note(other, "CV1", "Les deux.", seen=line["number"])["ok"]


@pytest.mark.parametrize("seen", [None, "0", True, 1.5])
def test_a_forged_note_gets_a_sentence(evaluation, page, seen):
    assert not note(page, "CV1", "Une note.", seen=seen)["ok"]
    assert evaluation.plan.notes(WAVE) == {}


def test_three_priorities_stand_and_a_fourth_from_another_page_is_refused(evaluation, page):
    other = PlanPage(Evaluation.open(evaluation.folder))
    for text in ("Une", "Deux", "Trois"):
        assert press(page._priority_form, text=text, about="PP1")["ok"]
    assert page._priority_form.state == {}
    reply = press(other._priority_form, text="Quatre", about="")
    assert reply["message"] == say("plan.three", "fr")
    assert len(evaluation.plan.priorities(WAVE)) == 3


def test_a_priority_is_reworded_and_taken_back(evaluation, page):
    press(page._priority_form, text="Une", about="PP1")
    send(page._priorities, "act", card="1", action="reword")
    assert page._priority_form.state["fields"][0]["value"] == "Une"
    press(page._priority_form, text="Une autre", about="PP")
    assert [one.text for one in evaluation.plan.priorities(WAVE)] == ["Une autre"]
    send(page._priorities, "act", card="1", action="withdraw")
    assert evaluation.plan.priorities(WAVE) == []


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({**GOOD, "what": ""}, "plan.no_what"),
        ({**GOOD, "who": ""}, "plan.no_who"),
        ({**GOOD, "by": "2027-02-30"}, "plan.bad_date"),
    ],
)
def test_an_action_that_says_too_little_gets_a_sentence_and_stays_in_its_form(page, fields, key):
    before = page._action_form.state["form"]
    reply = press(page._action_form, **fields)
    assert (reply["ok"], reply["message"]) == (False, say(key, "fr"))
    assert page._action_form.state["form"] == before
    assert page._actions.state["cards"] == []


def test_two_who_edit_one_action_lose_no_text(evaluation, page):
    press(page._action_form, **GOOD)
    other = PlanPage(Evaluation.open(evaluation.folder))
    (card,) = page._actions.state["cards"]
    for each in (page, other):
        send(each._actions, "act", card=card["code"], action="edit")
    press(page._action_form, **GOOD, status="done")
    form = other._action_form.state["form"]
    reply = press(other._action_form, **GOOD, status="under_way")
    assert reply["message"] == say("store.conflict", "fr")
    state = other._action_form.state
    # The same form, so that the browser keeps what was typed, beside what stands now.
    assert state["form"] == form
    assert say("plan.is_done", "fr") in state["facts"][0][1]
    assert press(other._action_form, **GOOD, status="under_way")["ok"]
    assert [one.status for one in evaluation.plan.actions(WAVE)] == ["under_way"]


def test_the_next_round_opens_on_what_had_been_decided(evaluation):
    evaluation.plan.act("2025-T2", {**GOOD, "indicator": "CV2"})
    page = PlanPage(evaluation)
    assert page.children[1] is page._before
    (card,) = page._before.state["cards"]
    moved = {"pairs": 11, "rose": 6, "same": 5, "fell": 0}
    assert say("plan.moved", "fr", **moved) in card["lines"]
    assert say("chart.chance_rarely", "fr", odds=32) in card["lines"]
    assert (
        say("plan.tally", "fr", done=0, under_way=0, open=1, dropped=0)
        in (page._before.state["text"])
    )
    send(page._before, "act", card=card["code"], action="edit")
    press(page._action_form, **GOOD, status="dropped", reason="Plus de local.")
    assert evaluation.plan.actions("2025-T2")[0].reason == "Plus de local."
    assert evaluation.plan.actions(WAVE) == []
    page.choose("2025-T2")
    assert page._before not in page.children
    assert len(page._actions.state["cards"]) == 1


def test_too_few_who_answered_both_times_is_said(evaluation):
    evaluation.plan.act("2025-T1", {**GOOD, "indicator": "CV2"})
    (card,) = PlanPage(evaluation)._before.state["cards"]
    assert say("plan.moved_masked_few", "fr", minimum=8) in card["lines"]


def test_an_indicator_that_a_round_did_not_ask_is_not_said_to_have_moved(evaluation):
    evaluation.plan.act("2025-T2", {**GOOD, "indicator": "ENG1"})
    (card,) = PlanPage(evaluation)._before.state["cards"]
    assert say("plan.withdrawn", "fr") in card["lines"]


def test_two_wordings_are_not_compared(evaluation):
    evaluation.plan.act("2025-T2", {**GOOD, "indicator": "CV2"})
    given = Rating(
        wave=WAVE,
        rater="z1",
        indicator="CV2",
        instrument="four_conditions",
        version=2,
        scale="rooted5",
        value=3,
    )
    evaluation._store.append([replace(given, rater=f"z{i}") for i in range(3)])
    (card,) = PlanPage(evaluation)._before.state["cards"]
    assert say("plan.reworded", "fr") in card["lines"]


def test_the_modules_of_a_round_stand_with_their_notes(evaluation):
    waves = [
        wave.model_copy(update={"modules": ("ENG", "FUN")}) if wave.code == WAVE else wave
        for wave in evaluation.settings.waves
    ]
    evaluation.change(evaluation.settings.model_copy(update={"waves": tuple(waves)}))
    page = PlanPage(evaluation)
    assert [group["code"] for group in page._notes.state["groups"]][-2:] == ["ENG", "FUN"]
    assert note(page, "ENG1", "Une note.")["ok"]


def test_it_says_everything_in_the_other_language(evaluation, page):
    press(page._action_form, **GOOD)
    send(page.masthead, "language", language="en")
    assert page._actions.state["title"] == say("plan.actions", "en")
    assert say("plan.is_open", "en") in page._actions.state["cards"][0]["lines"]
    assert lines(page, "CV")["figure"].startswith("Median")


def test_an_action_is_late_by_the_date_of_the_place(evaluation, elsewhere):
    there, here = elsewhere
    due = min(there, here)  # in one of the two it is over, in the other it is today
    evaluation.plan.act(WAVE, {**GOOD, "indicator": "CV1", "by": due.isoformat()})
    page = PlanPage(evaluation)
    told = say("plan.by_late" if here > due else "plan.by_is", "fr", day=due)
    assert json.dumps(told) in json.dumps(page._actions.state)


def test_a_page_that_shows_the_same_again_weighs_it_once(evaluation):
    weighed = differencing._told_together.cache_info
    evaluation.people.set_aside([evaluation.ratings()["rater"].iloc[0]])  # as nobody showed it yet
    before = weighed()
    PlanPage(evaluation)
    once = weighed()
    assert once != before
    PlanPage(Evaluation.open(evaluation.folder))
    assert weighed() == once
