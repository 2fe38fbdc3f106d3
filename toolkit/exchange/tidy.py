"""Read tidy files: ratings and raters, a row each, and entries, a line of JSON each."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.errors import EvaluationError, Problem, RatingError
from toolkit.exchange.tables import plain
from toolkit.ratings import Rating
from toolkit.storage import Entry, Rater
from toolkit.text import both

__all__ = ["read_entries", "read_raters", "read_ratings"]


def read_ratings(file: Path) -> list[Rating]:
    """Return the ratings of a CSV file with the columns of `Evaluation.ratings`.

    Raises
    ------
    EvaluationError
        Naming the line that cannot be read.
    """
    ratings = []
    for line, row in _rows(file):
        try:
            ratings.append(_rating(row))
        except (KeyError, ValueError, RatingError) as error:
            raise _unreadable(file, line) from error
    return ratings


def read_raters(file: Path) -> list[Rater]:
    """Return the raters of a CSV file with the columns `rater`, `partner`, `group`."""
    return [Rater(row["rater"], row["partner"], row["group"]) for _, row in _rows(file)]


def read_entries(file: Path) -> list[Entry]:
    """Return the entries of a file with an object on each line, named as the fields of `Entry`.

    Raises
    ------
    EvaluationError
        Naming the line that cannot be read.
    """
    entries = []
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(both("folder.unreadable", file=file.name)) from error
    for line, row in enumerate(lines, start=1):
        try:
            told = json.loads(row or "null")
            if told is not None:
                said_at = datetime.fromisoformat(told.pop("recorded_at"))
                entries.append(Entry(**told, recorded_at=said_at))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise _unreadable(file, line) from error
    return entries


def _unreadable(file: Path, line: int) -> EvaluationError:
    fault = Problem(file.name, line, "", both("check.unexpected"), both("check.as_documented"))
    return EvaluationError(both("folder.unusable", file=file.name), (fault,))


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            for line, row in enumerate(csv.DictReader(source), start=2):
                yield line, {name: plain(cell or "") for name, cell in row.items() if name}
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(both("folder.unreadable", file=file.name)) from error


def _rating(row: dict[str, str]) -> Rating:
    fields: dict[str, Any] = {
        name: row[name]
        for name in ("wave", "rater", "indicator", "instrument", "scale", "aspect", "mode", "note")
    }
    return Rating(
        **fields,
        version=int(row["version"]),
        value=int(row["value"]) if row["value"] else None,
        status=row["status"] or None,  # type: ignore[arg-type]
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
    )
