"""Become the parent of processes whose own parent died."""

import contextlib
import ctypes

__all__ = ["adopt"]

_PR_SET_CHILD_SUBREAPER = 36


def adopt() -> None:
    """Take in what descends from this process, so that its exit code is known and it is buried.

    Elsewhere than on Linux the system's first process does that, and the exit code is lost.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
