"""How long the ratings of a region take to become profiles, beside what engines do bare.

    python tests/benchmarks/scoring.py                        # 10 million ratings, some minutes
    python tests/benchmarks/scoring.py --coalitions 50        # a tenth of it
    python tests/benchmarks/scoring.py --engines polars pandas

Run by hand: pytest does not collect it, and no test asserts a time. Needs Linux (peak memory is
read from /proc) and the extras `polars` and `duckdb`. Every side of a comparison runs in turn, in
one process, `--runs` times; medians are printed. Our side is the whole way: `distribution`,
`protect` (k = 5, counts from 8), `summary`.

The two sides to beat are (a) a bare Polars `group_by().len()` by the same three keys, the stricter
reading; by keys and value is printed beside it; and (b) plain pandas, `groupby().apply` of a
function for each group, on a part of the coalitions, scaled up: that leaves out what a grouping
of all rows costs more, so our ratio is too small rather than too large. Polars has its table in one
piece, in which (a) is several times faster than in the pieces that a file gives.

Peak memory: of a process of its own for each engine, beyond what it held with its imports and
before the table, over the table's own size, so that the table itself counts as 1. DuckDB does not
tell a table's size: there it is what loading it took.
"""

import argparse
import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from toolkit.scoring.distribution import distribution, summary
from toolkit.scoring.suppression import protect

KEYS = ["coalition", "wave", "indicator"]
WAVES, RATERS, INDICATORS = 10, 40, 50
#: As many coalitions as groupby().apply gets through while one waits.
PART = 10


def table(coalitions, waves=WAVES, raters=RATERS, indicators=INDICATORS, *, seed=1):
    """Return ratings as a store keeps them: round after round, person after person."""
    chance = np.random.default_rng(seed)
    shape = (coalitions, waves, raters, indicators)
    coalition, wave, rater, indicator = (axis.ravel() for axis in np.indices(shape, np.uint32))
    rows = len(coalition)
    # Indicators differ in level, and people scatter around it.
    level = chance.uniform(1.5, 4.5, size=(coalitions, waves, 1, indicators))
    value = np.clip(np.rint(level + chance.normal(0, 1, size=shape)), 1, 5).astype(np.int64)
    unknown = chance.random(rows) < np.where(indicator % 10 == 0, 0.6, 0.06)
    names = {
        "coalition": [f"coalition-{code:03d}" for code in range(coalitions)],
        "wave": [f"{2020 + code // 2}-T{code % 2 + 1}" for code in range(waves)],
        "rater": [f"r{code:05d}" for code in range(coalitions * raters)],
        "group": ["parent", "funder", "partner"],
        "indicator": [f"CV{code}" for code in range(indicators)],
    }
    codes = (coalition, wave, coalition * raters + rater, rater % 3, indicator)
    same = {"aspect": "current", "scale": "rooted5", "mode": "individual", "steps": 5}
    answers = {"value": value.ravel(), "unknown": unknown}
    words = zip(names.items(), codes, strict=True)
    frame = pl.DataFrame({name: pl.Series(said).gather(code) for (name, said), code in words})
    frame = frame.with_columns(**{name: pl.Series(column) for name, column in answers.items()})
    return frame.with_columns(
        **{name: pl.lit(word) for name, word in same.items()},
        value=pl.when(~pl.col("unknown")).then("value"),
        status=pl.when("unknown").then(pl.lit("dont_know")),
    ).drop("unknown")


def profile(ratings, by=KEYS):
    """Return the masked figures of every line: what is measured."""
    counts = distribution(ratings, by)
    shown = protect(counts, k=5, k_distribution=8).table
    return summary(shown)


def load(engine, path):
    """Return the table of a file as an engine holds it."""
    if engine == "polars":
        return pl.read_parquet(path)
    if engine == "pandas":
        return pd.read_parquet(path).astype({"value": "Int64"})
    connection = duckdb.connect()
    connection.sql(f"create table ratings as select * from read_parquet('{path}')")  # noqa: S608
    return connection.table("ratings")


def bare(ratings):
    """Count rows by key: side (a)."""
    return ratings.group_by(KEYS).len()


def bare_with_value(ratings):
    """Count rows by key and answer: the other reading of side (a)."""
    return ratings.group_by([*KEYS, "value"]).len()


def plain(ratings):
    """Compute the same figures with groupby().apply, as one would at first: side (b)."""
    return ratings.groupby(KEYS).apply(_one_line)


def _one_line(rows):
    counts = rows["value"].value_counts().reindex(range(1, 6), fill_value=0)
    n = counts.sum()
    figures = dict.fromkeys(["low", "high", "top", "agreement"])
    if n >= 5:
        answers = np.sort(rows["value"].dropna().to_numpy(dtype=int))
        share = counts.to_numpy(dtype=float) / n
        position = np.arange(1, 6)
        mean = (share * position).sum()
        near = np.log2(1 - np.abs(position - mean) / 4, where=share > 0, out=np.zeros(5))
        figures["low"], figures["high"] = answers[(n - 1) // 2], answers[n // 2]
        figures["top"] = counts.iloc[-2:].sum() if n >= 8 else None
        figures["agreement"] = 1 + (share * near).sum() if n >= 8 else None
    unknown = (rows["status"] == "dont_know").sum()
    return pd.Series({"n": n if n >= 5 else None, "dont_know": unknown, **figures})


def race(sides, runs):
    """Return the median seconds of each side; they take turns, after one turn that is not timed."""
    seconds = {name: [] for name in sides}
    for turn in range(runs + 1):
        for name, run in sides.items():
            gc.collect()
            start = time.perf_counter()
            run()
            if turn:
                seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(found) for name, found in seconds.items()}


