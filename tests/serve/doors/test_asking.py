"""Whose device this is: asked before a link takes a place, left by a button, and by silence."""

import re
import time
from urllib.parse import urlencode

import nbformat
import pytest

from toolkit import Evaluation
from toolkit.serve.doors.confirmed import digest
from toolkit.serve.doors.sessions import IDLE
from toolkit.text import say

ROUND = "2026-T2"
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def evaluation(place):
    return Evaluation.open(place)


@pytest.fixture
def invited(evaluation):
    """Make a person's link, with or without answers of theirs."""

    def make(*, begun=False):
        token = evaluation.invite(ROUND, 1)[0]
        if begun:
            sheet = evaluation.sheet(ROUND, evaluation.links.enter(token, "rater").rater)
            sheet.consent()
            sheet.record("CV1", value=4, note="between us")
        return token

    return make


def held(browser, links, slot="rater"):
    return browser.cookies.get(f"agir-{links.mark}-{slot}") or None


def test_a_link_on_which_nobody_has_begun_goes_straight_on_and_so_does_ones_own(
    client, links, invited
):
    browser, token = client(), invited()
    assert browser.follow(token).status == 303
    assert browser.follow(token).status == 303
    assert held(browser, links) == token


def test_a_link_on_which_somebody_has_begun_is_opened_only_after_a_yes(client, links, invited):
    token = invited(begun=True)
    browser = client()
    reply = browser.follow(token)
    assert reply.status == 200
    assert say("door.begun_title", "fr") in reply.body
    assert held(browser, links) is None
    assert browser.ask("/voila/render/rate.ipynb").status == 403
    assert browser.press("me", f"/lien/{token}").status == 303
    assert held(browser, links) == token
    assert browser.follow(token).status == 303  # this device was told


def test_a_link_over_another_persons_asks_and_takes_no_place_before(client, links, invited):
    first, second = invited(), invited()
    browser = client(first)
    reply = browser.follow(second)
    assert reply.status == 200
    assert say("door.held_title", "fr") in reply.body
    assert held(browser, links) == first
    browser.press("me", f"/lien/{second}")
    assert held(browser, links) == second


def test_over_anothers_cookie_a_begun_link_asks_who_it_is(client, links, invited):
    browser, token = client(invited()), invited(begun=True)
    body = browser.follow(token).body
    assert say("door.begun_title", "fr") in body
    assert say("door.held", "fr").split(" ", maxsplit=1)[0] in body


@pytest.mark.parametrize("role", ["evaluator", "viewer"])
def test_another_link_of_the_same_role_asks_too(client, links, role):
    first, second = links.make(role)[0], links.make(role)[0]
    browser = client(first)
    assert say("door.held_title", "en") in browser.ask(f"/lien/{second}?lang=en").body
    assert held(browser, links, role) == first


def test_a_groups_link_is_nobodys_and_never_asks(client, links):
    browser = client(links.make("group", ROUND)[0])
    assert browser.follow(links.make("group", ROUND)[0]).status == 303


def test_a_yes_from_elsewhere_holds_nothing(client, links, invited):
    token, browser = invited(begun=True), client()
    for body in ("who=me", "who=me&_xsrf=x"):
        assert browser.ask(f"/lien/{token}", "POST", body, **FORM).status == 403
    assert held(browser, links) is None


def test_a_device_that_is_left_keeps_nothing(client, links, invited):
    browser = client(invited())
    browser.follow(links.make("evaluator")[0])
    asked = browser.press("leave")
    assert say("home.leaving_title", "fr") in asked.body
    assert held(browser, links)
    copied = dict(browser.cookies)
    assert browser.press("left").status == 303
    assert not any(held(browser, links, slot) for slot in ("rater", "evaluator", "session"))
    assert browser.ask("/voila/render/setup.ipynb").status == 403
    browser.cookies = copied  # a copy of an evaluator's cookies ended with their session
    assert browser.ask("/voila/render/setup.ipynb").status == 403


def test_every_page_leads_to_leaving_which_names_what_a_browser_may_still_keep(
    client, links, invited
):
    token = invited()
    browser = client(token)
    asked = browser.ask("/?leave=1&lang=en")
    assert say("home.leaving_title", "en") in asked.body
    assert f'data-names="{links.device(links.find(token))}"' in asked.body
    assert say("home.leaving_waiting", "en") in asked.body
    assert held(browser, links) == token
    assert client().ask("/?leave=1").status == 200


