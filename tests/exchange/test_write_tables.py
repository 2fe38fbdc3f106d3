"""Files that a spreadsheet opens, and that run nothing in it."""

import csv
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from toolkit.errors import EvaluationError
from toolkit.exchange import plain, write_tables
from toolkit.text import say

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x","y")']


def cells(file):
    with file.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.reader(source))


def sheet(file):
    return openpyxl.load_workbook(file)["t"]


def test_csv_writes_each_table_beside_the_first(tmp_path):
    tables = {"ratings": pd.DataFrame({"a": [1]}), "counts": pd.DataFrame({"b": [2]})}
    written = write_tables(tables, tmp_path / "out.csv")
    assert [file.name for file in written] == ["out.csv", "out-counts.csv"]
    assert cells(written[1]) == [["b"], ["2"]]


def test_a_workbook_has_a_sheet_for_each_table(tmp_path):
    tables = {"ratings": pd.DataFrame({"a": [1]}), "counts": pd.DataFrame({"b": [None]})}
    (file,) = write_tables(tables, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["ratings", "counts"]
    assert book["counts"]["A2"].value is None


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_runs_no_formula(tmp_path, text):
    (file,) = write_tables({"t": pd.DataFrame({"note": [text]})}, tmp_path / "out.csv")
    (found,) = cells(file)[1]
    assert found == f"'{text}"


def test_a_line_end_inside_a_note_starts_no_new_cell(tmp_path):
    note = "oui\r=1+1\n=2+2\r\n=3+3"
    (file,) = write_tables({"t": pd.DataFrame({"note": [note]})}, tmp_path / "out.csv")
    assert cells(file) == [["note"], [note]]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_workbook_runs_no_formula(tmp_path, text):
    (file,) = write_tables({"t": pd.DataFrame({"note": [text]})}, tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(file)["t"]["A2"]
    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_note_comes_out_letter_for_letter(tmp_path, ending):
    note = "« Oui » : 10\u202f000\u00a0$ 👩‍👧‍👦 مرحبا <b>\nl’été"
    (file,) = write_tables({"t": pd.DataFrame({"note": [note]})}, tmp_path / f"out.{ending}")
    book = {"csv": lambda: cells(file)[1][0], "xlsx": lambda: sheet(file)["A2"].value}
    assert book[ending]() == note


def test_a_letter_that_a_workbook_cannot_hold_does_not_spoil_it(tmp_path):
    (file,) = write_tables({"t": pd.DataFrame({"note": ["a\0b\x1bc"]})}, tmp_path / "out.xlsx")
    assert openpyxl.load_workbook(file)["t"]["A2"].value == "abc"


def test_the_longest_note_fits_a_workbooks_cell(tmp_path):
    (file,) = write_tables({"t": pd.DataFrame({"note": ["é" * 30_000]})}, tmp_path / "out.xlsx")
    assert len(openpyxl.load_workbook(file)["t"]["A2"].value) == 30_000


def test_excel_is_told_that_accents_are_utf8(tmp_path):
    (file,) = write_tables({"t": pd.DataFrame({"a": ["é"]})}, tmp_path / "out.csv")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", ["out.pdf", "out", "out.csv.gz", "out.xls"])
def test_another_ending_is_refused_by_name(tmp_path, name):
    with pytest.raises(EvaluationError) as refused:
        write_tables({"t": pd.DataFrame({"a": [1]})}, tmp_path / name)
    assert refused.value.say("fr") == say("export.ending", "fr", file=name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_a_folder_that_is_not_there_is_said(tmp_path, name):
    with pytest.raises(EvaluationError) as refused:
        write_tables({"t": pd.DataFrame({"a": [1]})}, tmp_path / "nowhere" / name)
    place = str(tmp_path / "nowhere")
    assert refused.value.say("en") == say("export.no_folder", "en", folder=place)


def test_the_folder_one_stands_in_has_a_name_too(protected, monkeypatch):
    folder = protected.folder()
    monkeypatch.chdir(folder)
    write_tables({"t": pd.DataFrame({"a": [1]})}, Path("out.csv"))
    with protected(folder), pytest.raises(EvaluationError) as refused:
        write_tables({"t": pd.DataFrame({"a": [1]})}, Path("out.csv"))
    assert folder.name in refused.value.say("fr")


@pytest.mark.parametrize("text", [*DANGEROUS, "'=1", "''", "'tis", "'", "plain", "-", "'-'"])
def test_any_text_comes_back_from_csv_as_it_was(tmp_path, text):
    (file,) = write_tables({"t": pd.DataFrame({"note": [text]})}, tmp_path / "out.csv")
    (found,) = cells(file)[1]
    assert plain(found) == text
    assert not found.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("place", ["gone/out.csv", "a file/out.csv", "out.csv"])
def test_a_place_that_is_none_is_said_as_such(tmp_path, place):
    (tmp_path / "a file").write_text("", encoding="utf-8")
    (tmp_path / "out.csv").mkdir()
    keys = {"gone/out.csv": "no_folder", "a file/out.csv": "not_a_folder", "out.csv": "is_a_folder"}
    file = tmp_path / place
    with pytest.raises(EvaluationError) as error:
        write_tables({"t": pd.DataFrame()}, file)
    values = {"folder": str(file.parent), "file": file.name}
    assert error.value.say("fr") == say(f"export.{keys[place]}", "fr", **values)
