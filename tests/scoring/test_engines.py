"""The same ratings give the same counts, whichever engine holds them."""

import os
import shutil
from collections import Counter

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.ratings import STATUSES
from toolkit.scoring.distribution import distribution

COLUMNS = ("wave", "group", "value", "status", "scale", "mode", "steps")
TYPES = "wave string, group string, value long, status string, scale string, mode string, steps int"
ENGINES = ("pandas", "pandas_floats", "polars", "polars_lazy", "duckdb", "pyspark")
FRAMES = {"polars": pl.DataFrame, "polars_lazy": pl.DataFrame}
FIGURES = [*(f"step_{step}" for step in range(1, 6)), "n", *STATUSES]


@pytest.fixture(scope="session")
def spark():
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        hint = "PySpark needs a Java runtime: apt-get install default-jre-headless"
        if os.environ.get("CI"):
            pytest.fail(hint)
        pytest.skip(hint)
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.adaptive.enabled": "false",
        "spark.driver.host": "localhost",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master("local[1]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture
def held(request):
    """Return what puts rows into an engine."""

    def put(engine, rows, schema=None):
        if engine == "pyspark":
            return request.getfixturevalue("spark").createDataFrame(rows, schema or TYPES)
        return in_memory(engine, rows)

    return put


def in_memory(engine, rows):
    if engine.startswith("pandas"):
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        # As pandas reads a file: a column of numbers with gaps becomes one of floats.
        kind = "float64" if engine == "pandas_floats" else "Int64"
        return frame.astype({"value": kind, "steps": "int64"})
    kinds = dict.fromkeys(COLUMNS, pl.String) | {"value": pl.Int64, "steps": pl.Int32}
    table = pl.DataFrame(rows, schema=kinds, orient="row")
    if engine == "duckdb":
        return duckdb.from_arrow(table.to_arrow())
    return table.lazy() if engine == "polars_lazy" else table


def row(wave, group, value=None, status=None, scale="rooted5", mode="individual", steps=5):
    return (wave, group, value, status, scale, mode, steps)


def plain(frame):
    """Return a frame's rows, whatever the kind of frame; a missing word is None."""
    rows = nw.from_native(frame, eager_only=True).rows()
    return [tuple(None if pd.isna(cell) else cell for cell in found) for found in rows]


ROWS = [
    row("2026-T2", "parent", 5),
    row("2026-T1", "parent", 1),
    row("2026-T1", "parent", 4),
    row("2026-T1", "école", 4),
    row("2026-T1", "zone", None, "dont_know"),
    row("2026-T1", None, 2),
    row("2026-T1", "parent", None, "not_applicable"),
    row("2026-T1", "parent", None, "skipped"),
    row("2026-T1", "parent"),
]
EXPECTED = [
    ("2026-T1", None, 0, 1, 0, 0, 0, 1, 0, 0, 0),
    ("2026-T1", "parent", 1, 0, 0, 1, 0, 2, 0, 1, 1),
    ("2026-T1", "zone", 0, 0, 0, 0, 0, 0, 1, 0, 0),
    ("2026-T1", "école", 0, 0, 0, 1, 0, 1, 0, 0, 0),
    ("2026-T2", "parent", 0, 0, 0, 0, 1, 1, 0, 0, 0),
]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_gives_the_same_rows_in_the_same_order(engine, held):
    found = distribution(held(engine, ROWS), ["wave", "group"])
    assert isinstance(found, FRAMES.get(engine, pd.DataFrame))
    assert list(found.columns) == ["wave", "group", *FIGURES]
    assert plain(found) == EXPECTED


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_counts_in_whole_numbers(engine, held):
    found = nw.from_native(distribution(held(engine, ROWS), ["wave"]))
    assert {found.schema[name] for name in FIGURES} == {nw.Int64}


@pytest.mark.parametrize("engine", ENGINES)
def test_no_engine_overflows_on_many_answers(engine, held):
    found = distribution(held(engine, [row("2026-T1", "parent", 4)] * 700), ["wave"])
    assert plain(found) == [("2026-T1", 0, 0, 0, 700, 0, 700, 0, 0, 0)]


@pytest.mark.parametrize("engine", ENGINES)
def test_where_nobody_could_answer_every_engine_counts_noughts(engine, held):
    found = distribution(held(engine, [row("2026-T1", "parent", None, "dont_know")]), ["wave"])
    assert plain(found) == [("2026-T1", 0, 0, 0, 0, 0, 0, 1, 0, 0)]


@pytest.mark.parametrize("engine", ENGINES)
def test_of_no_ratings_every_engine_gives_no_rows_and_all_columns(engine, held):
    found = distribution(held(engine, []), ["wave"], last=5)
    assert list(found.columns) == ["wave", *FIGURES]
    assert len(found) == 0


@pytest.mark.parametrize("engine", ENGINES[:-1])
@pytest.mark.parametrize(
    ("bad", "rule"),
    [
        (row("2026-T1", "parent", 3, scale="other"), "scale; here 'rooted5' and 'other'"),
        (row("2026-T1", "parent", 3, mode="consensus"), "mode; here 'individual' and 'consensus'"),
        (row("2026-T1", "parent", 3, steps=7), "steps; here 5 and 7"),
        (row("2026-T1", "parent", 3, mode=None), "mode; here 'individual' and"),
        (row("2026-T1", "parent", 6), r"from 1 to 5; one is 6"),
        (row("2026-T1", "parent", 0), r"from 1 to 5; one is 0"),
        (row("2026-T1", "parent", 3, "skipped"), "a row with a value has no status"),
        (row("2026-T1", "parent", None, "refused"), "a status is one of .*; one is 'refused'"),
    ],
)
def test_engines_in_memory_refuse_what_breaks_a_rule(engine, bad, rule, held):
    with pytest.raises(ValueError, match=f"^ratings: .*{rule}"):
        distribution(held(engine, [*ROWS, bad]), ["wave"])


@pytest.mark.parametrize(
    ("bad", "rule"),
    [
        (row("2026-T1", "parent", 3, scale="other"), "scale; here 'rooted5' and 'other'"),
        (row("2026-T1", "parent", None, "refused"), "a status is one of .*; one is 'refused'"),
    ],
)
def test_pyspark_refuses_it_too(bad, rule, held):
    with pytest.raises(ValueError, match=f"^ratings: .*{rule}"):
        distribution(held("pyspark", [*ROWS, bad]), ["wave"])


@pytest.mark.parametrize("value", [3.5, float("nan")])
@pytest.mark.parametrize("engine", ["polars", "duckdb", "pyspark"])
def test_a_step_is_whole_and_a_number(engine, value, request):
    table = pl.DataFrame({"wave": ["2026-T1"] * 3, "value": [4.0, None, value]})
    if engine == "duckdb":
        table = duckdb.from_arrow(table.to_arrow())
    elif engine == "pyspark":
        rows = [("2026-T1", 4.0), ("2026-T1", None), ("2026-T1", value)]
        session = request.getfixturevalue("spark")
        table = session.createDataFrame(rows, "wave string, value double")
    with pytest.raises(ValueError, match=f"a whole step of the scale, from 1 to 5; one is {value}"):
        distribution(table, ["wave"], last=5)


def test_columns_of_nothing_have_no_kind_and_are_counted_all_the_same():
    said = {"wave": ["2026-T1"], "value": [None], "status": ["skipped"]}
    polars, pandas = pl.DataFrame(said), pd.DataFrame(said)
    relation = duckdb.sql("select '2026-T1' as wave, 3 as value, null as status")
    for ratings, counted in ((polars, 0), (pandas, 0), (relation, 1)):
        found = distribution(ratings, ["wave"], last=5)
        assert plain(found) == [("2026-T1", 0, 0, counted, 0, 0, counted, 0, 0, 1 - counted)]


def test_words_held_as_categories_are_words():
    kept = [found for found in ROWS if found[1]]
    categories = ["wave", "group", "status", "scale", "mode"]
    pandas = in_memory("pandas", kept).astype(dict.fromkeys(categories, "category"))
    polars = in_memory("polars", kept).with_columns(
        pl.col("group", "scale", "mode").cast(pl.Categorical),
        pl.col("status").cast(pl.Enum(list(STATUSES))),
    )
    for ratings in (pandas, polars):
        found = distribution(ratings, ["wave", "group"])
        assert [tuple(map(str, line[:2])) + line[2:] for line in plain(found)] == EXPECTED[1:]


ANSWERS = st.one_of(
    st.tuples(st.integers(1, 5), st.none()), st.tuples(st.none(), st.sampled_from(STATUSES))
)
KEYS = st.tuples(st.sampled_from(["2026-T1", "2026-T2"]), st.sampled_from(["a", "b", None]))


@settings(max_examples=40)
@given(st.lists(st.tuples(KEYS, ANSWERS), min_size=1, max_size=40), st.randoms())
def test_engines_count_what_a_counter_counts_in_any_order(drawn, chance):
    rows = [row(*keys, *answer) for keys, answer in drawn]
    counts = Counter((keys, answer[0] or answer[1]) for keys, answer in drawn)
    expected = []
    for keys in sorted({keys for keys, _ in drawn}, key=lambda found: (found[0], found[1] or "")):
        steps = [counts[keys, step] for step in range(1, 6)]
        statuses = [counts[keys, status] for status in STATUSES]
        expected.append((*keys, *steps, sum(steps), *statuses))
    for engine in ENGINES[:-1]:
        chance.shuffle(rows)
        assert plain(distribution(in_memory(engine, rows), ["wave", "group"])) == expected
