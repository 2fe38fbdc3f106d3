"""How long a kernel takes from the request for it until the page's imports are done."""

import time
from uuid import uuid4

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.paths import jupyter_path

from toolkit.shipped import shipped

__all__ = ["imports"]

_IMPORTS = "from toolkit import Evaluation, RatingPage"
#: The kernel of each side, and how its server talks with it.
_KERNELS = {"stock": ("python3", "tcp"), "agir": ("agir", "ipc")}


async def imports(session):
    """Measure both kernels in turn, after one of each that is not counted."""
    for side in session.sides:
        if session.missing("imports", side):
            await _once(session, side)
    for side in session.turns("imports"):
        session.record.add(side, imports=await _once(session, side))


async def _once(session, side):
    name, transport = _KERNELS[side]
    own = shipped("templates") / "kernels"
    manager = AsyncKernelManager(
        kernel_name=name,
        transport=transport,
        connection_file=str(session.place / f"{uuid4().hex[:8]}.json"),
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(own), *jupyter_path("kernels")]),
    )
    with (session.place / "kernels.txt").open("a") as log:
        # A kernel that is to have streams of its own is not one of the nursery's.
        streams = {"stdout": log, "stderr": log} if side == "stock" else {}
        start = time.perf_counter()
        await manager.start_kernel(cwd=str(session.place), **streams)
    client = manager.client()
    try:
        client.start_channels(stdin=False, control=False, hb=False)
        reply = await client.execute(_IMPORTS, store_history=False, reply=True, timeout=60)
        seconds = time.perf_counter() - start
        if reply["content"]["status"] != "ok":
            raise RuntimeError(reply["content"].get("evalue", "the imports failed"))
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
    return seconds
