"""`agir`, whose limits go by a clock that stands still while the file of `AGIR_TEST_CLOCK` says so.

AGIR_TEST_CLOCK=clock python -m tests.serve.held serve folder
"""

import os
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path

CLOCK = "AGIR_TEST_CLOCK"


def seconds():
    """Return what the file says; without one, what every clock does."""
    try:
        return float(Path(os.environ[CLOCK]).read_text())
    except FileNotFoundError:
        return time.monotonic()


@contextmanager
def holding(file):
    """Hold a server's clock; `go_on(seconds)` moves it."""
    now = time.monotonic()  # one for all processes of a machine

    def go_on(more):
        nonlocal now
        now += more
        new = file.with_suffix(".new")
        new.write_text(str(now))
        new.replace(file)

    go_on(0)
    try:
        yield go_on
    finally:
        file.unlink()


if __name__ == "__main__":
    from toolkit.__main__ import main
    from toolkit.serve import opening

    opening.serve = partial(opening.serve, clock=seconds)
    main()
