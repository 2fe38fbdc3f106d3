"""Run a notebook's cells in a kernel, and hand over what each one shows as it comes."""

from collections.abc import AsyncIterator
from queue import Empty
from typing import Any, Self

from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg

__all__ = ["KernelEndedError", "Runner"]

#: Seconds of silence after which it is asked whether the kernel still lives.
_SILENCE = 1.0
#: Seconds that the first message on a new channel may take before it is asked for.
_DEAF = 0.2

_SHOWN = ("display_data", "execute_result", "error")


class KernelEndedError(Exception):
    """The kernel ended before it had answered."""


class Runner:
    """Run code in one kernel; use it as `async with Runner(kernel) as runner`."""

    def __init__(self, kernel: AsyncKernelManager) -> None:
        self._kernel = kernel
        self._client = kernel.client()

    async def __aenter__(self) -> Self:
        """Wait until what the kernel says arrives here."""
        self._client.start_channels(stdin=False, hb=False, control=False)
        try:
            # ipykernel 7 greets whoever listens; another kernel is asked for a sign of life.
            while not await self._heard(self._client.get_iopub_msg, _DEAF):
                self._client.kernel_info()
        except BaseException:
            self._client.stop_channels()  # or their sockets would stay open
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the channels; the kernel stays."""
        self._client.stop_channels()

    async def run(self, source: str) -> list[NotebookNode]:
        """Return what a cell shows, in the order of its output.

        Raises
        ------
        KernelEndedError
            The kernel died on the way.
        """
        return [output async for output in self._outputs(source)]

    async def _outputs(self, source: str) -> AsyncIterator[NotebookNode]:
        asked = self._client.execute(source, store_history=False, allow_stdin=False)
        while True:
            message = await self._heard(self._client.get_iopub_msg, _SILENCE)
            if message is None or message["parent_header"].get("msg_id") != asked:
                continue
            kind = message["header"]["msg_type"]
            if kind == "status" and message["content"]["execution_state"] == "idle":
                return
            if kind in _SHOWN:
                yield output_from_msg(message)

    async def _heard(self, ask: Any, seconds: float) -> dict[str, Any] | None:
        try:
            message: dict[str, Any] = await ask(timeout=seconds)
        except Empty:
            if not await self._kernel.is_alive():
                raise KernelEndedError from None
            return None
        return message
