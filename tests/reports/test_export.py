"""The evaluator's own copy of everything."""

import openpyxl
import pandas as pd

from toolkit.exchange import read_ratings
from toolkit.reports import export_tables


def test_csv_holds_every_answer_the_masked_counts_and_the_codebook(evaluation, tmp_path):
    written = export_tables(evaluation.folder, tmp_path / "out.csv")
    ratings, counts, codebook = (pd.read_csv(file) for file in written)
    assert len(ratings) == len(evaluation.ratings())
    hidden = counts[counts["shown"] == "nothing"]
    assert len(hidden) > 0
    assert hidden["n"].isna().all()
    assert {"fr", "en"} <= set(codebook.columns)
    assert "Enraciné" in set(codebook["fr"])
    assert "Rooted" in set(codebook["en"])


def test_what_is_exported_can_be_read_back(opened, rate, tmp_path):
    rate("p1", CV1=4, CV2="dont_know")
    opened.sheet("r1", "p1").record("PP1", value=2, note='« virgule, guillemets " et\nlignes »')
    file = export_tables(opened.folder, tmp_path / "out.csv")[0]
    kept = opened._store.answers()
    assert read_ratings(file) == kept


def test_a_workbook_holds_the_three_tables(evaluation, tmp_path):
    (file,) = export_tables(evaluation.folder, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["ratings", "counts", "codebook"]
    assert book["ratings"].max_row == len(evaluation.ratings()) + 1
    kinds = {row[0].value for row in book["codebook"].iter_rows(min_row=2)}
    assert kinds == {"column", "condition", "indicator", "anchor", "step"}


def test_a_note_that_starts_like_a_formula_is_text_in_the_workbook(opened, rate, tmp_path):
    rate("p1", CV1=4)
    opened.sheet("r1", "p1").record("CV1", value=5, note='=HYPERLINK("http://x","cliquez")')
    (file,) = export_tables(opened.folder, tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(file)["ratings"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert "f" not in {cell.data_type for cell in cells}


def test_an_evaluation_without_answers_can_be_exported(blank, tmp_path):
    for name in ("out.csv", "out.xlsx"):
        assert export_tables(blank.folder, tmp_path / name)[0].is_file()


def test_masked_counts_are_empty_in_the_file(opened, rate, tmp_path):
    for i in range(6):
        rate(f"p{i}", CV1=3)
    counts = pd.read_csv(export_tables(opened.folder, tmp_path / "out.csv")[1])
    assert list(counts["shown"]) == ["statistic"]
    assert counts[[f"step_{i}" for i in range(1, 6)]].isna().all(axis=None)
    assert list(counts["n"]) == [6]
