"""Who comes through which door; a stranger learns nothing from a refusal."""

import datetime

import pytest

from toolkit.errors import LinkError
from toolkit.storage import Link
from toolkit.templates import new_evaluation
from toolkit.text import both

NOW = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def token(opened):
    return opened.links.make("rater", "r1", ["p1"])[0]


def kept(evaluation, link):
    """Keep a link that was not made in the usual way, and return its token."""
    evaluation._store.add_links([link])
    return evaluation.links.token(link)


def test_a_link_opens_its_door(opened, token):
    link = opened.links.enter(token, "rater", "group")
    assert (link.role, link.wave, link.rater) == ("rater", "r1", "p1")


def test_a_link_still_opens_when_the_evaluation_is_opened_again(opened, token):
    again = type(opened).open(opened.folder)
    assert again.links.enter(token, "rater").rater == "p1"


ALTERED = {
    "cut at the end": lambda token: token[:-1],
    "without its signature": lambda token: token[: token.index(".")],
    "cut at the start": lambda token: token[1:],
    "in capitals": lambda token: token.swapcase(),
    "with an accent": lambda token: token + "é",
    "with padding": lambda token: token + "=",
    "with half an emoji": lambda token: token + "\ud83d",
    "with a space inside": lambda token: f"{token[:4]} {token[4:]}",
    "with two points": lambda token: token.replace(".", ".."),
    "empty": lambda _: "",
    "endless": lambda _: "x" * 100_000,
    "a path": lambda _: "../../ratings.db",
    "a query": lambda _: "' OR 1=1 --",
}


@pytest.mark.parametrize("altered", ALTERED.values(), ids=ALTERED)
def test_an_altered_link_is_refused(opened, token, altered):
    with pytest.raises(LinkError) as refused:
        opened.links.enter(altered(token), "rater")
    assert refused.value.message == both("door.refused")


def test_every_refusal_is_the_same_sentence(opened, token, tmp_path):
    other = new_evaluation(tmp_path / "other", "fr", "four_conditions")
    revoked = Link("r", "rater", "r1", "p1", revoked_at=NOW)
    refused = {
        "altered": token[:-2] + ("AA" if token[-2:] != "AA" else "BB"),
        "truncated": token[: len(token) // 2],
        "foreign": other.links.make("rater", "r1", ["p1"])[0],
        "expired": kept(opened, Link("e", "rater", "r1", "p1", expires_at=NOW - DAY)),
        "revoked": kept(opened, revoked),
        "wrong role": opened.links.make("viewer")[0],
    }
    sentences = set()
    for why, text in refused.items():
        with pytest.raises(LinkError) as error:
            opened.links.enter(text, "rater", "group")
        sentences.add(error.value.message)
        assert error.value.problems == (), why
    assert sentences == {both("door.refused")}


def test_whoever_holds_a_link_that_is_no_more_is_told_that(opened):
    token = opened.links.token(Link("nobody", "rater"))
    with pytest.raises(LinkError) as error:
        opened.links.enter(token, "rater")
    assert (error.value.message, error.value.why) == (both("door.gone"), "gone")


def test_a_door_without_roles_opens_to_nobody(opened, token):
    with pytest.raises(LinkError):
        opened.links.enter(token)


def test_a_link_that_ends_tomorrow_opens_today(opened):
    token = kept(opened, Link("t", "rater", "r1", "p1", expires_at=NOW + DAY))
    assert opened.links.enter(token, "rater").rater == "p1"


def test_a_new_link_ends_some_day(opened, token):
    link = opened.links.enter(token, "rater")
    assert NOW + 300 * DAY < link.expires_at < NOW + 800 * DAY


def test_only_links_that_still_open_are_listed(opened, token):
    kept(opened, Link("e", "rater", "r1", "p2", expires_at=NOW - DAY))
    opened.links.make("viewer")
    assert [link.rater for link in opened.links.of("r1")] == ["p1"]
    assert [link.role for link in opened.links.of(None)] == ["viewer"]


def test_a_token_says_nothing_of_the_person(opened):
    token = opened.links.make("rater", "r1", ["marie-tremblay"])[0]
    assert "marie" not in token
    assert len(token) < 80


def test_a_refusal_says_why_to_the_log_alone(opened, token):
    kept(opened, Link("e", "rater", "r1", "p1", expires_at=NOW - DAY))
    reasons = {
        token[:-1]: "forged",
        opened.links.token(Link("e", "rater")): "expired",
        opened.links.make("viewer")[0]: "role",
    }
    for text, why in reasons.items():
        with pytest.raises(LinkError) as refused:
            opened.links.enter(text, "rater")
        assert refused.value.why == why
        assert why not in refused.value.say("en")


def test_a_revoked_link_opens_nothing_any_more_and_is_counted_once(opened, token):
    assert opened.links.revoke_token(token) == 1
    assert opened.links.revoke_token(token) == 0
    with pytest.raises(LinkError) as refused:
        opened.links.enter(token, "rater")
    assert refused.value.why == "revoked"


def test_a_link_of_another_evaluation_revokes_nothing(opened, tmp_path):
    other = new_evaluation(tmp_path / "other", "fr", "four_conditions")
    with pytest.raises(LinkError):
        opened.links.revoke_token(other.links.make("viewer")[0])


def test_a_rounds_links_are_revoked_without_those_of_others(opened, token):
    viewer = opened.links.make("viewer")[0]
    assert opened.links.revoke(opened.links.of("r1")) == 1
    assert opened.links.enter(viewer, "viewer")


def test_a_standing_link_is_kept_until_its_last_week(opened):
    first = opened.links.standing("evaluator")
    assert opened.links.standing("evaluator") == first
    opened.links.revoke_token(first)
    kept(opened, Link("soon", "evaluator", expires_at=NOW + DAY))
    second = opened.links.standing("evaluator")
    assert opened.links.enter(second, "evaluator").link != "soon"
    assert opened.links.standing("evaluator") == second


def test_two_evaluations_have_marks_of_their_own(opened, tmp_path):
    other = new_evaluation(tmp_path / "other", "fr", "four_conditions")
    assert other.links.mark != opened.links.mark
    assert type(opened).open(opened.folder).links.mark == opened.links.mark


def test_every_device_of_a_group_is_another_person_up_to_a_limit(opened, monkeypatch):
    people = {opened.links.enter(opened.enrol("r1"), "own").rater for _ in range(3)}
    assert len(people) == 3
    monkeypatch.setattr("toolkit.evaluation.gate._MOST_DEVICES", 3)
    with pytest.raises(LinkError) as refused:
        opened.enrol("r1")
    assert refused.value.why == "used up"
