"""Ratings, raters and entries from files."""

import pytest

from toolkit.errors import EvaluationError
from toolkit.exchange import read_entries, read_raters, read_ratings, write_tables
from toolkit.ratings import Rating
from toolkit.storage import Rater

HEAD = "wave,rater,instrument,version,indicator,aspect,mode,scale,value,status,note,recorded_at"
LINE = "r1,p1,four_conditions,1,CV1,current,individual,rooted5,4,,Oui,2026-05-01T12:00:00Z"


@pytest.fixture
def written(tmp_path):
    """Write a file of a few lines."""

    def write(*lines):
        file = tmp_path / "ratings.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file

    return write


def test_a_line_is_a_rating(written):
    (found,) = read_ratings(written(HEAD, LINE))
    assert (found.rater, found.value, found.status, found.note) == ("p1", 4, None, "Oui")
    assert found.recorded_at.utcoffset().total_seconds() == 0


def test_an_empty_value_with_a_status_is_a_rating(written):
    (found,) = read_ratings(written(HEAD, LINE.replace(",4,,", ",,dont_know,")))
    assert (found.value, found.status) == (None, "dont_know")


@pytest.mark.parametrize(
    "bad",
    [
        LINE.replace(",4,,", ",four,,"),
        LINE.replace(",4,,", ",,,"),
        LINE.replace(",4,,", ",4,skipped,"),
        LINE.replace("current", "someday"),
        LINE.replace("2026-05-01T12:00:00Z", "yesterday"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(written, bad):
    with pytest.raises(EvaluationError) as refused:
        read_ratings(written(HEAD, LINE, bad))
    (fault,) = refused.value.problems
    assert (fault.file, fault.line) == ("ratings.csv", 3)


def test_how_an_earlier_round_is_seen_now_comes_out_and_in_as_itself(opened, tmp_path):
    known = {"instrument": "four_conditions", "version": 1, "scale": "rooted5", "rater": "p1"}
    given = {"current": 4, "desired": 5, "then": 2}
    opened._store.append(
        [
            Rating(wave="r1", indicator="CV1", aspect=aspect, value=value, **known)
            for aspect, value in given.items()
        ]
    )
    (file,) = write_tables({"ratings": opened.ratings()}, tmp_path / "all.csv")
    assert {rating.aspect: rating.value for rating in read_ratings(file)} == given


def test_a_missing_column_is_a_fault_and_no_crash(written):
    with pytest.raises(EvaluationError):
        read_ratings(written(HEAD.replace(",scale", ""), LINE.replace(",rooted5", "")))


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(EvaluationError):
        read_ratings(tmp_path / "nowhere.csv")


def test_a_rater_has_a_partner_and_a_group(tmp_path):
    file = tmp_path / "raters.csv"
    file.write_text("rater,partner,group\nr01,cisss,partner\nr02,,parent\n", encoding="utf-8")
    assert read_raters(file) == [Rater("r01", "cisss", "partner"), Rater("r02", "", "parent")]


ENTRY = '{"kind":"tie","wave":"r1","subject":"cpe","author":"p1","content":{"current":3},'
ENTRY += '"recorded_at":"2026-05-01T12:00:00Z"}'


def test_a_line_of_json_is_an_entry_with_its_own_time(written):
    (found,) = read_entries(written(ENTRY))
    assert found.key == ("tie", "r1", "cpe", "p1")
    assert found.content == {"current": 3}
    assert found.recorded_at.isoformat() == "2026-05-01T12:00:00+00:00"


@pytest.mark.parametrize(
    "bad",
    [ENTRY[:-1], "[]", ENTRY.replace("kind", "sort"), ENTRY.replace("2026-05-01T12:00:00Z", "")],
)
def test_an_entry_that_cannot_be_read_is_named(written, bad):
    with pytest.raises(EvaluationError) as refused:
        read_entries(written(ENTRY, bad))
    (fault,) = refused.value.problems
    assert (fault.file, fault.line) == ("ratings.csv", 2)


def test_a_missing_file_of_entries_is_said(tmp_path):
    with pytest.raises(EvaluationError):
        read_entries(tmp_path / "nowhere.jsonl")
