"""What a kernel may say to a browser: all that widgets say, and nothing for programmers."""

import json
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

__all__ = ["WidgetConnection"]

#: The code of a cell, what it prints, and where it failed: in a log, never on a phone.
_UNSAID = {"execute_input", "stream", "error"}


class WidgetConnection(ZMQChannelsWebsocketConnection):
    """Pass on what kernels say, but for what only programmers read."""

    _counted = False

    def connect(self) -> Any:
        """Let messages through; from here on Jupyter counts this channel."""
        self._counted = True
        return super().connect()

    def disconnect(self) -> None:
        """Leave, and be counted down only if counted up.

        Jupyter counts down also for who left before the channel was open, and a second time for
        whose kernel died. A kernel with less than no channel would never be ended as idle.
        """
        if self._counted:
            self._counted = False
            super().disconnect()
            return
        for _ in range(2):  # two, since for the last one Jupyter would keep what the kernel says
            self.multi_kernel_manager.notify_connect(self.kernel_id)
        super().disconnect()
        self.multi_kernel_manager.notify_disconnect(self.kernel_id)

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Pass a message on to the browser, unless it is none for it."""
        _, parts = self.session.feed_identities(outgoing_msg)
        if json.loads(bytes(parts[1]))["msg_type"] not in _UNSAID:
            super().handle_outgoing_message(stream, outgoing_msg)
