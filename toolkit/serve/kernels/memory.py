"""Lay out memory so that kernels share most of it with the nursery.

Processes share a page of memory (4 kB) from a fork on until one of them writes to it; and to use
an object is to write to it, as CPython counts who does. So what counts is on how many pages the
objects that each kernel uses are scattered.
"""

import sys
from itertools import repeat

__all__ = ["fill_gaps", "gather_names"]

#: CPython's own allocator: objects up to this size, in steps, in pools that hold one size each.
_LARGEST, _STEP, _POOL = 512, 16, 16384
#: How often a third of a pool is filled before it is left at that.
_MOST = 400

_fillers: list[list[object]] = []


def fill_gaps() -> None:
    """Fill the gaps between the nursery's objects, and keep them filled.

    Or each kernel would put its own objects there, one on a page here, one on a page there:
    3 MB of a rating page's 27.
    """
    for size in range(_STEP, _LARGEST + 1, _STEP):
        count = _POOL // size // 3
        for _ in repeat(None, _MOST):
            block = _objects(size, count)
            _fillers.append(block)
            if id(block[-1]) - id(block[0]) == size * (count - 1):
                break  # side by side: a pool that was empty


def _objects(size: int, count: int) -> list[object]:
    # Nothing else may be made in the meantime, not even a number to count with.
    if size == _STEP:
        return [object() for _ in repeat(None, count)]
    if size == 2 * _STEP:
        return [complex(0) for _ in repeat(None, count)]
    return [bytes(size - sys.getsizeof(b"")) for _ in repeat(None, count)]


def gather_names() -> None:
    """Put all modules' names side by side: IPython goes through them in each kernel (3 MB)."""
    modules = [(name.encode().decode(), module) for name, module in sys.modules.items()]
    sys.modules.clear()
    sys.modules.update(modules)
