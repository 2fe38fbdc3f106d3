"""One person's sheet: what is accepted, kept, and refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from toolkit.errors import PassingError, RatingError
from toolkit.evaluation import Wave
from toolkit.text import Text, both


@pytest.fixture
def sheet(opened):
    """A person's sheet, with consent given."""
    mine = opened.sheet("r1", "p1")
    mine.consent()
    return mine


def close(evaluation):
    waves = (Wave(code="r1", fr="Ronde 1", en="Round 1", status="closed"),)
    evaluation.change(evaluation.settings.model_copy(update={"waves": waves}))


def test_an_answer_is_kept_when_record_returns(opened, sheet):
    sheet.record("CV1", value=4, note="Le plan le dit.")
    again = type(opened).open(opened.folder).sheet("r1", "p1")
    kept = again.answers[("CV1", "current")]
    assert (kept.value, kept.note, kept.scale, kept.version) == (4, "Le plan le dit.", "rooted5", 1)


@pytest.mark.parametrize("value", [0, 6, -1, 10**12, True, "3", 3.0, 2.5, [3], {"a": 1}])
def test_a_value_that_is_no_step_is_refused(sheet, value):
    with pytest.raises(RatingError) as refused:
        sheet.record("CV1", value=value)
    assert refused.value.message == both("refusal.off_scale", first=1, last=5)
    assert sheet.answers == {}


@pytest.mark.parametrize("indicator", ["XX9", "", "cv1", "TIME", "ENG1"])
def test_a_line_that_is_not_asked_is_refused(sheet, indicator):
    with pytest.raises(RatingError) as refused:
        sheet.record(indicator, value=3)
    assert refused.value.message == both("refusal.unknown_indicator")


def test_the_short_form_asks_only_its_own_lines(opened, sheet):
    opened.change(opened.settings.model_copy(update={"form": "short"}))
    asked = {line.code for section in sheet.sections for line in section.indicators}
    assert len(asked) == 8
    left_out = next(code for code in opened.instrument.indicators if code not in asked)
    with pytest.raises(RatingError):
        sheet.record(left_out, value=3)


@pytest.mark.parametrize("words", [{"aspect": "dreamt"}, {"status": "no idea", "value": None}])
def test_a_forged_word_is_refused(sheet, words):
    with pytest.raises(RatingError):
        sheet.record("CV1", **{"value": 3, **words})


def test_neither_a_step_nor_a_reason_is_no_answer(sheet):
    with pytest.raises(RatingError):
        sheet.record("CV1")


def test_a_closed_round_takes_nothing_more(opened, sheet):
    sheet.record("CV1", value=4)
    close(opened)
    for late in (
        lambda: sheet.record("CV1", value=5),
        sheet.finish,
        lambda: sheet.consent(group="parent"),
    ):
        with pytest.raises(RatingError) as refused:
            late()
        assert refused.value.message == both(
            "refusal.closed", wave=Text(fr="Ronde 1", en="Round 1")
        )
    assert sheet.answers[("CV1", "current")].value == 4
    assert sheet.person.group == ""


def test_a_round_that_is_gone_takes_nothing_more(opened, sheet):
    opened.change(opened.settings.model_copy(update={"waves": ()}))
    with pytest.raises(PassingError) as refused:
        sheet.record("CV1", value=5)
    assert refused.value.message == both("refusal.no_round")


def test_nothing_is_kept_before_consent(opened):
    sheet = opened.sheet("r1", "p1")
    for early in (lambda: sheet.record("CV1", value=4), sheet.finish):
        with pytest.raises(RatingError) as refused:
            early()
        assert refused.value.message == both("refusal.no_consent")
    assert len(opened.ratings()) == 0


def test_consent_is_asked_again_when_its_wording_changes(opened, sheet):
    assert sheet.consented
    privacy = opened.settings.privacy.model_copy(update={"consent": Text(fr="Autre", en="Other")})
    opened.change(opened.settings.model_copy(update={"privacy": privacy}))
    assert not sheet.consented


def test_a_person_answers_for_a_group_that_exists(sheet):
    sheet.consent(group="parent", partner="nobody")
    assert (sheet.person.group, sheet.person.partner) == ("parent", "")
    sheet.consent(group="<script>")
    assert sheet.person.group == "parent"


def test_a_note_of_100_kb_is_refused_in_a_sentence(sheet):
    sheet.record("CV1", value=4, note="court")
    with pytest.raises(RatingError) as refused:
        sheet.record("CV1", value=5, note="x" * 100_000)
    assert refused.value.message == both("refusal.long_note", limit=30_000)
    assert sheet.answers[("CV1", "current")].note == "court"


def test_a_long_note_is_kept_letter_for_letter(sheet):
    note = ("👩‍👧‍👦 \u202eمرحبا\u202c <script>alert('x')</script> l’été « ici » =1+1 \n\t" * 400)[
        :20_000
    ]
    sheet.record("CV1", value=4, note=note)
    assert sheet.answers[("CV1", "current")].note == note


def test_half_an_emoji_does_not_cost_the_answer(sheet):
    sheet.record("CV1", value=4, note="bravo \ud83d")
    kept = sheet.answers[("CV1", "current")]
    assert kept.value == 4
    assert kept.note.startswith("bravo ")


def test_today_and_desired_are_kept_side_by_side(sheet):
    sheet.record("CV1", value=2)
    sheet.record("CV1", value=5, aspect="desired")
    assert {aspect: r.value for (_, aspect), r in sheet.answers.items()} == {
        "current": 2,
        "desired": 5,
    }


