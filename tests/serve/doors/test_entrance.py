"""From a link to a cookie to the doors; every link that opens nothing gets the same answer."""

import datetime
import re

import pytest

from toolkit import Evaluation
from toolkit.pages.table import PAGES
from toolkit.storage import Link
from toolkit.text import say

NOW = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
DAY = datetime.timedelta(days=1)
OPEN, SHOWN = "2026-T2", "2026-T1"


@pytest.fixture
def evaluation(place):
    return Evaluation.open(place)


@pytest.fixture
def rater(evaluation):
    return evaluation.invite(OPEN, 1)[0]


def flags(reply):
    (line,) = reply.headers.get_all("Set-Cookie")
    return {part.strip().partition("=")[0].lower(): part.strip() for part in line.split(";")}


def test_a_links_token_leaves_the_address_for_a_cookie_that_no_script_reads(client, rater):
    browser = client()
    reply = browser.follow(rater)
    assert (reply.status, reply.headers["Location"]) == (303, "/")
    assert rater not in reply.headers["Location"] + reply.body
    kept = flags(reply)
    assert "httponly" in kept
    assert kept["samesite"] == "SameSite=Lax"
    assert kept["path"] == "Path=/"
    assert int(kept["max-age"].partition("=")[2]) > 86400
    assert "secure" not in kept  # plain HTTP: a browser would throw the cookie away
    assert say("home.answer", "fr") in browser.ask("/").body


def test_the_cookie_is_secure_behind_a_proxy_that_speaks_https(client, rater):
    reply = client().ask(f"/lien/{rater}", X_Forwarded_Proto="https")
    assert "secure" in flags(reply)


def test_a_link_preview_starts_no_kernel(client, rater, hall):
    before = set(hall.kernels())
    for method in ("HEAD", "GET"):
        browser = client()
        assert browser.ask(f"/lien/{rater}", method).status == 303
        assert browser.ask("/", "GET").status == 200
    assert set(hall.kernels()) == before


