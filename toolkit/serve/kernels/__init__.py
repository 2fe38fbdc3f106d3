"""Kernels that start at once: one process imports everything, then forks a kernel per page.

For the server: name the kernelspec `KERNEL` when a kernel is started; `await warm()` beforehand, so
that the first visitor does not wait; call `end()` last. Nothing breaks without the latter two: the
first kernel wakes the nursery, and nothing of it outlives the server.

For JupyterLab users it is one more kernel in the list.
"""

import contextlib

__all__ = ["KERNEL", "end", "warm"]

#: The name of the kernelspec, in `templates/kernels`.
KERNEL = "agir"


async def warm() -> bool:
    """Wake the nursery, and return whether its kernels will serve; else ordinary ones do."""
    # Only a server needs these: this package is also the nursery's own.
    from toolkit.serve.kernels.parent import NURSERY, NoNurseryError  # noqa: PLC0415

    with contextlib.suppress(NoNurseryError):
        await NURSERY.warm()
        return True
    return False


def end() -> None:
    """End the nursery, and with it every kernel that still runs."""
    from toolkit.serve.kernels.parent import NURSERY  # noqa: PLC0415

    NURSERY.end()
