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


def test_each_line_of_a_module_is_anchored_at_its_ends_and_middle(instrument):
    for section in instrument.modules:
        for line in section.indicators:
            for words in (line, *line.asked_as.values()):
                assert set(words.anchors) == {1, 3, 5}, line.code


def test_its_modules_are_the_seeds_seven(instrument):
    codes = [section.code for section in instrument.modules]
    assert codes == ["ENG", "LEA", "EXP", "UNL", "PAR", "FUN", "LEV"]
    for section in instrument.modules:
        names = [line.code for line in section.indicators]
        assert names == [f"{section.code}{number}" for number in range(1, len(names) + 1)]


def test_funders_are_asked_of_themselves_and_others_of_them(instrument):
    (mine,) = [s for s in instrument.asked("funder", modules=["FUN"]) if s.code == "FUN"]
    (theirs,) = [s for s in instrument.asked("parent", modules=["FUN"]) if s.code == "FUN"]
    assert [line.code for line in mine.indicators] == [line.code for line in theirs.indicators]
    for own, other in zip(mine.indicators, theirs.indicators, strict=True):
        assert own.question != other.question
        assert own.anchors[1] != other.anchors[1]
    assert mine.paired == "funder"


def test_what_parents_feel_is_asked_of_parents_only(instrument):
    def lines(group):
        return [
            line.code for s in instrument.asked(group, modules=["PAR"]) for line in s.indicators
        ]

    assert "PAR5" in lines("parent")
    assert "PAR5" not in lines("partner")
    assert "PAR5" not in lines("")
    assert "PAR4" in lines("")


def test_only_what_was_chosen_is_asked_beside_the_conditions(instrument):
    assert instrument.asked("parent") == instrument.conditions
    short = instrument.asked("parent", modules=["LEV", "nonsense"], short=True)
    assert [section.code for section in short] == ["CV", "PP", "ML", "SA", "LEV"]
    assert size(short) == 8 + 4


def test_what_is_read_aloud_to_parents_is_in_short_sentences(instrument):
    (plain,) = [section for section in instrument.modules if section.plain]
    assert plain.code == "PAR"
    said = [line.question for line in plain.indicators]
    said += [text for line in plain.indicators for text in line.anchors.values()]
    assert max(len(text["fr"].split()) for text in said) <= 18


def test_a_module_may_be_reworded_and_the_conditions_stay_comparable(instrument):
    reworded = [
        section.model_copy(update={"version": 2}) if section.code == "LEV" else section
        for section in instrument.modules
    ]
    newer = instrument.model_copy(update={"modules": tuple(reworded)})
    assert (newer.version_of("LEV1"), newer.version_of("CV1"), newer.version_of("PAR1")) == (
        2,
        1,
        1,
    )


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