def test_one_persons_sheet_shows_nothing_of_anothers(opened, sheet):
    sheet.record("CV1", value=4, note="privé")
    assert opened.sheet("r1", "p2").answers == {}


def test_two_tabs_on_one_link_keep_both_answers_and_the_last_stands(opened, sheet):
    tab = type(opened).open(opened.folder).sheet("r1", "p1")
    sheet.record("CV1", value=2)
    tab.record("CV1", value=4)
    assert sheet.answers[("CV1", "current")].value == 4
    sheet.record("CV1", value=3)
    assert tab.answers[("CV1", "current")].value == 3
    assert list(opened.ratings(history=True)["value"]) == [2, 4, 3]


def codes(section):
    return [line.code for line in section.indicators]


def test_a_new_sheet_starts_at_the_first_condition(sheet):
    assert sheet.resume_at() == 0


def test_a_sheet_resumes_in_the_condition_of_the_last_answer(sheet):
    sheet.record(codes(sheet.sections[0])[0], value=3)
    sheet.record(codes(sheet.sections[2])[1], value=3)
    assert sheet.resume_at() == 2


def test_a_sheet_resumes_after_a_condition_that_is_complete(sheet):
    for code in codes(sheet.sections[0]):
        sheet.record(code, value=3)
    assert sheet.resume_at() == 1


def test_a_complete_sheet_resumes_in_its_last_condition(sheet):
    for section in sheet.sections:
        for code in codes(section):
            sheet.record(code, status="dont_know")
    assert sheet.resume_at() == len(sheet.sections) - 1


def test_finishing_marks_what_was_left_as_skipped_and_leaves_the_rest(sheet):
    sheet.record("CV1", value=4)
    sheet.record("CV2", status="not_applicable")
    assert not sheet.finished
    sheet.finish()
    statuses = [r.status for r in sheet.answers.values()]
    assert statuses.count("skipped") == 20
    assert sheet.answers[("CV1", "current")].value == 4
    assert sheet.answers[("CV2", "current")].status == "not_applicable"
    assert sheet.finished


def test_an_answer_can_still_change_after_finishing(sheet):
    sheet.finish()
    sheet.record("CV1", value=5)
    sheet.finish()
    assert sheet.answers[("CV1", "current")].value == 5


def test_a_trial_behaves_like_a_sheet_and_keeps_nothing(opened):
    trial = opened.sheet("r1")
    trial.consent(group="parent")
    trial.record("CV1", value=4)
    trial.finish()
    assert trial.answers[("CV1", "current")].value == 4
    assert len(opened.ratings(history=True)) == 0
    assert opened.raters() == {}
    assert opened.participation("r1") == 0
    assert opened.sheet("r1").answers == {}


@pytest.fixture
def asks(opened):
    """Switch modules on for the open round."""

    def switch(*modules):
        (wave,) = opened.settings.waves
        waves = (wave.model_copy(update={"modules": modules}),)
        opened.change(opened.settings.model_copy(update={"waves": waves}))

    return switch


def test_a_rounds_modules_are_asked_after_the_conditions(opened, sheet, asks):
    asks("LEV", "ENG")
    assert [s.code for s in sheet.sections] == ["CV", "PP", "ML", "SA", "ENG", "LEV"]
    sheet.record("ENG1", value=5)
    again = type(opened).open(opened.folder).sheet("r1", "p1")
    assert again.answers["ENG1", "current"].value == 5


def test_a_module_that_was_switched_off_is_refused(sheet, asks):
    asks("ENG")
    sheet.record("ENG1", value=5)
    asks()
    with pytest.raises(RatingError):
        sheet.record("ENG1", value=4)
    assert sheet.answers["ENG1", "current"].value == 5


def test_who_says_they_are_a_parent_is_asked_what_only_parents_are(opened, asks):
    asks("PAR")
    parent, other = opened.sheet("r1", "p2"), opened.sheet("r1", "p3")
    parent.consent(group="parent")
    other.consent(group="partner")
    parent.record("PAR5", value=4)
    with pytest.raises(RatingError) as refused:
        other.record("PAR5", value=4)
    assert refused.value.message == both("refusal.unknown_indicator")


def test_a_modules_own_version_is_kept_and_the_conditions_keep_theirs(opened, sheet, asks):
    asks("ENG")
    modules = [
        section.model_copy(update={"version": 3}) if section.code == "ENG" else section
        for section in opened.instrument.modules
    ]
    newer = opened.instrument.model_copy(update={"modules": tuple(modules)})
    opened._asked.replace("r1", newer)
    sheet = opened.sheet("r1", sheet.rater)
    sheet.record("ENG1", value=2)
    sheet.record("CV1", value=2)
    versions = {code: rating.version for (code, _), rating in sheet.answers.items()}
    assert versions == {"ENG1": 3, "CV1": 1}


def test_who_was_read_to_leaves_only_those_lines_without_an_answer(opened, asks):
    asks("PAR", "ENG")
    parent = opened.sheet("r1", "p2")
    parent.consent(group="parent")
    parent.record("PAR1", value=4)
    parent.finish(plain=True)
    assert parent.finished
    left = {code for (code, _), rating in parent.answers.items() if rating.status == "skipped"}
    assert left == {"PAR2", "PAR3", "PAR4", "PAR5"}


def test_a_trial_is_answered_in_another_thread_than_the_one_that_opened_it(opened):
    """JupyterLab hears widgets in a thread of its own."""
    trial = opened.sheet("r1")
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(trial.consent).result()
        elsewhere.submit(trial.record, "CV1", value=4).result()
    assert trial.answers["CV1", "current"].value == 4
    assert opened.participation("r1") == 0
