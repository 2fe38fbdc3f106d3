"""What a rating page keeps, and for whom, whatever a browser sends."""

import pytest

from toolkit import RatingPage
from toolkit.testing import send
from toolkit.text import Text, say


@pytest.fixture
def link(evaluation):
    return evaluation.invite(evaluation.open_wave.code, 1)[0]


@pytest.fixture
def page(evaluation, link):
    opened = RatingPage(evaluation, link=link)
    send(opened._notice, "press", button="agree", fields={})
    return opened


def kept(evaluation, link):
    found = evaluation.links.enter(link, "rater")
    return evaluation.sheet(found.wave, found.rater).answers


def test_an_answer_is_in_the_store_when_the_reply_says_saved(evaluation, link, page):
    reply = send(page._form, "answer", indicator="CV1", aspect="current", value=4)
    assert reply["ok"]
    assert kept(evaluation, link)["CV1", "current"].value == 4


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"indicator": "CV1", "aspect": "current", "value": 6}, "refusal.off_scale"),
        ({"indicator": "CV1", "aspect": "current", "value": True}, "app.unfit"),
        ({"indicator": "CV1", "aspect": "current", "value": "4"}, "app.unfit"),
        ({"indicator": "ENG1", "aspect": "current", "value": 1}, "refusal.unknown_indicator"),
        ({"indicator": "CV1", "aspect": "past", "value": 1}, "refusal.unknown_word"),
        ({"indicator": "CV1", "aspect": "current"}, "refusal.value_or_status"),
    ],
)
def test_a_forged_answer_gets_a_sentence_and_is_not_kept(evaluation, link, page, data, key):
    reply = send(page._form, "answer", **data)
    assert not reply["ok"]
    assert not reply["retry"]
    assert reply["message"] == say(key, "fr", first=1, last=5, indicator="CV1")
    assert kept(evaluation, link) == {}


def test_no_answer_is_kept_before_consent(evaluation, link):
    page = RatingPage(evaluation, link=link)
    reply = send(page._form, "answer", indicator="CV1", aspect="current", value=4)
    assert reply["message"] == say("refusal.no_consent", "fr")
    assert kept(evaluation, link) == {}


def test_a_changed_trait_does_not_change_the_person(evaluation, link, page):
    page._form.state = {**page._form.state, "key": "another", "answers": {}}
    send(page._form, "answer", indicator="CV2", aspect="current", value=2)
    assert ("CV2", "current") in kept(evaluation, link)


def test_a_broken_settings_file_loses_nothing(evaluation, link, page):
    file = evaluation.folder / "evaluation.toml"
    sound = file.read_text(encoding="utf-8")
    file.write_text("= broken", encoding="utf-8")
    # While somebody edits it, what it said last stands.
    assert send(page._form, "answer", indicator="CV1", aspect="current", value=3)["ok"]
    file.write_text(sound, encoding="utf-8")
    assert send(page._form, "answer", indicator="CV1", aspect="current", value=4)["ok"]
    assert kept(evaluation, link)["CV1", "current"].value == 4


def test_a_fault_of_ours_is_said_aloud_and_written_down(evaluation, page, monkeypatch):
    monkeypatch.setattr(type(page.sheet), "record", lambda *_, **__: 1 / 0)
    reply = send(page._form, "answer", indicator="CV1", aspect="current", value=4)
    assert reply["message"] == say("app.failed", "fr")
    assert "ZeroDivisionError" in (evaluation.folder / "agir.log").read_text(encoding="utf-8")


def test_a_trial_keeps_nothing(evaluation):
    before = len(evaluation.ratings())
    page = RatingPage(evaluation)
    send(page._notice, "press", button="agree", fields={})
    assert send(page._form, "answer", indicator="CV1", aspect="current", value=4)["ok"]
    assert len(evaluation.ratings()) == before
    assert page._form.state["words"]["saved"] == say("rate.tried", "fr")  # and says so


