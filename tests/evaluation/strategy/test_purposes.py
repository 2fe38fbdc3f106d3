"""What a purpose needs and allows: what is kept, of whom, and what may be said of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from toolkit import Evaluation
from toolkit.errors import EvaluationError, RatingError
from toolkit.evaluation import Wave
from toolkit.evaluation.strategy import questions as strategy_questions
from toolkit.evaluation.strategy.outlook import lifts, of_group, of_people
from toolkit.evaluation.strategy.questions import CORE, ELEMENTS, OBSTACLES
from toolkit.scoring import strategy as scored
from toolkit.text import both

FITTING = {"need": 2, "time": 3, "trust": 3, "turf": 3}


def set_round(evaluation, **changes):
    wave = {"code": "r1", "fr": "Ronde 1", "en": "Round 1", "status": "open"} | changes
    settings = evaluation.settings.model_copy(update={"waves": (Wave(**wave),)})
    evaluation.change(settings)


@pytest.fixture
def strategy(opened):
    """The purposes of an evaluation whose open round asks about them; `b1` is one."""
    set_round(opened, activities=("strategy",))
    opened.strategy.add("Halte du samedi")
    return opened.strategy


@pytest.fixture
def answer(opened, strategy):
    """Give the answers of one person: `answer("p1", need=3, time_tag="internal")`."""

    def give(person, purpose="b1", **answers):
        opened.sheet("r1", person).consent()
        for name, value in answers.items():
            strategy.record("r1", purpose, name.replace("_", ".", 1), value, person)

    return give


def crowd(answer, count, **answers):
    for number in range(count):
        answer(f"p{number}", **answers)


def seen(strategy):
    strategy.close("r1", "b1")
    return of_people(strategy, "r1", "b1")


def test_the_ways_and_their_elements_are_those_that_are_scored():
    assert strategy_questions.WAYS == scored.STRATEGIES
    assert strategy_questions.ELEMENTS == scored.ELEMENTS
    assert set(strategy_questions.OBSTACLES) == set(scored.INDICATORS)


def test_the_need_and_the_obstacles_are_asked_in_the_words_of_the_instrument(strategy):
    lines = strategy.lines("r1")
    assert set(lines) == {"need", *OBSTACLES}
    assert all(set(line.anchors) == {1, 2, 3, 4} for line in lines.values())


# What is kept


def test_each_answer_is_kept_beside_the_others_and_can_be_taken_back(opened, strategy, answer):
    answer("p1", need=3, time=2, time_tag="imposed", did_information="yes")
    answer("p1", need="dont_know", time=None)
    again = Evaluation.open(opened.folder).strategy
    kept = {"need": "dont_know", "time.tag": "imposed", "did.information": "yes"}
    assert again.answer("r1", "b1", "p1") == kept
    assert again.answers("r1", "b1") == {"p1": kept}


def test_two_devices_of_one_person_lose_no_answer(opened, strategy, answer):
    answer("p1", need=1)

    def keep(question):
        Evaluation.open(opened.folder).strategy.record("r1", "b1", question, 2, "p1")

    questions = ("need", *OBSTACLES)
    with ThreadPoolExecutor(4) as devices:
        list(devices.map(keep, questions))
    assert strategy.answer("r1", "b1", "p1") == dict.fromkeys(questions, 2)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("need", 0),
        ("need", 5),
        ("need", "2"),
        ("need", True),
        ("need", 2.0),
        ("need", "skipped"),
        ("time", [1]),
        ("time.tag", "elsewhere"),
        ("time.tag", 1),
        ("time.lift", 3),
        ("time.lift", "x" * 1001),
        ("did.information", True),
        ("did.nothing", "yes"),
        ("mode", "group"),
        ("", 1),
    ],
)
def test_what_answers_nothing_is_refused(opened, strategy, answer, question, value):
    answer("p1", trust=1)
    with pytest.raises(RatingError):
        strategy.record("r1", "b1", question, value, "p1")
    assert strategy.answer("r1", "b1", "p1") == {"trust": 1}


def test_nobody_answers_before_they_agreed_to(strategy):
    with pytest.raises(RatingError) as refused:
        strategy.record("r1", "b1", "need", 1, "p1")
    assert refused.value.message == both("refusal.no_consent")
    with pytest.raises(RatingError):  # an author of nobody would be the group
        strategy.record("r1", "b1", "need", 1, "")


def test_nobody_answers_in_a_round_that_does_not_ask_or_is_over(opened, strategy, answer):
    answer("p1", need=1)
    for changes in ({"activities": ()}, {"status": "closed", "activities": ("strategy",)}):
        set_round(opened, **changes)
        with pytest.raises(RatingError) as refused:
            strategy.record("r1", "b1", "need", 2, "p1")
        assert refused.value.message == both("purpose.shut")
    assert strategy.answer("r1", "b1", "p1") == {"need": 1}


def test_a_purpose_that_was_removed_takes_no_answer_and_comes_back_with_those_it_had(
    strategy, answer
):
    answer("p1", need=1)
    strategy.remove("b1")
    with pytest.raises(RatingError) as refused:
        strategy.record("r1", "b1", "need", 2, "p1")
    assert refused.value.message == both("purpose.gone")
    assert strategy.purposes == []
    assert strategy.add("Transport des familles") == "b2"
    assert strategy.add("Halte  du samedi ") == "b1"
    assert strategy.answer("r1", "b1", "p1") == {"need": 1}


def test_a_renamed_purpose_keeps_its_place_and_its_answers(strategy, answer):
    strategy.add("Transport")
    answer("p1", need=1)
    strategy.rename("b1", "Halte du dimanche")
    assert [purpose.name for purpose in strategy.purposes] == ["Halte du dimanche", "Transport"]
    assert strategy.answers("r1", "b1") == {"p1": {"need": 1}}


def test_a_purpose_has_a_name_of_its_own(strategy):
    for name, key in (("  \n ", "purpose.nameless"), ("halte du  SAMEDI", "purpose.named_twice")):
        with pytest.raises(EvaluationError) as refused:
            strategy.add(name)
        assert refused.value.message == both(key)


def test_sixty_purposes_stand_in_the_order_in_which_they_were_named(strategy):
    for number in range(2, 61):
        strategy.add(f"But {number}")
    assert [purpose.code for purpose in strategy.purposes] == [f"b{n}" for n in range(1, 61)]


def test_a_local_example_stands_until_it_is_taken_back(strategy):
    strategy.illustrate({"networking": " Infolettre ", "cooperating": "Local", "other": "x"})
    assert strategy.examples == {"networking": "Infolettre", "cooperating": "Local"}
    strategy.illustrate({"networking": ""})
    assert strategy.examples == {"cooperating": "Local"}


# What may be said of it


def test_fewer_people_than_the_minimum_are_never_seen_together(strategy, answer):
    crowd(answer, 4, **FITTING)
    assert seen(strategy) is None


def test_figures_never_move_with_each_answer(opened, strategy, answer):
    crowd(answer, 6, **FITTING)
    assert of_people(strategy, "r1", "b1") is None
    assert seen(strategy).found.strategy == "coordinating"
    with pytest.raises(RatingError):
        answer("p9", need=1)
    with pytest.raises(EvaluationError) as refused:
        strategy.reopen("r1", "b1")
    assert refused.value.message == both("purpose.seen")


def test_a_round_that_is_over_shows_what_its_people_said(opened, strategy, answer):
    crowd(answer, 5, **FITTING)
    set_round(opened, status="closed")
    assert of_people(strategy, "r1", "b1").found.fits == 2


def test_one_newcomer_in_a_later_round_is_not_the_difference_of_two(opened, strategy, answer):
    rounds = [{"code": "r1", "fr": "Un", "en": "One", "status": "closed"}]
    crowd(answer, 5, **FITTING)
    rounds.append({"code": "r2", "fr": "Deux", "en": "Two", "status": "open"})
    rounds[1]["activities"] = ("strategy",)
    waves = tuple(Wave(**wave) for wave in rounds)
    opened.change(opened.settings.model_copy(update={"waves": waves}))
    for number in range(6):
        opened.sheet("r2", f"p{number}").consent()
        for question, value in FITTING.items():
            said = 1 if question == "time" and number == 5 else value
            strategy.record("r2", "b1", question, said, f"p{number}")
    strategy.close("r2", "b1")
    assert of_people(strategy, "r1", "b1").found.fits == 2
    assert "time" in of_people(strategy, "r2", "b1").masked


def test_answers_that_were_closed_too_early_open_again_as_nothing_was_seen(strategy, answer):
    crowd(answer, 4, **FITTING)
    assert seen(strategy) is None
    strategy.reopen("r1", "b1")
    answer("p4", **FITTING)
    assert seen(strategy).found.fits == 2


def test_an_answer_that_races_with_the_close_is_refused_and_the_figures_stand(
    strategy, answer, monkeypatch
):
    crowd(answer, 5, **FITTING)
    answer("p9", need=1)
    keep, ended = type(strategy._entries).keep, []

    def slow(entries, batch, **more):
        if not ended and any(entry.kind == "strategy" for entry in batch):
            ended.append(True)
            strategy.close("r1", "b1")
        return keep(entries, batch, **more)

    monkeypatch.setattr(type(strategy._entries), "keep", slow)
    with pytest.raises(RatingError) as refused:
        answer("p9", time=1)
    assert refused.value.message == both("purpose.shut")
    assert strategy.answer("r1", "b1", "p9") == {"need": 1}


def test_an_answer_that_comes_as_a_purpose_opens_again_is_kept(strategy, answer):
    answer("p1", need=2)
    strategy.close("r1", "b1")
    strategy.reopen("r1", "b1")
    answer("p1", time=3)
    assert strategy.answer("r1", "b1", "p1") == {"need": 2, "time": 3}


def test_an_obstacle_that_nobody_knows_gives_no_recommendation(strategy, answer):
    crowd(answer, 6, **{**FITTING, "trust": "dont_know"})
    found = seen(strategy)
    assert found.found.fits is None
    assert "no_trust" in found.found.messages
    assert found.masked == ()


def test_what_a_few_said_of_an_obstacle_is_not_told_as_if_nobody_had(strategy, answer):
    crowd(answer, 4, **FITTING)
    for person in ("p7", "p8"):
        answer(person, **{**FITTING, "turf": "dont_know"})
    found = seen(strategy)
    assert found.masked == ("turf",)
    assert found.found.fits is None
    assert found.steps == {"time": 3, "trust": 3, "turf": None}


def test_everybody_who_knows_nothing_is_answered_in_sentences(strategy, answer):
    crowd(answer, 6, **dict.fromkeys(("need", *OBSTACLES), "dont_know"))
    found = seen(strategy)
    assert found.found.messages == ("no_need", "no_time", "no_trust", "no_turf", "all_legitimate")


def test_a_split_need_shows_its_counts_from_the_second_minimum_on(strategy, answer):
    for number in range(7):
        answer(f"p{number}", **{**FITTING, "need": (1, 2, 4)[number % 3]})
    strategy.close("r1", "b1")
    few = of_people(strategy, "r1", "b1")
    assert "split_need" in few.found.messages
    assert few.split is None
    strategy.add("Transport")
    for number in range(9):
        answer(f"q{number}", "b2", **{**FITTING, "need": (1, 2, 4)[number % 3]})
    strategy.close("r1", "b2")
    assert of_people(strategy, "r1", "b2").split == (3, 3, 0, 3)


def test_who_would_get_another_answer_is_counted_only_where_neither_side_is_few(strategy, answer):
    for number in range(10):
        answer(f"p{number}", **{**FITTING, "time": 2 if number < 6 else 3})
    assert seen(strategy).others is None
    strategy.add("Transport")
    for number in range(11):
        answer(f"q{number}", "b2", **{**FITTING, "time": 2 if number < 6 else 3})
    strategy.close("r1", "b2")
    assert of_people(strategy, "r1", "b2").others == 5
    strategy.add("Répit")
    for number in range(9):
        answer(f"q{number}", "b3", **{**FITTING, "time": 1 + number // 3})
    strategy.close("r1", "b3")
    few_alike = of_people(strategy, "r1", "b3")
    assert few_alike.found.others == (3, 0, 3, 0)
    assert few_alike.others is None


def test_where_an_obstacle_comes_from_is_counted_only_among_enough_people(strategy, answer):
    for number in range(8):
        tags = {"time_tag": "imposed" if number % 2 else "between"}
        answer(f"p{number}", **FITTING, **tags, **({"turf_tag": "between"} if number else {}))
    assert seen(strategy).tags == {"time": {"internal": 0, "between": 4, "imposed": 4}}


def test_an_element_counts_as_practised_when_half_of_those_who_know_say_yes(strategy, answer):
    marks = {"information": 3, "activities": 2, "resources": 6, "capacity": 0}
    for number in range(6):
        did = {f"did_{name}": "yes" if number < yes else "no" for name, yes in marks.items()}
        answer(f"p{number}", **FITTING, **did)
    found = seen(strategy)
    assert list(found.practised.values()) == [True, False, True, False]
    assert found.found.observed == 1
    assert found.found.non_cumulative


def test_practice_that_only_a_few_know_is_not_told(strategy, answer):
    for number in range(6):
        answer(f"p{number}", **FITTING, did_information="yes" if number < 3 else "dont_know")
    found = seen(strategy)
    assert found.practised["information"] is None
    assert "not_observed" in found.found.messages


def test_what_the_group_agreed_on_needs_no_minimum_and_mixes_with_nobody(strategy, answer):
    crowd(answer, 5, **{**FITTING, "need": 4})
    for question, value in {**FITTING, "turf": 1}.items():
        assert of_group(strategy, "r1", "b1") is None
        strategy.agree("r1", "b1", question, value)
    assert of_group(strategy, "r1", "b1").found.fits == 2
    assert len(strategy.answers("r1", "b1")) == 5
    assert strategy.people("r1") == {"b1": 5}
    assert seen(strategy).found.need == 4


def test_a_group_without_any_round_gets_its_recommendation(blank):
    purpose = blank.strategy.add("Halte")
    for question in CORE:
        value = "yes" if question.startswith("did.") else 1
        blank.strategy.agree("", purpose, question, value)
    found = of_group(blank.strategy, "", purpose)
    assert (found.found.strategy, found.found.observed) == ("networking", len(ELEMENTS))


def test_a_weak_condition_is_named_where_the_purpose_asks_for_much(opened, strategy, rate):
    for person in range(8):
        rate(f"p{person}", CV1=2, PP1=4)
    set_round(opened, status="closed")
    for question, value in {**FITTING, "need": 3}.items():
        strategy.agree("r1", "b1", question, value)
    found = of_group(strategy, "r1", "b1")
    assert found.found.strengthen == ("CV",)
    assert found.rated_in == "r1"


def test_conditions_that_are_still_being_rated_weigh_nothing(opened, strategy, rate):
    for person in range(8):
        rate(f"p{person}", CV1=2)
    for question, value in {**FITTING, "need": 3}.items():
        strategy.agree("r1", "b1", question, value)
    assert of_group(strategy, "r1", "b1").found.strengthen == ()


def test_what_people_wrote_is_in_no_order_that_tells_who(strategy, answer):
    for person, text in (("p1", "Une remplaçante"), ("p2", "Du temps"), ("p3", None)):
        answer(person, need=1, time_lift=text)
    assert lifts(strategy, "r1", "b1")["time"] == ["Du temps", "Une remplaçante"]


def test_who_was_set_aside_is_in_no_answer_of_a_purpose(opened):
    wave = opened.settings.waves[0].model_copy(update={"activities": ("strategy",)})
    opened.change(opened.settings.model_copy(update={"waves": (wave,)}))
    code = opened.strategy.add("Un but")
    for person in ("p1", "p2"):
        opened.sheet("r1", person).consent()
        opened.strategy.record("r1", code, "need", 3, person)
    opened.people.set_aside(["p2"])
    assert set(opened.strategy.answers("r1", code)) == {"p1"}
    assert opened.strategy.people("r1") == {code: 1}
    opened.people.take_back(["p2"])
    assert opened.strategy.people("r1") == {code: 2}
