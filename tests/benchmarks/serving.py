"""How fast, light and safe a hall full of phones is served, beside stock Voilà.

    python tests/benchmarks/serving.py --runs 7              # everything in the table, see --plan
    python tests/benchmarks/serving.py --only first second   # some of it
    python tests/benchmarks/serving.py --results FILE        # kept there; a second call continues
    python tests/benchmarks/serving.py --others              # the same small page in other tools

Run by hand: pytest does not collect it, and no test asserts a time. Needs Linux (memory is read
from /proc) and Chromium (or CHROMIUM=/path/to/it). Both sides are measured in the same run, in
turn, each on its own copy of the sample evaluation with the same notebooks: *stock* is
`python -m voila FOLDER` with nothing set, *agir* is `agir serve FOLDER`. Medians are printed, and
ratios; a machine that does nothing else gives the better ones.

A form is *usable* when its first radio is enabled and a finger would hit it; the clock runs from
the press on the home page, where there is one, else from opening the link. Memory is the
proportional set size of all processes of a server together. In crowds, all but a few raters are
websocket clients that do what the page does but fetch no scripts, which favours stock. Bytes over
the wire are as sent, except that websocket messages are counted unpacked.
"""

import argparse
import asyncio
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from hall import crowds, kernels, memory, others, processes, visits
from hall.record import Record
from hall.report import ROWS, report
from hall.session import Session
from hall.sides import SIDES

#: What runs for each measure, and the seconds of one sample on both sides (of all, for `memory`
#: and `taps`, which take theirs in one sitting), on two cores.
PROCEDURES = {
    "first": (visits.visits, 9),
    "second": (visits.visits, 0),
    "imports": (kernels.imports, 2),
    "memory": (memory.memory, 15),
    "arrivals": (crowds.arrivals, 130),
    "crowd": (crowds.crowd, 160),
    "wire": (visits.wire, 9),
    "taps": (crowds.taps, 22),
    "dashboard": (visits.dashboard, 22),
}


async def measure(session, measures):
    """Run what the measures need, each once; one that fails does not stop the others."""
    for procedure in dict.fromkeys(PROCEDURES[name][0] for name in measures):
        start = time.monotonic()
        try:
            await procedure(session)
        except Exception as error:  # noqa: BLE001
            session.record.stop(f"{procedure.__name__} stopped: {error!r}")
        session.say(f"{procedure.__name__}: {time.monotonic() - start:.0f} s")


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7, help="samples of each measure")
    parser.add_argument("--only", nargs="+", choices=ROWS, default=list(ROWS))
    parser.add_argument("--sides", nargs="+", choices=SIDES, default=list(SIDES))
    parser.add_argument("--people", type=int, default=60, help="raters in a full hall")
    parser.add_argument("--results", type=Path, help="a file to keep samples in, and to continue")
    parser.add_argument("--plan", action="store_true", help="say how long it would take, and stop")
    parser.add_argument("--others", action="store_true", help="a small page in other tools")
    return parser.parse_args()


async def run(asked, record, place):
    """Measure until done or interrupted, and leave no process behind."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        session = Session(record, place, asked.runs, asked.people, tuple(asked.sides))
        await (others.others(session) if asked.others else measure(session, asked.only))
    finally:
        processes.end(processes.below(), patience=5)


def main():
    asked = arguments()
    minutes = asked.runs * sum(PROCEDURES[name][1] for name in asked.only) / 60
    what = ", ".join(asked.only)
    if asked.others:
        minutes, what = len(others.TOOLS) * (1.5 + asked.runs / 15), "the small page in other tools"
    print(f"{asked.runs} runs of {what}: about {minutes:.0f} minutes")
    if asked.plan:
        return
    path = asked.results or Path(tempfile.mkdtemp(prefix="agir-serving-")) / "results.json"
    print(f"samples are kept in {path}; with --results {path} a later run continues")
    record = Record(path)
    processes.adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="agir-hall-") as place:
        try:
            asyncio.run(run(asked, record, Path(place)))
        except (KeyboardInterrupt, asyncio.CancelledError):
            print("\ninterrupted: what was measured so far")
    if asked.others:
        others.table(record)
    else:
        report(record, asked.only, asked.people // 3, asked.people)


if __name__ == "__main__":
    main()