def test_a_link_of_another_role_shows_one_sentence(evaluation):
    page = RatingPage(evaluation, link=evaluation.links.make("viewer")[0])
    (notice,) = page.children
    assert notice.state["text"] == say("door.refused", "fr")


def test_finishing_asks_about_what_is_left_then_keeps_it_as_skipped(evaluation, link, page):
    send(page._form, "answer", indicator="CV1", aspect="current", value=4)
    send(page._form, "go", to=4)
    assert page._notice.state["title"] == say("rate.left_title", "fr")
    send(page._notice, "press", button="finish", fields={})
    answers = kept(evaluation, link)
    assert sum(rating.status == "skipped" for rating in answers.values()) == 21
    again = RatingPage(evaluation, link=link)
    assert again._notice.state["title"] == say("rate.done_title", "fr")


def test_a_note_from_a_page_opened_long_ago_brings_no_old_answer_back(evaluation, link, page):
    send(page._form, "answer", indicator="CV1", aspect="current", value=5)
    send(page._form, "answer", indicator="CV1", aspect="current", note="Un fait")
    rating = kept(evaluation, link)["CV1", "current"]
    assert (rating.value, rating.note) == (5, "Un fait")


@pytest.mark.parametrize("button", ["other", "finish", "review", "nonsense"])
def test_a_button_that_is_not_shown_does_nothing(evaluation, link, page, button):
    people, steps = len(evaluation.raters()), page._step
    send(page._notice, "press", button=button, fields={})
    send(page._notice, "press", button="agree", fields={})
    assert page._step == steps
    assert len(evaluation.raters()) == people
    assert not page.sheet.finished


def test_the_device_of_a_groups_link_is_a_person_and_is_shown_its_own_link_at_the_end(evaluation):
    token = evaluation.enrol(evaluation.open_wave.code)
    page = RatingPage(evaluation, link=token)
    send(page._notice, "press", button="agree", fields={"group": "parent"})
    send(page._form, "answer", indicator="CV1", aspect="current", value=2)
    assert evaluation.raters()[page.sheet.rater].group == "parent"
    send(page._form, "go", to=4)
    send(page._notice, "press", button="finish", fields={})
    ((_, address),) = page._notice.state["facts"]
    assert address.endswith(f"/lien/{token}")
    again = RatingPage(evaluation, link=token)
    assert again.sheet.answers["CV1", "current"].value == 2


def test_a_groups_link_itself_opens_nobodys_sheet(evaluation):
    group = evaluation.links.make("group", evaluation.open_wave.code)[0]
    page = RatingPage(evaluation, link=group)
    (notice,) = page.children
    assert notice.state["text"] == say("door.refused", "fr")


def test_what_a_browser_writes_into_a_part_is_thrown_away(evaluation, link, page):
    forged = {"state": {"rater": "r01"}, "value": {"kind": "answer"}, "_esm": "x", "children": []}
    for part in (page, page.masthead, page._form, page._notice):
        before = part.get_state()
        part._handle_msg({"content": {"data": {"method": "update", "state": dict(forged)}}})
        assert part.get_state() == before


def test_the_group_somebody_gave_once_is_not_changed(evaluation, link, page):
    sheet = page.sheet
    sheet.consent(group="parent")
    sheet.consent(group="funder")
    assert evaluation.raters()[sheet.rater].group == "parent"


@pytest.fixture
def modules(evaluation):
    """Switch modules on for the open round."""

    def switch(*codes):
        waves = [
            wave.model_copy(update={"modules": codes}) if wave.status == "open" else wave
            for wave in evaluation.settings.waves
        ]
        evaluation.change(evaluation.settings.model_copy(update={"waves": tuple(waves)}))

    return switch


def start(evaluation, link, group):
    page = RatingPage(evaluation, link=link)
    send(page._notice, "press", button="agree", fields={"group": group})
    return page


def questions(page):
    return [question["question"] for question in page._form.state["questions"]]


