"""What the strategy page keeps, what it says, and what it never shows."""

import json

import pytest

from toolkit import StrategyPage
from toolkit.evaluation.strategy.questions import ELEMENTS, OBSTACLES, WAYS
from toolkit.testing import send
from toolkit.text import both, say

# domain.md, 8.4: need; time, trust, turf; practice; the strategy that fits; what is said.
TABLE = [
    (
        (4, 2, 3, 2, "1100"),
        "coordinating",
        ("asks_more", "binding_time", "binding_turf", "opens_cooperating", "practice_fits"),
    ),
    ((2, 3, 3, 3, "1110"), "coordinating", ("allowed", "more_than_needed")),
    ((1, 1, 1, 1, "1000"), "networking", ("fit", "full_answer")),
    ((4, 4, 4, 4, "1111"), "collaborating", ("fit",)),
    (
        (3, 3, 2, 3, "1110"),
        "coordinating",
        ("asks_more", "binding_trust", "opens_cooperating", "ahead_of_trust"),
    ),
    (
        (3, 3, 3, 2, "1100"),
        "coordinating",
        ("asks_more", "binding_turf", "opens_cooperating", "practice_fits"),
    ),
    (
        (2, 2, 2, 1, "1010"),
        "coordinating",
        ("allowed", "practice_short", "done_resources", "missing_activities", "non_cumulative"),
    ),
    (
        (4, 4, 4, 3, "1110"),
        "cooperating",
        ("asks_more", "binding_turf", "opens_collaborating", "practice_fits"),
    ),
]


@pytest.fixture
def evaluation(opened):
    """An evaluation whose open round asks about purposes, with one purpose, `b1`."""
    (wave,) = opened.settings.waves
    asked = wave.model_copy(update={"activities": ("strategy",)})
    opened.change(opened.settings.model_copy(update={"waves": (asked,)}))
    opened.strategy.add("Halte du samedi")
    return opened


@pytest.fixture
def page(evaluation):
    return StrategyPage(evaluation)


@pytest.fixture
def link(evaluation):
    """The link of a person who agreed to answer."""
    return invited(evaluation)


def invited(evaluation):
    token = evaluation.invite("r1", 1)[0]
    evaluation.sheet("r1", evaluation.links.enter(token, "rater").rater).consent()
    return token


def fill(page, need, time, trust, turf, practice):
    """Type a row of the table into the form that is open."""
    answers = {"need": need, "time": time, "trust": trust, "turf": turf}
    marks = zip(ELEMENTS, practice, strict=True)
    answers |= {f"did.{element}": "yes" if mark == "1" else "no" for element, mark in marks}
    for question, value in answers.items():
        reply = send(
            page._form, "answer", slot=question, subject="b1", question=question, value=value
        )
        assert reply["ok"]


def read(page, place=0):
    """Return the ways that are named as fitting, and what is said, from what the page shows."""
    ladder, why, _ = page._results[place]
    assert ladder in page.children
    marked = [way["code"] for way in ladder.state["ways"] if way["mark"]]
    return marked, why.state["cards"][0]["items"]


def everything(page):
    return json.dumps([part.state for part in page.children], ensure_ascii=False)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("row", "fits", "said"), TABLE)
def test_every_row_of_the_table_passes_through_the_page(page, row, fits, said, language):
    page.language = language
    send(page._list, "act", card="b1", action="agree")
    fill(page, *row)
    send(page._form, "go", to="next")
    assert read(page) == ([fits], [say(f"strategy.{code}", language) for code in said])
    (_, why, panel) = page._results[0]
    held = [card["code"] for card in why.state["cards"] if card["code"] in OBSTACLES]
    assert held == [code.removeprefix("binding_") for code in said if code.startswith("binding")]
    assert say("chart.strategy_fits", language, name=both(f"strategy.{fits}")) in str(
        panel.state["description"]
    )


def test_the_other_three_ways_stand_beside_the_one_that_fits(page):
    send(page._list, "act", card="b1", action="agree")
    fill(page, *TABLE[0][0])
    send(page._form, "go", to="next")
    ways = page._results[0][0].state["ways"]
    assert [way["code"] for way in ways] == list(WAYS)
    assert all(way["about"] for way in ways)


def test_all_four_are_legitimate_on_every_step_of_everybodys_page(evaluation, page, link):
    own, sentence = StrategyPage(evaluation, link=link), say("strategy.all_legitimate", "fr")
    for shown, step in ((page, "agree"), (page, "look"), (own, "answer")):
        send(shown._list, "act", card="b1", action=step)
        assert sentence in shown.children[-1].state["text"]
        shown._go("list")
        assert sentence in shown.children[-1].state["text"]


