"""What is wrong with an instrument's file: everything at once, each with its line."""

import pytest
import yaml

from toolkit.encodings import NAMES
from toolkit.errors import InstrumentError
from toolkit.instruments import read
from toolkit.text import say

GOOD = """\
id: barriers
version: 1
title: {fr: Obstacles, en: Barriers}
source: {fr: De nous, en: Ours}
scales:
  trust:
    title: {fr: Confiance, en: Trust}
    steps:
      1: {fr: Non, en: No}
      2: {fr: Un peu, en: Some}
      3: {fr: Oui, en: Yes}
conditions:
  - code: OB
    title: {fr: Obstacles, en: Barriers}
    indicators:
      - code: TRU
        text: {fr: La parole tenue, en: Word kept}
        scale: trust
      - code: AGR
        text: {fr: Une entente, en: An agreement}
        scale: trust
        anchors:
          1: {fr: Rien d’écrit, en: Nothing written}
"""

DEPTH = """\
  depth:
    title: {fr: Fond, en: Depth}
    steps: {1: {fr: Un, en: One}, 2: {fr: Deux, en: Two}}
"""


@pytest.fixture
def written(tmp_path):
    """Write an instrument's file."""

    def write(text):
        file = tmp_path / "barriers.yaml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return write


@pytest.fixture
def faults(written):
    """Return the faults of a file that must not be usable, as `line where`, with the sentences."""

    def find(text):
        with pytest.raises(InstrumentError) as refused:
            read(written(text))
        return refused.value.problems

    return find


def places(problems):
    return [(problem.line, problem.where) for problem in problems]


def test_a_good_file_says_what_it_asks(written):
    instrument = read(written(GOOD))
    assert list(instrument.indicators) == ["TRU", "AGR"]
    assert instrument.indicators["AGR"].anchors[1]["fr"] == "Rien d’écrit"


def test_no_stays_a_word(written):
    assert read(written(GOOD)).scales["trust"].steps[1]["en"] == "No"


def test_a_mark_that_windows_puts_first_is_no_fault(written):
    assert read(written(b"\xef\xbb\xbf" + GOOD.encode())).id == "barriers"


def test_a_duplicate_code_is_named_at_both_places(faults):
    found = faults(GOOD.replace("code: AGR", "code: TRU"))
    assert places(found) == [
        (16, "conditions[0].indicators[0].code"),
        (19, "conditions[0].indicators[1].code"),
    ]
    assert "TRU" in found[0].what["fr"]


def test_a_condition_and_an_indicator_do_not_share_a_code(faults):
    assert len(faults(GOOD.replace("code: AGR", "code: OB"))) == 2


def test_a_missing_translation_names_the_language(faults):
    (fault,) = faults(GOOD.replace("{fr: La parole tenue, en: Word kept}", "{fr: La parole tenue}"))
    assert (fault.line, fault.where) == (17, "conditions[0].indicators[0].text.en")
    assert fault.what["fr"] == say("check.no_translation", "fr", name="en")


def test_an_empty_translation_is_missing_too(faults):
    (fault,) = faults(GOOD.replace("en: Word kept", "en:"))
    assert fault.line == 17


def test_a_scale_of_one_step_is_no_scale(faults):
    one = GOOD.replace("      2: {fr: Un peu, en: Some}\n      3: {fr: Oui, en: Yes}\n", "")
    (fault,) = faults(one)
    assert (fault.line, fault.where) == (9, "scales.trust.steps")
    assert fault.remedy["en"] == say("check.at_least", "en", least=2)


def test_steps_with_a_gap_are_refused(faults):
    (fault,) = faults(GOOD.replace("      3: {fr", "      4: {fr"))
    assert fault.where == "scales.trust"
    assert fault.what["en"] == say("check.steps_out_of_order", "en")


def stepped(*numbers):
    """One line on a scale with these steps."""
    named = "{fr: Un, en: One}"
    steps = ", ".join(f"{number}: {named}" for number in numbers)
    line = f"{{code: TRU, text: {named}, scale: own}}"
    return f"""\
id: own
version: 1
title: {named}
source: {named}
scales: {{own: {{title: {named}, steps: {{{steps}}}}}}}
conditions: [{{code: OB, title: {named}, indicators: [{line}]}}]
"""


@pytest.mark.parametrize(
    "numbers", [(1, 2), (0, 1), range(5), range(11), range(1, 12), (-2, -1, 0, 1, 2)]
)
def test_steps_may_start_anywhere(written, numbers):
    scale = read(written(stepped(*numbers))).scales["own"]
    assert list(scale.steps) == [*numbers]
    assert (scale.first, scale.last) == (numbers[0], numbers[-1])


