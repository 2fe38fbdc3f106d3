"""What every chart asks of its frame, in one vocabulary: its language, one round, rows in order."""

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from toolkit.errors import ChartError
from toolkit.text import LANGUAGES, Language, both, say

__all__ = ["WIDTH", "comparable", "read", "spoken", "steps_of"]

#: Of a chart of which nobody says how wide it is to be, in pixels: the cell of a notebook.
WIDTH = 680

#: What rows can be sorted by: the column, and whether its smallest comes first.
_SORTS = {
    "contrast": ("agreement", True),
    "median": ("low", True),
    "gap": ("gap", False),
    "unknown": ("dont_know", False),
}
#: What one line can have several rows of, beside each other.
_BY = ("group", "wave")


def spoken(frame: pd.DataFrame, language: Language | None) -> Language:
    """Return the language that is asked for, else the frame's own, else the first there is.

    Raises
    ------
    ChartError
        There is no such language.
    """
    found = language or frame.attrs.get("language") or LANGUAGES[0]
    if found not in LANGUAGES:
        raise ChartError(both("chart.no_language", language=str(found), known=_listed(LANGUAGES)))
    return found


def read(
    frame: pd.DataFrame,
    label: str,
    language: Language,
    *,
    needs: Collection[str] = (),
    sort: str | None = None,
    by: str | None = None,
    totals: bool = False,
) -> pd.DataFrame:
    """Return the rows that a chart draws, each with what it is called in `label`.

    Parameters
    ----------
    frame
        As the gate masked it. Of one that holds several rounds, those of the round that the
        evaluation was opened with; of one that holds today and what is desired, today's.
    label
        The column that names its lines.
    language
        Of the words that are added to the names.
    needs
        The other columns that are drawn.
    sort
        `contrast` (least agreement first), `median` (lowest first), `gap` (widest first),
        `unknown` (most *don't know* first); masked rows come last. As given without it.
    by
        `group` or `wave`: a row for each, those of a line together.
    totals
        Whether names tell how many people answered, where that is shown.

    Raises
    ------
    ChartError
        A column is missing; there is no such order or grouping; or rounds, groups or scales are
        mixed of which the chart shows one.
    """
    comparable(frame, (label, *needs))
    if by is not None and (by not in _BY or by not in frame):
        known = [name for name in _BY if name in frame]
        raise ChartError(both("chart.no_by", by=str(by), known=_listed(known)))
    found = frame if by == "wave" else _one_round(frame)
    if len(_held(found, "aspect")) > 1:
        found = found[found["aspect"] == "current"]
    groups = _held(found, "group")
    if by != "group" and len(groups) > 1:
        raise ChartError(both("chart.groups_mixed", groups=_listed(groups)))
    found = _sorted(found, sort)
    if by is not None:
        found = found.iloc[pd.Series(pd.factorize(found[label])[0]).argsort(kind="stable")]
    names = [_name(row, label, by, language, frame, totals=totals) for row in _rows(found)]
    return found.assign(**{label: pd.Series(names, found.index, "object")})


def comparable(frame: pd.DataFrame, needs: Collection[str]) -> None:
    """Raise where columns are missing, or rows on several scales would share an axis.

    Raises
    ------
    ChartError
        It says which.
    """
    missing = [name for name in needs if name not in frame]
    if missing:
        raise ChartError(both("chart.no_columns", columns=_listed(missing)))
    scales = _held(frame, "scale")
    if len(scales) > 1:
        raise ChartError(both("chart.scales_mixed", scales=_listed(scales)))


def steps_of(frame: pd.DataFrame) -> Sequence[str]:
    """Return the names of the steps of a frame's scale, as the frame carries them; else none."""
    known = frame.attrs.get("steps", {})
    scales = _held(frame, "scale")
    return known.get(scales[0], ()) if len(scales) == 1 else ()


def _one_round(frame: pd.DataFrame) -> pd.DataFrame:
    waves = _held(frame, "wave")
    if len(waves) <= 1:
        return frame
    if frame.attrs.get("wave") not in waves:
        raise ChartError(both("chart.rounds_mixed", rounds=_listed(waves), last=waves[-1]))
    kept: pd.DataFrame = frame[frame["wave"] == frame.attrs["wave"]]
    return kept


def _sorted(frame: pd.DataFrame, sort: str | None) -> pd.DataFrame:
    if sort is None:
        return frame
    known = [name for name, (column, _) in _SORTS.items() if column in frame]
    if sort not in known:
        raise ChartError(both("chart.no_sort", sort=str(sort), known=_listed(known)))
    column, ascending = _SORTS[sort]
    return frame.sort_values(column, ascending=ascending, kind="stable", na_position="last")


def _name(
    row: dict[Any, Any],
    label: str,
    by: str | None,
    language: Language,
    frame: pd.DataFrame,
    *,
    totals: bool,
) -> str:
    name = str(row[label])
    if by is not None:
        told = frame.attrs.get("groups", {}) if by == "group" else {row[by]: row.get("round")}
        name = say("chart.by", language, title=name, said=told.get(row[by]) or row[by])
    if totals and pd.notna(row.get("n")):
        name = say("chart.total", language, title=name, count=int(row["n"]))
    return name


def _held(frame: pd.DataFrame, column: str) -> list[Any]:
    """Return what a column holds, each once; nothing of one that there is not."""
    return list(frame[column].dropna().unique()) if column in frame else []


def _rows(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records")


def _listed(names: Collection[Any]) -> str:
    return ", ".join(map(str, names)) or "–"
