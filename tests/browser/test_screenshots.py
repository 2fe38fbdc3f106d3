"""The pictures of the README; `AGIR_SCREENSHOTS=1 python -m pytest -k screenshot` renews them."""

import os
from pathlib import Path

import pytest

from toolkit import Evaluation
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
    page.wait_for_timeout(500)
    folder = KEPT if os.environ.get("AGIR_SCREENSHOTS") else tmp_path
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