def test_a_group_that_left_a_question_is_told_so_and_gets_no_strategy(page):
    send(page._form, "answer", subject="b1", question="need", value=2)
    send(page._list, "act", card="b1", action="look")
    assert say("purpose.group_left", "fr", count=3) in page._top.state["text"]
    assert page._results[0][0] not in page.children


def test_an_obstacle_that_the_group_cannot_tell_gives_the_sentence_why(page):
    send(page._list, "act", card="b1", action="agree")
    fill(page, 4, "dont_know", 3, 3, "1100")
    send(page._form, "go", to="next")
    marked, said = read(page)
    assert (marked, said[0]) == ([], say("strategy.no_time", "fr"))


def answered(evaluation, count, **answers):
    for _ in range(count):
        page = StrategyPage(evaluation, link=invited(evaluation))
        send(page._list, "act", card="b1", action="answer")
        fill(page, *TABLE[0][0])
        for question, value in answers.items():
            name = question.replace("_", ".")
            send(page._form, "answer", slot=name, subject="b1", question=name, value=value)


def test_people_are_seen_together_once_their_answers_are_closed(evaluation, page):
    answered(evaluation, 5)
    send(page._list, "act", card="b1", action="look")
    assert say("purpose.people_open", "fr", count=5) in page._top.state["text"]
    assert page._results[1][0] not in page.children
    send(page._care, "press", button="close", fields={})
    marked, said = read(page, 1)
    assert marked == [TABLE[0][1]]
    assert said == [say(f"strategy.{code}", "fr") for code in TABLE[0][2]]
    assert say("purpose.half", "fr") in everything(page)
    assert say("purpose.others_masked", "fr") in everything(page)


def test_a_purpose_that_too_few_answered_says_so(evaluation, page):
    answered(evaluation, 4)
    evaluation.strategy.close("r1", "b1")
    send(page._list, "act", card="b1", action="look")
    told = say("purpose.people_few", "fr", count=4, minimum=5)
    assert told in page._top.state["text"]
    assert not {*page._results[1]} & {*page.children}


def test_what_people_wrote_is_in_the_evaluators_drawer_and_nowhere_else(evaluation, page, link):
    answered(evaluation, 5, time_lift="Un poste payé")
    evaluation.strategy.close("r1", "b1")
    send(page._list, "act", card="b1", action="look")
    assert say("purpose.private", "fr") == page._drawer.state["title"]
    assert "Un poste payé" in str(page._drawer.state)
    others = [part.state for part in page.children if part is not page._drawer]
    assert "Un poste payé" not in str(others)
    own = StrategyPage(evaluation, link=link)
    send(own._list, "act", card="b1", action="answer")
    assert "Un poste payé" not in everything(own)


def test_an_answer_is_in_the_store_when_the_reply_says_saved(evaluation, link):
    own = StrategyPage(evaluation, link=link)
    send(own._list, "act", card="b1", action="answer")
    assert send(own._form, "answer", subject="b1", question="need", value=3)["ok"]
    assert list(evaluation.strategy.answers("r1", "b1").values()) == [{"need": 3}]
    own.language = "en"
    own.refresh()
    assert own._form.state["answers"] == {"need": 3}
    assert own._form.state["parts"][0]["title"] == "What is enough for this purpose"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"subject": "b1", "question": "need", "value": 7}, "purpose.no_answer"),
        ({"subject": "b1", "question": ["need"], "value": 1}, "app.unfit"),
        ({"subject": "b9", "question": "need", "value": 1}, "purpose.gone"),
        ({}, "purpose.gone"),
    ],
)
def test_a_forged_answer_gets_a_sentence_and_is_not_kept(evaluation, link, data, key):
    own = StrategyPage(evaluation, link=link)
    reply = send(own._form, "answer", **data)
    assert not reply["ok"]
    assert reply["message"] == say(key, "fr")
    assert evaluation.strategy.people("r1") == {}


def test_a_person_does_nothing_that_is_the_evaluators(evaluation, link):
    own = StrategyPage(evaluation, link=link)
    for component, kind, data in (
        (own._new, "press", {"button": "add", "fields": {"name": "Autre"}}),
        (own._care, "press", {"button": "close", "fields": {}}),
        (own._care, "press", {"button": "remove", "fields": {}}),
        (own._top, "press", {"button": "agree", "fields": {}}),
        (own._ladder, "keep", {"examples": {"networking": "x"}}),
    ):
        assert not send(component, kind, **data)["ok"]
    send(own._list, "act", card="b1", action="look")
    send(own._form, "go", to="next")
    assert own._step == "list"
    strategy = evaluation.strategy
    assert [purpose.name for purpose in strategy.purposes] == ["Halte du samedi"]
    assert not strategy.closed("r1", "b1")
    assert strategy.examples == {}