@pytest.mark.parametrize(
    ("numbers", "what", "remedy"),
    [
        ((1,), "There are too few.", "It takes at least 2."),
        (range(1, 13), "There are too many.", "It takes at most 11."),
        ((0, 1, 3), "The steps do not follow one another.", "Expected: whole numbers that follow"),
        (("low", 2), "“low” is not the number of a step.", "Expected: whole numbers that"),
        ((1, 1.5, 2), "“1.5” is not the number of a step.", "Expected: whole numbers that"),
    ],
)
def test_other_steps_are_refused_with_a_sentence(faults, numbers, what, remedy):
    fault = faults(stepped(*numbers))[0]
    assert fault.what["en"] == what
    assert fault.remedy["en"].startswith(remedy)


def test_an_unknown_scale_is_named_with_those_that_exist(faults):
    (fault,) = faults(
        GOOD.replace("scale: trust\n      - code: AGR", "scale: trus\n      - code: AGR")
    )
    assert fault.line == 18
    assert "trus" in fault.what["en"]
    assert "trust" in fault.remedy["en"]


def test_a_scale_that_is_a_list_is_a_fault_and_no_crash(faults):
    (fault,) = faults(GOOD.replace("scale: trust\n        anchors", "scale: [a]\n        anchors"))
    assert fault.where == "conditions[0].indicators[1].scale"


def test_conditions_side_by_side_are_rated_on_one_scale(faults):
    two = GOOD.replace("conditions:\n", DEPTH + "conditions:\n")
    (fault,) = faults(two.replace("scale: trust\n        anchors", "scale: depth\n        anchors"))
    assert fault.where == "conditions[0].indicators[1].scale"
    assert fault.what["fr"] == say("check.other_scale", "fr", scale="depth", first="trust")


def test_a_module_may_be_rated_on_a_scale_of_its_own(written):
    module = "modules:\n  - code: MO\n    title: {fr: M, en: M}\n    indicators:\n"
    line = "      - {code: MO1, text: {fr: a, en: a}, scale: depth}\n"
    two = GOOD.replace("conditions:\n", DEPTH + "conditions:\n") + module + line
    assert read(written(two)).indicators["MO1"].scale == "depth"


MODULE = """\
modules:
  - code: MO
    title: {fr: M, en: M}
    paired: funder
    indicators:
      - {code: MO1, text: {fr: a, en: a}, scale: trust}
      - code: MO2
        text: {fr: b, en: b}
        scale: trust
        asked_of: [funder]
        asked_as:
          funder:
            question: {fr: Et vous, en: And you}
            anchors: {1: {fr: Rien, en: Nothing}}
"""


def test_a_module_may_ask_a_group_in_words_of_its_own(written):
    instrument = read(written(GOOD + MODULE))
    line = instrument.indicators["MO2"]
    assert line.worded_for("funder").question["en"] == "And you"
    assert not line.concerns("parent")
    assert instrument.modules[0].version is None
    assert instrument.version_of("MO2") == instrument.version


def test_the_lines_of_a_module_are_rated_on_one_scale(faults):
    two = GOOD.replace("conditions:\n", DEPTH + "conditions:\n") + MODULE
    (fault,) = faults(two.replace("en: a}, scale: trust", "en: a}, scale: depth"))
    assert fault.where == "modules[0].indicators[1].scale"
    assert fault.what["fr"] == say("check.other_scale", "fr", scale="trust", first="depth")


def test_words_for_a_group_that_is_not_asked_are_refused(faults):
    (fault,) = faults(GOOD + MODULE.replace("asked_of: [funder]", "asked_of: [parent]"))
    assert (fault.line, fault.where) == (36, "modules[0].indicators[1].asked_as.funder")
    assert "funder" in fault.what["fr"]
    assert "parent" in fault.remedy["en"]


def test_an_anchor_of_a_groups_own_words_is_on_the_scale_too(faults):
    (fault,) = faults(GOOD + MODULE.replace("anchors: {1:", "anchors: {4:"))
    assert fault.where == "modules[0].indicators[1].asked_as.funder.anchors.4"


def test_a_group_that_is_no_list_is_a_fault_and_no_crash(faults):
    (fault,) = faults(GOOD + MODULE.replace("asked_of: [funder]", "asked_of: funder"))
    assert fault.where == "modules[0].indicators[1].asked_of"


def test_words_of_a_group_without_a_question_name_what_is_missing(faults):
    (fault,) = faults(GOOD + MODULE.replace("question: {fr: Et vous, en: And you}", "x: 1"))[:1]
    assert fault.where == "modules[0].indicators[1].asked_as.funder.question"


