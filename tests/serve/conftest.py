"""A real `agir serve`, and a plain client that sends what no browser would."""

import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from tests.running import PATIENCE, start
from tests.serve import held
from tests.serve.talking import Channel
from toolkit import Evaluation
from toolkit.serve.demo import make_demo


class Reply:
    """What a server answered."""

    def __init__(self, reply):
        self.status = reply.status
        self.headers = reply.headers
        self.body = reply.read().decode(errors="replace")


class Client:
    """One browser's cookies, and any request at all: paths go out exactly as they are written."""

    def __init__(self, base, address=None):
        self.host = urlsplit(base).netloc
        self.cookies = {}
        self.form = None
        self.always = {"X-Forwarded-For": address} if address else {}

    def ask(self, path, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, {**self.headers, **named})
            reply = Reply(connection.getresponse())
        finally:
            connection.close()
        for line in reply.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return reply

    @property
    def headers(self):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {**self.always, **({"Cookie": cookies} if cookies else {})}

    def follow(self, token):
        """Open a link, and return what the first answer was."""
        return self.ask(f"/lien/{token}")

    def press(self, who, page="/"):
        """Press a button of the home page, or send again what one said that is there no more."""
        found = re.search(r'name="_xsrf" value="([^"]+)"', self.ask(page).body)
        self.form = found[1] if found else self.form
        return self.ask(
            page,
            "POST",
            f"_xsrf={self.form}&who={who}",
            Content_Type="application/x-www-form-urlencoded",
        )

    def kernel(self, notebook="rate.ipynb"):
        """Open a page, and return the id of the kernel that it was started on."""
        body = self.ask(f"/voila/render/{notebook}").body
        return re.search(r'data-id="([\w-]+)"', body)[1]

    async def channel(self, kernel, *, session="test", **options):
        headers = {**self.headers, **options.pop("headers", {})}
        address = f"ws://{self.host}/api/kernels/{kernel}/channels?session_id={session}"
        waits = {"connect_timeout": PATIENCE, "request_timeout": PATIENCE}
        request = HTTPRequest(address, headers=headers, **waits)
        return Channel(await websocket_connect(request, **options), session)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hall") / "demo"
    make_demo(folder, "fr")
    return folder


@pytest.fixture(scope="module")
def hall(place):
    """The demo's evaluation, served for one module."""
    clock = {held.CLOCK: str(clock_of(place))}
    options = {"folder": place, "environment": clock, "program": "tests.serve.held"}
    server = start("serve", str(place), "--proxy", "127.0.0.1", **options)
    yield server
    server.stop()


def clock_of(place):
    return place.parent / "clock"


@pytest.fixture
def clock(hall, place):
    """Hold the clock of the hall's limits: `clock(seconds)` moves it on."""
    with held.holding(clock_of(place)) as go_on:
        yield go_on


@pytest.fixture(scope="module")
def links(place):
    """The links of what is served."""
    return Evaluation.open(place).links


@pytest.fixture(scope="module")
def client(hall):
    """Return new browsers: `client()`, or `client(token)` with a link already opened."""

    def new(token=None, address=None):
        made = Client(hall.base, address)
        if token and made.follow(token).status != 303:  # who has begun elsewhere says so
            assert made.press("me", f"/lien/{token}").status == 303
        return made

    return new


@pytest.fixture
def logged(place):
    """Return what was written down."""
    file = place / "agir.log"
    return lambda: file.read_text(encoding="utf-8") if file.exists() else ""
