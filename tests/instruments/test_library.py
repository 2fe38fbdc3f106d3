"""Where an instrument is found."""

import pytest

from toolkit import Evaluation
from toolkit.errors import InstrumentError
from toolkit.instruments import find
from toolkit.templates import new_evaluation

MINE = """\
id: {id}
version: 7
title: {{fr: La nôtre, en: Ours}}
source: {{fr: De nous, en: Ours}}
scales:
  s2:
    title: {{fr: Deux, en: Two}}
    steps: {{1: {{fr: Non, en: No}}, 2: {{fr: Oui, en: Yes}}}}
conditions:
  - code: A
    title: {{fr: A, en: A}}
    indicators:
      - {{code: A1, text: {{fr: Un, en: One}}, scale: s2}}
"""


def test_an_instrument_beside_the_evaluation_is_found(tmp_path):
    (tmp_path / "ours.yaml").write_text(MINE.format(id="ours"), encoding="utf-8")
    evaluation = new_evaluation(tmp_path, "fr", "ours")
    assert evaluation.instrument.title["fr"] == "La nôtre"
    assert [section.code for section in evaluation.instrument.conditions] == ["A"]


def test_an_instrument_in_its_own_folder_is_found(tmp_path):
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments/ours.yaml").write_text(MINE.format(id="ours"), encoding="utf-8")
    assert find("ours", tmp_path).version == 7


def test_the_evaluations_own_instrument_goes_before_the_built_in_one(blank):
    file = blank.folder / "four_conditions.yaml"
    file.write_text(MINE.format(id="four_conditions"), encoding="utf-8")
    assert Evaluation.open(blank.folder).instrument.version == 7


def test_an_unknown_instrument_is_refused_with_those_that_exist():
    with pytest.raises(InstrumentError) as refused:
        find("four_condition")
    assert "four_conditions" in refused.value.say("fr")


def test_a_file_whose_id_is_not_its_name_is_refused(tmp_path):
    (tmp_path / "ours.yaml").write_text(MINE.format(id="theirs"), encoding="utf-8")
    with pytest.raises(InstrumentError) as refused:
        find("ours", tmp_path)
    assert "theirs" in refused.value.say("en")