def test_the_link_of_who_was_erased_says_so_wherever_it_is_opened(
    client, links, invited, evaluation
):
    token = invited(begun=True)
    browser = client(token)
    evaluation.people.erase([links.find(token).rater])
    for reply in (
        browser.ask("/"),
        browser.ask("/voila/render/rate.ipynb"),
        client().ask(f"/lien/{token}"),
    ):
        assert say("door.gone", "fr") in reply.body
    assert say("door.gone", "fr") not in client().ask(f"/lien/{token}x").body


def test_who_leaves_is_shown_the_link_that_nobody_else_has(client, links):
    browser = client(links.make("group", ROUND)[0])
    browser.press("start")
    assert f"/lien/{held(browser, links)}" in browser.press("leave").body


def test_an_evaluators_cookie_ends_with_the_browser_and_a_persons_stays(client, links, invited):
    def lasting(token):
        lines = client().follow(token).headers.get_all("Set-Cookie")
        return {line.partition("=")[0]: "max-age" in line.lower() for line in lines}

    mark = links.mark
    found = lasting(links.make("evaluator")[0])
    assert not any(lasts for name, lasts in found.items() if "form" not in name)
    assert lasting(invited())[f"agir-{mark}-rater"]


def test_after_twelve_idle_hours_an_evaluator_opens_their_link_again(client, links):
    token = links.make("evaluator")[0]
    browser = client(token)
    session = f"agir-{links.mark}-session"
    seen = {hours: links.seal(f"s{hours} {int(time.time() - hours * 3600)}") for hours in (11, 13)}
    browser.cookies[session] = seen[11]
    assert ">" + say("cli.setup", "fr") in browser.ask("/").body
    assert browser.cookies[session] != seen[11]  # and begins to count anew
    browser.cookies[session] = seen[13]
    reply = browser.ask("/voila/render/setup.ipynb")
    assert reply.status == 403
    assert say("door.idle", "fr") in reply.body
    assert say("door.idle", "en") in browser.ask("/").body
    for forged in ("", "x", links.seal("nothing"), token):
        browser.cookies[session] = forged
        assert browser.ask("/voila/render/setup.ipynb").status == 403
    assert IDLE == 12 * 3600
    assert client(token).ask("/").body.count("setup.ipynb") == 1


def test_a_changed_notebook_is_shown_to_others_only_after_the_evaluator_said_so(
    client, links, place, logged
):
    file = place / "rate.ipynb"
    kept = file.read_text("utf-8")
    token = Evaluation.open(place).invite(ROUND, 1)[0]
    person, evaluator = client(token), client(links.make("evaluator")[0])
    assert 'name="digest"' not in evaluator.ask("/").body
    try:
        file.write_text(kept.replace("RatingPage(evaluation)", "RatingPage(evaluation);1"), "utf-8")
        reply = person.ask("/voila/render/rate.ipynb?lang=en")
        assert reply.status == 503
        assert say("page.changed", "en") in reply.body
        assert "changed since it was last confirmed" in logged()
        home = evaluator.ask("/").body
        assert 'href="/voila/render/rate.ipynb' in home
        form = dict(re.findall(r'name="(\w+)" value="([^"]+)"', home.partition("agir-changed")[2]))
        form |= {"who": "confirm", "notebook": "rate.ipynb"}
        someone = person.ask("/", "POST", urlencode(form), **FORM)
        assert someone.status == 403  # a person says nothing for the evaluator
        assert evaluator.ask("/", "POST", urlencode(form), **FORM).status == 303
        assert 'name="digest"' not in evaluator.ask("/").body
        assert person.ask("/voila/render/rate.ipynb").status == 200
    finally:
        file.write_text(kept, "utf-8")


def test_what_a_confirmed_cell_asks_for_is_still_not_shown_to_who_may_not_see_it(
    client, links, place, invited
):
    file = place / "rate.ipynb"
    kept = file.read_text("utf-8")
    token = invited(begun=True)
    cell = nbformat.v4.new_code_cell(f"link = {token!r}\nevaluation.ratings()")
    notebook = nbformat.reads(kept, as_version=4)
    notebook.cells.insert(-1, cell)
    try:
        nbformat.write(notebook, file)
        Evaluation.open(place).confirm("rate.ipynb", digest(notebook.cells))
        body = client(invited()).ask("/voila/render/rate.ipynb").body
    finally:
        file.write_text(kept, "utf-8")
    assert say("door.not_yours", "fr").partition(".")[0] in body
    assert "between us" not in body
