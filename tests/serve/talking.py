"""A raw websocket to a kernel, that sends what no browser would."""

import asyncio
import json

from tests.running import PATIENCE

__all__ = ["Channel", "talk"]

#: The channels of the scene that is played.
_OPEN = []


def talk(scene):
    """Play a scene to its end, and leave no channel of it open."""

    async def whole():
        try:
            return await scene
        finally:
            while _OPEN:
                await _OPEN.pop().leave()

    return asyncio.run(whole())


class Channel:
    """A raw websocket to a kernel."""

    def __init__(self, socket, session):
        self.socket = socket
        self.session = session
        self.count = 0
        self.over = False
        _OPEN.append(self)

    async def send(self, kind, content, *, channel="shell", metadata=None, **more):
        self.count += 1
        header = {"msg_id": f"m{self.count}", "msg_type": kind, "session": self.session}
        header |= {"username": "", "version": "5.3", "date": "2026-01-01T00:00:00Z"}
        message = {"header": header, "parent_header": {}, "metadata": metadata or {}}
        message |= {"content": content, "channel": channel, "buffers": [], **more}
        await self.socket.write_message(json.dumps(message))
        return header["msg_id"]

    async def read(self):
        """Return the next frame; None if the channel closed."""
        frame = await asyncio.wait_for(self.socket.read_message(), PATIENCE)
        self.over = frame is None
        return frame

    async def heard(self, kind, of=None):
        """Return the next message of a kind, and of an asked one; None if the channel closed."""
        while True:
            frame = await self.read()
            if frame is None:
                return None
            message = json.loads(frame)
            right = message["header"]["msg_type"] == kind
            if right and of in {None, message["parent_header"].get("msg_id")}:
                return message

    async def alive(self):
        """Wait until the kernel has answered, and so has read all that was sent before."""
        asked = await self.send("kernel_info_request", {})
        return await self.heard("kernel_info_reply", asked) is not None

    async def models(self):
        """Return the state of every widget, by model."""
        opening = {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}}
        await self.send("comm_open", opening, metadata={"version": "1.0.0"})
        await self.send("comm_msg", {"comm_id": "c", "data": {"method": "request_states"}})
        while True:
            data = (await self.heard("comm_msg"))["content"]["data"]
            if data["method"] == "update_states":
                return {key: model["state"] for key, model in data["states"].items()}

    async def closed(self):
        """Return the code with which the server closes the channel."""
        while await self.read() is not None:
            pass
        return self.socket.close_code

    async def leave(self):
        """Close the channel, and wait until the server has too."""
        self.socket.close()
        if not self.over:
            await self.closed()
