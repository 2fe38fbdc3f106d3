"""What a kernel may say to a browser: what widgets say, and what its own page asked it to show."""

import asyncio
import json
from typing import Any

from jupyter_client.session import DELIM
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

__all__ = ["WidgetConnection"]

#: The code of a cell, and a greeting.
_UNSAID = {"execute_input", "iopub_welcome"}
#: What a callback prints and where it fails: for an `Output` of the page that called it.
_OWN = {"stream", "error"}
#: Seconds after which a kernel that has said nothing is asked for a sign of life.
_SILENCE = 0.2
#: Characters that are held back; a page sends again what is not answered.
_MOST_HELD = 8_000_000
#: Parts of a message without binary ones: its signature, and four of JSON.
_PARTS = 5


class WidgetConnection(ZMQChannelsWebsocketConnection):
    """Pass on what kernels say, but for what only programmers read, which goes into the log.

    What a page says is held back until the kernel's answers arrive here. Jupyter asks the kernel
    about itself three times instead, and drops what is said meanwhile.
    """

    _counted = False

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self._held: list[str] | None = []
        self._new = False

    async def prepare(self) -> None:
        """Ask the kernel nothing: it has shown the page that connects now."""
        await self._register_session()
        self.session.key = self.kernel_manager.session.key

    def create_stream(self) -> None:
        """Open the two channels that pages use."""
        self._new = True
        for name in ("iopub", "shell"):
            connect = getattr(self.kernel_manager, f"connect_{name}")
            stream = self.channels[name] = connect(identity=self.session.bsession)
            stream.channel = name

    def connect(self) -> Any:
        """Let messages through; from here on Jupyter counts this channel."""
        self._counted = True
        return super().connect()

    def nudge(self) -> asyncio.Future[None]:
        """Pass on whatever comes from now on, at once."""
        if self._new:
            self._rouse(_SILENCE)
        else:  # the channels that this page had before: answers arrive there already
            self._release()
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    def _rouse(self, wait: float) -> None:
        """Have the kernel say something, unless it greets as ipykernel 7 does."""

        def ask() -> None:
            if self._held is not None and self._counted:
                self.session.send(self.channels["shell"], "kernel_info_request")
                self._rouse(2 * wait)  # it may be busy for long

        asyncio.get_running_loop().call_later(wait, ask)

    def disconnect(self) -> None:
        """Leave, and be counted down only if counted up.

        Jupyter counts down also for who left before the channel was open, and a second time for
        whose kernel died. A kernel with less than no channel would never be ended as idle.
        """
        if self._counted:
            self._release()  # a last tap is kept, if not answered
            self._counted = False
            super().disconnect()
            return
        for _ in range(2):  # two, since for the last one Jupyter would keep what the kernel says
            self.multi_kernel_manager.notify_connect(self.kernel_id)
        super().disconnect()
        self.multi_kernel_manager.notify_disconnect(self.kernel_id)

    def handle_incoming_message(self, incoming_msg: str) -> None:
        """Pass a message on to the kernel, or keep it until answers arrive."""
        if self._held is None:
            super().handle_incoming_message(incoming_msg)
        elif sum(map(len, self._held)) < _MOST_HELD:
            self._held.append(incoming_msg)

    def _release(self) -> None:
        held, self._held = self._held or (), None
        for message in held:
            super().handle_incoming_message(message)

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Pass a message on to the browser, unless it is none for it."""
        if self._held is not None and stream is self.channels.get("iopub"):
            self._release()
        _, parts = self.session.feed_identities(outgoing_msg)
        kind = json.loads(bytes(parts[1]))["msg_type"]
        if kind in _OWN:
            parts = self._own(kind, parts[1:5])
            if parts is None:
                return
            outgoing_msg = [DELIM, self.session.sign(parts), *parts]
        elif kind == "comm_open":
            self._needs.made(
                self.kernel_id, json.loads(bytes(parts[4])), binary=len(parts) > _PARTS
            )
        if kind not in _UNSAID:
            super().handle_outgoing_message(stream, outgoing_msg)

    @property
    def _needs(self) -> Any:
        return self.websocket_handler.settings["agir_needs"]

    def _own(self, kind: str, parts: list[Any]) -> list[bytes] | None:
        """Return the parts of what may be shown of a print or a failure; write the rest down."""
        header, parent, metadata, content = (json.loads(bytes(part)) for part in parts)
        failures = self._needs.failures.get(self.kernel_id)
        called = parent.get("msg_type") == "comm_msg"  # a cell's own are the page's to show
        if failures is None or not called:
            return None
        if kind == "error":
            content = failures.shown(content)
        elif content["name"] != "stdout":
            failures.printed(content)
            return None
        if parent.get("session") != self.session.session:
            return None
        return [json.dumps(part).encode() for part in (header, parent, metadata, content)]
