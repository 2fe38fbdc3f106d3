"""What a coalition makes of its figures: kept, never replaced unseen, refused with a reason."""

import datetime

import pytest

from toolkit import Evaluation
from toolkit.errors import ConflictError, EvaluationError
from toolkit.evaluation import Wave
from toolkit.text import both

WAVE = "2026-T1"
GOOD = {"what": "Préparer l’ordre du jour à tour de rôle", "who": "Anne et le CPE"}


@pytest.fixture
def plan(evaluation):
    return evaluation.plan


def act(plan, wave=WAVE, **fields):
    plan.act(wave, {**GOOD, **fields})
    return plan.actions(wave)[-1]


def test_a_note_stands_beside_its_figure_when_the_evaluation_is_opened_again(evaluation, plan):
    plan.interpret(WAVE, "CV1", "Nous ne parlons pas du même but.", seen=0)
    plan.interpret(WAVE, "PP", "Ce sont toujours les mêmes.", seen=0)
    again = Evaluation.open(evaluation.folder).plan.notes(WAVE)
    assert again["CV1"].text == "Nous ne parlons pas du même but."
    assert again["PP"].text == "Ce sont toujours les mêmes."
    assert plan.notes("2025-T1") == {}


def test_who_writes_second_is_told_and_replaces_nothing(evaluation, plan):
    other = Evaluation.open(evaluation.folder).plan
    plan.interpret(WAVE, "CV1", "La première.", seen=0)
    with pytest.raises(ConflictError):
        other.interpret(WAVE, "CV1", "La deuxième.", seen=0)
    standing = other.notes(WAVE)["CV1"]
    assert standing.text == "La première."
    other.interpret(WAVE, "CV1", "Les deux.", seen=standing.number)
    assert plan.notes(WAVE)["CV1"].text == "Les deux."


def test_who_writes_where_a_note_was_just_erased_is_told_too(plan):
    plan.interpret(WAVE, "CV1", "Une note.", seen=0)
    seen = plan.notes(WAVE)["CV1"].number
    plan.interpret(WAVE, "CV1", "", seen=seen)
    with pytest.raises(ConflictError):
        plan.interpret(WAVE, "CV1", "Une autre.", seen=seen)
    assert plan.notes(WAVE)["CV1"].text == ""


def test_a_note_about_nothing_that_is_asked_is_refused(plan):
    with pytest.raises(EvaluationError) as refused:
        plan.interpret(WAVE, "XX9", "Une note.", seen=0)
    assert refused.value.message == both("plan.unknown_line")


def test_a_fourth_priority_is_refused_until_one_is_taken_back(plan):
    for text in ("Une", "Deux", "Trois"):
        plan.prioritise(WAVE, text)
    with pytest.raises(EvaluationError) as refused:
        plan.prioritise(WAVE, "Quatre")
    assert refused.value.message == both("plan.three")
    two = plan.priorities(WAVE)[1]
    plan.withdraw(WAVE, two.slot, seen=two.number)
    plan.prioritise(WAVE, "Quatre", "PP1")
    assert [one.text for one in plan.priorities(WAVE)] == ["Une", "Quatre", "Trois"]


def test_a_priority_without_words_is_refused(plan):
    with pytest.raises(EvaluationError) as refused:
        plan.prioritise(WAVE, "  ")
    assert refused.value.message == both("plan.priority_empty")


def test_an_action_says_who_does_what_by_when_and_what_it_should_move(evaluation, plan):
    act(plan, by="2027-03-31", obstacle="turf", indicator="PP1")
    (kept,) = Evaluation.open(evaluation.folder).plan.actions(WAVE)
    assert (kept.what, kept.who) == (GOOD["what"], GOOD["who"])
    assert kept.by == datetime.date(2027, 3, 31)
    assert (kept.obstacle, kept.indicator, kept.status) == ("turf", "PP1", "open")


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"what": " "}, "plan.no_what"),
        ({"who": ""}, "plan.no_who"),
        ({"by": "demain"}, "plan.bad_date"),
        ({"by": "2027-02-30"}, "plan.bad_date"),
        ({"status": "dropped"}, "plan.no_reason"),
        ({"indicator": "XX9"}, "plan.unknown_line"),
    ],
)
def test_an_action_that_says_too_little_gets_a_sentence(plan, fields, key):
    with pytest.raises(EvaluationError) as refused:
        act(plan, **fields)
    assert refused.value.message == both(key)
    assert plan.actions(WAVE) == []


