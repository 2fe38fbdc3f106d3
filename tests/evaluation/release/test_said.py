"""What a group said goes into a release only where it was chosen, under the rules of its page."""

import datetime
import json

import pytest

from tests.talked import CODES, FITTING, change_wave
from toolkit import Evaluation
from toolkit.evaluation import FIGURES, SAID, Draft
from toolkit.evaluation.release.leaks import LeakError, said_otherwise
from toolkit.storage import Entry
from toolkit.text import both

DAY = datetime.date(2026, 5, 12)


def composed(evaluation, *said, figures=FIGURES, audience="coalition"):
    return evaluation.releases.compose(Draft(audience, audience, ("r1",), (*figures, *said)))


def opened_for(evaluation, *said, audience="coalition"):
    return evaluation.releases.open(composed(evaluation, *said, audience=audience), "Nous", DAY)


def told(release):
    return release.snapshot.conversation("r1")


def text(release):
    return json.dumps(release.content, ensure_ascii=False)


def agree(evaluation, code, *, named):
    evaluation.relations.partners.agree(evaluation.sheet("r1", f"p-{code}"), named=named)


def test_nothing_of_it_is_in_a_release_unless_it_was_chosen(talked):
    usual = talked.releases.compose(talked.releases.usual("r1"))
    assert set(usual.snapshot.parts).isdisjoint(SAID)
    for said in ("Un même but", "Tourner", "Animer", "Anne", "Halte", "Organisme", "Luc"):
        assert said not in text(usual)


@pytest.mark.parametrize(
    ("part", "there"),
    [
        ("interpretation", "Un même but, enfin."),
        ("plan", "Animer à tour de rôle"),
        ("strategy", "Halte du samedi"),
        ("relations", "Organisme A"),
    ],
)
def test_each_part_comes_alone(talked, part, there):
    release = composed(talked, part)
    filled = told(release).model_dump(exclude_defaults=True).keys()
    assert there in text(release)
    assert filled == ({"aims", "promises"} if part == "plan" else {part})


def test_a_note_is_left_out_with_its_figure(talked):
    every = composed(talked, "interpretation")
    assert dict(told(every).interpretation) == {
        "CV": "Un même but, enfin.",
        "PP1": "Toujours les mêmes.",
    }
    whole = composed(talked, "interpretation", figures=("conditions",))
    assert list(told(whole).interpretation) == ["CV"]
    lines = composed(talked, "interpretation", figures=("answers",))
    assert list(told(lines).interpretation) == ["PP1"]
    assert "Toujours" not in text(whole)


def test_the_plan_says_who_only_where_that_was_chosen_and_never_why_it_was_dropped(talked):
    first, second = told(composed(talked, "plan")).promises
    assert (first.what, first.who, first.by) == (
        "Animer à tour de rôle",
        "",
        datetime.date(2027, 3, 31),
    )
    assert (first.status, first.obstacle) == ("under_way", "turf")
    assert first.indicator == talked.instrument.indicators["PP1"].text
    assert (second.status, second.who) == ("dropped", "")
    release = composed(talked, "plan", "who")
    assert [one.who for one in told(release).promises] == ["Anne, du CPE", "Luc"]
    assert "parti" not in text(release)
    (aim,) = told(release).aims
    assert (aim.text, aim.about) == ("Tourner l’animation", first.indicator)


def test_a_strategy_is_told_under_the_rule_of_its_own_page(talked):
    (people,) = told(composed(talked, "strategy")).strategy
    assert (people.people, people.fits) == (6, "coordinating")
    assert [held.obstacle for held in people.holding] == ["time"]
    for question, value in {**FITTING, "time.lift": "Un local"}.items():
        talked.strategy.agree("r1", "b1", question, value)
    group, _ = told(composed(talked, "strategy")).strategy
    assert (group.people, group.holding[0].lift) == (0, "Un local")


def test_what_people_wrote_or_too_few_answered_of_a_purpose_is_in_no_release(talked):
    other = talked.strategy.add("Un atelier")
    change_wave(talked, status="open")
    talked.strategy.record("r1", "b1", "time.lift", "Mon patron", "p-A")
    for code in "ABCD":
        for question, value in FITTING.items():
            talked.strategy.record("r1", other, question, value, f"p-{code}")
    change_wave(talked, status="closed")
    release = composed(talked, *SAID)
    assert "patron" not in text(release)
    assert [one.purpose for one in told(release).strategy] == ["Halte du samedi"]


def test_the_map_is_the_one_that_the_group_may_see(talked):
    agree(talked, "F", named=False)
    ties = told(composed(talked, "relations")).relations
    assert set(ties.named.values()) == {f"Organisme {code}" for code in "ABCDE"}
    assert (len(ties.today), len(ties.desired), ties.left_out) == (10, 10, 1)
    assert set(ties.today[0]) & {2.0, True} == {2.0, True}
    agree(talked, "E", named=False)
    release = composed(talked, "relations")
    assert told(release).relations.withheld == "few"
    assert "Organisme" not in text(release)


def test_it_stays_as_it_was_whatever_is_said_later(talked):
    before = told(opened_for(talked, *SAID))
    note = talked.plan.notes("r1")["CV"]
    talked.plan.interpret("r1", "CV", "Autre chose.", seen=note.number)
    (first, *_) = talked.plan.actions("r1")
    fields = {"what": first.what, "who": first.who, "status": "done"}
    talked.plan.act("r1", fields, code=first.code, seen=first.number)
    again = Evaluation.open(talked.folder).releases.current("coalition")
    assert told(again) == before
    assert told(again).interpretation["CV"] == "Un même but, enfin."
    assert told(again).promises[0].status == "under_way"


def test_who_no_longer_agrees_to_be_named_takes_the_map_off(talked):
    release = opened_for(talked, "relations")
    assert talked.releases.unnamed(release) == []
    agree(talked, "B", named=False)
    assert talked.releases.unnamed(release) == ["Organisme B"]
    assert talked.releases.unnamed(composed(talked)) == []


def test_two_maps_of_the_same_ties_are_never_open_together(talked):
    opened_for(talked, "relations")
    assert opened_for(talked, "relations", audience="funder").number  # the same map twice
    agree(talked, "B", named=False)
    with pytest.raises(LeakError) as refused:
        opened_for(talked, "relations", audience="other")
    assert "Ronde 1" in refused.value.say("fr")
    assert opened_for(talked, "plan", audience="other").number
    changed = composed(talked, "relations")
    ties = both("release.seen_before_ties", wave=talked.settings.wave("r1").text)
    assert said_otherwise(changed, talked.releases.every()) == [ties]


def test_two_readings_of_the_same_answers_about_a_purpose_are_never_open_together(talked):
    opened_for(talked, "strategy")
    for question in ("need", "time"):
        content = {**FITTING, question: 1}
        talked._store.entries.keep([Entry("strategy", content, "b1", "r1", f"p-{CODES[0]}")])
    talked._store.entries.keep([Entry("strategy", None, "b1", "r1", f"p-{CODES[1]}")])  # erased
    with pytest.raises(LeakError) as refused:
        opened_for(talked, "strategy", audience="funder")
    assert "Halte du samedi" in refused.value.say("en")
