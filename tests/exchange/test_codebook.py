"""What every column and code means."""

import pytest

from toolkit.exchange import codebook
from toolkit.instruments import find


@pytest.fixture(scope="module")
def rows():
    return {(row["kind"], row["code"]): row for row in codebook(find("four_conditions"))}


def test_every_line_and_step_is_explained_in_both_languages(rows):
    instrument = find("four_conditions")
    for code, line in instrument.indicators.items():
        assert rows["indicator", code]["fr"] == line.question["fr"]
        assert rows["indicator", code]["en"] == line.question["en"]
    assert rows["step", "rooted5=1"]["fr"] == "Absent"
    assert rows["anchor", "TRUST=4"]["en"] == instrument.indicators["TRUST"].anchors[4]["en"]
    assert {code for kind, code in rows if kind == "condition"} == {
        section.code for section in instrument.sections
    }


def test_what_a_group_was_asked_in_its_own_words_is_explained_too(rows):
    funder = find("four_conditions").indicators["FUN2"].asked_as["funder"]
    assert rows["indicator", "FUN2/funder"]["fr"] == funder.question["fr"]
    assert rows["anchor", "FUN2/funder=5"]["en"] == funder.anchors[5]["en"]


def test_no_text_is_empty(rows):
    assert all(row["fr"] and row["en"] for row in rows.values())


def test_every_column_that_is_exported_is_explained(evaluation, rows):
    exported = {*evaluation.ratings().columns, *evaluation.counts().columns}
    plain = {c for c in exported if not c.startswith(("step_", "start_", "end_"))} | {"step_1"}
    assert plain - {code for kind, code in rows if kind == "column"} == set()
