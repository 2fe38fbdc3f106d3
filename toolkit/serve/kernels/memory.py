"""Lay out memory so that kernels share most of it with the nursery.

Processes share a page of memory (4 kB) from a fork on until one of them writes to it; and to use
an object is to write to it, as CPython counts who does. So what counts is on how many pages the
objects that each kernel uses are scattered; and, where CPython can, that it counts no more.

Of the 30 MB that a rating page took, filling the gaps saves 5, gathering names 3, and what CPython
3.12 and later allow, 9 more.
"""

import ctypes
import gc
import sys
import sysconfig
from collections.abc import Iterable
from itertools import repeat
from types import CodeType

__all__ = ["fill_gaps", "gather_names", "give_back", "number_types", "stop_counting"]

#: CPython's own allocator: objects up to this size, in steps, in pools that hold one size each.
_LARGEST, _STEP, _POOL = 512, 16, 16384
#: How often a third of a pool is filled before it is left at that.
_MOST = 400
#: The sizes with which gaps of the C library's memory are filled, until the last one fits none.
_BLOCKS = (*(int(100_000 * 0.9**n) for n in range(38)), *range(1_824, 16, -16))
#: A count of users that CPython leaves alone, since 3.12 (PEP 683: immortal objects).
_FOR_GOOD = 0xFFFFFFFF

_fillers: list[list[object]] = []


def fill_gaps() -> None:
    """Fill the gaps between the nursery's objects, and keep them filled.

    Or each kernel would put its own objects there, one on a page here, one on a page there.
    """
    _fill_pools()
    _fill_heap()


def number_types() -> None:
    """Let each class have the number now by which the interpreter knows what it looked up there."""
    for kind in _types():
        type.__getattribute__(kind, "mro")  # any name that it might hold itself


def _fill_pools() -> None:
    for size in range(_STEP, _LARGEST + 1, _STEP):
        count = _POOL // size // 3
        for _ in repeat(None, _MOST):
            block = _objects(size, count)
            _fillers.append(block)
            if id(block[-1]) - id(block[0]) == size * (count - 1):
                break  # side by side: a pool that was empty


def _fill_heap() -> None:
    """Fill the gaps between larger objects, which the C library keeps."""
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):  # GNU's, since 2.33
        return
    library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    library.mallinfo2.restype = _Memory
    before = library.mallinfo2()
    for size in _BLOCKS:
        while True:
            block = library.malloc(size)
            after = library.mallinfo2()
            if (after.top, after.whole) != (before.top, before.whole):
                # It was cut from the end of the heap: no gap is left that holds as much.
                library.free(ctypes.c_void_p(block))
                break
        before = library.mallinfo2()


class _Memory(ctypes.Structure):
    """What `mallinfo2` tells: all of the heap, and how much of its end was never used."""

    _fields_ = (
        ("whole", ctypes.c_size_t),
        ("_others", ctypes.c_size_t * 8),
        ("top", ctypes.c_size_t),
    )


def gather_names() -> None:
    """Put all modules' names side by side: IPython goes through them in each kernel."""
    modules = [(name.encode().decode(), module) for name, module in sys.modules.items()]
    sys.modules.clear()
    sys.modules.update(modules)


def stop_counting() -> None:
    """Let nobody count any more who uses the nursery's objects: they stay until the end anyway."""
    if not _leaves_alone():
        return
    todo = [*gc.get_objects(), *_unseen(_types())]
    while todo:
        fresh = [thing for thing in todo if _users(thing).value != _FOR_GOOD]
        for thing in fresh:
            _users(thing).value = _FOR_GOOD
        code = (thing for thing in fresh if type(thing) is CodeType)
        todo = [*gc.get_referents(*fresh), *_constants(code)]


def give_back() -> None:
    """Return to the system what was used on the way here, which it would count as ours for good."""
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):  # GNU's
        library.malloc_trim(0)


def _types() -> set[type]:
    found: set[type] = set()
    todo: list[type] = [object]
    while todo:
        kind = todo.pop()
        if kind not in found:
            found.add(kind)
            todo += type.__subclasses__(kind)
    return found


def _unseen(kinds: Iterable[type]) -> list[object]:
    """Return what classes hold: of those written in C, the collector does not know it."""
    return [part for kind in kinds for part in (kind.__mro__, *gc.get_referents(vars(kind)))]


def _constants(codes: Iterable[CodeType]) -> list[object]:
    """Return what code holds, which the collector does not know either."""
    found: list[object] = []
    for code in codes:
        found += code.co_consts, code.co_names, code.co_filename, code.co_name, code.co_qualname
        found += code.co_linetable, code.co_exceptiontable
        found += (*code.co_varnames, *code.co_freevars, *code.co_cellvars)
    return found


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
