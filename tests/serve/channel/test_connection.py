"""What a kernel says for programmers stays between it and the server."""

import asyncio
import json
import socket

from toolkit import Evaluation


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
                frame = json.loads(await asyncio.wait_for(channel.socket.read_message(), 60))
                kinds.add(frame["header"]["msg_type"])
                if frame["parent_header"].get("msg_id") == asked and "reply" in str(
                    frame["header"]["msg_type"]
                ):
                    break
            await asyncio.sleep(0.5)
        return kinds

    kinds = asyncio.run(scene())
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

    assert asyncio.run(scene()) == 1
