"""The pictures of the README; `AGIR_SCREENSHOTS=1 python -m pytest -k screenshot` renews them."""

import os
from pathlib import Path

import pytest

from tests.running import painted, start
from toolkit import Evaluation
from toolkit.serve.demo import make_demo, make_neighbours
from toolkit.text import say

KEPT = Path(__file__).parents[1] / "screenshots"

SHOTS = [
    ("consent", "phone", "fr"),
    ("rate", "phone", "fr"),
    ("rate", "laptop", "en"),
    ("dashboard", "laptop", "fr"),
    ("dashboard", "phone", "en"),
    ("charts", "laptop", "fr"),
    ("setup", "laptop", "fr"),
]
CONVERSATION = [
    ("strategy", "laptop", "fr"),
    ("relations", "laptop", "fr"),
    ("consensus", "laptop", "fr"),
    ("plan", "phone", "fr"),
    ("release", "phone", "fr"),
    ("portfolio", "phone", "fr"),
]


@pytest.mark.parametrize(("name", "size", "language"), SHOTS)
def test_a_screenshot_shows_a_whole_page(served, place, visit, tmp_path, name, size, language):
    page = visit(size).open(_address(served, place, name, language))
    if name == "rate":
        page.get_by_role("button", name=say("consent.agree", language)).click()
        page.wait_for_selector(".tk-form")
        page.locator(".tk-current .tk-step").nth(3).click()
        page.get_by_text(say("rate.saved", language)).first.wait_for()
        page.evaluate("scrollTo(0, 0)")
    if name == "charts":
        page.locator("figure").nth(1).scroll_into_view_if_needed()
    _take(page, tmp_path, name, size, language)


@pytest.fixture
def conversation(chromium, tmp_path):
    """The sample coalition after its whole conversation, and two others beside it, served."""
    folder = tmp_path / "beside" / "demo"
    make_demo(folder, "fr", conversation=True)
    make_neighbours(folder.parent, "fr")
    server = start("serve", str(folder), folder=folder)
    yield server
    server.stop()


def test_a_screenshot_shows_each_step_of_the_conversation(conversation, visit, tmp_path):
    for name, size, language in CONVERSATION:
        page = visit(size).page
        page.goto(f"{conversation.doors['setup']}?lang={language}")
        page.get_by_role("link", name=say(f"cli.{name}", language), exact=True).click()
        page.locator("agir-view .tk h2").first.wait_for()
        if name == "strategy":
            page.get_by_role("button", name=say("purpose.look", language)).nth(1).click()
            page.get_by_text(say("purpose.fits", language), exact=True).wait_for()
        if name == "consensus":
            page.get_by_role("button", name=say("consensus.begin", language)).click()
            page.locator(".tk-join img").wait_for()
        if name in {"relations", "portfolio"}:
            page.locator("figure").first.scroll_into_view_if_needed()
        _take(page, tmp_path, name, size, language)


def _take(page, elsewhere, name, size, language):
    painted(page)
    folder = KEPT if os.environ.get("AGIR_SCREENSHOTS") else elsewhere
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}-{size}-{language}.png"
    page.screenshot(path=file)
    assert file.stat().st_size > 20_000  # a blank page is far smaller


def _address(served, place, name, language):
    if name == "setup":
        return f"{served.doors['setup']}?lang={language}"
    if name in {"dashboard", "charts"}:
        return f"{served.doors['dashboard']}?lang={language}"
    evaluation = Evaluation.open(place)
    token = evaluation.invite(evaluation.open_wave.code, 1)[0]
    return f"{served.link(token)}?lang={language}"
