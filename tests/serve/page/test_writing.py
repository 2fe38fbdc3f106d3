"""A page arrives part by part: its frame before its kernel, its words in the visitor's language."""

import http.client
import json
from contextlib import closing

import pytest

from tests.running import PATIENCE
from toolkit import Evaluation
from toolkit.serve.doors.confirmed import changed
from toolkit.text import say


def parts(browser, path):
    """Yield what arrives of a page, as it arrives."""
    connection = http.client.HTTPConnection(browser.host, timeout=PATIENCE)
    with closing(connection):  # whoever wants the first part alone leaves it here
        connection.request("GET", path, headers=browser.headers)
        reply = connection.getresponse()
        while part := reply.read1(65536):
            yield part.decode()


def rater(place):
    evaluation = Evaluation.open(place)
    return evaluation.invite(evaluation.open_wave.code, 1)[0]


def test_the_frame_comes_first_then_the_kernel_then_the_view(client, place):
    arrived = list(parts(client(rater(place)), "/voila/render/rate.ipynb"))
    first = arrived[0]
    assert say("page.wait", "fr") in first
    assert "<agir-kernel" not in first
    whole = "".join(arrived)
    order = [whole.index(mark) for mark in ("</noscript>", "<agir-kernel", "<agir-view", "</html>")]
    assert order == sorted(order)


def test_the_frame_speaks_the_visitors_language(client, place):
    frame = next(parts(client(rater(place)), "/voila/render/rate.ipynb?lang=en"))
    assert '<html lang="en">' in frame
    assert say("page.wait", "en") in frame


def test_no_script_stands_in_the_page_itself(client, place):
    whole = "".join(parts(client(rater(place)), "/voila/render/rate.ipynb"))
    scripts = [part.partition(">") for part in whole.split("<script")[1:]]
    assert scripts
    assert all("src=" in tag and body.startswith("</script>") for tag, _, body in scripts)


def test_the_frame_paints_without_asking_for_more(client, place):
    frame = next(parts(client(rater(place)), "/voila/render/rate.ipynb"))
    assert ".agir-bones" in frame
    assert "stylesheet" not in frame
    assert '<link rel="icon" type="image/svg+xml" href="data:' in frame


@pytest.fixture
def failing(place):
    """Notebooks whose last cell raises."""
    kept = {}
    for name in ("setup.ipynb", "dashboard.ipynb"):
        file = place / name
        kept[file] = file.read_text("utf-8")
        notebook = json.loads(kept[file])
        notebook["cells"][-1]["source"] = ["raise ValueError('secret')"]
        file.write_text(json.dumps(notebook), "utf-8")
    evaluation = Evaluation.open(place)
    for name, seen in changed(evaluation, ["dashboard.ipynb"]).items():
        evaluation.confirm(name, seen)
    yield
    for file, text in kept.items():
        file.write_text(text, "utf-8")


def test_a_notebook_that_fails_says_so_to_all_and_why_to_the_evaluator_and_the_log(
    client, failing, links, logged
):
    whole = "".join(parts(client(links.make("viewer")[0]), "/voila/render/dashboard.ipynb"))
    assert say("page.cell_failed", "fr") in whole
    assert "secret" not in whole
    assert "ValueError" not in whole
    whole = "".join(parts(client(links.make("evaluator")[0]), "/voila/render/setup.ipynb"))
    assert say("page.cell_failed", "fr") in whole
    assert "ValueError: secret" in whole
    assert "setup.ipynb: a cell failed" in logged()
    assert "ValueError: secret" in logged()


def test_nobody_loosens_the_policy_of_a_page_by_asking(client, place):
    reply = client(rater(place)).ask("/voila/render/rate.ipynb?widgets=all")
    assert "unsafe-eval" not in reply.headers["Content-Security-Policy"]
    assert "voila.js" not in reply.body


def test_a_notebook_that_is_none_gets_the_polite_page(client, place, links):
    file = place / "setup.ipynb"
    kept = file.read_text("utf-8")
    file.write_text("{", "utf-8")
    try:
        reply = client(links.make("evaluator")[0]).ask("/voila/render/setup.ipynb")
    finally:
        file.write_text(kept, "utf-8")
    assert reply.status == 500
    assert "Traceback" not in reply.body


def test_while_settings_are_broken_a_page_opens_whole_on_what_they_said_last(client, place, links):
    file = place / "evaluation.toml"
    kept = file.read_text("utf-8")
    browser = client(links.make("viewer")[0])
    file.write_text(kept + "\n[[waves", "utf-8")
    try:
        whole = "".join(parts(browser, "/voila/render/dashboard.ipynb"))
    finally:
        file.write_text(kept, "utf-8")
    assert "</html>" in whole
    assert "<agir-view" in whole
    assert "evaluation.toml" not in whole


def test_one_persons_pages_do_not_take_everybodys_places(client, place):
    browser = client(rater(place))
    answers = [browser.ask("/voila/render/rate.ipynb").status for _ in range(10)]
    assert answers == [200] * 8 + [429] * 2
    assert client(rater(place)).ask("/voila/render/rate.ipynb").status == 200
