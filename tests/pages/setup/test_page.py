"""What the setup page writes, and whose links it shows."""

import pytest

from toolkit import RatingPage, SetupPage
from toolkit.evaluation import Rater
from toolkit.testing import send
from toolkit.text import say


@pytest.fixture
def page(evaluation):
    return SetupPage(evaluation)


def test_the_sheet_of_a_group_link_is_nobody_elses(evaluation, page):
    wave = evaluation.open_wave.code
    own = evaluation.enrol(wave)
    rater = RatingPage(evaluation, link=own)
    partner = evaluation.settings.partners[0]
    send(rater._notice, "press", button="agree", fields={"partner": partner.code})
    send(page._links, "make", what="partner", count=1)
    shown = [link["address"] for link in page._links.state["links"]]
    assert not any(own in address for address in shown)
    assert partner.name in {link["name"] for link in page._links.state["links"]}


def test_links_for_partners_keep_the_groups_of_those_who_answered_before(evaluation, page):
    wave, partner = evaluation.open_wave.code, evaluation.settings.partners[0]
    evaluation.know(Rater("known", partner.code, "parent"))
    evaluation.links.make("rater", "2026-T1", ["known"])
    send(page._links, "make", what="partner", count=1)
    assert evaluation.raters()["known"].group == "parent"
    assert "known" in {link.rater for link in evaluation.links.of(wave)}


def test_a_round_that_was_shown_is_never_opened_again(evaluation, page):
    send(page._rounds, "act", card="2026-T2", action="close")
    send(page._rounds, "act", card="2026-T1", action="withdraw")
    reply = send(page._rounds, "act", card="2026-T1", action="reopen")
    assert reply["message"] == say("setup.gone", "fr")
    assert evaluation.settings.wave("2026-T1").status == "withdrawn"
    send(page._rounds, "act", card="2026-T1", action="release")
    assert evaluation.settings.wave("2026-T1").status == "released"


def test_only_one_round_is_open(evaluation, page):
    send(page._rounds, "act", card="2026-T2", action="close")
    send(page._new, "press", button="open", fields={"fr": "Hiver", "en": "Winter"})
    reply = send(page._rounds, "act", card="2026-T2", action="reopen")
    assert reply["message"] == say("setup.other_open", "fr")
    assert [w.status for w in evaluation.settings.waves].count("open") == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Nom\tSecteur\nCPE Un\tPetite enfance\nCPE Deux\tSanté", ["CPE Un", "CPE Deux"]),
        ('"CPE ""Les Mousses"""\tPetite enfance', ['CPE "Les Mousses"']),
        ('"CPE\nTrois"\tSanté', ["CPE Trois"]),
        ("A,local\nB,local", ["A", "B"]),
        ("Centre de services, secteur Nord", ["Centre de services"]),
        ("A;Santé\n\n  \nA;Santé", ["A"]),
    ],
)
def test_a_pasted_table_becomes_partners(blank, text, names):
    page = SetupPage(blank)
    send(page._roster, "paste", text=text, rows=[])
    assert blank.settings.partners == ()  # first it is shown what became of it
    assert say("setup.pasted_look", "fr") in page._pasted.state["text"]
    send(page._pasted, "press", button="add", fields={})
    assert [partner.name for partner in blank.settings.partners] == names
    assert page._roster.state["message"] == say("setup.pasted", "fr", count=len(names))


def test_a_pasted_column_is_what_the_evaluator_says_it_is(blank):
    page = SetupPage(blank)
    send(page._roster, "paste", text="Santé;CLSC\nÉcole;École Un", rows=[])
    fields = {"column-0": "sector", "column-1": "name"}
    send(page._pasted, "press", button="look", fields=fields)
    assert "CLSC, École Un" in page._pasted.state["text"]
    send(page._pasted, "press", button="add", fields={})
    assert [(p.name, p.sector) for p in blank.settings.partners] == [
        ("CLSC", "Santé"),
        ("École Un", "École"),
    ]


def test_a_name_that_differs_in_what_nobody_sees_is_asked_about_and_not_added_twice(blank):
    page = SetupPage(blank)
    rows = [{"name": "CPE L’Étoile"}]
    send(page._roster, "paste", text="cpe l'e\u0301toile\u200b\nAutre", rows=rows)
    asked = say("invite.same", "fr", name="cpe l'e\u0301toile", other="CPE L’Étoile")
    assert asked in page._pasted.state["text"]
    send(page._pasted, "press", button="add", fields={})
    assert [p.name for p in blank.settings.partners] == ["CPE L’Étoile", "Autre"]


def test_a_pasted_list_may_be_dropped(blank):
    page = SetupPage(blank)
    send(page._roster, "paste", text="CPE Un", rows=[{"name": "CPE typed"}])
    send(page._pasted, "press", button="drop", fields={})
    assert blank.settings.partners == ()
    assert page._pasted.state == {}
    assert page._roster.state["message"] == say("setup.pasted_dropped", "fr")


