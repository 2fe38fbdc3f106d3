"""The steps around the form, as a person meets them: whole and accessible too."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from toolkit import Evaluation
from toolkit.text import say


def grave(page):
    found = Axe().run(page).response["violations"]
    return [fault["id"] for fault in found if fault["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_step_around_the_form_is_accessible(served, place, visit, language):
    evaluation = Evaluation.open(place)
    token = evaluation.links.make("group", evaluation.open_wave.code)[0]
    address = f"{served.link(token)}?lang={language}"
    page = visit().open(address)
    assert grave(page) == []
    page.get_by_role("button", name=say("consent.agree", language)).click()
    for number in (2, 3, 4):
        page.locator("nav .tk-primary").click()
        page.get_by_role("heading", name=f"{number}.").wait_for()
    page.locator("nav .tk-primary").click()
    page.get_by_role("heading", name=say("rate.left_title", language)).wait_for()
    assert grave(page) == []
    page.get_by_role("button", name=say("rate.finish_anyway", language)).click()
    page.get_by_role("heading", name=say("rate.done_title", language)).wait_for()
    assert grave(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.goto(address)
    page.get_by_role("heading", name=say("home.yours_title", language)).wait_for()
    assert grave(page) == []
