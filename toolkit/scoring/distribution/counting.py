"""From ratings to the count of each step, on whatever engine holds them."""

from collections.abc import Iterator, Sequence
from typing import Any

import narwhals as nw
import pandas as pd

from toolkit.ratings import STATUSES
from toolkit.scoring.distribution import codes

__all__ = ["distribution"]

#: What must be alike in answers that are counted together.
_ALIKE = ("scale", "mode", "steps")


def distribution(ratings: Any, by: Sequence[str], *, last: int = 0) -> Any:
    """Return how many answers stand on each step, one row for each combination of `by`.

    Raw counts: nothing is masked, so no viewer gets them before `protect`.

    Parameters
    ----------
    ratings
        One row an answer: the columns of `by`; `value` (1 to K, or null); and, where there are
        such columns, `status` (`dont_know`, `not_applicable`, `skipped`; null with a value),
        `scale`, `mode` and `steps` (K), each the same in all rows. A row with neither value nor
        status is counted nowhere. A pandas or Polars frame, a Polars LazyFrame, a DuckDB
        relation, a PySpark DataFrame: any frame that narwhals knows. The engine that holds the
        ratings counts them. Not a number is a missing value in pandas, and
        a fault elsewhere.
    by
        Columns that make a group, such as `["wave", "indicator", "aspect"]`. Null is a group of
        its own.
    last
        How many steps the scale has, where no row says it: without a column `steps`, or when
        nobody has answered yet.

    Returns
    -------
    frame
        The columns of `by`, then `step_1` to `step_K`, `n` (answers with a value), `dont_know`,
        `not_applicable` and `skipped`; whole numbers, never null; ordered by `by`, null first.
        A frame of pandas or Polars for ratings of the same, and of pandas for DuckDB and PySpark,
        since what is left is small. No ratings give no rows.

    Raises
    ------
    ValueError
        A column is missing, or `by` names none; the ratings mix scales, modes or numbers of
        steps; a value is not a whole step of the scale; a status is unknown, or stands beside a
        value; nothing says how many steps there are.

    Examples
    --------
    >>> said = pd.DataFrame({"indicator": ["CV1"] * 5, "value": [4, 4, 5, 4, 3]})
    >>> print(distribution(said, ["indicator"], last=5).iloc[:, :7].to_string(index=False))
    indicator  step_1  step_2  step_3  step_4  step_5  n
          CV1       0       0       1       3       1  5
    """
    keys = [by] if isinstance(by, str) else list(by)
    frame = _typed(nw.from_native(ratings).lazy(), keys)
    alike = [name for name in _ALIKE if name in frame.collect_schema()]
    first = next(_rows(frame.select(*alike, nw.lit(1).alias("_")).head(1)), None)
    last = _last(first, last)
    told = {name: first[name] for name in alike} if first else {}
    if frame.implementation.is_pandas():
        native = frame.collect().to_native()
        found, whole = codes.counted(native, keys, _steps(last))
        counted = nw.from_native(found, eager_only=True)
        whole = whole and not any(_strays(native[name], said) for name, said in told.items())
    else:
        counted, whole = _counted(frame, keys, told, last)
    if not whole:
        raise ValueError(_fault(frame, told, last))
    return _ordered(counted, keys, last)


def _strays(column: pd.Series, said: Any) -> bool:
    same = column.isna() if pd.isna(said) else column == said
    return not same.fillna(value=False).all()


def _counted(
    frame: nw.LazyFrame[Any], keys: list[str], told: dict[str, Any], last: int
) -> tuple[nw.DataFrame[Any], bool]:
    """Return people on each step and with each status, and whether every answer is sound."""
    marks = _each_step(last) | {word: nw.col("status") == word for word in STATUSES}
    # Marks first, then plain sums: the one shape that every engine groups fast.
    marked = frame.with_columns(test.cast(nw.Int32).alias(name) for name, test in marks.items())
    counted = _collected(marked.group_by(keys).agg(nw.col(*marks).sum()))
    # Over all rows at once, which costs next to nothing; for each group it would double the time.
    faults = {name: _differs(name, said).any() for name, said in told.items()}
    given = {"value": nw.col("value").count(), "status": nw.col("status").count()}
    checks = {"both": _both().any()} | faults
    asked = [test.alias(f"_{name}") for name, test in (checks | given).items()]
    found = next(_rows(frame.select(*asked)))
    placed = sum(int(counted[name].sum()) for name in _steps(last))
    known = sum(int(counted[word].sum()) for word in STATUSES)
    whole = (placed, known) == (found["_value"], found["_status"])
    return counted, whole and not any(found[f"_{name}"] for name in checks)


