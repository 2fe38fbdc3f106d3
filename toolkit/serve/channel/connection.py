"""What a kernel may say to a browser: all that widgets say, and nothing for programmers."""

import json
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

__all__ = ["WidgetConnection"]

#: The code of a cell, what it prints, and where it failed: in a log, never on a phone.
_UNSAID = {"execute_input", "stream", "error"}


class WidgetConnection(ZMQChannelsWebsocketConnection):
    """Pass on what kernels say, but for what only programmers read."""

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Pass a message on to the browser, unless it is none for it."""
        _, parts = self.session.feed_identities(outgoing_msg)
        if json.loads(bytes(parts[1]))["msg_type"] not in _UNSAID:
            super().handle_outgoing_message(stream, outgoing_msg)
