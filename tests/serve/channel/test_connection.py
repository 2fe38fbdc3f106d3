"""What a kernel says for programmers stays between it and the server."""

import asyncio
import json
import socket
import tempfile
from contextlib import asynccontextmanager
from types import SimpleNamespace

from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from traitlets.config import Config

from tests.running import PATIENCE, eventually
from tests.serve.talking import talk
from toolkit import Evaluation
from toolkit.serve.channel.connection import WidgetConnection
from toolkit.serve.kernels.register import Register
from toolkit.serve.page.needs import Needs


def rater(place):
    evaluation = Evaluation.open(place)
    return evaluation.invite(evaluation.open_wave.code, 1)[0]


def test_what_a_kernel_prints_never_reaches_a_browser(client, place):
    # A message to no widget makes the kernel complain on its standard error.
    async def scene():
        browser = client(rater(place))
        channel = await browser.channel(browser.kernel())
        await channel.send("comm_msg", {"comm_id": "nobody", "data": {"method": "custom"}})
        kinds = set()
        for _ in range(3):  # what it prints comes a moment later, on a channel of its own
            asked = await channel.send("kernel_info_request", {})
            while True:
                frame = json.loads(await channel.read())
                kinds.add(frame["header"]["msg_type"])
                if frame["parent_header"].get("msg_id") == asked and "reply" in str(
                    frame["header"]["msg_type"]
                ):
                    break
            await asyncio.sleep(0.5)
        return kinds

    kinds = talk(scene())
    assert "status" in kinds
    assert not kinds & {"stream", "error", "execute_input"}


def test_who_leaves_before_the_channel_is_open_is_not_counted(client, place):
    # A kernel with less than no channel would count as looked at, and never be ended as idle.
    browser = client(rater(place))
    kernel = browser.kernel()
    asked = {
        "Host": browser.host,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        "Origin": f"http://{browser.host}",
        **browser.headers,
    }
    lines = [f"GET /api/kernels/{kernel}/channels?session_id=gone HTTP/1.1"]
    lines += [f"{name}: {text}" for name, text in asked.items()]
    host, port = browser.host.split(":")
    for _ in range(12):
        with socket.create_connection((host, int(port))) as line:
            line.sendall("\r\n".join([*lines, "", ""]).encode())

    async def scene():
        channel = await browser.channel(kernel)
        await channel.alive()
        return json.loads(browser.ask(f"/api/kernels/{kernel}").body)["connections"]

    assert talk(scene()) == 1


class Browser(KernelWebsocketHandler):
    """What a connection writes to."""

    selected_subprotocol = None

    def __init__(self):
        self.application = SimpleNamespace(settings={"agir_needs": Needs()})
        self.heard = asyncio.Queue()

    def write_message(self, message, **_):
        message = json.loads(message)
        kinds = message["header"]["msg_type"], message["parent_header"].get("msg_type")
        self.heard.put_nowait(kinds)


@asynccontextmanager
async def deaf_page():
    """Give a page's connection, to which no answer comes for half a second, and its kernel."""
    with tempfile.TemporaryDirectory() as place:  # short: a socket's path may have 100 letters
        over = Config({"KernelManager": {"transport": "ipc"}})
        kernels = Register(config=over, connection_dir=place)
        kernel = kernels.get_kernel(await kernels.start_kernel(kernel_name="python3"))
        connect = kernel.connect_iopub

        def deaf(**parts):
            stream = connect(**parts)
            stream.socket.unsubscribe(b"")
            asyncio.get_running_loop().call_later(0.5, stream.socket.subscribe, b"")
            return stream

        kernel.connect_iopub = deaf
        connection = WidgetConnection(parent=kernel, websocket_handler=Browser())
        await connection.prepare()
        connection.connect()
        kernel.connect_iopub = connect
        try:
            yield connection, kernel
        finally:
            if connection._counted:
                connection.disconnect()
            await kernels.shutdown_all()
            kernels.context.destroy(linger=0)


def question():
    header = {"msg_id": "1", "msg_type": "comm_info_request", "session": "s", "version": "5.3"}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": {}}
    return json.dumps({**message, "channel": "shell"})


def test_what_is_asked_before_answers_can_arrive_is_asked_once_they_can():
    # Or the answer would be lost, and the page empty until it asks again.
    async def scene():
        async with deaf_page() as (connection, _):
            connection.handle_incoming_message(question())
            heard = connection.websocket_handler.heard
            async with asyncio.timeout(PATIENCE):
                while await heard.get() != ("status", "comm_info_request"):
                    continue

    talk(scene())


def test_what_was_said_just_before_a_page_was_closed_is_passed_on():
    async def scene():
        async with deaf_page() as (connection, kernel):
            client = kernel.client()
            client.start_channels(shell=False, stdin=False, hb=False, control=False)
            await client.get_iopub_msg(timeout=PATIENCE)  # it hears what the kernel does
            connection.handle_incoming_message(question())
            connection.disconnect()
            while True:
                message = await client.get_iopub_msg(timeout=PATIENCE)
                if message["parent_header"].get("msg_type") == "comm_info_request":
                    break
            client.stop_channels()

    talk(scene())


def test_a_kernel_is_used_when_somebody_says_something_and_until_they_leave(client, place):
    browser = client(rater(place))
    kernel = browser.kernel()

    def used():
        return json.loads(browser.ask(f"/api/kernels/{kernel}").body)["last_activity"]

    async def scene():
        channel = await browser.channel(kernel)
        before = used()
        await channel.alive()
        said = used()
        assert said > before
        channel.socket.close()
        return said

    said = talk(scene())
    eventually(lambda: used() > said)
