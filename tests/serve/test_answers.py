"""Every answer: to whom it is given, as small as it can be, and over https where that is wanted."""

import http.client
import re
import ssl
import subprocess
import zlib
from urllib.parse import urlsplit

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect
from typer.testing import CliRunner

from tests.running import free_port, start
from tests.serve.conftest import PATIENCE
from tests.serve.talking import Channel, talk
from toolkit import Evaluation
from toolkit.cli import app
from toolkit.serve.configuration import Place
from toolkit.templates import new_evaluation
from toolkit.text import say


def test_who_asks_by_another_name_is_turned_away_whatever_they_ask(client, place, links, logged):
    browser = client(links.make("evaluator")[0])
    for path in (
        "/",
        "/voila/render/setup.ipynb",
        "/static/x",
        "/voila/static/voila.js",
        "/lien/x",
    ):
        reply = browser.ask(path, Host="evil.example")
        assert reply.status == 421, path
        assert say("door.misdirected", "en") in reply.body
        assert reply.headers["Content-Security-Policy"]
    assert browser.ask("/", Host="localhost:1").status == 200
    assert "agir serve was not told" in logged()
    assert "evil.example" not in logged()


def test_a_visitor_does_not_choose_where_they_seem_to_come_from(client, clock):
    """The hall's proxy is believed in what it adds itself, last, to what it was sent."""
    for number in range(75):
        forged = {
            "X_Real_Ip": f"192.0.2.{number}",
            "X_Forwarded_For": f"{number}.1.1.1, 203.0.113.77",
        }
        reply = client().ask("/lien/guess.x", **forged)
    assert reply.status == 429


def test_every_answer_is_compressed_and_a_page_still_comes_part_by_part(client, links, hall):
    browser = client(links.make("viewer")[0])
    connection = http.client.HTTPConnection(browser.host, timeout=PATIENCE)
    connection.request(
        "GET",
        "/voila/render/dashboard.ipynb",
        headers={**browser.headers, "Accept-Encoding": "gzip"},
    )
    reply = connection.getresponse()
    assert reply.headers["Content-Encoding"] == "gzip"
    stream, first, sizes = zlib.decompressobj(31), None, [0, 0]
    while part := reply.read1(65536):
        text = stream.decompress(part)
        first = first or text.decode()
        sizes = [sizes[0] + len(part), sizes[1] + len(text)]
    connection.close()
    assert say("page.wait", "fr") in first
    assert "<agir-view" not in first
    assert sizes[0] < 0.6 * sizes[1]


def test_the_channel_is_compressed_for_whoever_can_read_that(client, place):
    browser = client(Evaluation.open(place).invite("2026-T2", 1)[0])
    kernel = browser.kernel()

    async def scene():
        channel = await browser.channel(kernel, compression_options={})
        found = channel.socket.headers["Sec-WebSocket-Extensions"]
        assert await channel.alive()
        channel.socket.close()
        return found

    assert "permessage-deflate" in talk(scene())


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    files = [str(folder / name) for name in ("key.pem", "certificate.pem")]
    named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", files[0], "-out", files[1]]
    subprocess.run(["openssl", "req", *made, *named], check=True, capture_output=True)
    return files


def test_with_a_certificate_all_is_https_and_cookies_go_nowhere_else(certificate, tmp_path):
    key, file = certificate
    folder = tmp_path / "mine"
    new_evaluation(folder, "fr", "four_conditions")
    server = start("serve", str(folder), "--certfile", file, "--keyfile", key, folder=folder)
    try:
        assert server.base.startswith("https://")
        context = ssl.create_default_context(cafile=file)
        host = urlsplit(server.base).netloc
        connection = http.client.HTTPSConnection(host, context=context, timeout=PATIENCE)
        connection.request("GET", urlsplit(server.doors["setup"]).path)
        reply = connection.getresponse()
        reply.read()
        cookies = reply.headers.get_all("Set-Cookie")
        assert all("Secure" in cookie for cookie in cookies)
        held = {"Cookie": "; ".join(cookie.partition(";")[0] for cookie in cookies)}
        connection.request("GET", "/voila/render/setup.ipynb", headers=held)
        body = connection.getresponse().read().decode()
        connection.close()
        kernel = re.search(r'data-id="([\w-]+)"', body)[1]

        async def scene():
            request = HTTPRequest(
                f"wss://{host}/api/kernels/{kernel}/channels?session_id=x",
                headers=held,
                ssl_options=context,
                connect_timeout=PATIENCE,
                request_timeout=PATIENCE,
            )
            return Channel(await websocket_connect(request), "x")

        assert talk(scene())
    finally:
        server.stop()


def test_a_certificate_that_is_none_is_said(tmp_path):
    folder = tmp_path / "mine"
    new_evaluation(folder, "fr", "four_conditions")
    (tmp_path / "x.pem").write_text("x")
    for given in (["x.pem", "x.pem"], ["missing.pem", "x.pem"], ["x.pem"]):
        named = zip(
            ("--certfile", "--keyfile"), (str(tmp_path / one) for one in given), strict=False
        )
        options = [part for pair in named for part in pair] + ["--port", str(free_port())]
        result = CliRunner().invoke(app, ["serve", str(folder), "--lang", "en", *options])
        assert result.exit_code == 2
        assert "--certfile" in result.output


@pytest.mark.parametrize(
    ("given", "links"),
    [
        ({"host": "127.0.0.1"}, "http://127.0.0.1:1/lien/"),
        ({"host": "127.0.0.1", "certfile": "c"}, "https://127.0.0.1:1/lien/"),
        ({"host": "::1", "base_url": "a"}, "http://[::1]:1/a/lien/"),
        ({"host": "x", "address": "https://e.org"}, "https://e.org/lien/"),
        ({"host": "x", "address": "e.org:80", "base_url": "/a/"}, "http://e.org:80/a/lien/"),
        ({"host": "x", "address": "https://e.org/b/", "base_url": "/a/"}, "https://e.org/b/lien/"),
    ],
)
def test_links_lead_where_others_reach_the_server(given, links):
    assert Place(port=1, **given).links == links
