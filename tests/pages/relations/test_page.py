"""The relations page: who is asked what, what is kept, and what the evaluator is shown."""

import subprocess
import sys
from pathlib import Path

import pytest

import toolkit
from toolkit import Evaluation, RelationsPage
from toolkit.evaluation import Partner, Rater
from toolkit.evaluation.relations.ties import Tie
from toolkit.testing import send
from toolkit.text import say
from toolkit.widgets import ChartView

CODES = ("one", "two", "three", "four", "five", "six")


def change(evaluation, *, partners=None, **of_wave):
    settings = evaluation.settings
    waves = tuple(wave.model_copy(update=of_wave) for wave in settings.waves)
    update = {"waves": waves, "partners": settings.partners if partners is None else partners}
    evaluation.change(settings.model_copy(update=update))


@pytest.fixture
def asking(opened):
    """An open round that asks about ties among six partners of two sectors."""
    partners = [
        Partner(code=code, name=f"Organisme {code}", sector=("health", "school")[i % 2])
        for i, code in enumerate(CODES)
    ]
    change(opened, partners=tuple(partners), activities=("relations",))
    return opened


@pytest.fixture
def visit(asking):
    """Open the page as the person of a partner, who agreed to take part."""

    def opened(partner="one", *, consent=True):
        token = asking.invite("r1", 1)[0]
        rater = asking.links.enter(token, "rater").rater
        asking.know(Rater(rater, partner))
        if consent:
            asking.sheet("r1", rater).consent()
        page = RelationsPage(asking, link=token)
        page.rater = rater
        return page

    return opened


@pytest.fixture
def answered(asking, visit):
    """Everyone said of everyone that they adjust activities; the sixth partner said nothing."""
    for code in CODES[:5]:
        page = visit(code)
        for other in CODES:
            if other != code:
                asking.relations.record("r1", page.rater, other, current=2)
        asking.relations.partners.agree(asking.sheet("r1", page.rater), named=True)
    return asking


def said(page, title):
    """Return the state of the part with a title."""
    found = [part.state for part in page.children if part.state.get("title") == title]
    return found[0] if found else None


def look(page, **fields):
    reply = send(page.part._filters, "press", button="show", fields=fields)
    assert reply["ok"], reply["message"]


def titles(page):
    return [part.state["title"] for part in page.children]


def test_an_answer_is_in_the_store_when_the_reply_says_saved(asking, visit):
    page = visit()
    assert send(page.part._ties, "answer", partner="two", current=3)["ok"]
    assert send(page.part._ties, "answer", partner="two", desired=4)["ok"]
    assert asking.relations.ties("r1", page.rater) == {"two": Tie(3, 4)}
    assert page.masthead.state["progress"]["value"] == 1
    assert page.masthead.state["progress"]["total"] == 5


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"partner": "one", "current": 1}, "relations.itself"),
        ({"partner": "nobody", "current": 1}, "relations.no_partner"),
        ({"partner": "two", "current": 9}, "relations.off_scale"),
        ({"partner": "two", "current": {"a": 1}}, "app.unfit"),
    ],
)
def test_a_forged_answer_gets_a_sentence_and_is_not_kept(asking, visit, data, key):
    page = visit()
    reply = send(page.part._ties, "answer", **data)
    assert not reply["ok"]
    assert reply["message"] == say(key, "fr")
    assert asking.relations.ties("r1", page.rater) == {}


def test_nobody_is_asked_about_themselves_and_nothing_is_chosen_beforehand(visit):
    state = visit("three").part._ties.state
    assert "three" not in {partner["code"] for partner in state["partners"]}
    assert "Organisme three" in state["text"]
    assert state["answers"] == {}
    assert [way["value"] for way in state["ways"]] == [1, 2, 3, 4, 0, "dont_know"]


def test_no_contact_with_the_others_is_one_press(asking, visit):
    page = visit()
    send(page.part._ties, "answer", partner="two", current=3)
    reply = send(page.part._ties, "none", partners=["three", "four"])
    assert reply["message"] == say("relations.none_kept", "fr", count=2)
    assert set(asking.relations.ties("r1", page.rater)) == {"two", "three", "four"}
    assert page.part._ties.state["answers"]["four"]["current"] == 0
    assert not send(page.part._ties, "none", partners={"five": 1})["ok"]
    assert "five" not in asking.relations.ties("r1", page.rater)


def test_a_person_comes_back_to_what_they_said(asking, visit):
    page = visit()
    send(page.part._ties, "answer", partner="two", current="dont_know")
    again = RelationsPage(asking, link=page._token)
    assert again.part._ties.state["answers"]["two"]["current"] == "dont_know"


