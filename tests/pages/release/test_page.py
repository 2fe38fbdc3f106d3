"""What the release page composes, shows first, and opens; and what a viewer then sees."""

import json
import sqlite3

import pytest

from tests.visiting import served
from toolkit import DashboardPage, Evaluation, ReleasePage, SetupPage
from toolkit.evaluation import PARTS, Rater, Wave
from toolkit.pages import kept
from toolkit.pages.seen import find_seen, seen_as
from toolkit.ratings import Rating
from toolkit.testing import send
from toolkit.text import say

DECIDED = {"agreed": "Toutes les personnes présentes", "agreed_on": "2026-05-12"}


@pytest.fixture
def closed(opened, rate):
    """Nine people in two groups, all alike on one statement, in a closed round."""
    for i in range(9):
        rate(f"p{i}", group="partner" if i < 6 else "parent", CV1=4, CV2=3 + i % 2)
    set_status(opened, "closed")
    return opened


@pytest.fixture
def page(closed):
    return ReleasePage(closed)


def set_status(evaluation, status):
    waves = [wave.model_copy(update={"status": status}) for wave in evaluation.settings.waves]
    evaluation.change(evaluation.settings.model_copy(update={"waves": tuple(waves)}))


def compose(page, **fields):
    chosen = {"audience": "coalition", "name": "", "rounds": ["r1"], "parts": list(PARTS)}
    chosen |= {"notes": "", "quotes": "", **fields}
    return send(page._compose, "press", button="look", fields=chosen)


def decide(page, **fields):
    return send(page._decide, "press", button="open", fields={**DECIDED, **fields})


def viewer(evaluation, audience="coalition", language="fr"):
    link = evaluation.links.make_viewer(audience)
    return DashboardPage(Evaluation.open(evaluation.folder, language=language), link=link)


def states(page):
    return json.loads(json.dumps([part.state for part in page.children]))


def shown(page):
    """Return all that a page shows under its head, but for the day of the decision."""
    return [state | {"facts": []} for state in states(page)[1:]]


def texts(page):
    return json.dumps(states(page), ensure_ascii=False)


def test_what_was_looked_at_is_what_the_viewer_sees(closed, page):
    assert compose(page, notes="Nous avançons.", quotes="On se parle enfin")["ok"]
    (preview,) = page._frame.children
    looked_at = shown(preview)
    nothing = say("dashboard.nothing", "fr")
    assert nothing in texts(viewer(closed))
    assert decide(page)["ok"]
    seen = shown(viewer(closed))
    assert seen == looked_at
    assert "Nous avançons." in json.dumps(seen, ensure_ascii=False)
    assert "«\u00a0On se parle enfin\u00a0»" in json.dumps(seen, ensure_ascii=False)
    assert DECIDED["agreed"] not in json.dumps(seen, ensure_ascii=False)


def test_what_was_opened_is_what_was_looked_at_whatever_came_in_between(closed, page):
    compose(page, parts=["conditions", "answers"])
    (preview,) = page._frame.children
    looked_at = states(preview)[3:]
    privacy = closed.settings.privacy.model_copy(update={"minimum_distribution": 12})
    closed.change(closed.settings.model_copy(update={"privacy": privacy}))
    assert decide(page)["ok"]
    assert states(viewer(closed))[3:] == looked_at


def test_only_the_parts_that_were_chosen_are_shown(closed, page):
    compose(page, parts=["conditions"])
    decide(page)
    titles = [state.get("title") for state in states(viewer(closed))]
    assert say("dashboard.conditions_other", "fr") in titles
    for hidden in ("guide", "groups", "rounds"):
        assert say(f"dashboard.{hidden}", "fr") not in titles


def test_the_evaluator_reads_what_is_masked_and_why_before_deciding(page):
    compose(page)
    rows = [" | ".join(row) for row in page._masked.state["rows"]]
    few = say("release.why_few", "fr", minimum=5)
    assert [row for row in rows if row.startswith("Ronde 1 | Parent") and few in row]
    assert page.children.index(page._masked) < page.children.index(page._decide)


def test_the_evaluator_is_warned_of_answers_all_alike_before_deciding(closed, page):
    for person in ("p6", "p7", "p8"):
        closed.know(Rater(person, "", "partner"))
    compose(page)
    statements = {code: line.text.fr for code, line in closed.instrument.indicators.items()}
    assert statements["CV1"] in page._alike.state["text"]
    assert statements["CV2"] not in page._alike.state["text"]
    assert page.children.index(page._alike) < page.children.index(page._decide)