def test_the_modules_of_a_round_come_after_the_four_conditions(evaluation, link, modules):
    modules("ENG")
    page = start(evaluation, link, "partner")
    assert page.masthead.state["progress"]["total"] == 22 + 4
    assert "choices" not in page.masthead.state
    send(page._form, "go", to=4)
    assert page._form.state["title"] == "5. Engagement des organisations"
    assert send(page._form, "answer", indicator="ENG1", aspect="current", value=4)["ok"]


def test_how_long_it_takes_counts_the_modules(evaluation, link, modules):
    modules("ENG", "LEV")
    page = RatingPage(evaluation, link=link)
    length = dict(page._notice.state["facts"])[say("consent.length", "fr")]
    assert "30" in length


def test_funders_and_others_read_their_own_words(evaluation, modules):
    modules("FUN")
    seen = {}
    for group in ("funder", "partner"):
        token = evaluation.invite(evaluation.open_wave.code, 1)[0]
        page = start(evaluation, token, group)
        send(page._form, "go", to=4)
        seen[group] = questions(page)
    assert len(seen["funder"]) == len(seen["partner"]) == 5
    assert not set(seen["funder"]) & set(seen["partner"])


def test_somebody_may_be_read_to_one_question_at_a_time(evaluation, link, modules):
    modules("PAR", "ENG")
    page = start(evaluation, link, "parent")
    send(page.masthead, "choice", choice="aloud")
    state = page._form.state
    assert state["aloud"]
    assert len(state["questions"]) == 1
    assert state["title"] == say("rate.position_aloud", "fr", at=1, total=5)
    assert page.masthead.state["progress"]["total"] == 5
    for at, code in enumerate(("PAR1", "PAR2", "PAR3", "PAR4", "PAR5")):
        assert page._form.state["questions"][0]["code"] == code
        assert send(page._form, "answer", indicator=code, aspect="current", value=3)["ok"]
        send(page._form, "go", to=at + 1)
    assert page._notice.state["title"] == say("rate.done_title", "fr")
    answers = kept(evaluation, link)
    assert len(answers) == 5
    assert {rating.status for rating in answers.values()} == {None}


def test_what_was_read_out_is_there_for_who_reads_on_alone(evaluation, link, modules):
    modules("PAR")
    page = start(evaluation, link, "parent")
    send(page.masthead, "choice", choice="aloud")
    send(page._form, "answer", indicator="PAR1", aspect="current", value=3)
    send(page.masthead, "choice", choice="aloud")
    assert page._form.state["questions"][0]["code"] == "PAR2"
    send(page.masthead, "choice", choice="")
    assert not page._form.state["aloud"]
    assert page._form.state["answers"]["PAR1/current"]["value"] == 3
    assert page.masthead.state["progress"]["value"] == 1


def test_nobody_is_read_to_where_no_module_is_plain_enough(evaluation, link, modules):
    modules("ENG")
    page = start(evaluation, link, "parent")
    send(page.masthead, "choice", choice="aloud")
    assert not page._form.state["aloud"]


def test_a_module_switched_off_meanwhile_leaves_the_page_on_its_feet(evaluation, link, modules):
    modules("PAR")
    page = start(evaluation, link, "parent")
    send(page._form, "go", to=4)
    modules()
    page.refresh()
    assert page._form.state["at"] == 3


@pytest.fixture
def returning(evaluation):
    """A partner's page in the open round, in which the last round shown is rated again."""
    *over, last = evaluation.settings.waves
    again = last.model_copy(update={"then": over[-1].code})
    evaluation.change(evaluation.settings.model_copy(update={"waves": (*over, again)}))
    kept = evaluation.sheet(over[-1].code, "r01").answers
    link = evaluation.links.make("rater", last.code, ["r01"])[0]
    page = RatingPage(evaluation, link=link)
    send(page._notice, "press", button="agree", fields={})
    page.before = {code: r for (code, aspect), r in kept.items() if aspect == "current"}
    return page


def asked(page):
    return {line["code"]: line["then"] for line in page._form.state["questions"] if line["then"]}


