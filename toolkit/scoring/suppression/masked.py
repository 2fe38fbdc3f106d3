"""The table that may be shown, and what the evaluator reads beside it."""

from functools import partial
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from toolkit.scoring.suppression.table import Table, step_columns
from toolkit.scoring.suppression.verdict import REASONS, Verdict, nearly_all
from toolkit.scoring.suppression.ways import statistics

__all__ = ["masked", "reason_codes", "reasons", "warnings"]

Codes = NDArray[np.int8]


def masked(table: Table, verdict: Verdict, why: dict[str, Codes]) -> Any:
    """Return the table with its masked figures null, in the kind of frame that was given."""
    figures: dict[str, NDArray[Any]] = dict(
        zip(step_columns(table.frame.columns), table.steps.T, strict=True)
    )
    figures |= {"n": table.n, **table.statuses}
    hidden = {name: codes >= 0 for name, codes in why.items()}
    if table.steps.shape[1]:
        figures |= _medians(table, verdict)
        for name in ("low", "high", "reading"):
            hidden[name] |= verdict.shows_counts
    shown = np.array(["nothing", "statistic", "distribution"])
    tier = verdict.shows_something.astype(int) + verdict.shows_counts
    told = {"shown": shown[tier], "why": _few(verdict)}
    return _beside(table.frame, figures, hidden, told)


def _few(verdict: Verdict) -> NDArray[np.object_]:
    """Return whether a row, or its counts, are masked since they are of few; null if otherwise.

    The other reasons are the evaluator's alone: that all answered alike is what is masked.
    """
    few = REASONS.index("few")
    why = np.full(len(verdict.nothing), None, dtype=object)
    why[verdict.shows_something & (verdict.counts == few)] = "few_counts"
    why[verdict.nothing == few] = "few"
    return why


def _medians(table: Table, verdict: Verdict) -> dict[str, NDArray[Any]]:
    """Return the medians and the word of the rows that show them instead of their counts."""
    rows = np.flatnonzero(verdict.shows_only_medians & (table.n > 0))
    told: dict[str, NDArray[Any]] = {}
    for name, values in zip(("low", "high", "reading"), statistics(table.steps[rows]), strict=True):
        kind = values.dtype if name != "reading" else np.dtype("<U7")
        told[name] = np.zeros(len(table.n), dtype=kind)
        told[name][rows] = values
    return told


def reasons(why: dict[str, Codes]) -> pd.DataFrame:
    """Return why each figure of each row is masked; null where it is shown."""
    kind = pd.CategoricalDtype(list(REASONS))
    return pd.DataFrame(
        {name: pd.Categorical.from_codes(codes, dtype=kind) for name, codes in why.items()}
    )


def warnings(table: Table, verdict: Verdict, apart: int) -> pd.DataFrame:
    """Return the rows of which anything is shown, in which all or nearly all answered alike."""
    alike = verdict.shows_something & nearly_all(table.steps, max(apart, 0))
    alike &= table.whole | ~table.everybody
    figures = {*step_columns(table.frame.columns), "n", *table.statuses}
    keys = [name for name in table.frame.columns if name not in figures]
    rows = np.flatnonzero(alike).tolist()
    named = {name: table.frame[name][rows].to_list() for name in keys}
    return pd.DataFrame({**named, "warning": ["unanimous"] * len(rows)})


def reason_codes(table: Table, verdict: Verdict, k: int, apart: int) -> dict[str, Codes]:
    """Return the reason's number for each figure, by row; -1 where it is shown."""
    hidden = verdict.nothing
    counts = np.where(hidden >= 0, hidden, verdict.counts)
    medians = np.where(hidden >= 0, hidden, verdict.medians)
    medians[(hidden < 0) & (table.n == 0)] = REASONS.index("few")  # nobody has no median
    why = dict.fromkeys(step_columns(table.frame.columns), counts) | {"n": hidden}
    why |= dict.fromkeys(table.statuses, hidden)
    if "dont_know" in table.statuses:
        asked = table.n + table.statuses["dont_know"]
        # That many do not know says nothing of what the few others answered; that nearly all do
        # not is what each of them answered.
        told = np.stack([table.n, table.statuses["dont_know"]], axis=-1)
        alike = nearly_all(told, apart) & (table.n < k)
        open_rows = table.everybody & (asked >= k) & ~alike
        why["dont_know"] = np.where(open_rows, -1, hidden).astype(np.int8)
    if table.steps.shape[1]:
        # Of a group, the word would tell more than its medians do.
        words = np.where(table.whole, medians, counts)
        why |= {"low": medians, "high": medians, "reading": words}
    return why


def _beside(
    frame: nw.DataFrame[Any],
    figures: dict[str, NDArray[Any]],
    hidden: dict[str, NDArray[np.bool_]],
    told: dict[str, NDArray[Any]],
) -> Any:
    """Return the frame with its figures, null where hidden, and what is told of each row.

    Nothing is left under a null.
    """
    if frame.implementation.is_pandas():
        native: pd.DataFrame = frame.to_native()
        arrays = {name: _nullable(values, hidden[name]) for name, values in figures.items()}
        return native.assign(**arrays, **told)
    new_series = partial(nw.new_series, backend=frame.implementation)
    columns: list[Any] = [new_series(name, column.tolist()) for name, column in told.items()]
    for name, values in figures.items():
        bare = values.tolist() if values.dtype.kind == "U" else values
        open_rows = new_series("shown", ~hidden[name])
        columns.append(nw.when(open_rows).then(new_series(name, bare)).alias(name))
    return frame.with_columns(*columns).to_native()


def _nullable(values: NDArray[Any], hidden: NDArray[np.bool_]) -> Any:
    if values.dtype.kind == "U":
        words = values.astype(object)
        words[hidden] = None
        return words
    return pd.arrays.IntegerArray(np.where(hidden, 0, values), hidden)