def test_a_text_that_is_far_too_long_is_refused_and_half_an_emoji_is_kept_as_text(plan):
    with pytest.raises(EvaluationError):
        act(plan, what="x" * 301)
    assert act(plan, what="Oui \ud83d").what.startswith("Oui ")


def test_what_became_of_an_action_keeps_its_place_and_its_history(evaluation, plan):
    first, second = act(plan, what="Une"), act(plan, what="Deux")
    said = {**GOOD, "what": "Une", "status": "dropped", "reason": "Plus de local."}
    plan.act(WAVE, said, code=first.code, seen=first.number)
    now = plan.actions(WAVE)
    assert [one.what for one in now] == ["Une", "Deux"]
    assert (now[0].status, now[0].reason, now[1]) == ("dropped", "Plus de local.", second)
    assert len(evaluation._store.entries.history("action", wave=WAVE)) == 3


def test_two_who_edit_one_action_lose_neither(plan):
    one = act(plan)
    plan.act(WAVE, {**GOOD, "status": "done"}, code=one.code, seen=one.number)
    with pytest.raises(ConflictError):
        plan.act(WAVE, {**GOOD, "status": "under_way"}, code=one.code, seen=one.number)
    assert [kept.status for kept in plan.actions(WAVE)] == ["done"]


def test_a_round_opens_on_the_actions_of_the_one_before_and_older_ones_to_do(plan):
    act(plan, "2025-T1", what="Faite depuis longtemps", status="done")
    act(plan, "2025-T1", what="Toujours en cours", status="under_way")
    act(plan, "2025-T2", what="Faite", status="done")
    act(plan, WAVE, what="Nouvelle")
    opened = [one.what for one in plan.earlier(WAVE)]
    assert opened == ["Toujours en cours", "Faite"]
    assert plan.earlier("2025-T1") == []


def test_an_indicator_withdrawn_since_stays_with_its_action_and_its_note(evaluation, plan):
    one = act(plan, indicator="CV2")
    plan.interpret(WAVE, "CV2", "Une note.", seen=0)
    (evaluation.folder / "four_conditions.yaml").write_text(
        "id: four_conditions\nversion: 2\ntitle: {fr: A, en: A}\nsource: {fr: A, en: A}\n"
        "scales: {s: {title: {fr: A, en: A}, steps: {1: {fr: a, en: a}, 2: {fr: b, en: b}}}}\n"
        "conditions:\n  - code: CV\n    title: {fr: A, en: A}\n    indicators:\n"
        "      - {code: CV1, text: {fr: a, en: a}, scale: s}\n",
        encoding="utf-8",
    )
    later = Evaluation.open(evaluation.folder).plan
    later.act(WAVE, {**GOOD, "indicator": "CV2", "status": "done"}, code=one.code, seen=one.number)
    assert later.actions(WAVE)[0].indicator == "CV2"
    later.interpret(WAVE, "CV2", "Revue.", seen=later.notes(WAVE)["CV2"].number)
    act(later, indicator="PP1")  # its round is still the one that asked it
    waves = [*evaluation.settings.waves[:-1], Wave(code="next", fr="A", en="A", status="open")]
    evaluation.change(evaluation.settings.model_copy(update={"waves": tuple(waves)}))
    with pytest.raises(EvaluationError):
        act(Evaluation.open(evaluation.folder).plan, "next", indicator="PP1")