@pytest.mark.parametrize("odd", ["oui", 3, []])
def test_plain_is_yes_or_no(faults, odd):
    (fault,) = faults(GOOD + MODULE.replace("paired: funder", f"plain: {odd}"))
    assert fault.where == "modules[0].plain"


def test_an_unknown_key_is_named_with_the_one_that_was_meant(faults):
    (fault,) = faults(GOOD.replace("        anchors:", "        ancors:"))
    assert (fault.line, fault.where) == (23, "conditions[0].indicators[1].ancors")
    assert "anchors" in fault.remedy["fr"]


def test_an_anchor_off_its_scale_is_refused(faults):
    (fault,) = faults(GOOD.replace("          1: {fr: Rien", "          4: {fr: Rien"))
    assert fault.line == 23
    assert fault.remedy["en"] == say("check.known_steps", "en", first=1, last=3)


def test_a_key_written_twice_is_refused(faults):
    (fault,) = faults(GOOD + "title: {fr: Autre, en: Other}\n")
    assert (fault.line, fault.where) == (24, "title")


def test_a_code_with_an_accent_is_refused(faults):
    (fault,) = faults(GOOD.replace("code: AGR", "code: Accès"))
    assert "Accès" in fault.what["fr"]


def test_a_version_that_is_no_number_is_refused(faults):
    (fault,) = faults(GOOD.replace("version: 1", "version: one"))
    assert (fault.line, fault.where) == (2, "version")


def test_all_faults_are_said_at_once_in_the_order_of_the_file(faults):
    found = faults(
        GOOD.replace("version: 1", "version: 0")
        .replace("{fr: La parole tenue, en: Word kept}", "{fr: La parole tenue}")
        .replace("code: AGR", "code: TRU")
        .replace("        scale: trust\n        anchors", "        scale: trus\n        anchors")
        .replace("source:", "sauce:")
    )
    assert [fault.line for fault in found] == [1, 2, 4, 16, 17, 19, 21]
    assert all(fault.what[language] for fault in found for language in ("fr", "en"))


def test_a_faulty_part_does_not_make_its_list_too_short(faults):
    found = faults(GOOD.replace("code: TRU", "code: T U"))
    assert [fault.where for fault in found] == ["conditions[0].indicators[0].code"]


def test_every_fault_names_its_file(faults):
    assert faults("title: x\n")[0].say("fr").startswith("barriers.yaml:1 ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GOOD.replace("fr: Confiance,", "fr: 'Confiance,"), None),
        (GOOD.replace("    title: {fr: Conf", "\ttitle: {fr: Conf"), 7),
        ("a: &a [*a]\n", 0),
    ],
    ids=["an open quote", "a tab", "an alias that holds itself"],
)
def test_broken_yaml_says_so(faults, text, line):
    (fault,) = faults(text)
    assert fault.what["fr"] == say("check.not_yaml", "fr")
    assert line is None or fault.line == line


def everywhere(value, path=()):
    """Yield the path to every value in a file."""
    if path:
        yield path
    keys = {dict: list, list: lambda parts: range(len(parts))}.get(type(value), lambda _: ())
    for key in keys(value):
        yield from everywhere(value[key], (*path, key))


@pytest.mark.parametrize("odd", [None, "", [], {}, ["x"], {"x": "y"}, "x", -1, [None], {1: []}])
def test_whatever_is_written_anywhere_is_read_or_refused(written, odd):
    spots = list(everywhere(yaml.safe_load(GOOD)))
    refused = 0
    for *way, last in spots:
        values = yaml.safe_load(GOOD)
        part = values
        for step in way:
            part = part[step]
        part[last] = odd
        try:
            read(written(yaml.safe_dump(values)))
        except InstrumentError:
            refused += 1
    assert refused > len(spots) / 3


@pytest.mark.parametrize("text", ["# rien\n", "- a\n- b\n", "bonjour\n"])
def test_a_file_without_keys_says_what_belongs_there(faults, text):
    (fault,) = faults(text)
    assert fault.what["en"] == say("check.no_mapping", "en")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", "check.empty_file"),
        (b"\xff\xfe\x00", "check.unreadable"),
        (b"a: \0\n", "check.unreadable"),
        ("title: Caf\xe9\n".encode("latin-1"), "check.encoding"),
        (GOOD.encode("utf-16"), "check.encoding"),
    ],
)
def test_what_is_no_text_of_ours_is_refused_as_a_whole(written, text, told):
    with pytest.raises(InstrumentError) as refused:
        read(written(text))
    said = refused.value.say("en")
    assert said in {say(told, "en", file="barriers.yaml", encoding=name) for name in NAMES.values()}


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InstrumentError):
        read(tmp_path / "nowhere.yaml")