def test_who_comes_back_is_asked_how_they_now_see_the_earlier_round(evaluation, returning):
    then, now = evaluation.settings.waves[-2:]
    sentence = say("rate.then", "fr", wave=then.text)
    condition = evaluation.instrument.conditions[0]
    short = [line.code for line in condition.indicators if line.short]
    rated = [code for code in short if returning.before[code].value]
    assert rated
    assert asked(returning) == dict.fromkeys(rated, sentence)
    assert "value" not in str(returning._form.state["questions"][0]["then"])
    code = rated[0]
    assert send(returning._form, "answer", indicator=code, aspect="then", value=2)["ok"]
    assert send(returning._form, "answer", indicator=code, aspect="current", value=4)["ok"]
    answers = evaluation.sheet(now.code, "r01").answers
    assert (answers[code, "then"].value, answers[code, "current"].value) == (2, 4)
    assert evaluation.sheet(then.code, "r01").answers[code, "current"] == returning.before[code]


def test_the_form_never_shows_what_was_answered_in_the_earlier_round(returning):
    assert returning._form.state["answers"] == {}


def test_a_newcomer_is_asked_about_no_earlier_round(evaluation, returning):
    link = evaluation.invite(evaluation.open_wave.code, 1)[0]
    page = RatingPage(evaluation, link=link)
    send(page._notice, "press", button="agree", fields={})
    assert asked(page) == {}
    reply = send(page._form, "answer", indicator="CV1", aspect="then", value=2)
    assert reply["message"] == say("refusal.unknown_indicator", "fr")
    assert kept(evaluation, link) == {}


def test_a_line_in_other_words_than_then_is_not_asked_again(evaluation, returning, monkeypatch):
    first = evaluation.instrument.conditions[0]
    lines = [
        line.model_copy(update={"question": Text(fr="Autre ?", en="Other?")})
        for line in first.indicators
    ]
    reworded = first.model_copy(update={"indicators": tuple(lines)})
    conditions = (reworded, *evaluation.instrument.conditions[1:])
    instrument = evaluation.instrument.model_copy(update={"conditions": conditions})
    monkeypatch.setitem(vars(returning.sheet), "instrument", instrument)
    assert not {line.code for line in lines} & returning.sheet.again


def test_a_trial_shows_what_those_who_come_back_will_be_asked(evaluation, returning):
    trial = RatingPage(evaluation)
    send(trial._notice, "press", button="agree", fields={})
    assert len(asked(trial)) == 2
    before = len(evaluation.ratings(history=True))
    assert send(trial._form, "answer", indicator="CV1", aspect="then", value=2)["ok"]
    assert len(evaluation.ratings(history=True)) == before


def test_the_time_it_takes_counts_what_is_asked_again(evaluation, returning):
    def minutes(link):
        return RatingPage(evaluation, link=link)._notice.state["facts"][-1][1]

    wave = evaluation.open_wave.code
    evaluation.links.make("rater", wave, ["r02"])
    again = minutes(evaluation.links.make("rater", wave, ["r02"])[0])
    assert again != minutes(evaluation.invite(wave, 1)[0])


def test_a_partner_removed_or_renamed_mid_round_keeps_its_sheet(evaluation):
    wave, partner = evaluation.open_wave.code, evaluation.settings.partners[0]
    link = evaluation.invite_partner(wave, partner.code)
    page = RatingPage(evaluation, link=link)
    send(page._notice, "press", button="agree", fields={})
    assert send(page._form, "answer", indicator="CV1", aspect="current", value=4)["ok"]
    renamed = partner.model_copy(update={"name": "Un autre nom"})
    for partners in ((renamed, *evaluation.settings.partners[1:]), ()):
        evaluation.change(evaluation.settings.model_copy(update={"partners": partners}))
        again = RatingPage(evaluation, link=link)
        assert again._form.state["answers"]["CV1/current"]["value"] == 4
        assert send(again._form, "answer", indicator="CV2", aspect="current", value=3)["ok"]
