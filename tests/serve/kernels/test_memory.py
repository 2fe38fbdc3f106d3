"""What the nursery shares stays shared: each trial is a process of its own, as it is for good."""

import subprocess
import sys

import pytest


def tried(program):
    """Return what a program prints in a fresh interpreter."""
    told = [sys.executable, "-c", "from toolkit.serve.kernels import memory\n" + program]
    return subprocess.run(told, check=True, capture_output=True, text=True).stdout.split()


@pytest.mark.skipif(sys.version_info < (3, 12), reason="CPython counts everything before 3.12")
@pytest.mark.parametrize(
    "thing",
    [
        "f.__code__.co_consts[1]",  # a constant, which the collector does not see
        "f.__code__.co_linetable",
        "f",
        "vars(type(xml.parsers.expat.ParserCreate()))['Parse']",  # of a class written in C
        "json.JSONEncoder.__mro__",
    ],
)
def test_nobody_counts_who_uses_what_was_there_before(thing):
    counts = tried(f"""
import json, sys, xml.parsers.expat
def f(): return ("a tuple", 2.5)
thing = {thing}
memory.stop_counting()
before = sys.getrefcount(thing)
held = [thing, thing]
print(before, sys.getrefcount(thing))
fresh = object()
before = sys.getrefcount(fresh)
held += [fresh, fresh]
print(sys.getrefcount(fresh) - before)
""")
    assert counts[0] == counts[1]
    assert counts[2] == "2"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="CPython can since 3.12")
def test_an_interpreter_that_counts_everything_is_left_alone():
    assert tried("import sys\nx=object()\nmemory.stop_counting()\nprint(sys.getrefcount(x))") == [
        "2"
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="a gap is known from GNU's C library")
def test_new_objects_do_not_land_between_old_ones():
    made = """
def landed():  # how many of the pages on which `kept` lies are written to by what is made next
    made = [bytes(2_000) for _ in range(500)] + [bytes(100) for _ in range(500)]
    return len({id(thing) // 4096 for thing in made} & old)
"""
    gaps = """
kept = [[bytes(2_000), bytes(100)] for _ in range(4_000)]
for pair in kept[::2]: pair.clear()
old = {id(thing) // 4096 for pair in kept for thing in pair}
"""
    assert int(tried(gaps + made + "print(landed())")[0]) > 100
    assert int(tried(gaps + made + "memory.fill_gaps()\nprint(landed())")[0]) < 10
