"""The instrument that comes with the program."""

import pytest

from toolkit.instruments import find


@pytest.fixture(scope="module")
def instrument():
    return find("four_conditions")


def size(sections):
    return sum(len(section.indicators) for section in sections)


def test_it_asks_twenty_two_lines_and_eight_in_short(instrument):
    assert size(instrument.form()) == 22
    assert size(instrument.form(short=True)) == 8


def test_its_modules_obstacles_and_need_have_their_lines(instrument):
    assert size(instrument.modules) == 29
    assert len(instrument.obstacles.indicators) == 3
    assert len(instrument.need.indicators) == 1


def test_the_conditions_are_himmelmans_four_in_his_order(instrument):
    assert [section.title["en"] for section in instrument.conditions] == [
        "Common vision",
        "Power sharing",
        "Mutual learning",
        "Shared accountability for results",
    ]


def test_the_short_form_asks_two_lines_of_each_condition(instrument):
    assert [len(section.indicators) for section in instrument.form(short=True)] == [2, 2, 2, 2]


def test_the_five_steps_have_the_same_names_everywhere(instrument):
    scales = {line.scale for section in instrument.conditions for line in section.indicators}
    assert scales == {"rooted5"}
    names = [step["fr"] for step in instrument.scales["rooted5"].steps.values()]
    assert names == ["Absent", "Amorcé", "Partiel", "Établi", "Enraciné"]


def test_each_line_of_a_condition_is_anchored_at_its_ends_and_middle(instrument):
    for section in instrument.conditions:
        for line in section.indicators:
            assert set(line.anchors) == {1, 3, 5}, line.code


def test_each_line_of_a_module_is_anchored_at_its_ends(instrument):
    for section in instrument.modules:
        for line in section.indicators:
            assert {1, 5} <= set(line.anchors), line.code


def test_each_step_of_an_obstacle_and_of_the_need_is_anchored(instrument):
    for section in (instrument.obstacles, instrument.need):
        for line in section.indicators:
            assert set(line.anchors) == set(instrument.scale_of(line.code).steps), line.code


def test_every_line_asks_a_question_in_both_languages(instrument):
    for line in instrument.indicators.values():
        assert line.question["fr"].endswith("?"), line.code
        assert line.question["en"].endswith("?"), line.code


def test_no_two_lines_and_no_two_anchors_of_a_line_say_the_same(instrument):
    questions = [line.question["fr"] for line in instrument.indicators.values()]
    assert len(set(questions)) == len(questions)
    for line in instrument.indicators.values():
        assert len({text["fr"] for text in line.anchors.values()}) == len(line.anchors)


def test_it_says_where_it_comes_from(instrument):
    assert "Himmelman" in instrument.source["fr"]
    assert "Himmelman" in instrument.source["en"]


def test_a_code_leads_to_its_section(instrument):
    assert instrument.section_of("PP3").code == "PP"
    assert instrument.section_of("TIME").code == "OBS"
