"""Lay out memory so that kernels share most of it with the nursery.

Processes share a page of memory (4 kB) from a fork on until one of them writes to it; and to use
an object is to write to it, as CPython counts who does. So what counts is on how many pages the
objects that each kernel uses are scattered; and, where CPython can, that it counts no more.

Of a rating page's 30 MB each of the first two saves 3, and the last 8.
"""

import ctypes
import gc
import sys
import sysconfig
from itertools import repeat

__all__ = ["fill_gaps", "gather_names", "stop_counting"]

#: CPython's own allocator: objects up to this size, in steps, in pools that hold one size each.
_LARGEST, _STEP, _POOL = 512, 16, 16384
#: How often a third of a pool is filled before it is left at that.
_MOST = 400
#: A count of users that CPython leaves alone, since 3.12 (PEP 683: immortal objects).
_FOR_GOOD = 0xFFFFFFFF

_fillers: list[list[object]] = []


def fill_gaps() -> None:
    """Fill the gaps between the nursery's objects, and keep them filled.

    Or each kernel would put its own objects there, one on a page here, one on a page there.
    """
    for size in range(_STEP, _LARGEST + 1, _STEP):
        count = _POOL // size // 3
        for _ in repeat(None, _MOST):
            block = _objects(size, count)
            _fillers.append(block)
            if id(block[-1]) - id(block[0]) == size * (count - 1):
                break  # side by side: a pool that was empty


def gather_names() -> None:
    """Put all modules' names side by side: IPython goes through them in each kernel."""
    modules = [(name.encode().decode(), module) for name, module in sys.modules.items()]
    sys.modules.clear()
    sys.modules.update(modules)


def stop_counting() -> None:
    """Let nobody count any more who uses the nursery's objects: they stay until the end anyway."""
    if not _leaves_alone():
        return
    todo = gc.get_objects()
    while todo:
        fresh = [thing for thing in todo if _users(thing).value != _FOR_GOOD]
        for thing in fresh:
            _users(thing).value = _FOR_GOOD
        todo = gc.get_referents(*fresh)


def _leaves_alone() -> bool:
    """Return whether this interpreter is one of those that are known for it, and does so."""
    known = (3, 12) <= sys.version_info < (3, 15) and sys.implementation.name == "cpython"
    usual = sys.maxsize > 2**32 and sys.byteorder == "little"
    if not known or not usual or sysconfig.get_config_var("Py_GIL_DISABLED"):
        return False
    trial: list[object] = []
    _users(trial).value = _FOR_GOOD
    more = [trial, trial]
    kept = _users(trial).value == _FOR_GOOD
    del more
    return kept and _users(trial).value == _FOR_GOOD


def _users(thing: object) -> ctypes.c_uint32:
    return ctypes.c_uint32.from_address(id(thing))


def _objects(size: int, count: int) -> list[object]:
    # Nothing else may be made in the meantime, not even a number to count with.
    if size == _STEP:
        return [object() for _ in repeat(None, count)]
    if size == 2 * _STEP:
        return [complex(0) for _ in repeat(None, count)]
    return [bytes(size - sys.getsizeof(b"")) for _ in repeat(None, count)]
