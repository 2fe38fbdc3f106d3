"""Masked tables that this process computed before, found again by all that they depend on."""

import pickle
from collections import OrderedDict
from collections.abc import Callable
from copy import deepcopy
from functools import wraps
from hashlib import sha256
from typing import ParamSpec, TypeVar

__all__ = ["memoized"]

P = ParamSpec("P")
R = TypeVar("R")

#: So many results are kept of one function: of each step of a release, and of two evaluations.
_KEPT = 16


def memoized(compute: Callable[P, R]) -> Callable[P, R]:
    """Return a function that computes once for the same arguments, compared by their content.

    `functools.lru_cache` for arguments that have no hash, as data frames. The arguments themselves
    are not kept, and each caller gets a result of their own.
    """
    kept: OrderedDict[bytes, R] = OrderedDict()

    @wraps(compute)
    def found(*args: P.args, **kwargs: P.kwargs) -> R:
        key = sha256(pickle.dumps((args, kwargs))).digest()
        if key not in kept:
            kept[key] = compute(*args, **kwargs)
        kept.move_to_end(key)
        while len(kept) > _KEPT:
            kept.popitem(last=False)
        return deepcopy(kept[key])

    return found