def bad_links(evaluation, rater):
    kept = []

    def link(name, **more):
        kept.append(Link(name, "rater", OPEN, "p1", **more))
        return evaluation.links.token(kept[-1])

    revoked = evaluation.invite(OPEN, 1)[0]
    evaluation.links.revoke_token(revoked)
    found = {
        "forged": rater[:-2] + ("AA" if rater[-2:] != "AA" else "BB"),
        "truncated": rater[:-1],
        "half": rater[: len(rater) // 2],
        "expired": link("e1", expires_at=NOW - DAY),
        "revoked": revoked,
        "revoked at once": link("r1", revoked_at=NOW),
        "of another evaluation": "ImFiYyI.AAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "empty": "",
        "a path": "..%2F..%2Fratings.db",
        "no text": "%ff%fe",
        "with a query": f"{rater}.x",
        "twice": f"{rater}/{rater}",
    }
    evaluation._store.add_links(kept)
    return found


def test_every_link_that_opens_nothing_gets_the_same_answer(client, evaluation, rater, logged):
    answers = set()
    for why, token in bad_links(evaluation, rater).items():
        reply = client(address="203.0.113.9").follow(token)
        assert reply.headers.get_all("Set-Cookie") is None, why
        answers.add((reply.status, reply.body))
    assert len(answers) == 1
    ((status, body),) = answers
    assert status == 404
    assert "demandez-en un nouveau" in body
    lines = [line for line in logged().splitlines() if "refused a link" in line]
    for why in ("forged", "expired", "revoked"):
        assert any(why in line for line in lines), why
    assert rater[:20] not in logged()


def test_a_token_replayed_in_the_cookie_of_another_role_opens_nothing(client, links, rater):
    mark = links.mark
    browser = client()
    for slot in ("evaluator", "viewer", "group"):
        browser.cookies[f"agir-{mark}-{slot}"] = rater
    for notebook in ("setup.ipynb", "dashboard.ipynb", "rate.ipynb"):
        assert browser.ask(f"/voila/render/{notebook}").status == 403
    assert 'class="agir-button' not in browser.ask("/").body


def test_a_cookie_kept_from_a_link_that_was_revoked_opens_nothing(client, links, rater):
    browser = client(rater)
    links.revoke_token(rater)
    assert browser.ask("/voila/render/rate.ipynb").status == 403
    assert 'class="agir-button' not in browser.ask("/").body


def test_a_link_of_a_round_that_was_shown_says_so_and_takes_no_answer(client, evaluation, links):
    person = client(evaluation.invite(SHOWN, 1)[0]).ask("/")
    room = client(links.make("group", SHOWN)[0])
    for body in (person.body, room.ask("/").body):
        assert say("rate.closed_title", "fr") in body
        assert 'agir-primary"' not in body
    assert 'value="start"' not in room.ask("/").body


def test_a_link_of_a_round_that_is_gone_says_so(client, links):
    body = client(links.make("rater", "no-such-round", ["p9"])[0]).ask("/").body
    assert say("refusal.no_round", "fr") in body


def test_one_browser_holds_a_link_of_each_role(client, links, rater):
    browser = client(rater)
    for role in ("viewer", "evaluator"):
        browser.follow(links.make(role)[0])
    body = browser.ask("/?lang=en").body
    for key in ("home.answer", "cli.setup", "cli.dashboard"):
        assert f">{say(key, 'en')}</a>" in body


@pytest.mark.parametrize(
    ("role", "shown"),
    [("viewer", ["dashboard"]), ("evaluator", [row.name for row in PAGES if row.work])],
)
def test_the_home_page_shows_only_the_doors_that_open(client, links, role, shown):
    body = client(links.make(role)[0]).ask("/").body
    assert re.findall(r'href="/voila/render/(\w+)\.ipynb', body) == shown


def test_the_language_of_a_link_stays(client, rater):
    browser = client()
    reply = browser.ask(f"/lien/{rater}?lang=en")
    assert reply.headers["Location"] == "/?lang=en"
    body = browser.ask("/?lang=en").body
    assert '<html lang="en">' in body
    assert "rate.ipynb?lang=en" in body


def test_an_address_cannot_send_a_visitor_elsewhere(client, rater):
    reply = client().ask(f"/lien/{rater}?lang=//evil.example&next=//evil.example")
    assert reply.headers["Location"] == "/"


def test_a_groups_link_makes_one_person_per_device_and_asks_before_it_shows_anybody(
    client, evaluation, links
):
    group = links.make("group", OPEN)[0]
    own = f"agir-{links.mark}-rater"
    device = client(group)
    assert device.ask("/voila/render/rate.ipynb").status == 403  # the room's link is nobody's sheet
    reply = device.press("start")
    assert (reply.status, reply.headers["Location"]) == (303, "/voila/render/rate.ipynb")
    first = device.cookies[own]
    link = links.enter(first, "own")
    assert link.wave == OPEN
    assert say("home.yours_title", "fr") in device.ask("/").body
    device.press("start")  # pressed twice, or sent again
    assert device.cookies[own] == first
    other = client(group)
    other.press("start")
    second = links.enter(other.cookies[own], "own")
    assert link.rater != second.rater
    assert {link.made_by, second.made_by} == {links.find(group).link}


def test_a_device_that_answered_an_earlier_round_is_a_new_person_in_this_one(client, links):
    own = f"agir-{links.mark}-rater"
    device = client(links.make("own", SHOWN, ["p7"])[0])
    device.follow(links.make("group", OPEN)[0])
    assert say("home.start", "fr") in device.ask("/").body
    device.press("start")
    link = links.enter(device.cookies[own], "own")
    assert link.wave == OPEN
    assert link.rater != "p7"


def test_a_form_from_elsewhere_makes_nobody(client, links):
    device = client(links.make("group", OPEN)[0])
    before = len(links.of(OPEN))
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    assert device.ask("/", "POST", "who=start", **form).status == 403
    assert device.ask("/", "POST", "who=start&_xsrf=x", **form).status == 403
    device.always["Origin"] = "http://evil.example"
    assert device.press("start").status in {403, 404}
    assert len(links.of(OPEN)) == before


def test_nobody_is_made_without_a_groups_link(client, links, rater):
    browser = client(rater)
    browser.follow(links.make("group", OPEN)[0])
    found = re.search(r'name="_xsrf" value="([^"]+)"', browser.ask("/").body)[1]
    del browser.cookies[f"agir-{links.mark}-group"]
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    assert browser.ask("/", "POST", f"who=other&_xsrf={found}", **form).status == 403


def test_too_many_bad_tries_have_to_wait_and_a_right_link_never_does(client, rater, logged, clock):
    def guess(many):
        return [client(address="198.51.100.7").follow(f"guess.{n}") for n in range(many)]

    *guesses, blocked = guess(61)
    assert [reply.status for reply in guesses] == [404] * 60
    assert (blocked.status, blocked.headers["Retry-After"]) == (429, "60")
    assert say("door.patience", "en") in blocked.body
    # A hall is one address: a neighbour's wrong links keep nobody out.
    assert client(address="198.51.100.7").follow(rater).status == 303
    assert client(address="198.51.100.8").follow(rater).status == 303
    assert "guess" not in logged()
    clock(2)
    assert [reply.status for reply in guess(3)] == [404, 404, 429]


def test_one_phone_that_starts_again_and_again_keeps_nobody_from_starting(client, links):
    group = links.make("group", OPEN)[0]
    phone = client(group, address="198.51.100.9")
    for _ in range(200):
        phone.press("start")
    link = links.find(group)
    assert len(links.handed(link)) == 1
    for _ in range(200):  # and one that keeps no cookies
        phone.cookies = {f"agir-{links.mark}-group": group}
        assert phone.press("start").status == 303
    for _ in range(12):
        assert client(group, address="198.51.100.9").press("start").status == 303
    assert len(links.handed(link)) == 213


def test_a_device_is_one_person_also_once_they_have_left(client, links):
    group, own = links.make("group", OPEN)[0], f"agir-{links.mark}-rater"
    device = client(group)
    device.press("start")
    assert say("home.other", "fr") not in device.ask("/").body
    first = device.cookies[own]
    assert device.press("other").headers["Location"] == "/voila/render/rate.ipynb"
    assert device.cookies[own] == first
    del device.cookies[own]
    refused = device.press("start")
    assert refused.status == 403
    assert say("door.one_person", "fr") in refused.body
    assert own not in device.cookies
    links.revoke_token(first)  # the evaluator made room
    assert device.press("start").status == 303
    assert device.cookies[own] != first


@pytest.fixture
def tablet(evaluation):
    """Let a tablet go round in the open round, for one test."""

    def set_to(*, shared):
        waves = [
            wave.model_copy(update={"shared": shared}) if wave.code == OPEN else wave
            for wave in evaluation.settings.waves
        ]
        evaluation.change(evaluation.settings.model_copy(update={"waves": tuple(waves)}))

    set_to(shared=True)
    yield
    set_to(shared=False)


@pytest.mark.usefixtures("tablet")
def test_a_shared_tablet_serves_one_person_after_the_other(client, links):
    own = f"agir-{links.mark}-rater"
    device = client(links.make("group", OPEN)[0])
    device.press("start")
    first = links.enter(device.cookies[own], "own")
    assert say("home.other", "fr") in device.ask("/").body
    device.press("other")
    second = links.enter(device.cookies[own], "own")
    del device.cookies[own]
    device.press("start")
    third = links.enter(device.cookies[own], "own")
    assert len({first.rater, second.rater, third.rater}) == 3


def test_every_answer_carries_the_same_guards(client, rater):
    browser = client(rater)
    paths = ("/", "/voila/render/rate.ipynb", "/lien/x", "/nothing", "/voila/static/voila.js")
    for path in paths:
        headers = browser.ask(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy
        assert not re.search(r"https?:|\*", policy)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Server"] is None
