"""What lies behind no door of somebody's own: other roles' pages, files, and Jupyter's services."""

import json
import uuid

import pytest

from toolkit import Evaluation

ROUND = "2026-T2"
SECRETS = ("Traceback", "SQLite", "toolkit", "ratings.db", "tornado", "Jupyter", "Voilà", ".py")


@pytest.fixture
def rater(client, place):
    return client(Evaluation.open(place).invite(ROUND, 1)[0])


@pytest.fixture
def everything(client, links):
    return client(links.make("evaluator")[0])


def polite(reply):
    assert "demandez-en un nouveau" in reply.body
    assert "This address opens no page" in reply.body
    assert not [secret for secret in SECRETS if secret in reply.body]


@pytest.mark.parametrize("notebook", ["dashboard.ipynb", "setup.ipynb"])
def test_a_rater_does_not_open_another_roles_page(rater, notebook, logged):
    reply = rater.ask(f"/voila/render/{notebook}")
    assert reply.status == 403
    polite(reply)
    assert f"refused {notebook}: another role" in logged()


def test_a_viewer_does_not_open_the_setup_page(client, links):
    reply = client(links.make("viewer")[0]).ask("/voila/render/setup.ipynb")
    assert reply.status == 403
    polite(reply)


@pytest.mark.parametrize("notebook", ["rate.ipynb", "dashboard.ipynb", "setup.ipynb"])
def test_a_stranger_opens_no_page_with_a_token_in_its_address(client, links, notebook, logged):
    token = links.make("evaluator")[0]
    reply = client().ask(f"/voila/render/{notebook}?t={token}&token={token}")
    assert reply.status == 403
    polite(reply)
    reply = client().ask(f"/voila/render/{notebook}", Authorization=f"token {token}")
    assert reply.status == 403
    assert "refused a page: no link, from " in logged()
    assert "127.0.0.1" not in logged()
    assert token not in logged()


FILES = ("ratings.db", "ratings.db-wal", "evaluation.toml", "agir.log", "mine.ipynb", "")
PATHS = [
    *(f"{before}{file}" for file in FILES for before in ("/voila/render/", "/voila/files/", "/x/")),
    *("/ratings.db", "/evaluation.toml", "/../ratings.db", "/voila/render/../ratings.db"),
    *("/voila/render/../../ratings.db", "/voila/render/%2e%2e/ratings.db", "/%2e%2e%2fratings.db"),
    *("/voila/render/..%2fsetup.ipynb", "/voila/render/..%5csetup.ipynb", "/voila/render/%2fetc"),
    *("/voila/render/rate.ipynb%2f..%2fsetup.ipynb", "/voila/render/sub%2frate.ipynb"),
    *("/voila/render/rate.ipynb/", "/voila/render/rate.ipynb%00", "/voila/render/.%2frate.ipynb"),
    *("/static/../page.css", "/static/..%2f..%2f404.html", "/static/page.css", "/static/"),
    *("/voila/static/..%2f..%2fapp.py", "/voila/templates/agir/static/..%2fhome.html"),
    *("/voila/tree", "/voila/tree/", "/tree", "/voila/api/contents", "/voila/api/contents/"),
    *("/api/contents", "/api/contents/ratings.db", "/api/kernels", "/api/sessions", "/api"),
    *("/api/terminals", "/terminals/1", "/terminals/websocket/1", "/api/kernelspecs", "/api/me"),
    *("/api/config/voila", "/api/shutdown", "/api/status", "/lab", "/files/ratings.db", "/metrics"),
    *("/voila/labextensions/", "/voila/api/themes/", "/login", "/logout", "/nbconvert/html/rate"),
    *("/voila/execution/x", "/voila/query/x", "//evil.example/", "/lien", "/nothing"),
]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_no_file_and_no_service_is_reachable(rater, everything, method):
    for path in PATHS:
        for browser in (rater, everything):
            reply = browser.ask(path, method)
            assert reply.status in {400, 403, 404, 405}, path
            assert "SQLite format" not in reply.body, path
            assert "[coalition]" not in reply.body, path
            assert not [secret for secret in SECRETS if secret in reply.body], path


def test_most_of_them_get_the_one_polite_page(rater):
    for path in ("/voila/files/ratings.db", "/voila/tree", "/api/contents", "/api/terminals", "/x"):
        polite(rater.ask(path))


def test_a_kernels_id_is_of_no_use_to_anybody_else(client, rater, place, everything):
    mine = rater.kernel()
    other = client(Evaluation.open(place).invite(ROUND, 1)[0])
    for browser in (client(), other, everything):
        for path in (f"/api/kernels/{mine}", f"/api/kernels/{mine}/channels"):
            assert browser.ask(path).status in {403, 404}
            assert browser.ask(path, "DELETE").status in {403, 404, 405}
        for act in ("interrupt", "restart"):
            assert browser.ask(f"/api/kernels/{mine}/{act}", "POST").status in {403, 404}
        assert browser.ask(f"/voila/api/shutdown/{mine}", "POST").status == 403
    # Its owner cannot ask for more than its channel and its end, either.
    model = json.loads(rater.ask(f"/api/kernels/{mine}").body)
    assert set(model) == {*("id", "name", "last_activity", "execution_state", "connections")}
    assert rater.ask(f"/api/kernels/{mine}", "DELETE").status == 405
    assert rater.ask(f"/api/kernels/{mine}/interrupt", "POST").status == 404
    elsewhere = rater.ask(f"/voila/api/shutdown/{mine}", "POST", Origin="http://evil.example")
    assert elsewhere.status == 403
    assert rater.ask(f"/voila/api/shutdown/{mine}", "POST").status == 204
    assert rater.ask(f"/voila/api/shutdown/{mine}", "POST").status == 403
    assert rater.ask(f"/voila/api/shutdown/{uuid.uuid4()}", "POST").status == 403


@pytest.mark.parametrize("host", ["", "a b", "evil.example/x", "a,b", "<script>"])
def test_a_host_that_is_none_is_refused(client, host):
    assert client().ask("/", Host=host).status in {400, 421}
    assert "<script>" not in client().ask("/", Host=host).body
