"""The setup page's people: who answered and when, head counts, set aside, erase, withdraw."""

import pytest

from toolkit import SetupPage
from toolkit.errors import LinkError
from toolkit.evaluation import Draft, Group
from toolkit.testing import send
from toolkit.text import say


@pytest.fixture
def hall(opened, rate):
    """Ten parents by links of their own, and three devices of a group's link as partners."""
    link = opened.links.find(opened.links.make("group", "r1")[0])
    people = {"parent": [], "partner": []}
    for place in range(10):
        token = opened.invite("r1", 1)[0]
        person = opened.links.enter(token, "rater").rater
        rate(person, group="parent", CV1=3 + place % 2)
        people["parent"].append(person)
    for _ in range(3):
        person = opened.links.enter(opened.enrol("r1", link.link), "own").rater
        rate(person, group="partner", CV1=5)
        people["partner"].append(person)
    return people


@pytest.fixture
def page(opened, hall):
    return SetupPage(opened)


def everything(page):
    return "\n".join(str(part.state) for part in page.people.parts)


def test_who_answered_by_which_link_is_said_by_group_and_never_what(page, hall):
    rows = {row[1]: row for row in page.people.parts[0].state["rows"]}
    assert rows["Parent"][2] == say("people.came_personal", "fr", count=10)
    assert rows["Partenaire"][3:5] == ["3", say("people.not_counted", "fr")]
    assert rows["Partenaire"][5]
    for person in hall["partner"]:
        assert person in everything(page)
    assert "CV1" not in everything(page)


def test_a_head_count_counts_them_in_and_is_said_until_it_is_given(opened, page):
    before = opened.counts()
    assert before[before["indicator"] == "CV1"].iloc[0]["n"] == 10
    said = say("people.waiting", "fr", group="Partenaire", count=3, vouched=0)
    assert said in page.people._count.state["text"]
    send(page.people._count, "press", button="count", fields={"count partner": "3"})
    assert opened.people.headcounts("r1") == {"partner": 3}
    assert said not in page.people._count.state["text"]
    after = opened.counts()
    assert after[after["indicator"] == "CV1"].iloc[0]["n"] == 13


@pytest.mark.parametrize("typed", ["-1", "3.5", "douze", "99999999", "٣x"])
def test_a_head_count_that_is_none_is_refused_with_a_sentence(opened, page, typed):
    reply = send(page.people._count, "press", button="count", fields={"count partner": typed})
    assert reply["message"] == say("people.count_bad", "fr")
    assert opened.people.headcounts("r1") == {}


def test_a_burst_is_set_aside_and_counted_again(opened, page, hall):
    fields = {"who": ["burst 1"]}
    reply = send(page.people._list, "press", button="aside", fields=fields)
    assert reply["message"] == say("people.set_aside", "fr", count=3)
    assert opened.people.voices.aside == set(hall["partner"])
    assert opened.participation("r1") == 10
    send(page.people._list, "press", button="back", fields=fields)
    assert opened.people.voices.aside == set()


def test_erasing_asks_first_and_then_is_for_good(opened, page, hall):
    person = hall["parent"][0]
    send(page.people._list, "press", button="erase", fields={"who": [person]})
    assert page.people._sure.state["title"] == say("people.erase_title", "fr", count=1)
    assert person in set(opened.ratings()["rater"])
    send(page.people._sure, "press", button="no", fields={})
    assert page.people._sure.state == {}
    send(page.people._sure, "press", button="yes", fields={})  # of nobody
    assert person in set(opened.ratings()["rater"])
    send(page.people._list, "press", button="erase", fields={"who": [person]})
    reply = send(page.people._sure, "press", button="yes", fields={})
    assert reply["message"] == say("people.erased", "fr", count=1)
    assert person not in set(opened.ratings(history=True)["rater"])
    assert person not in everything(page)


def test_the_question_names_the_releases_that_hold_them(opened, page, hall):
    waves = [wave.model_copy(update={"status": "closed"}) for wave in opened.settings.waves]
    opened.change(opened.settings.model_copy(update={"waves": tuple(waves)}))
    draft = Draft(rounds=("r1",), parts=("conditions",))
    composed = opened.releases.compose(draft)
    opened.releases.open(composed, "La table", composed.agreed_on)
    send(page.people._list, "press", button="erase", fields={"who": hall["parent"][:1]})
    name = say("people.version", "fr", name=say("release.coalition", "fr"), version=1)
    assert name in page.people._sure.state["text"]