def _ordered(counted: nw.DataFrame[Any], keys: list[str], last: int) -> Any:
    columns = [*_steps(last), "n", *STATUSES]
    if counted.implementation.is_pandas():  # as below, in fewer of its calls
        native: pd.DataFrame = counted.to_native()
        native["n"] = native[_steps(last)].sum(axis=1)
        whole = native[[*keys, *columns]].astype(dict.fromkeys(columns, "int64"))
        return whole.sort_values(keys, na_position="first", ignore_index=True)
    n = nw.sum_horizontal(*_steps(last)) if last else nw.lit(0)
    figures = (nw.col(name).cast(nw.Int64) for name in columns)
    return counted.with_columns(n.alias("n")).select(*keys, *figures).sort(keys).to_native()


def _steps(last: int) -> list[str]:
    return [f"step_{step}" for step in range(1, last + 1)]


def _collected(frame: nw.LazyFrame[Any]) -> nw.DataFrame[Any]:
    """Return a frame in memory, in pandas where the engine has no frames of its own."""
    remote = frame.implementation.is_duckdb() or frame.implementation.is_spark_like()
    return frame.collect("pandas" if remote else None)


def _rows(frame: nw.LazyFrame[Any]) -> Iterator[dict[str, Any]]:
    return iter(_collected(frame).rows(named=True))


def _typed(frame: nw.LazyFrame[Any], keys: list[str]) -> nw.LazyFrame[Any]:
    """Return the ratings with numbers as values and words as statuses, even where all are null."""
    schema = frame.collect_schema()
    missing = [name for name in (*keys, "value") if name not in schema]
    if missing or not keys:
        named = ", ".join(missing)
        message = f"ratings: no column {named}" if missing else "by: at least one column is needed"
        raise ValueError(message)
    if "status" not in schema:
        frame = frame.with_columns(status=nw.lit(None, nw.String))
    elif schema["status"] == nw.Enum:  # Polars compares an Enum with its own words alone
        frame = frame.with_columns(nw.col("status").cast(nw.String))
    elif schema["status"] not in {nw.String, nw.Categorical, nw.Object}:
        frame = _void(frame, "status", nw.String(), "a status is one of " + ", ".join(STATUSES))
    if not schema["value"].is_numeric():
        frame = _void(frame, "value", nw.Float64(), "a value is a number, or null")
    return frame


def _void(
    frame: nw.LazyFrame[Any], name: str, kind: nw.dtypes.DType, rule: str
) -> nw.LazyFrame[Any]:
    """Give a column of nulls its type, which some engines cannot tell."""
    if _collected(frame.select(nw.col(name).count())).item():
        message = f"ratings: {rule}"
        raise ValueError(message)
    return frame.with_columns(nw.lit(None, kind).alias(name))


def _last(first: dict[str, Any] | None, last: int) -> int:
    """Return K, from the first row or from the caller."""
    if first is None:
        return last
    said = first.get("steps", last)
    if pd.isna(said) or said != int(said) or said < 2:  # noqa: PLR2004
        where = "ratings: steps" if "steps" in first else "last, without a column steps,"
        message = f"{where} must be a whole number, at least 2; it is {said}"
        raise ValueError(message)
    return int(said)


def _each_step(last: int) -> dict[str, nw.Expr]:
    return {f"step_{step}": nw.col("value") == step for step in range(1, last + 1)}


def _both() -> nw.Expr:
    return ~nw.col("value").is_null() & ~nw.col("status").is_null()


def _differs(name: str, said: Any) -> nw.Expr:
    """Return whether a row says other than the first one."""
    column = nw.col(name)
    return ~column.is_null() if pd.isna(said) else (column != said).fill_null(value=True)


def _fault(frame: nw.LazyFrame[Any], told: dict[str, Any], last: int) -> str:
    """Return which rule some row breaks."""
    value, status = nw.col("value"), nw.col("status")
    rules = [
        (_differs(name, said), name, f"never more than one {name}; here {said!r} and")
        for name, said in told.items()
    ]
    unknown = ~status.is_null() & ~nw.any_horizontal(
        *(status == word for word in STATUSES), ignore_nulls=True
    )
    off = ~value.is_null() & ~nw.any_horizontal(*_each_step(last).values(), ignore_nulls=True)
    rules += [
        (_both(), "status", "a row with a value has no status; one has"),
        (unknown, "status", f"a status is one of {', '.join(STATUSES)}; one is"),
        (off, "value", f"a value is a whole step of the scale, from 1 to {last}; one is"),
    ]
    found = (
        f"ratings: {message} {row[name]!r}"
        for rule, name, message in rules
        for row in _rows(frame.filter(rule).select(name).head(1))
    )
    return next(found)
