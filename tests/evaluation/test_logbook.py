"""What is written down of faults and refusals: little, readable, and for the owner alone."""

import logging
import stat
import subprocess
import sys

import pytest

from toolkit.evaluation.logbook import _KINDS, _MOST, Ration, logbook


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def written(clock):
    """Return a way to write, and the lines that came through."""
    log, lines = logging.getLogger(f"trial.{id(clock)}"), []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    handler.addFilter(Ration(clock))
    log.addHandler(handler)
    return log, lines


def test_a_kind_of_line_is_written_once_a_minute_and_then_counted(written, clock):
    log, lines = written
    for _ in range(1000):
        log.warning("refused %s, from %s", "a page", "x", extra={"kind": "page"})
    log.warning("another")
    assert lines == ["refused a page, from x", "another"]
    clock.now = 60
    log.warning("refused %s, from %s", "a page", "y", extra={"kind": "page"})
    assert lines[2] == "refused a page, from y (and 999 like it before)"


def test_the_same_failure_is_one_kind_whatever_it_says(written):
    log, lines = written
    for value in range(50):
        try:
            int(f"x{value}")
        except ValueError:
            log.exception("a page failed")
    assert len(lines) == 1


def test_no_more_kinds_than_a_hundred_are_written_in_a_minute(written, clock):
    log, lines = written
    for number in range(3 * _KINDS):
        log.warning("line %s", number)
    assert len(lines) == _KINDS
    clock.now = 61
    log.warning("a new line")
    assert lines[-1] == "a new line"


def test_the_file_is_its_owners_and_stays_small(tmp_path):
    file = tmp_path / "agir.log"
    log = logbook(file)
    try:
        for number in range(40):
            log.warning("%s", f"{number}" + "x" * (_MOST // 4))
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        files = sorted(path.name for path in tmp_path.iterdir())
        assert files == ["agir.log", "agir.log.1", "agir.log.2", "agir.log.3"]
        assert all(path.stat().st_size <= _MOST for path in tmp_path.iterdir())
    finally:
        for handler in log.handlers:
            handler.close()


def test_whoever_else_writes_follows_to_the_new_file(tmp_path):
    file = tmp_path / "agir.log"
    log = logbook(file)
    log.warning("before")
    code = (
        "import sys, pathlib; from toolkit.evaluation.logbook import logbook;"
        "log = logbook(pathlib.Path(sys.argv[1])); log.handlers[0].doRollover(); log.warning('new')"
    )
    subprocess.run([sys.executable, "-c", code, str(file)], check=True)
    log.warning("after")
    for handler in log.handlers:
        handler.close()
    lines = [line.split()[-1] for line in file.read_text(encoding="utf-8").splitlines()]
    assert lines == ["new", "after"]


def test_a_log_that_cannot_be_opened_is_left_out(tmp_path):
    (tmp_path / "agir.log").mkdir()
    logbook(tmp_path / "agir.log").warning("x")