def test_a_pasted_list_keeps_the_partners_that_somebody_else_added_meanwhile(blank):
    page = SetupPage(blank)
    send(page._roster, "paste", text="CPE Un", rows=[])
    other = blank.settings.model_dump() | {"partners": [{"code": "x", "name": "CPE X"}]}
    blank.change(type(blank.settings).model_validate(other))
    send(page._pasted, "press", button="add", fields={})
    assert {p.name for p in blank.settings.partners} == {"CPE X", "CPE Un"}
    assert {row["name"] for row in page._roster.state["rows"]} == {"CPE X", "CPE Un"}


def test_what_was_typed_and_not_saved_survives_a_paste(blank):
    page = SetupPage(blank)
    send(page._roster, "paste", text="CPE Deux", rows=[{"name": "CPE Un"}, {"name": ""}])
    send(page._pasted, "press", button="add", fields={})
    assert [partner.name for partner in blank.settings.partners] == ["CPE Un", "CPE Deux"]


def test_bad_numbers_and_dates_get_a_sentence(blank):
    page = SetupPage(blank)
    for fields, key in (
        ({}, "setup.round_unnamed"),
        ({"fr": "Un", "expected": "-3"}, "setup.expected_bad"),
        ({"fr": "Un", "closes": "demain"}, "setup.closes_bad"),
    ):
        reply = send(page._new, "press", button="open", fields=fields)
        assert reply["message"] == say(key, "fr")
        assert not reply["retry"]
    assert blank.settings.waves == ()


def test_a_new_round_asks_the_modules_and_offers_the_activities_that_were_ticked(blank):
    page = SetupPage(blank)
    offered = {field["name"]: field for field in page._new.state["fields"]}
    codes = [code for code, _, _ in offered["modules"]["choices"]]
    assert codes == [section.code for section in blank.instrument.modules]
    assert all("minutes" in more for _, _, more in offered["modules"]["choices"])
    fields = {"fr": "Un", "modules": ["PAR", "ENG"], "activities": ["strategy"]}
    send(page._new, "press", button="open", fields=fields)
    (wave,) = type(blank).open(blank.folder).settings.waves
    assert (wave.modules, wave.activities) == (("ENG", "PAR"), ("strategy",))
    lines = page._rounds.state["cards"][0]["lines"]
    names = "Engagement des organisations, Participation des parents"
    assert say("setup.with_modules", "fr", names=names) in lines


@pytest.mark.parametrize("forged", ["ENG", {"ENG": 1}, [["ENG"]], ["CV", "XX"], None])
def test_a_module_that_was_not_offered_is_not_asked(blank, forged):
    page = SetupPage(blank)
    fields = {"fr": "Un", "modules": forged, "activities": ["dance"]}
    send(page._new, "press", button="open", fields=fields)
    # What has another shape than the box sends is not even heard.
    assert all((wave.modules, wave.activities) == ((), ()) for wave in blank.settings.waves)


def test_a_module_whose_group_is_not_set_says_so(blank):
    groups = tuple(group for group in blank.settings.groups if group.code != "parent")
    blank.change(blank.settings.model_copy(update={"groups": groups}))
    (field,) = [f for f in SetupPage(blank)._new.state["fields"] if f["name"] == "modules"]
    told = {code: more for code, _, more in field["choices"]}
    assert say("setup.module_no_group", "fr", group="parent") in told["PAR"]
    assert say("setup.module_no_group", "fr", group="funder") not in told["FUN"]


def then_field(page):
    return next((f for f in page._new.state["fields"] if f["name"] == "then"), None)


def test_the_last_round_can_be_rated_again_in_a_new_one(evaluation, page):
    send(page._rounds, "act", card="2026-T2", action="close")
    waves = evaluation.settings.waves[:-1]
    evaluation.change(evaluation.settings.model_copy(update={"waves": waves}))
    page.refresh()
    ((code, name, more),) = then_field(page)["choices"]
    assert (code, name) == ("2026-T1", say("setup.then_round", "fr", wave=waves[-1].text))
    assert more == say("setup.then_adds", "fr", count=8, minutes=say("app.minutes", "fr", count=5))
    send(page._new, "press", button="open", fields={"fr": "Hiver", "then": ["2026-T1"]})
    *_, new = type(evaluation).open(evaluation.folder).settings.waves
    assert new.then == "2026-T1"
    lines = page._rounds.state["cards"][0]["lines"]
    assert say("setup.with_then", "fr", wave=waves[-1].text) in lines


def test_a_round_that_nobody_answered_or_in_other_words_cannot_be_rated_again(evaluation, page):
    send(page._rounds, "act", card="2026-T2", action="close")  # it is empty
    field, last = then_field(page), evaluation.settings.waves[-1]
    assert field["choices"] == []
    assert field["hint"] == say("setup.then_apart", "fr", wave=last.text)
    send(page._new, "press", button="open", fields={"fr": "Hiver", "then": ["2026-T2"]})
    assert evaluation.settings.waves[-1].then is None


def test_a_first_round_has_nothing_to_look_back_at(blank):
    assert then_field(SetupPage(blank)) is None