def test_a_person_of_no_partner_says_once_whose_they_are(asking, visit):
    page = visit("")
    assert page.children[1].state["title"] == say("relations.whose_title", "fr")
    assert not send(page.part._ties, "answer", partner="two", current=3)["ok"]
    reply = send(page.part._notice, "press", button="choose", fields={"partner": "nobody"})
    assert reply["message"] == say("relations.no_partner", "fr")
    send(page.part._notice, "press", button="choose", fields={"partner": "four"})
    assert page.part._ties in page.children
    assert asking.raters()[page.rater].partner == "four"


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ({"status": "closed"}, "closed"),
        ({"activities": ()}, "elsewhere"),
        ({"partners": ()}, "nobody_else"),
    ],
)
def test_where_no_ties_are_asked_the_page_says_why(asking, visit, state, step):
    page = visit()
    change(asking, **state)
    page = RelationsPage(asking, link=page._token)
    assert page.children[1].state["title"] == say(f"relations.{step}_title", "fr")
    assert page.part._ties not in page.children


def test_who_did_not_agree_to_take_part_is_sent_to_say_so_first(asking, visit):
    page = visit(consent=False)
    assert titles(page)[1:] == [say("relations.consent_first_title", "fr")]
    assert not send(page.part._ties, "answer", partner="two", current=3)["ok"]
    assert not send(page.part._named, "press", button="yes", fields={})["ok"]
    assert asking.relations.partners.named == frozenset()


def test_a_partner_agrees_to_be_named_and_takes_it_back_after_the_round(asking, visit):
    page = visit()
    send(page.part._named, "press", button="yes", fields={})
    assert asking.relations.partners.named == {"one"}
    assert say("relations.named_yes", "fr") in page.part._named.state["text"]
    change(asking, status="closed")
    page = RelationsPage(asking, link=page._token)
    send(page.part._named, "press", button="no", fields={})
    assert asking.relations.partners.named == frozenset()


def test_a_finished_person_can_look_over_their_answers(visit):
    page = visit()
    send(page.part._ties, "done")
    assert page.children[1].state["title"] == say("relations.done_title", "fr")
    send(page.part._notice, "press", button="review", fields={})
    assert page.part._ties in page.children


def test_a_viewer_is_not_let_in(asking):
    page = RelationsPage(asking, link=asking.links.make("viewer")[0])
    assert titles(page) == [say("door.refused_title", "fr")]


def test_the_map_opens_as_the_group_may_see_it(answered):
    page = RelationsPage(answered)
    assert not any(isinstance(part, ChartView) for part in page.children)
    assert say("relations.withheld_open", "fr", minimum=5) in page.part._who.state["text"]
    change(answered, status="closed")
    page = RelationsPage(answered)
    shown = str([part.state for part in page.children])
    assert said(page, say("relations.map_today", "fr"))
    assert "Organisme one" in shown
    assert "Organisme six" not in shown  # silent, and not named
    assert say("relations.roles_title", "fr") not in shown
    assert "répondu" not in said(page, say("relations.map_today", "fr"))["description"]


def test_silence_and_roles_are_for_the_evaluator_alone(answered):
    page = RelationsPage(answered, link=answered.links.make("evaluator")[0])
    look(page, view="own")
    assert say("relations.silent", "fr", names="Organisme six") in page.part._who.state["text"]
    chart = said(page, say("relations.map_today", "fr"))
    assert "Organisme six" in chart["description"]
    assert said(page, say("relations.roles_title", "fr"))


def test_missing_sectors_are_named(answered):
    change(
        answered,
        partners=(*answered.settings.partners, Partner(code="m", name="Ville", sector="municipal")),
    )
    text = RelationsPage(answered).part._who.state["text"]
    assert say("relations.missing", "fr", sectors="affaires, culture, emploi") in text


def test_filters_that_the_page_does_not_offer_change_nothing(answered):
    page = RelationsPage(answered)
    look(page, view="own", way="99", sector="<b>", level="moon", partner="nobody")
    assert len(said(page, say("relations.map_today", "fr"))["rows"]) == 15
    look(page, view="own", way="3")
    assert said(page, say("relations.map_today", "fr"))["rows"] == []
    look(page, view="own", partner="one")
    assert "Organisme two" in said(page, say("relations.from", "fr", name="Organisme one"))["text"]


def test_no_centralisation_is_said_of_few_partners(answered):
    page = RelationsPage(answered)
    look(page, view="own")
    text = said(page, say("relations.figures_title", "fr"))["text"]
    assert say("relations.few_partners", "fr") in text
    assert say("relations.mutual", "fr", count=10, pairs=10, way="Réseautage") in text


def test_roles_are_ticked_and_flagged(answered):
    page = RelationsPage(answered)
    look(page, view="own")
    assert send(page.part._roles, "roles", partner="one", roles=["funder", "facilitator"])["ok"]
    flags = said(page, say("relations.flags_title", "fr"))["text"]
    assert say("relations.double_hat", "fr", name="Organisme one") in flags
    for forged in (["king"], "funder", None):
        assert not send(page.part._roles, "roles", partner="two", roles=forged)["ok"]
    assert answered.relations.roles.held["two"] == ()