def test_the_evaluator_is_warned_of_a_module_that_all_answered_alike(opened, rate):
    waves = (opened.settings.waves[0].model_copy(update={"modules": ("ENG",)}),)
    opened.change(opened.settings.model_copy(update={"waves": waves}))
    for i in range(9):
        rate(f"p{i}", CV1=3 + i % 2, ENG1=4)
    set_status(opened, "closed")
    page = ReleasePage(opened)
    compose(page)
    line = next(line for part in opened.instrument.modules for line in part.indicators)
    assert line.code == "ENG1"
    assert line.text.fr in page._alike.state["text"]
    assert line.text.fr in DashboardPage(opened).parts["alike"].state["text"]


def test_that_all_who_came_back_moved_the_same_way_is_masked(opened, rate):
    for i in range(9):
        rate(f"p{i}", CV1=2 + i % 2, CV2=2, CV3=2, CV4=2, PP1=2 + i % 3)
    again = Wave(code="r2", fr="Ronde 2", en="Round 2", status="open")
    set_status(opened, "closed")
    opened.change(opened.settings.model_copy(update={"waves": (*opened.settings.waves, again)}))
    for i in range(9):
        sheet = opened.sheet("r2", f"p{i}")
        sheet.consent()
        for line, value in {"CV1": 4 + i % 2, "CV2": 4, "CV3": 4, "CV4": 4, "PP1": 3}.items():
            sheet.record(line, value=value)
    set_status(opened, "closed")
    page = ReleasePage(opened)
    compose(page, rounds=["r1", "r2"])
    told = page.composed.snapshot.tables("fr").moved("r1", "r2").set_index("condition")["pairs"]
    assert told.isna()["CV"]
    assert told["PP"] == 9


def test_the_preview_can_be_as_narrow_as_a_phone(page):
    compose(page)
    send(page._looking, "press", button="phone", fields={})
    assert "agir-phone" in page._frame._dom_classes
    send(page._looking, "press", button="laptop", fields={})
    assert "agir-phone" not in page._frame._dom_classes


def test_without_a_decision_and_its_day_nothing_opens(closed, page):
    compose(page)
    for fields, key in (
        ({"agreed": " "}, "release.who_agreed"),
        ({"agreed_on": "demain"}, "release.no_day"),
    ):
        reply = decide(page, **fields)
        assert reply["message"] == say(key, "fr")
    assert closed.releases.every() == []


def test_a_funder_has_a_release_and_links_of_its_own(closed, page):
    assert compose(page, audience="", name="Un bailleur", parts=["conditions"])["ok"]
    decide(page)
    assert list(closed.releases.audiences()) == ["un-bailleur"]
    assert say("dashboard.nothing", "fr") in texts(viewer(closed))
    assert say("dashboard.conditions_other", "fr") in texts(viewer(closed, "un-bailleur"))
    assert say("dashboard.nothing", "fr") in texts(viewer(closed, "autre"))
    send(page._links, "make", what="un-bailleur", count=0)
    addresses = [link["address"] for link in page._links.state["links"]]
    tokens = [closed.links.token(link) for link in closed.links.viewers("un-bailleur")]
    assert [address.rpartition("/")[2] for address in addresses] == tokens
    send(page._links, "make", what="coalition", count=0)  # which was shown nothing
    assert len(page._links.state["links"]) == len(tokens)


def test_what_one_audience_saw_last_is_not_shown_to_another(closed, page, tmp_path, monkeypatch):
    place = tmp_path / "drawn"
    place.mkdir(mode=0o700)
    monkeypatch.setenv(kept.FOLDER, str(place))
    links = [closed.links.make_viewer(), closed.links.make_viewer("funder")]
    with served(links[0]):
        DashboardPage(Evaluation.open(closed.folder))
    first, second = (seen_as(closed.links.enter(link, "viewer")) for link in links)
    assert find_seen(closed, first, "fr")
    assert find_seen(closed, second, "fr") is None
    compose(page)
    decide(page)
    assert find_seen(closed, first, "fr") is None


def test_a_release_taken_back_leaves_the_polite_nothing(closed, page):
    compose(page)
    decide(page)
    reply = send(page._open, "act", card="coalition", action="revoke")
    assert reply["message"] == say("release.revoked", "fr")
    assert say("dashboard.nothing", "fr") in texts(viewer(closed))
    assert say("release.taken_back", "fr") in json.dumps(page._open.state, ensure_ascii=False)
    again = send(page._open, "act", card="coalition", action="revoke")
    assert again["message"] == say("release.gone", "fr")


def test_a_release_that_tells_too_much_by_now_is_refused_with_its_cell(closed, page):
    compose(page, audience="", name="Un bailleur")
    other = ReleasePage(closed)
    compose(other)
    assert decide(other)["ok"]
    with sqlite3.connect(closed.folder / "ratings.db") as store:
        store.execute("DELETE FROM ratings WHERE rater = 'p4' AND indicator = 'CV2'")
    reply = decide(page)
    assert not reply["ok"]
    assert closed.instrument.indicators["CV2"].text.fr in reply["message"]
    assert len(closed.releases.every()) == 1


