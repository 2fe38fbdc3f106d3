"""A page is light, shows itself early, and opens anew when its kernel is gone."""

import json
import os
import signal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.running import start
from toolkit import Evaluation
from toolkit.serve.demo import make_demo
from toolkit.templates import new_evaluation
from toolkit.text import say

SLIDER = "import ipywidgets\nipywidgets.VBox([ipywidgets.IntSlider(description='Essai')])"


def rater_link(served, place):
    evaluation = Evaluation.open(place)
    return served.link(evaluation.invite(evaluation.open_wave.code, 1)[0])


def test_a_first_visit_costs_few_requests_and_few_bytes(served, place, visit):
    seen = visit("phone")
    wire = seen.page.context.new_cdp_session(seen.page)
    wire.send("Network.enable")
    requests, sizes = [], []
    seen.page.on("request", lambda request: requests.append(request.url))
    wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    wire.on(
        "Network.webSocketFrameReceived",
        lambda told: sizes.append(len(told["response"]["payloadData"])),
    )
    seen.open(rater_link(served, place))
    assert len(requests) <= 30
    assert sum(sizes) <= 1_500_000


@pytest.mark.allows_console_errors  # the browser itself reports the broken connection
def test_a_page_whose_kernel_ends_opens_anew_by_itself(served, place, visit):
    before = set(served.kernels())
    page = visit("phone").open(rater_link(served, place))
    mine = set(served.kernels()) - before
    with page.expect_navigation():
        for pid in mine:
            os.kill(pid, signal.SIGKILL)
    page.get_by_role("button", name=say("consent.agree", "fr")).wait_for()


def test_an_answer_given_while_the_server_is_away_waits_on_the_phone(served, place, visit):
    page = visit("phone").open(rater_link(served, place))
    page.get_by_role("button", name=say("consent.agree", "fr")).click()
    question = page.locator(".tk-question").first
    question.wait_for()
    served.process.send_signal(signal.SIGSTOP)
    try:
        question.locator(".tk-step").first.click()
        page.locator(".tk-banner", has_text=say("app.lost", "fr")).wait_for()
        assert question.get_by_text(say("rate.saved", "fr")).count() == 0
    finally:
        served.process.send_signal(signal.SIGCONT)
    question.get_by_text(say("rate.saved", "fr")).wait_for()
    page.locator(".tk-banner").wait_for(state="detached")


@pytest.fixture
def own(chromium, tmp_path):
    """A server that a test may end, and start again at the same address."""
    folder = tmp_path / "demo"
    make_demo(folder, "fr")
    servers = [start("serve", str(folder), folder=folder)]

    def again():
        servers[-1].stop()
        port = urlsplit(servers[0].base).port
        servers.append(start("serve", str(folder), folder=folder, port=port))

    yield servers[0], again
    servers[-1].stop()


@pytest.mark.allows_console_errors  # the browser itself reports the broken connection
def test_a_page_opens_anew_by_itself_once_its_server_is_started_again(own, visit):
    server, again = own
    page = visit("phone").open(rater_link(server, server.folder))
    with page.expect_navigation():
        again()
    page.get_by_role("button", name=say("consent.agree", "fr")).wait_for()


def test_an_answer_to_a_kernel_that_hangs_is_saved_by_another(own, visit):
    server, _ = own
    page = visit("phone").open(rater_link(server, server.folder))
    page.get_by_role("button", name=say("consent.agree", "fr")).click()
    question = page.locator(".tk-question").first
    question.wait_for()
    with page.expect_navigation():
        for pid in server.kernels():
            os.kill(pid, signal.SIGSTOP)
        question.locator(".tk-step").first.click()
    question.get_by_text(say("rate.saved", "fr")).wait_for()


def test_a_dashboard_shows_what_was_seen_before_until_its_own_is_there(served, visit):
    visit("laptop").open(served.doors["dashboard"])
    later = visit("laptop").page
    later.goto(served.doors["dashboard"])
    later.add_init_script(
        "new MutationObserver(() => { const seen = document.querySelector('agir-seen h1');"
        " if (seen) window.seen = seen.textContent; })"
        ".observe(document, { childList: true, subtree: true });"
    )
    later.locator(".agir-button").first.click()
    later.wait_for_selector("agir-view .tk h1")
    expect(later.locator("agir-seen")).to_have_count(0)
    assert later.evaluate("window.seen") == later.locator("agir-view h1").text_content()


@pytest.fixture
def extended(chromium, tmp_path):
    """An evaluation whose analyst added a slider to the setup page."""
    folder = tmp_path / "mine"
    new_evaluation(folder, "fr", "four_conditions")
    file = folder / "setup.ipynb"
    notebook = json.loads(file.read_text("utf-8"))
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    notebook["cells"].append({**cell, "id": "more", "source": SLIDER})
    file.write_text(json.dumps(notebook), "utf-8")
    server = start("serve", str(folder), folder=folder)
    yield server
    server.stop()


@pytest.mark.allows_console_errors  # JupyterLab's packages report their own versions
def test_a_page_with_any_other_widget_gets_the_scripts_for_it(extended, visit):
    page = visit("laptop").page
    page.goto(extended.doors["setup"])
    page.locator(".agir-button").first.click()
    page.wait_for_selector(".noUi-handle")
    page.wait_for_selector(".tk h1")
