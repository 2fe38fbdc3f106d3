"""The strategy that fits today: every row and rule of the domain reference, 8.3 and 8.4."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.scoring.strategy import (
    INDICATORS,
    MESSAGES,
    STRATEGIES,
    Recommendation,
    recommend,
)
from toolkit.text import both

STEP = st.integers(1, 4)
ANSWERS = st.lists(st.one_of(st.none(), STEP), max_size=9)
PATTERNS = ["".join(marks) for marks in product("01", repeat=4)]


def messages(*asked, **more):
    return recommend(*asked, **more).messages


# domain.md, 8.4: R; time, trust, turf; O pattern; F, O, fits now; what is said.
TABLE = [
    (
        (4, 2, 3, 2, "1100"),
        (2, 2, 2),
        ("asks_more", "binding_time", "binding_turf", "opens_cooperating", "practice_fits"),
    ),
    ((2, 3, 3, 3, "1110"), (3, 3, 2), ("allowed", "more_than_needed")),
    ((1, 1, 1, 1, "1000"), (1, 1, 1), ("fit", "full_answer")),
    ((4, 4, 4, 4, "1111"), (4, 4, 4), ("fit",)),
    (
        (3, 3, 2, 3, "1110"),
        (2, 3, 2),
        ("asks_more", "binding_trust", "opens_cooperating", "ahead_of_trust"),
    ),
    (
        (3, 3, 3, 2, "1100"),
        (2, 2, 2),
        ("asks_more", "binding_turf", "opens_cooperating", "practice_fits"),
    ),
    (
        (2, 2, 2, 1, "1010"),
        (2, 1, 2),
        ("allowed", "practice_short", "done_resources", "missing_activities", "non_cumulative"),
    ),
    (
        (4, 4, 4, 3, "1110"),
        (3, 3, 3),
        ("asks_more", "binding_turf", "opens_collaborating", "practice_fits"),
    ),
]


@pytest.mark.parametrize(("asked", "figures", "said"), TABLE)
def test_every_row_of_the_table(asked, figures, said):
    found = recommend(*asked)
    assert found.need == asked[0]
    assert (found.feasible, found.observed, found.fits) == figures
    assert found.messages == (*said, "all_legitimate")


@pytest.mark.parametrize(("asked", "figures", "said"), TABLE)
def test_a_group_of_like_answers_gets_what_one_agreed_answer_gets(asked, figures, said):
    group = recommend(*([answer] * 7 for answer in asked[:4]), asked[4])
    assert group == recommend(*asked)


def test_himmelman_puts_coordinating_before_cooperating():
    assert STRATEGIES == ("networking", "coordinating", "cooperating", "collaborating")
    assert [recommend(step, 4, 4, 4).strategy for step in (1, 2, 3, 4)] == [*STRATEGIES]


@pytest.mark.parametrize(("turf", "allowed"), [(1, 2), (2, 2), (3, 3), (4, 4)])
def test_networking_and_coordinating_ask_no_sharing_of_turf(turf, allowed):
    assert recommend(4, 4, 4, turf).ceilings == {"time": 4, "trust": 4, "turf": allowed}
    assert recommend(4, 4, 4, turf).feasible == allowed


def test_each_binding_obstacle_has_its_indicators():
    assert recommend(4, 2, 3, 1).indicators == {"time": ("SA2", "ENG"), "turf": INDICATORS["turf"]}
    assert recommend(4, 4, 1, 4).indicators == {"trust": ("PP5", "ML3", "SA3")}
    assert recommend(4, 4, 4, 1).indicators == {"turf": ("CV4", "PP4", "SA6")}
    assert recommend(2, 2, 2, 2).indicators == {}


def test_every_indicator_to_work_on_is_in_the_instrument():
    from toolkit.instruments import find

    written = find("four_conditions").model_dump_json()
    assert all(f'"{code}"' in written for codes in INDICATORS.values() for code in codes)


def test_the_low_median_of_an_even_number_of_people_counts():
    assert recommend(4, [1, 2, 3, 4], 4, 4).ceilings["time"] == 2
    assert recommend(4, [3, None, 4, 4, None], 4, 4).ceilings["time"] == 4
    assert recommend(4, [3, None, 4], 4, 4).ceilings["time"] == 3


# No recommendation


@pytest.mark.parametrize(
    "silent", [None, float("nan"), pd.NA, [], [None, None], np.array([np.nan])]
)
@pytest.mark.parametrize("place", range(4))
def test_a_question_that_nobody_could_answer_gives_no_recommendation(place, silent):
    asked = [3, 3, 3, 3]
    asked[place] = silent
    found = recommend(*asked, "1100")
    assert found.fits is found.strategy is found.title is None
    assert found.binding == ()
    code = ("no_need", "no_time", "no_trust", "no_turf")[place]
    assert found.messages == (code, "all_legitimate")


def test_all_that_is_unknown_is_named():
    assert messages(None, [None], 3, None) == ("no_need", "no_time", "no_turf", "all_legitimate")


@pytest.mark.parametrize(
    ("need", "agreed"),
    [
        ([2, 2, 3, 4], 2),  # exactly half
        ([4, 4, 4, 1, 1], 4),
        ([3, None, None, None], 3),  # of those who know
        ([2, 2, 2, 3, 3, 4], 2),
        (pd.Series([3, 3, pd.NA], dtype="Int64"), 3),
        (np.array([1.0, 1.0, np.nan]), 1),
    ],
)
def test_half_of_those_who_know_make_a_need(need, agreed):
    found = recommend(need, 4, 4, 4)
    assert (found.need, found.fits, found.split) == (agreed, agreed, None)


@pytest.mark.parametrize(
    ("need", "split"),
    [
        ([1, 2, 3, 4], (1, 1, 1, 1)),
        ([2, 2, 3, 4, 4, None], (0, 2, 1, 2)),
        ([2, 2, 3, 4, 1], (1, 2, 1, 1)),
        ([2, 2, 4, 4], (0, 2, 0, 2)),  # half and half: neither is the group's answer
    ],
)
def test_a_split_need_is_shown_and_named_first(need, split):
    found = recommend(need, 2, 2, 2, "1100")
    assert (found.need, found.fits, found.split) == (None, None, split)
    assert found.feasible == 2
    assert found.messages == ("split_need", "all_legitimate")


# What else is said


@pytest.mark.parametrize(
    ("pattern", "chain", "said"),
    [
        ("0000", 0, ()),
        ("1000", 1, ()),
        ("1111", 4, ()),
        ("0100", 0, ("done_activities", "missing_information")),
        ("1001", 1, ("done_capacity", "missing_activities", "missing_resources")),
        (
            "0101",
            0,
            ("done_activities", "done_capacity", "missing_information", "missing_resources"),
        ),
        ("1101", 2, ("done_capacity", "missing_resources")),
    ],
)
def test_practice_counts_as_far_as_nothing_is_missing(pattern, chain, said):
    found = recommend(4, 4, 4, 4, pattern)
    assert found.observed == chain
    assert found.non_cumulative == bool(said)
    assert tuple(m for m in found.messages if m.startswith(("done", "missing"))) == said


@pytest.mark.parametrize(
    "pattern",
    ["1100", [True, True, False, False], (1, 1, 0, 0), np.array([True, True, False, False])],
)
def test_a_pattern_is_written_in_several_ways(pattern):
    assert recommend(2, 2, 2, 2, pattern) == recommend(2, 2, 2, 2, "1100")


def test_practice_that_was_not_asked_is_not_guessed():
    found = recommend(2, 2, 2, 2)
    assert (found.observed, found.fits) == (None, 2)
    assert found.messages == ("allowed", "not_observed", "all_legitimate")


def test_practice_may_go_beyond_both_need_and_obstacles():
    said = messages(1, 1, 2, 1, "1100")
    assert said == ("allowed", "ahead_of_time", "more_than_needed", "full_answer", "all_legitimate")


@pytest.mark.parametrize(
    ("need", "weak"), [(1, ()), (2, ()), (3, ("CV", "SA")), (4, ("CV", "SA")), ([3, 4, 1], ())]
)
def test_weak_conditions_are_strengthened_before_going_deeper(need, weak):
    medians = {"CV": 2, "PP": 3, "ML": None, "SA": 1}
    found = recommend(need, 4, 4, 4, conditions=medians, ends=(1, 5))
    assert found.strengthen == weak
    assert ("strengthen" in found.messages) == bool(weak)
    assert recommend(need, 4, 4, 4, conditions=pd.Series(medians), ends=(1, 5)) == found


@pytest.mark.parametrize(
    ("low", "ends", "weak"),
    [(4, (0, 10), True), (5, (0, 10), False), (5, (1, 10), True), (1, (0, 4), True)],
)
def test_a_condition_is_weak_under_the_middle_of_its_own_scale(low, ends, weak):
    found = recommend(4, 4, 4, 4, conditions={"CV": low}, ends=ends)
    assert found.strengthen == (("CV",) if weak else ())


def test_conditions_never_change_the_strategy():
    strong, weak = (recommend(4, 3, 3, 3, conditions={"CV": low}, ends=(1, 5)) for low in (5, 1))
    assert (strong.fits, strong.binding) == (weak.fits, weak.binding)


def test_people_whose_own_answers_allow_another_strategy_are_counted():
    # Own answers allow 3, 2 (turf never allows less), 4 and 1; the last knows too little.
    found = recommend(4, [3, 2, 4, 1, 3], [3, 4, 4, 2, None], [4, 1, 4, 4, 3])
    assert found.feasible == 3
    assert found.others == (1, 1, 0, 1)


def test_answers_that_cannot_be_told_apart_by_person_give_no_others():
    assert recommend(4, [3, 2], 3, 3).others is None
    assert recommend(4, [3, 2], [None, None], [1, 2]).others is None
    assert recommend(4, 2, 3, 3).others == (0, 0, 0, 0)


# Words


def test_each_message_can_be_reached_and_no_other():
    said = set()
    pairs = product(["1000", "1001", "0100", "1010", "1111", None], [{"CV": 1}, {"CV": 5}])
    for steps in product([1, 2, 3, 4, None], repeat=4):
        for pattern, medians in pairs if steps == (4, 1, 1, 1) else [("1110", None)]:
            said.update(messages(*steps, pattern, conditions=medians, ends=(1, 5)))
        said.update(messages([1, 2, 3], *steps[1:]))
    assert said == set(MESSAGES)
    assert len(set(MESSAGES)) == len(MESSAGES)


@given(ANSWERS, ANSWERS, ANSWERS, ANSWERS, st.sampled_from([None, *PATTERNS]))
def test_every_message_has_its_words_in_order_and_ends_alike(need, time, trust, turf, pattern):
    found = recommend(need, time, trust, turf, pattern)
    assert found.texts[-1] == both("strategy.all_legitimate")
    assert len(found.texts) == len(found.messages)
    assert list(found.messages) == sorted(set(found.messages), key=MESSAGES.index)


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_each_strategy_has_its_name(step):
    french = ("Réseautage", "Coordination", "Coopération", "Collaboration")
    assert recommend(step, 4, 4, 4).title.fr == french[step - 1]


@pytest.mark.parametrize("code", MESSAGES)
def test_no_message_grades(code):
    text = both(f"strategy.{code}")
    for word in ("niveau", "level", "seulement", "only", "échou", "fail", "score", "note "):
        assert word not in f"{text.fr} {text.en}".lower()


# What is refused


@pytest.mark.parametrize(
    "wrong", [0, 5, 2.5, -1, True, "2", [1, 5], [True], [[1, 2]], float("inf")]
)
@pytest.mark.parametrize(("place", "name"), [*enumerate(["need", "time", "trust", "turf"])])
def test_an_answer_off_its_steps_is_refused(place, name, wrong):
    asked = [2, 2, 2, 2]
    asked[place] = wrong
    with pytest.raises(ValueError, match=f"{name}: an answer is a step from 1 to 4"):
        recommend(*asked)


@pytest.mark.parametrize(
    "pattern", ["110", "11000", "11x0", "", [1, 1, 0], [1, 1, 0, 2], [1, 1, None, 0], 1100]
)
def test_a_pattern_has_four_yes_or_no(pattern):
    with pytest.raises(ValueError, match="observed: a yes or no for each of the four"):
        recommend(2, 2, 2, 2, pattern)


@pytest.mark.parametrize("low", [0, 6, 2.5, "2"])
def test_a_median_is_a_step(low):
    with pytest.raises(ValueError, match="conditions: a low median is a step from 1 to 5"):
        recommend(2, 2, 2, 2, conditions={"CV": low}, ends=(1, 5))


# What always holds


@given(STEP, STEP, STEP, STEP, st.sampled_from(PATTERNS))
def test_what_fits_is_the_lowest_of_all_that_is_asked(need, time, trust, turf, pattern):
    found = recommend(need, time, trust, turf, pattern)
    assert found.fits == min(need, time, trust, max(turf, 2))
    assert found.observed == len(pattern.split("0")[0])
    assert bool(found.binding) == (need > found.feasible) == ("asks_more" in found.messages)
    # Lifting what binds, and only that, makes the next strategy possible.
    lifted = {"time": time, "trust": trust, "turf": turf} | dict.fromkeys(found.binding, 4)
    assert recommend(need, **lifted).feasible >= found.feasible + bool(found.binding)


@given(ANSWERS, ANSWERS, ANSWERS, ANSWERS, st.randoms())
def test_the_order_of_people_changes_nothing(need, time, trust, turf, random):
    size = min(len(time), len(trust), len(turf))
    people = list(zip(time[:size], trust[:size], turf[:size], strict=True))
    mixed = random.sample(people, size)
    columns = [
        [list(c) for c in zip(*group, strict=True)] or [[], [], []] for group in (people, mixed)
    ]
    one, other = (
        recommend(need, *columns[0]),
        recommend(random.sample(need, len(need)), *columns[1]),
    )
    assert one == other
    assert one.others is None or sum(one.others) <= size


def test_a_recommendation_cannot_be_changed():
    found = recommend(2, 2, 2, 2)
    assert isinstance(found, Recommendation)
    with pytest.raises(AttributeError):
        found.fits = 4
    with pytest.raises(TypeError):
        found.ceilings["time"] = 4
