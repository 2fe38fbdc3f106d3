"""The table that may be shown, and what the evaluator reads beside it."""

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from toolkit.scoring.suppression.table import Table, step_columns
from toolkit.scoring.suppression.verdict import REASONS, Verdict
from toolkit.scoring.suppression.ways import statistics

__all__ = ["masked", "reasons", "warnings"]

Codes = NDArray[np.int8]


def masked(table: Table, verdict: Verdict, k: int) -> Any:
    """Return the table with its masked figures null, in the kind of frame that was given."""
    why = _why(table, verdict, k)
    figures: dict[str, NDArray[Any]] = dict(
        zip(step_columns(table.frame.columns), table.steps.T, strict=True)
    )
    figures |= {"n": table.n, **table.statuses}
    if table.steps.shape[1]:
        figures |= _medians(table, verdict)
    shown = np.where(
        verdict.shows_counts, "distribution", np.where(verdict.nothing < 0, "statistic", "nothing")
    )
    hidden = {name: codes >= 0 for name, codes in why.items()}
    for name in {"low", "high", "reading"} & figures.keys():
        hidden[name] |= verdict.shows_counts
    columns = [
        _nullable(table.frame, name, values, hidden[name]) for name, values in figures.items()
    ]
    columns.append(nw.new_series("shown", shown, backend=table.frame.implementation))
    return table.frame.with_columns(*columns).to_native()


def _medians(table: Table, verdict: Verdict) -> dict[str, NDArray[Any]]:
    """Return the medians and the word of the rows that show them instead of their counts."""
    rows = np.flatnonzero(verdict.shows_only_medians & (table.n > 0))
    told: dict[str, NDArray[Any]] = {}
    for name, values in zip(("low", "high", "reading"), statistics(table.steps[rows]), strict=True):
        kind = values.dtype if name != "reading" else np.dtype("<U7")
        told[name] = np.zeros(len(table.n), dtype=kind)
        told[name][rows] = values
    return told


def reasons(table: Table, verdict: Verdict, k: int) -> pd.DataFrame:
    """Return why each figure of each row is masked; null where it is shown."""
    kind = pd.CategoricalDtype(list(REASONS))
    told = {
        name: pd.Categorical.from_codes(codes, dtype=kind)
        for name, codes in _why(table, verdict, k).items()
    }
    return pd.DataFrame(told)


def warnings(table: Table, verdict: Verdict) -> pd.DataFrame:
    """Return the rows, shown with their counts, in which all answered alike."""
    alike = verdict.shows_counts & ((table.steps > 0).sum(axis=1) == 1)
    alike &= table.whole | ~table.everybody
    figures = {*step_columns(table.frame.columns), "n", *table.statuses}
    keys = [name for name in table.frame.columns if name not in figures]
    rows = np.flatnonzero(alike).tolist()
    named = {name: table.frame[name][rows].to_list() for name in keys}
    return pd.DataFrame({**named, "warning": ["unanimous"] * len(rows)})


def _why(table: Table, verdict: Verdict, k: int) -> dict[str, Codes]:
    """Return the reason's number for each figure, by row; -1 where it is shown."""
    hidden = verdict.nothing
    counts = np.where(hidden >= 0, hidden, verdict.counts)
    medians = np.where(hidden >= 0, hidden, verdict.medians)
    medians[(hidden < 0) & (table.n == 0)] = REASONS.index("few")  # nobody has no median
    why = dict.fromkeys(step_columns(table.frame.columns), counts) | {"n": hidden}
    why |= dict.fromkeys(table.statuses, hidden)
    if "dont_know" in table.statuses:
        asked = table.n + table.statuses["dont_know"]
        # That everybody does not know says nothing of what the few others answered.
        why["dont_know"] = np.where(table.everybody & (asked >= k), -1, hidden).astype(np.int8)
    if table.steps.shape[1]:
        # Of a group, the word would tell more than its medians do.
        words = np.where(table.whole, medians, counts)
        why |= {"low": medians, "high": medians, "reading": words}
    return why


def _nullable(
    frame: nw.DataFrame[Any], name: str, values: NDArray[Any], hidden: NDArray[np.bool_]
) -> Any:
    """Return a column of the frame's own kind with nulls."""
    if frame.implementation.is_pandas():
        kept: Any = values.astype(object)
        kept[hidden] = None
        if values.dtype.kind != "U":
            kept = pd.arrays.IntegerArray(values, hidden)
        column = pd.Series(kept, index=frame.to_native().index, name=name)
        return nw.from_native(column, series_only=True)
    told = values.tolist() if values.dtype.kind == "U" else values
    series = nw.new_series(name, told, backend=frame.implementation)
    shown = nw.new_series("shown", ~hidden, backend=frame.implementation)
    return nw.when(shown).then(series).alias(name)
