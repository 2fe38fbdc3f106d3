"""People who answer without a browser: the same messages over the same websocket, from a script.

Sixty Chromium pages would measure Chromium on one machine. A rater here loads the page, opens the
kernel's channel, asks for the widgets' states as the browser's widget manager does, and answers
with the message that `toolkit/widgets/outbox.js` sends. It fetches no scripts or styles, which
favours the side with more of them.
"""

import asyncio
import json
import re
import time
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin
from uuid import uuid4

import httpx
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

__all__ = ["Rater", "Tap"]

_PROTOCOL = "v1.kernel.websocket.jupyter.org"
_FORM = "toolkit.widgets.form.Form"
#: Where a page names its kernel: Voilà's own in its settings, ours in an element.
_KERNEL = re.compile(r"""<agir-kernel[^>]*data-id="([^"]+)"|"kernelId": ?"([^"]+)\"""")
#: The form of the question whether it is oneself who has begun.
_ASKED = re.compile(r'name="_xsrf" value="([^"]+)"[^<]*<input type="hidden" name="who" value="me"')
_DOOR = re.compile(r"""(?:href|action)=["']([^"']*/voila/render/[^"']*)""")
#: Seconds after which the server has not answered, and after which a message is sent again.
_PATIENCE, _AGAIN = 240, 2.5


@dataclass(frozen=True)
class Tap:
    """One answer: what was chosen, when, and the seconds until it was *saved* (None: never)."""

    indicator: str
    value: int
    at: float
    seconds: float | None


class Rater:
    """One person with an open page."""

    def __init__(self):
        self._session = uuid4().hex
        self._socket = None
        self._form = None
        self._replies = {}
        self._states = asyncio.Event()
        self._listening = None
        self.indicators = []

    async def arrive(self, link):
        """Open a link, and return once the form's questions are there."""
        await self._connect(*await self._load(link))
        self._listening = asyncio.create_task(self._listen())
        while not self.indicators:
            await self._ask()

    async def _load(self, link):
        """Load the page, through the home page if there is one; return the page and the cookies."""
        # Nothing is encrypted here: to read whom to trust would take longer than the page.
        client = httpx.AsyncClient(follow_redirects=True, timeout=_PATIENCE, verify=False)  # noqa: S501
        async with client:
            answer = await client.get(link)
            if asked := _ASKED.search(answer.text):  # these people agreed elsewhere
                answer = await client.post(link, data={"who": "me", "_xsrf": asked[1]})
            if not _KERNEL.search(answer.text) and (door := _DOOR.search(answer.text)):
                answer = await client.get(urljoin(str(answer.url), unescape(door[1])))
            if not _KERNEL.search(answer.text):
                raise RuntimeError(f"no page was served: {answer.status_code} {answer.url.path}")
            cookies = "; ".join(f"{c.name}={c.value}" for c in client.cookies.jar)
        return answer, cookies

    async def _connect(self, page, cookies):
        kernel = next(filter(None, _KERNEL.search(page.text).groups()))
        host = page.url.netloc.decode()
        request = HTTPRequest(
            f"ws://{host}/api/kernels/{kernel}/channels?session_id={self._session}",
            headers={"Cookie": cookies, "Origin": f"http://{host}"},
            connect_timeout=_PATIENCE,
            request_timeout=_PATIENCE,
        )
        # Voilà's bundle asks for the binary protocol, our own page's script does not.
        protocols = [] if "agir-kernel" in page.text else [_PROTOCOL]
        self._socket = await websocket_connect(
            request, subprotocols=protocols, max_message_size=2**27
        )

    async def _ask(self):
        comm = uuid4().hex
        self._states.clear()
        opening = {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}
        await self._send("comm_open", opening, {"version": "1.0.0"})
        await self._send("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
        try:
            await asyncio.wait_for(self._states.wait(), 10)
        finally:
            await self._send("comm_close", {"comm_id": comm, "data": {}})
        if not self.indicators:
            await asyncio.sleep(0.25)

    async def _send(self, kind, content, metadata=None):
        message = {
            "header": {
                "msg_id": uuid4().hex,
                "msg_type": kind,
                "session": self._session,
                "username": "",
                "version": "5.3",
                "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            },
            "parent_header": {},
            "metadata": metadata or {},
            "content": content,
            "buffers": [],
        }
        if self._socket.selected_subprotocol == _PROTOCOL:
            packed = serialize_msg_to_ws_v1(message, "shell", pack=_pack)
            await self._socket.write_message(packed, binary=True)
        else:
            await self._socket.write_message(json.dumps({**message, "channel": "shell"}))

    async def _listen(self):
        while (raw := await self._socket.read_message()) is not None:
            if isinstance(raw, bytes):
                _, (header, _, _, content, *_) = deserialize_msg_from_ws_v1(raw)
                kind = json.loads(header)["msg_type"]
                content = json.loads(content) if kind.startswith("comm") else {}
            else:
                message = json.loads(raw)
                kind, content = message["header"]["msg_type"], message["content"]
            if kind == "comm_msg":
                self._hear(content["comm_id"], content["data"])

    def _hear(self, comm, data):
        method = data.get("method")
        if method == "update_states":
            for model, found in data["states"].items():
                state = found["state"]
                if state.get("_anywidget_id") == _FORM and state["state"].get("questions"):
                    self._form = model
                    self.indicators = [line["code"] for line in state["state"]["questions"]]
            self._states.set()
        elif method == "custom" and comm == self._form:
            reply = data["content"]
            waiting = self._replies.get((reply.get("slot"), reply.get("sequence")))
            if waiting and not waiting.done() and not reply.get("received"):
                waiting.set_result(reply)

    @property
    def listening(self):
        """What ends when the page's socket does."""
        return self._listening

    async def tap(self, indicator, value, **more):
        """Choose a step, and return how long it took until the page would say that it is saved."""
        slot, sequence = f"{indicator}/current", int(time.time() * 1000) % 1_000_000_000
        data = {"indicator": indicator, "aspect": "current", "value": value, "status": None, **more}
        item = {"sequence": sequence, "slot": slot, "kind": "answer", "data": data}
        waiting = self._replies[slot, sequence] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        for tries in range(1, 6):  # as the page's outbox does: again, and each time later
            await self._send(
                "comm_msg", {"comm_id": self._form, "data": {"method": "custom", "content": item}}
            )
            try:
                reply = await asyncio.wait_for(asyncio.shield(waiting), _AGAIN * tries)
            except TimeoutError:
                continue
            if reply.get("ok"):
                return Tap(indicator, value, time.time(), time.perf_counter() - began)
            waiting = self._replies[slot, sequence] = asyncio.get_running_loop().create_future()
        return Tap(indicator, value, time.time(), None)

    async def taps(self, seconds, every, late=0.0):
        """Tap a step every so often, each time another one than stood there; return all taps."""
        await asyncio.sleep(late)
        end, found, turn = time.perf_counter() + seconds, [], 0
        while (began := time.perf_counter()) < end:
            indicator = self.indicators[turn % len(self.indicators)]
            found.append(await self.tap(indicator, turn // len(self.indicators) % 5 + 1))
            turn += 1
            await asyncio.sleep(max(0, every - (time.perf_counter() - began)))
        return found

    async def leave(self):
        """Close the page's socket."""
        if self._socket:
            self._socket.close()
        if self._listening:
            await asyncio.wait([self._listening], timeout=5)


def _pack(part):
    return json.dumps(part).encode()
