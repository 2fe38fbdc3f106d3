"""Write tables as CSV or as an Excel workbook that runs nothing."""

import datetime
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from toolkit import private
from toolkit.errors import EvaluationError
from toolkit.places import check_place
from toolkit.text import both

__all__ = ["plain", "write_tables"]

#: What a spreadsheet may take for the start of a formula or a command.
_RUNS = ("=", "+", "-", "@", "\t", "\r")
#: What keeps it from doing so in CSV, and is taken away again by `plain`.
_SHIELD = "'"


def write_tables(tables: Mapping[str, pd.DataFrame], file: Path) -> list[Path]:
    """Write every table, and return the files that were written.

    A workbook gets one sheet each. CSV gets one file each: the first under the name asked for, the
    others beside it with their own name added.

    Raises
    ------
    EvaluationError
        The ending is neither `.csv` nor `.xlsx`, there is no such folder, or the file cannot be
        written.
    """
    check_place(file)
    try:
        if file.suffix.lower() == ".xlsx":
            return [_workbook(tables, file)]
        if file.suffix.lower() == ".csv":
            return _csv(tables, file)
    except OSError as error:
        folder = file.parent.absolute().name
        raise EvaluationError(both("folder.unwritable", folder=folder)) from error
    raise EvaluationError(both("export.ending", file=file.name))


def _csv(tables: Mapping[str, pd.DataFrame], file: Path) -> list[Path]:
    written = []
    for i, (name, table) in enumerate(tables.items()):
        place = file if i == 0 else file.with_name(f"{file.stem}-{name}.csv")
        # The mark at the start tells Excel that the accents are UTF-8.
        # With \r\n at its end, a line quotes a lone \r too: what follows one starts no new cell.
        harmless = table.map(_harmless)
        text = harmless.to_csv(index=False, lineterminator="\r\n")
        private.replace(place, text.encode("utf-8-sig"))
        written.append(place)
    return written


def _harmless(value: Any) -> Any:
    shielded = isinstance(value, str) and (value.startswith(_RUNS) or _shielded(value))
    return f"{_SHIELD}{value}" if shielded else value


def plain(text: str) -> str:
    """Return a cell of an exported CSV file as it was before it was kept from running.

    An apostrophe stands there before what a spreadsheet would take for a formula, and before
    whatever looks like such a cell already: any text comes back as it was.
    """
    return text[1:] if _shielded(text) else text


def _shielded(text: str) -> bool:
    return text.startswith(_SHIELD) and text[1:].startswith((*_RUNS, _SHIELD))


def _workbook(tables: Mapping[str, pd.DataFrame], file: Path) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        sheet.append([str(column) for column in table.columns])
        for row in table.itertuples(index=False):
            sheet.append([None if pd.isna(value) else _plain(value) for value in row])
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                _as_text(cell)
        sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    private.replace(file, content.getvalue())
    return file


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, str):
        return ILLEGAL_CHARACTERS_RE.sub("", value)  # what a workbook's XML cannot hold
    return value.item() if hasattr(value, "item") else value


def _as_text(cell: Any) -> None:
    if isinstance(cell, Cell) and cell.data_type == "f":
        cell.data_type = "s"
        cell.quotePrefix = True
