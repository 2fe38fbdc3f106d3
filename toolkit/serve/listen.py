"""Listen for people, and not be filled up by connections on which nobody says anything."""

from collections import OrderedDict
from collections.abc import Awaitable
from typing import Any

from tornado.http1connection import HTTP1Connection
from tornado.httpserver import HTTPServer
from tornado.httputil import (
    HTTPHeaders,
    HTTPMessageDelegate,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.web import Application

from toolkit.text import LANGUAGES, both

__all__ = ["listen"]

#: Seconds in which a request must have come: its first line and headers, then its body.
_PATIENCE = 20
#: Bytes that a request may have: nothing large is ever sent to us but through a channel.
_HEADER, _BODY = 16_000, 64_000
#: Connections without a request; one more, and the oldest of them is closed.
_MOST_WAITING = 500
#: Files and sockets that the system should allow: each page needs about ten.
_FILES = 65_536


def listen(application: Application, port: int, host: str, *, secure: Any = None) -> HTTPServer:
    """Listen at an address, and return what listens; with an SSL context, over TLS alone."""
    _allow_files()
    server = _Server(
        application,
        ssl_options=secure,
        idle_connection_timeout=_PATIENCE,
        body_timeout=_PATIENCE,
        max_header_size=_HEADER,
        max_body_size=_BODY,
    )
    server.listen(port, host, backlog=1024)
    return server


def _allow_files() -> None:
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


class _Server(HTTPServer):
    """An HTTP server with a limit on silence, and the same headers on every answer."""

    def initialize(self, *arguments: Any, **options: Any) -> None:
        super().initialize(*arguments, **options)
        self._waiting: OrderedDict[Any, HTTP1Connection] = OrderedDict()

    def start_request(self, server_conn: Any, request_conn: HTTP1Connection) -> HTTPMessageDelegate:
        self._waiting.pop(server_conn, None)
        self._waiting[server_conn] = request_conn
        if len(self._waiting) > _MOST_WAITING:
            self._waiting.popitem(last=False)[1].close()
        settings = self.request_callback.settings
        # Only a proxy that was named may say for whom it asks, and over what.
        self.xheaders = settings["agir_names"].proxied(request_conn.context.remote_ip)
        sealed = _Sealed(request_conn, settings.get("headers", {}))
        return _Arrival(super().start_request(server_conn, sealed), self, server_conn, sealed)

    def arrived(self, server_conn: Any) -> None:
        self._waiting.pop(server_conn, None)

    def on_close(self, server_conn: Any) -> None:
        self._waiting.pop(server_conn, None)
        super().on_close(server_conn)


class _Arrival(HTTPMessageDelegate):
    """Say when a request has come, turn away what another server was meant by, pass the rest on."""

    def __init__(
        self, inner: HTTPMessageDelegate, server: _Server, connection: Any, sealed: "_Sealed"
    ) -> None:
        self._inner, self._server, self._connection = inner, server, connection
        self._sealed = sealed

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        self._server.arrived(self._connection)
        # Whoever asks a proxy may write these, which would outrank what the proxy itself says.
        for name in ("X-Real-Ip", "X-Scheme"):
            headers.pop(name, None)
        settings = self._server.request_callback.settings
        if not settings["agir_names"].ours(headers.get("Host", "")):
            settings["agir_door"].misdirected(self._sealed.context.remote_ip)
            self._inner = _Elsewhere(self._sealed)
        found: Awaitable[None] | None = self._inner.headers_received(start_line, headers)
        return found

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        found: Awaitable[None] | None = self._inner.data_received(chunk)
        return found

    def finish(self) -> None:
        self._inner.finish()

    def on_connection_close(self) -> None:
        self._inner.on_connection_close()


class _Elsewhere(HTTPMessageDelegate):
    """Answer that this is another server, whatever was asked."""

    def __init__(self, connection: "_Sealed") -> None:
        self._connection = connection

    def headers_received(self, *_: Any) -> None:
        """Read nothing."""

    def data_received(self, chunk: bytes) -> None:
        """Read nothing."""

    def finish(self) -> None:
        text = both("door.misdirected")
        body = "\n".join(text[language] for language in LANGUAGES).encode()
        kind = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body))}
        start = ResponseStartLine("", 421, "Misdirected Request")
        self._connection.write_headers(start, HTTPHeaders({**kind, "Connection": "close"}), body)
        self._connection.finish()

    def on_connection_close(self) -> None:
        """Leave."""


class _Sealed:
    """A connection on which every answer carries our headers, and none the program's name."""

    def __init__(self, inner: HTTP1Connection, headers: dict[str, str]) -> None:
        self._inner, self._headers = inner, headers

    def write_headers(
        self, start_line: ResponseStartLine, headers: HTTPHeaders, chunk: bytes | None = None
    ) -> Any:
        headers.pop("Server", None)
        for name, value in self._headers.items():
            if name not in headers:
                headers[name] = value
        return self._inner.write_headers(start_line, headers, chunk)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)
