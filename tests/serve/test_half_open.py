"""Two thousand connections that ask for nothing, while people go on answering."""

import asyncio
import resource
import socket
from contextlib import suppress

import psutil
import pytest
from tornado.web import Application

from tests.running import PATIENCE, free_port
from tests.serve.talking import talk
from toolkit import Evaluation
from toolkit.serve import listen
from toolkit.serve.doors.names import Names

ROUND = "2026-T2"
MANY = 2000


@pytest.fixture
def sockets():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    opened = []
    yield opened
    for one in opened:
        one.close()
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def half_open(host, sockets):
    """Open connections that say nothing, or begin a request and never end it."""
    name, port = host.split(":")
    for number in range(MANY):
        one = socket.create_connection((name, int(port)), timeout=PATIENCE)
        sockets.append(one)
        if number % 3:
            begun = (b"GET / HTTP/1.1\r\nHost: x\r\n", b"POST /lien/x HTTP/1.1\r\n")[number % 2]
            one.sendall(begun)


def test_half_open_connections_harm_nobody(client, place, hall, sockets):
    evaluation = Evaluation.open(place)
    token = evaluation.invite(ROUND, 1)[0]
    sheet = evaluation.sheet(ROUND, evaluation.links.enter(token, "rater").rater)
    sheet.consent()
    browser = client(token)
    kernel = browser.kernel()
    sheet.record("CV1", value=4)

    async def attempt():
        channel = await browser.channel(kernel)
        assert await channel.alive()
        await asyncio.to_thread(half_open, browser.host, sockets)
        assert await channel.alive()  # whoever was there before stays
        channel.socket.close()
        channel = await browser.channel(kernel, session="again")
        assert await channel.alive()
        channel.socket.close()

    talk(attempt())
    assert len(sockets) == MANY
    assert browser.ask("/").status == 200
    late = client(evaluation.invite(ROUND, 1)[0])  # whoever comes now finds the door
    assert late.kernel()
    held = psutil.Process(hall.process.pid).net_connections("tcp")
    assert sum(one.status == "ESTABLISHED" for one in held) < MANY / 2
    assert sockets[0].recv(1) == b""  # the oldest were let go first
    assert sheet.answers["CV1", "current"].value == 4


def test_a_request_that_never_ends_is_let_go(monkeypatch):
    monkeypatch.setattr(listen, "_PATIENCE", 0.2)
    port = free_port()

    async def attempt(begun):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begun)
        ended = await asyncio.wait_for(reader.read(), PATIENCE)
        writer.close()
        await writer.wait_closed()
        return ended

    async def attempts():
        server = listen.listen(Application(agir_names=Names()), port, "127.0.0.1")
        headers = b"POST / HTTP/1.1\r\nHost: localhost\r\n"
        body = headers + b"Content-Length: 100\r\n\r\nwho="
        ended = [await attempt(begun) for begun in (b"", headers, body)]
        server.stop()
        await server.close_all_connections()
        return ended

    assert talk(attempts()) == [b"", b"", b""]


@pytest.mark.parametrize(
    "request_", [b"\0\0\0\0\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"x" * 70_000]
)
def test_what_is_no_request_is_let_go(client, request_):
    host, port = client().host.split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as one:
        said = b""
        with suppress(OSError):  # it may be let go while it still speaks
            one.sendall(request_)
            one.shutdown(socket.SHUT_WR)
            while part := one.recv(1000):
                said += part
    assert said == b"" or said.startswith(b"HTTP/1.1 400")
    assert client().ask("/").status == 200
