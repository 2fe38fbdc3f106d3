"""Read tidy files: ratings and raters, a row each."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.errors import EvaluationError, Problem, RatingError
from toolkit.ratings import Rating
from toolkit.storage import Rater
from toolkit.text import both

__all__ = ["read_raters", "read_ratings"]


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
            fault = Problem(
                file.name, line, "", both("check.unexpected"), both("check.as_documented")
            )
            raise EvaluationError(both("folder.unusable", file=file.name), (fault,)) from error
    return ratings


def read_raters(file: Path) -> list[Rater]:
    """Return the raters of a CSV file with the columns `rater`, `partner`, `group`."""
    return [Rater(row["rater"], row["partner"], row["group"]) for _, row in _rows(file)]


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            yield from enumerate(csv.DictReader(source), start=2)
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