def test_only_who_was_offered_can_be_chosen(opened, page):
    opened.invite("r1", 1)
    for fields in ({"who": ["nobody"]}, {"who": "burst 1"}, {}, {"who": [["burst 1"]]}):
        reply = send(page.people._list, "press", button="aside", fields=fields)
        assert not reply["message"].startswith("✓")
    assert opened.people.voices.aside == set()


def test_a_groups_link_is_withdrawn_alone_or_with_what_it_made(opened, page, hall):
    (card,) = page.people._links.state["cards"]
    link = next(one for one in opened.links.everything() if one.link == card["code"])
    devices = opened.links.handed(link)
    send(page.people._links, "act", card=card["code"], action="revoke")
    with pytest.raises(LinkError):
        opened.links.enter(opened.links.token(link), "group")
    assert opened.links.enter(opened.links.token(devices[0]), "own")
    (card,) = page.people._links.state["cards"]
    assert [action["name"] for action in card["actions"]] == ["revoke_made", "aside_made"]
    send(page.people._links, "act", card=card["code"], action="revoke_made")
    for device in devices:
        with pytest.raises(LinkError):
            opened.links.enter(opened.links.token(device), "own")
    assert len(opened.ratings()) == 13


def test_a_round_lets_a_tablet_go_round_and_takes_it_back(opened, page):
    send(page._rounds, "act", card="r1", action="share")
    assert opened.settings.wave("r1").shared
    send(page._rounds, "act", card="r1", action="unshare")
    assert not opened.settings.wave("r1").shared


def test_the_people_of_another_round_are_a_press_away(evaluation):
    page = SetupPage(evaluation)
    other = evaluation.settings.waves[0]
    send(page._rounds, "act", card=other.code, action="people")
    rows = page.people.parts[0].state["rows"]
    assert {row[0] for row in rows} == {other.fr}


def invited(opened, rate, **sizes):
    """Let so many people of each group answer, by links of their own."""
    funder = Group(code="funder", fr="Bailleur", en="Funder")
    groups = (*opened.settings.groups, funder)
    opened.change(opened.settings.model_copy(update={"groups": groups}))
    for group, count in sizes.items():
        for _ in range(count):
            rate(opened.links.enter(opened.invite("r1", 1)[0], "rater").rater, group=group, CV1=3)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ({"partner": 6, "parent": 5, "funder": 2}, "merge"),
        ({"partner": 6, "parent": 2, "funder": 1}, "invite"),
        ({"partner": 6, "parent": 3, "funder": 2}, "pooled"),
    ],
)
def test_which_groups_will_show_nothing_is_said_and_what_would_let_them_be_seen(
    opened, rate, language, sizes, told
):
    invited(opened, rate, **sizes)
    page = SetupPage(opened)
    send(page.masthead, "language", language=language)
    names = {group.code: group.text[language] for group in opened.settings.groups}
    text = page.people._groups.state["text"]
    small = ", ".join(names[code] for code, count in sizes.items() if count < 5)
    count = sum(count for count in sizes.values() if count < 5)
    few = say("people.group_few", language, names=small, count=count, minimum=5)
    if told == "pooled":
        assert say("people.group_pooled", language, names=small, count=count) in text
        assert few not in text
    else:
        named = {"group": names["parent"], "count": 5 - count}
        assert few in text
        assert say(f"people.group_{told}", language, **named) in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_where_no_group_is_large_enough_two_are_asked_for(opened, rate, language):
    invited(opened, rate, partner=4, parent=4)
    page = SetupPage(opened)
    send(page.masthead, "language", language=language)
    names = ", ".join(
        group.text[language]
        for group in opened.settings.groups
        if group.code in {"partner", "parent"}
    )
    said = say("people.group_none", language, names=names, minimum=5)
    assert said in page.people._groups.state["text"]


def test_of_a_single_group_nothing_is_said_by_group(opened, rate):
    invited(opened, rate, partner=4)
    assert not SetupPage(opened).people._groups.state
