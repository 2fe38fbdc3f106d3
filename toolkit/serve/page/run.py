"""Run a notebook's cells in a kernel, and hand over what each one shows."""

from collections.abc import Callable
from queue import Empty
from typing import Any, Self

from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode

from toolkit.serve.page.captured import Outputs, Shown

__all__ = ["KernelEndedError", "Runner"]

#: Seconds of silence after which it is asked whether the kernel still lives.
_SILENCE = 1.0
#: Seconds that the first message on a new channel may take before it is asked for.
_DEAF = 0.2

_SHOWS = {
    *("display_data", "execute_result", "error"),
    *("stream", "clear_output", "update_display_data"),
}


class KernelEndedError(Exception):
    """The kernel ended before it had answered."""


class Runner:
    """Run code in one kernel; use it as `async with Runner(kernel) as runner`.

    Parameters
    ----------
    kernel
        The kernel.
    made
        Called with the content of each `comm_open`, and whether it has binary parts.
    failed
        Given what an `error` says, returns what may be shown of it.
    printed
        Called with what is printed, but not to be read on the page.
    """

    def __init__(
        self,
        kernel: AsyncKernelManager,
        *,
        made: Callable[[dict[str, Any], bool], None] = lambda *_: None,
        failed: Callable[[dict[str, Any]], dict[str, Any]] = dict,
        printed: Callable[[dict[str, Any]], None] = lambda _: None,
    ) -> None:
        self._kernel = kernel
        self._client = kernel.client()
        self._made, self._failed, self._printed = made, failed, printed
        self._outputs = Outputs()

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
        shown = Shown()
        asked = self._client.execute(source, store_history=False, allow_stdin=False)
        while True:
            message = await self._heard(self._client.get_iopub_msg, _SILENCE)
            if message is None or message["parent_header"].get("msg_id") != asked:
                continue
            kind, content = message["header"]["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] == "idle":
                return shown.outputs
            if kind in _SHOWS:
                self._show(message, shown)
            elif kind == "comm_open":
                self._made(content, bool(message["buffers"]))
                self._outputs.opened(content)
            elif kind == "comm_msg":
                self._outputs.told(content)

    def _show(self, message: dict[str, Any], shown: Shown) -> None:
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "error":
            message["content"] = self._failed(content)
        elif kind == "stream" and content["name"] != "stdout":
            self._printed(content)
        captured = self._outputs.take(message)
        if captured is None:
            shown.take(message)
            return
        widget, outputs = captured
        told = {"method": "update", "state": {"outputs": outputs}, "buffer_paths": []}
        said = {"comm_id": widget, "data": told}
        self._client.shell_channel.send(self._client.session.msg("comm_msg", said))

    async def _heard(self, ask: Any, seconds: float) -> dict[str, Any] | None:
        try:
            message: dict[str, Any] = await ask(timeout=seconds)
        except Empty:
            if not await self._kernel.is_alive():
                raise KernelEndedError from None
            return None
        return message