def test_a_link_of_no_person_in_particular_is_not_taken_for_the_evaluators(evaluation):
    own = StrategyPage(evaluation, link=evaluation.links.make("rater", "r1")[0])
    assert not send(own._form, "answer", subject="b1", question="need", value=1)["ok"]
    assert not send(own._new, "press", button="add", fields={"name": "Autre"})["ok"]
    assert evaluation.strategy.answer("r1", "b1") == {}


def test_who_has_not_agreed_to_answer_is_sent_there_first(evaluation):
    own = StrategyPage(evaluation, link=evaluation.invite("r1", 1)[0])
    assert own._intro.state["title"] == say("purpose.consent_first_title", "fr")
    assert own._list not in own.children
    reply = send(own._form, "answer", subject="b1", question="need", value=1)
    assert reply["message"] == say("refusal.no_consent", "fr")


def test_a_round_without_purposes_or_without_this_activity_says_so(evaluation, link):
    evaluation.strategy.remove("b1")
    assert StrategyPage(evaluation, link=link)._intro.state["title"] == say(
        "purpose.nothing_title", "fr"
    )
    waves = [wave.model_copy(update={"activities": ()}) for wave in evaluation.settings.waves]
    evaluation.change(evaluation.settings.model_copy(update={"waves": tuple(waves)}))
    shut = StrategyPage(evaluation, link=link)
    assert shut._intro.state["text"] == say("purpose.not_asked", "fr", wave="Ronde 1")


def test_a_purpose_that_was_removed_meanwhile_leads_back_to_the_list(evaluation, page, link):
    own = StrategyPage(evaluation, link=link)
    send(own._list, "act", card="b1", action="answer")
    send(page._list, "act", card="b1", action="look")
    evaluation.strategy.add("Transport")
    send(page._care, "press", button="remove", fields={})
    assert [card["title"] for card in page._list.state["cards"]] == ["Transport"]
    assert not send(own._form, "answer", subject="b1", question="need", value=1)["ok"]
    own.refresh()
    assert own._form not in own.children


def test_examples_are_shown_to_whoever_answers(evaluation, page, link):
    send(page._ladder, "keep", examples={"cooperating": "Local partagé"})
    own = StrategyPage(evaluation, link=link)
    ways = {way["code"]: way for way in own._ladder.state["ways"]}
    assert ways["cooperating"]["example"] == "Local partagé"
    assert not own._ladder.state["editable"]


def test_a_name_that_is_missing_gets_a_sentence(page):
    reply = send(page._new, "press", button="add", fields={"name-1": "  "})
    assert reply["message"] == say("purpose.nameless", "fr")
    assert not reply["retry"]


def test_sixty_purposes_have_a_card_each(evaluation, page, link):
    for number in range(59):
        evaluation.strategy.add(f"But {number}")
    page.refresh()
    assert len(page._list.state["cards"]) == 60
    assert len(StrategyPage(evaluation, link=link)._list.state["cards"]) == 60


def test_a_new_evaluation_without_a_round_can_use_it_at_once(blank):
    page = StrategyPage(blank)
    send(page._new, "press", button="add", fields={"name-0": "Halte"})
    send(page._list, "act", card="b1", action="agree")
    fill(page, *TABLE[2][0])
    send(page._form, "go", to="next")
    assert read(page)[0] == ["networking"]


def test_a_viewers_link_shows_one_sentence(evaluation):
    page = StrategyPage(evaluation, link=evaluation.links.make("viewer")[0])
    (notice,) = page.children
    assert notice.state["text"] == say("door.refused", "fr")


def test_the_page_opens_on_the_newest_round_with_answers_and_says_where_there_are_none(conversed):
    page = StrategyPage(conversed)
    assert page.masthead.state["choice"] == "2026-T1"
    assert "Printemps 2026" in page.masthead.state["subtitle"]
    assert say("purpose.answered", "fr", count=12) in page._list.state["cards"][0]["lines"]
    empty = say("purpose.round_empty", "fr", wave=conversed.open_wave.text)
    assert empty not in page._intro.state["text"]
    send(page.masthead, "choice", choice="2026-T2")
    assert empty in page._intro.state["text"]


def test_a_person_answers_in_their_own_round_whatever_was_answered_before(conversed):
    token = conversed.invite("2026-T2", 1)[0]
    conversed.sheet("2026-T2", conversed.links.enter(token, "rater").rater).consent()
    page = StrategyPage(conversed, link=token)
    assert page.wave.code == "2026-T2"
    assert "choices" not in page.masthead.state
    assert page._list in page.children


def test_the_first_answer_of_a_round_brings_the_page_to_it(conversed):
    code = conversed.strategy.purposes[0].code
    conversed.strategy.agree("2026-T2", code, "need", 2)
    assert StrategyPage(conversed).wave.code == "2026-T2"
    conversed.strategy.agree("2026-T2", code, "need", None)
    assert StrategyPage(conversed).wave.code == "2026-T1"
