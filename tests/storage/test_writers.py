"""Many people at once, and power that fails: what was acknowledged is there."""

import subprocess
import sys

from tests.running import PATIENCE
from toolkit.storage import Store

WRITER = """
import sys
from pathlib import Path
from toolkit.ratings import Rating
from toolkit.storage import Store

file, rater, count = sys.argv[1:]
store = Store.file(Path(file))
for i in range(int(count)):
    store.append([Rating(wave="r1", rater=rater, indicator=f"L{i}", instrument="i", version=1,
                         scale="s", value=1 + i % 5)])
    print(i, flush=True)
"""


def writer(file, rater, count):
    command = [sys.executable, "-c", WRITER, str(file), rater, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_six_writers_at_once_lose_nothing(tmp_path):
    file = tmp_path / "ratings.db"
    Store.file(file, create=True).close()
    writers = [writer(file, f"p{i}", 20) for i in range(6)]
    for process in writers:
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said
    kept = {(r.rater, r.indicator) for r in Store.file(file).history()}
    assert kept == {(f"p{i}", f"L{j}") for i in range(6) for j in range(20)}


def test_a_killed_writer_loses_no_answer_that_was_acknowledged(tmp_path):
    file = tmp_path / "ratings.db"
    Store.file(file, create=True).close()
    for kill in range(5):
        with writer(file, f"p{kill}", 100_000) as process:
            heard = [process.stdout.readline() for _ in range(10 + 7 * kill)]
            process.kill()
            heard += process.stdout.readlines()
        acknowledged = {f"L{int(line)}" for line in heard if line.endswith("\n")}
        kept = {r.indicator for r in Store.file(file).answers(rater=f"p{kill}")}
        assert len(acknowledged) >= 10
        assert acknowledged <= kept
        assert len(kept - acknowledged) <= 1
