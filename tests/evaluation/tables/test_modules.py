"""The modules' tables: beside the conditions, and two sides only where both may be shown."""

import pytest

from toolkit.evaluation import Group, Rater
from toolkit.evaluation.tables.modules import of_module
from toolkit.ratings import Rating

KNOWN = {"instrument": "four_conditions", "version": 1, "scale": "rooted5", "wave": "r1"}


@pytest.fixture
def said(opened):
    """Give answers to one line, by people of a group: `said("FUN1", "funder", [5, 5])`."""
    groups = (*opened.settings.groups, Group(code="funder", fr="Bailleur", en="Funder"))
    opened.change(opened.settings.model_copy(update={"groups": groups}))

    def give(indicator, group, values):
        for i, value in enumerate(values):
            rater = f"{group}{i}"
            opened.know(Rater(rater, "", group))
            opened._store.append([Rating(rater=rater, indicator=indicator, value=value, **KNOWN)])

    return give


def module(evaluation, code):
    return of_module(evaluation.tables(), code)


def test_a_modules_answers_are_in_none_of_the_conditions_tables(opened, said):
    said("CV1", "partner", [3] * 9)
    before = [opened.summary(), opened.profile(), opened.guide("r1")]
    said("ENG1", "partner", [5] * 9)
    after = [opened.summary(), opened.profile(), opened.guide("r1")]
    assert all(one.equals(other) for one, other in zip(before, after, strict=True))
    profile = module(opened, "ENG").profile()
    assert list(profile["condition"]) == ["ENG"]
    assert list(profile["low"]) == [5]


def test_a_module_is_masked_as_the_conditions_are(opened, said):
    said("ENG1", "partner", [5, 4, 3, 3])
    assert list(module(opened, "ENG").summary()["shown"]) == ["nothing"]
    said("ENG1", "parent", [5, 4, 2, 2])
    assert list(module(opened, "ENG").summary()["shown"]) == ["distribution"]


def test_both_sides_stand_side_by_side_from_five_people_on_each(opened, said):
    said("FUN1", "funder", [5] * 5)
    said("FUN1", "partner", [2] * 3)
    said("FUN1", "parent", [2] * 3)
    (pair,) = module(opened, "FUN").pairs().to_dict("records")
    assert (pair["low"], pair["n"], pair["others_low"], pair["others_n"]) == (5, 5, 2, 6)


@pytest.mark.parametrize(("funders", "others"), [(4, 9), (9, 4), (9, 0), (0, 9), (4, 4)])
def test_a_side_that_is_too_small_hides_the_other(opened, said, funders, others):
    said("FUN1", "funder", [1 + i % 5 for i in range(funders)])
    said("FUN1", "partner", [1 + i % 3 for i in range(others)])
    assert module(opened, "FUN").pairs().empty


def test_two_sides_are_never_pooled(opened, said):
    said("FUN1", "funder", [5] * 8)
    said("FUN1", "partner", [2] * 8)
    tables = module(opened, "FUN")
    assert tables.summary().empty
    assert tables.counts().empty
    assert set(tables.summary(by_group=True)["group"]) == {"funder", "others"}


def test_whoever_said_no_group_is_of_the_others(opened, said):
    said("FUN1", "funder", [5] * 5)
    said("FUN1", "", [1] * 6)
    (pair,) = module(opened, "FUN").pairs().to_dict("records")
    assert pair["others_n"] == 6


def asks(evaluation, *modules):
    waves = tuple(w.model_copy(update={"modules": modules}) for w in evaluation.settings.waves)
    evaluation.change(evaluation.settings.model_copy(update={"waves": waves}))


def talk(evaluation):
    guide = evaluation.guide("r1")
    return list(zip(guide["kind"], guide["indicator"], guide["rank"], strict=True))


def test_the_talk_covers_the_modules_that_the_round_asked_after_the_conditions(opened, said):
    said("CV1", "partner", [4] * 9)
    said("ENG1", "partner", [5] * 9)
    said("ENG2", "partner", [1] * 9)
    said("LEA1", "partner", [5] * 4)
    assert talk(opened) == [("strength", "CV1", 1)]
    asks(opened, "ENG", "LEA")
    assert talk(opened) == [("strength", "CV1", 1), ("strength", "ENG1", 2), ("low", "ENG2", 1)]


def test_a_module_adds_two_lines_of_a_kind_and_takes_no_place_of_the_conditions(opened, said):
    asks(opened, "ENG")
    for line in ("CV1", "CV2", "CV3", "CV4", "CV5", "PP1", "ENG1", "ENG2", "ENG3"):
        said(line, "partner", [5] * 9)
    assert [line for _, line, _ in talk(opened)] == [
        "CV1",
        "CV2",
        "CV3",
        "CV4",
        "CV5",
        "ENG1",
        "ENG2",
    ]


@pytest.mark.parametrize(("others", "found"), [(9, [("sides", "FUN1", 1)]), (4, [])])
def test_the_funders_module_is_talked_of_only_as_pairs_that_may_be_shown(
    opened, said, others, found
):
    asks(opened, "FUN")
    said("FUN1", "funder", [5] * 9)
    said("FUN1", "partner", [2] * others)
    said("FUN2", "partner", [1] * 9)  # one side alone
    assert talk(opened) == found