def test_a_partner_is_joined_to_another_and_parted_again(answered):
    page = RelationsPage(answered)
    look(page, view="own")
    fields = {"partner": "five", "into": "four"}
    assert send(page.part._joined, "press", button="join", fields=fields)["ok"]
    assert "five" not in {p["code"] for p in page.part._roles.state["partners"]}
    circle = {"partner": "four", "into": "five"}
    assert not send(page.part._joined, "press", button="join", fields=circle)["ok"]
    fields = {"partner": "five", "into": ""}
    assert send(page.part._joined, "press", button="join", fields=fields)["ok"]
    assert answered.relations.partners.merged == {}


def test_the_whole_page_speaks_the_other_language(answered):
    page = RelationsPage(answered)
    look(page, view="own")
    send(page.masthead, "language", language="en")
    assert titles(page)[0] == say("relations.title", "en")
    shown = set(titles(page))
    assert {say(f"relations.{key}", "en") for key in ("filters", "who", "roles_title")} <= shown


def test_an_evaluation_without_a_round_or_partners_says_what_to_do(blank):
    assert titles(RelationsPage(blank))[1:] == [say("rate.no_round_title", "fr")]


def test_who_answers_does_not_wait_for_pandas_or_altair():
    script = (
        "from toolkit import RelationsPage\nimport sys\n"
        "print([n for n in ('pandas', 'altair', 'networkx') if n in sys.modules])"
    )
    root = Path(toolkit.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "[]"


def test_the_map_opens_on_the_newest_round_with_ties_and_says_where_there_are_none(conversed):
    page = RelationsPage(conversed)
    assert page.masthead.state["choice"] == "2026-T1"
    assert "Printemps 2026" in page.masthead.state["subtitle"]
    assert page.part._today in page.children
    send(page.masthead, "choice", choice="2026-T2")
    told = page.part._who.state["text"]
    assert say("relations.round_empty", "fr", wave=conversed.open_wave.text) in told
    assert page.part._today not in page.children


def test_a_round_that_was_named_on_opening_is_the_one_that_opens(conversed):
    named = Evaluation.open(conversed.folder, wave="2026-T2")
    assert RelationsPage(named).masthead.state["choice"] == "2026-T2"


def test_a_person_is_asked_of_their_own_round_whatever_was_told_before(conversed):
    token = conversed.invite("2026-T2", 1)[0]
    page = RelationsPage(conversed, link=token)
    assert page.part.wave.code == "2026-T2"
    assert "choices" not in page.masthead.state


def test_a_stranger_reads_that_it_is_a_wish_and_the_evaluator_accepts_it(asking):
    token = asking.enrol("r1")
    rater = asking.links.enter(token, "own").rater
    asking.sheet("r1", rater).consent(partner="one")
    page = RelationsPage(asking, link=token)
    send(page.part._named, "press", button="yes")
    assert say("relations.named_wish", "fr") in page.part._named.state["text"]
    own = RelationsPage(asking)
    assert said(own, say("relations.claims_title", "fr")) is None  # on a wall nobody reads it
    look(own, view="own")
    (card,) = said(own, say("relations.claims_title", "fr"))["cards"]
    assert card["title"] == "Organisme one"
    wave = asking.settings.waves[0].text["fr"]
    assert say("relations.claim_own", "fr", wave=wave) in card["lines"]
    assert say("relations.claim_yes", "fr") in card["lines"]
    assert asking.relations.partners.named == frozenset()
    reply = send(own.part._claims, "act", card=rater, action="accept")
    assert reply["ok"]
    assert asking.relations.partners.named == {"one"}
    again = RelationsPage(asking, link=token)
    assert say("relations.named_yes", "fr") in again.part._named.state["text"]


def test_a_page_whose_link_was_revoked_keeps_nothing_more(asking, visit):
    page = visit("one")
    asking.links.revoke_token(page._token)
    reply = send(page.part._ties, "answer", partner="two", current=3)
    assert not reply["ok"]
    assert asking.relations.ties("r1", page.rater) == {}


def test_people_with_personal_links_are_accepted_together_and_a_groups_device_is_not(asking):
    tokens = [*asking.invite("r1", 2), asking.enrol("r1")]
    raters = [asking.links.enter(token, "rater", "own").rater for token in tokens]
    for rater, code in zip(raters, CODES, strict=False):
        asking.sheet("r1", rater).consent(partner=code)
    own = RelationsPage(asking)
    look(own, view="own")
    cards = own.part._claims.state["cards"]
    assert cards[0]["code"] == ""
    assert {card["code"] for card in cards[1:]} == {*raters}
    send(own.part._claims, "act", card="", action="accept")
    assert asking.relations.partners.unvouched == {raters[2]}
    cards = own.part._claims.state["cards"]
    assert cards[0]["code"] == raters[2]  # who waits comes first
    assert len(cards) == len(raters)