def status(field):
    """Return a size that Linux tells of this process, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


def peak(engine, path):
    """Return what one profile takes at most in a fresh process, and the table's size, in bytes."""
    profile(pd.DataFrame({**{key: ["a"] for key in KEYS}, "value": [1], "steps": [5]}))
    before = status("VmRSS")
    ratings = load(engine, path)
    held = status("VmRSS") - before
    size = held
    if engine == "polars":
        # estimated_size() leaves out the 16 bytes in which Polars holds each word, or points to it.
        words = ratings.select(pl.col(pl.String)).width
        size = 16 * len(ratings) * words + ratings.select(pl.exclude(pl.String)).estimated_size()
    elif engine == "pandas":
        size = int(ratings.memory_usage(deep=True).sum())
    Path("/proc/self/clear_refs").write_text("5")  # the peak so far, of reading the file, is past
    profile(ratings)
    return {"table": size, "held": held, "peak": status("VmHWM") - before}


def small(runs):
    """Return the seconds of one coalition's profile and of importing pandas, taken in turn."""
    ratings = table(1, waves=3).to_pandas().astype({"value": "Int64"})
    starts = {name: [sys.executable, "-c", f"{name}"] for name in ("", "import pandas")}
    sides = {
        "profile": lambda: profile(ratings),
        **{
            name: lambda line=line: subprocess.run(line, check=True)
            for name, line in starts.items()
        },
    }
    found = race(sides, max(runs, 9))
    return found["profile"], found["import pandas"] - found[""]


def told(name, seconds, ratio, reach=""):
    print(f"{name:<44}{seconds:>10.3f} s   {ratio:>9}   {reach}", flush=True)


def compare(path, engines, runs, coalitions):
    polars = load("polars", path).rechunk()
    held = {engine: polars if engine == "polars" else load(engine, path) for engine in engines}
    sides = {"a": lambda: bare(polars), "a, by value too": lambda: bare_with_value(polars)}
    sides |= {name: lambda ratings=ratings: profile(ratings) for name, ratings in held.items()}
    part = polars.filter(pl.col("coalition") < f"coalition-{PART:03d}")
    part = part.to_pandas().astype({"value": "Int64"})
    seconds = race(sides, runs)
    scale = coalitions / min(PART, coalitions)
    slow = race({"b": lambda: plain(part)}, max(1, runs // 2))["b"] * scale
    a = seconds.pop("a")
    told("(a) Polars group_by(keys).len()", a, "1.00 × a")
    told(
        "    Polars group_by(keys, value).len()",
        value := seconds.pop("a, by value too"),
        f"{value / a:.2f} × a",
    )
    told(f"(b) pandas groupby().apply, × {scale:g}", slow, f"{slow / a:.0f} × a")
    for name, found in seconds.items():
        reach = f"{found / a:.2f} × a, b / {slow / found:.0f}"
        told(f"profiles on {name}", found, reach)
    stages(held, runs)


def stages(held, runs):
    """Print where the time goes."""
    for name, ratings in held.items():
        counts = distribution(ratings, KEYS)
        shown = protect(counts).table
        steps = {
            "distribution": lambda ratings=ratings: distribution(ratings, KEYS),
            "protect": lambda counts=counts: protect(counts),
            "summary": lambda shown=shown: summary(shown),
        }
        found = race(steps, runs)
        told(
            "    of which on " + name,
            sum(found.values()),
            ", ".join(f"{k} {v:.3f}" for k, v in found.items()),
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--coalitions", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--engines", nargs="*", default=["polars", "duckdb", "pandas"])
    parser.add_argument("--peak", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.peak:
        print(json.dumps(peak(*asked.peak)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "ratings.parquet")
        table(asked.coalitions).write_parquet(path)
        rows = asked.coalitions * WAVES * RATERS * INDICATORS
        print(f"{rows:,} ratings; medians of {asked.runs} runs, in turn")
        compare(path, asked.engines, asked.runs, asked.coalitions)
        for engine in asked.engines:
            line = [sys.executable, __file__, "--peak", engine, path]
            found = json.loads(subprocess.run(line, check=True, capture_output=True).stdout)
            size, held, most = (found[name] / 1e9 for name in ("table", "held", "peak"))
            print(
                f"peak memory on {engine}: {most:.2f} GB, {most / size:.2f} × the table of "
                f"{size:.2f} GB (which took {held:.2f} GB)"
            )
    one, imported = small(asked.runs)
    told("one coalition, 40 × 50 × 3, pandas", one, f"1/{imported / one:.1f} of import pandas")
    told("import pandas, less starting Python", imported, "")


if __name__ == "__main__":
    main()