def test_what_differs_from_a_version_already_seen_is_masked_and_the_evaluator_reads_why(
    closed, page
):
    compose(page, parts=["answers"])
    decide(page)
    with sqlite3.connect(closed.folder / "ratings.db") as store:
        store.execute("DELETE FROM ratings WHERE rater = 'p4'")
    compose(page, parts=["answers"])
    assert set(page.composed.snapshot.tables("fr").counts()["shown"]) == {"nothing"}
    why = say("release.why_newcomer", "fr", minimum=5)
    assert why in [row[-1] for row in page._masked.state["rows"]]
    assert decide(page)["ok"]


def test_what_was_typed_waits_for_the_next_visit(closed, page):
    compose(page, notes="À finir", rounds=["r1"])
    fields = {field["name"]: field for field in ReleasePage(closed)._compose.state["fields"]}
    assert fields["notes"]["value"] == "À finir"
    assert fields["rounds"]["value"] == ["r1"]


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"rounds": []}, "release.no_rounds"),
        ({"rounds": ["r9"]}, "release.no_rounds"),
        ({"rounds": "r1x"}, "release.no_rounds"),
        ({"parts": ["everything"]}, "release.no_parts"),
        ({"audience": "", "name": " "}, "release.nameless"),
    ],
)
def test_what_cannot_be_composed_gets_a_sentence(page, fields, key):
    reply = compose(page, **fields)
    assert reply["message"] == say(key, "fr")
    assert page.composed is None
    assert page._decide not in page.children


def test_a_portfolio_gets_the_conditions_alone(closed, page):
    compose(page, audience="portfolio")
    decide(page)
    (release,) = closed.releases.every()
    assert release.draft.parts == ("conditions",)
    assert set(release.snapshot.tables("fr").figures(by_group=True)["group"]) == {"all"}


def test_the_setup_pages_button_opens_a_frozen_release(closed):
    setup = SetupPage(closed)
    reply = send(setup._rounds, "act", card="r1", action="release")
    assert reply["message"] == say("setup.was_released", "fr")
    (release,) = closed.releases.every()
    assert release.agreed == say("release.from_setup", "fr")
    before = texts(viewer(closed))
    privacy = closed.settings.privacy.model_copy(update={"minimum": 10, "minimum_distribution": 10})
    closed.change(closed.settings.model_copy(update={"privacy": privacy}))
    kept._here.clear()
    assert texts(viewer(closed)) == before
    send(setup._rounds, "act", card="r1", action="withdraw")
    assert say("dashboard.nothing", "fr") in texts(viewer(closed))
    send(setup._rounds, "act", card="r1", action="release")
    assert closed.releases.current("coalition").version == 2


def test_a_round_that_a_funder_saw_is_not_opened_again(closed, page):
    compose(page, audience="", name="Un bailleur")
    decide(page)
    setup = SetupPage(closed)
    (card,) = setup._rounds.state["cards"]
    assert [action["name"] for action in card["actions"]] == ["release", "people"]
    reply = send(setup._rounds, "act", card="r1", action="reopen")
    assert reply["message"] == say("setup.shown_once", "fr")
    assert closed.settings.wave("r1").status == "closed"


def test_rounds_that_were_asked_otherwise_are_not_compared_and_it_is_said(closed):
    later = closed.settings.waves[0].model_copy(update={"code": "r2", "fr": "Ronde 2"})
    waves = (closed.settings.waves[0], later)
    closed.change(closed.settings.model_copy(update={"waves": waves}))
    known = {"instrument": "four_conditions", "version": 99, "scale": "rooted5", "value": 3}
    closed._store.append(
        [Rating(wave="r2", rater=f"p{i}", indicator="CV1", **known) for i in range(9)]
    )
    page = DashboardPage(closed)
    page.choose("r2")
    assert "Ronde 1" in page.parts["apart"].state["text"]
    assert not {"change", "rounds"} & set(page.parts)


def test_who_came_and_left_stands_beside_the_rounds(evaluation):
    page = DashboardPage(evaluation)
    masked = say(
        "dashboard.turnover_masked",
        "fr",
        before="Printemps 2025",
        after="Automne 2025",
    )
    assert masked in page.parts["rounds"].state["note"]


def test_a_choice_that_is_taken_up_again_is_another_form_than_what_was_typed(page):
    compose(page)
    decide(page)
    before = page._compose.state["form"]  # what is typed into a form stays as long as it does
    send(page._open, "act", card="coalition", action="change")
    assert page._compose.state["form"] != before
