"""Kernels that start at once: one process imports everything, then forks a kernel per page.

There are two such processes, since a phone that answers needs none of what draws figures: without
that, sixty take half as much of the machine.

For the server: name the kernelspec `KERNEL` when a kernel is started, and its `nursery` unless it
draws figures; `await warm()` beforehand, so that the first visitor does not wait; call `end()`
last. Nothing breaks without the latter two: the first kernel wakes its nursery, and nothing of it
outlives the server.

For JupyterLab users it is one more kernel in the list.
"""

import contextlib
from enum import StrEnum

__all__ = ["KERNEL", "Kind", "end", "warm"]

#: The name of the kernelspec, in `templates/kernels`.
KERNEL = "agir"


class Kind(StrEnum):
    """What a nursery has read for its kernels: the pages to answer on, or everything."""

    FORMS = "forms"
    FIGURES = "figures"


async def warm(kind: Kind = Kind.FIGURES) -> bool:
    """Wake a nursery, and return whether its kernels will serve; else ordinary ones do."""
    # Only a server needs these: this package is also the nursery's own.
    from toolkit.serve.kernels.parent import NURSERIES, NoNurseryError  # noqa: PLC0415

    with contextlib.suppress(NoNurseryError):
        await NURSERIES[kind].warm()
        return True
    return False


def end() -> None:
    """End the nurseries, and with them every kernel that still runs."""
    from toolkit.serve.kernels.parent import NURSERIES  # noqa: PLC0415

    for wait in [nursery.leave() for nursery in NURSERIES.values()]:
        wait()
