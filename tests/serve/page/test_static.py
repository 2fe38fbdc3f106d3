"""Files are compressed once, and their names change with what they hold."""

import asyncio
import gzip

import pytest
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from toolkit.serve.page.static import AssetHandler, Assets
from toolkit.shipped import shipped

SCRIPT = b"// a script\n" * 200


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "page.js").write_bytes(SCRIPT)
    (tmp_path / "icon.svg").write_text("<svg/>")
    return tmp_path


def fetch(folder, name, **headers):
    """Return the assets of a folder, and what a server of them answers."""

    async def ask():
        assets = Assets(folder)
        rule = (r"/static/([\w.-]+)", AssetHandler, {"assets": assets})
        server = HTTPServer(Application([rule]))
        [socket] = bind_sockets(0, "127.0.0.1")
        server.add_sockets([socket])
        address = f"http://127.0.0.1:{socket.getsockname()[1]}/static/"
        client = AsyncHTTPClient(force_instance=True)
        try:
            return await client.fetch(
                address + (name or assets.name("page.js")),
                headers=headers,
                decompress_response=False,
                raise_error=False,
            )
        finally:
            client.close()
            server.stop()

    return asyncio.run(ask())


def test_a_name_changes_with_what_the_file_holds(folder):
    before = Assets(folder).name("page.js")
    assert Assets(folder).name("page.js") == before
    (folder / "page.js").write_bytes(SCRIPT + b"//")
    assert Assets(folder).name("page.js") != before


def test_every_shipped_file_has_a_known_kind():
    assets = Assets(shipped("templates") / "voila" / "templates" / "agir" / "static")
    for file in ("page.js", "whole.js", "widgets.js"):
        found = assets.find(assets.name(file))
        assert found.kind != "application/octet-stream"
        assert gzip.decompress(found.small) == found.plain


def test_a_browser_gets_the_small_form_and_keeps_it_for_good(folder):
    answer = fetch(folder, None, **{"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(answer.body) == SCRIPT
    assert len(answer.body) < len(SCRIPT) / 10
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/javascript")


def test_whoever_cannot_unzip_gets_the_plain_form(folder):
    assert fetch(folder, None).body == SCRIPT


@pytest.mark.parametrize("name", ["page.js", "page.000000000000.js", ".", "..", "page.js.map"])
def test_any_other_name_is_not_found(folder, name):
    assert fetch(folder, name).code == 404
