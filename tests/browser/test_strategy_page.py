"""A coalition looks for what fits a purpose: together on a projector, and each on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.running import start
from toolkit import Evaluation
from toolkit.evaluation import Wave
from toolkit.templates import new_evaluation
from toolkit.text import say

PURPOSE = "Une halte-garderie le samedi"
#: The first row of the domain reference, 8.4: which answer is pressed in each part of the form.
STEPS = {"need": 4, "time": 2, "trust": 3, "turf": 2}
PRACTICE = {"information": "yes", "activities": "yes", "resources": "no", "capacity": "no"}


@pytest.fixture
def asking(chromium, tmp_path):
    """A new evaluation whose open round asks about purposes, served."""
    folder = tmp_path / "mine"
    evaluation = new_evaluation(folder, "fr", "four_conditions")
    wave = Wave(code="r1", fr="Hiver", en="Winter", status="open", activities=("strategy",))
    evaluation.change(evaluation.settings.model_copy(update={"waves": (wave,)}))
    server = start("serve", str(folder), folder=folder)
    yield server
    server.stop()


def door(page, language):
    """Go through the home page's door to this page."""
    page.get_by_role("link", name=say("app.home", language)).click()
    page.get_by_role("link", name=say("cli.strategy", language)).click()
    page.get_by_role("heading", name=say("purpose.title", language)).wait_for()


def sound(page):
    """Return what is gravely wrong for somebody who cannot see, or how far it is too wide."""
    found = Axe().run(page).response["violations"]
    grave = [fault["id"] for fault in found if fault["impact"] in {"serious", "critical"}]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return grave, max(wide, 0)


def fill(page, evaluation, language):
    """Answer all that is not optional, and wait until each answer is saved."""
    for question, step in STEPS.items():
        anchor = evaluation.strategy.lines("r1")[question].anchors[step][language]
        page.get_by_role("radio", name=anchor).check()
    for element, mark in PRACTICE.items():
        asked = page.get_by_role("group", name=say(f"purpose.did_{element}", language))
        asked.get_by_role("radio", name=say(f"purpose.mark_{mark}", language), exact=True).check()
    saved = page.get_by_text(say("rate.saved", language), exact=True)
    saved.nth(len(STEPS) + len(PRACTICE) - 1).wait_for()


def name_a_purpose(page, evaluation):
    """Add a purpose from the keyboard, and an example of a way of working."""
    page.get_by_label(say("purpose.name", "fr")).fill(PURPOSE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=PURPOSE).wait_for()
    ways = page.get_by_role("region", name=say("purpose.ladder", "fr"))
    cooperating = ways.get_by_role("listitem").filter(has_text=say("strategy.cooperating", "fr"))
    cooperating.get_by_role("textbox").fill("Le local de la bibliothèque")
    ways.get_by_role("button", name=say("purpose.keep_examples", "fr")).click()
    ways.get_by_text(say("purpose.kept", "fr")).wait_for()
    assert evaluation.strategy.examples == {"cooperating": "Le local de la bibliothèque"}
    assert sound(page) == ([], 0)


def answer_on_a_phone(phone, evaluation):
    """Agree to answer, answer in English, and write what would lift an obstacle."""
    phone.get_by_role("button", name=say("consent.agree", "en")).click()
    phone.wait_for_selector(".tk-form")
    door(phone, "en")
    phone.get_by_text("Le local de la bibliothèque").wait_for()
    assert sound(phone) == ([], 0)
    phone.get_by_role("button", name=say("purpose.answer", "en")).click()
    phone.get_by_role("heading", name=PURPOSE).wait_for()
    fill(phone, evaluation, "en")
    phone.locator("summary").first.click()
    phone.get_by_label(say("purpose.lift", "en")).first.fill("A paid position")
    phone.get_by_text(say("rate.saved", "en"), exact=True).nth(8).wait_for()
    assert sound(phone) == ([], 0)
    (kept,) = evaluation.strategy.answers("r1", "b1").values()
    did = {f"did.{element}": mark for element, mark in PRACTICE.items()}
    assert kept == {**STEPS, **did, "time.lift": "A paid position"}
    phone.get_by_role("button", name=say("purpose.back", "en")).click()
    phone.get_by_text(say("purpose.progress", "en", done=8, total=8)).wait_for()


def test_a_group_finds_what_fits_and_people_answer_on_their_phones(asking, visit):
    evaluation = Evaluation.open(asking.folder)
    page = visit("laptop").open(asking.doors["setup"])
    door(page, "fr")
    name_a_purpose(page, evaluation)
    page.get_by_role("button", name=say("purpose.agree", "fr")).click()
    page.get_by_role("heading", name=PURPOSE).wait_for()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    fill(page, evaluation, "fr")
    page.get_by_role("button", name=say("rate.clear", "fr")).last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_contain_text(say("rate.clear", "fr"))
    fill(page, evaluation, "fr")
    assert sound(page) == ([], 0)
    page.get_by_role("button", name=say("purpose.look_now", "fr")).click()
    fitting = page.get_by_role("listitem").filter(has_text=say("purpose.fits", "fr"))
    fitting.get_by_role("heading", name=say("strategy.coordinating", "fr")).wait_for()
    expect(fitting).to_have_count(1)
    page.get_by_text(say("strategy.binding_turf", "fr")).wait_for()
    page.get_by_text(say("strategy.all_legitimate", "fr")).wait_for()
    page.locator("figure img:visible").wait_for()
    assert sound(page) == ([], 0)

    token = evaluation.invite("r1", 1)[0]
    answer_on_a_phone(visit("phone").open(f"{asking.link(token)}?lang=en"), evaluation)
    page.get_by_role("button", name=say("purpose.close", "fr")).click()
    page.get_by_text(say("purpose.people_few", "fr", count=1, minimum=5)).wait_for()
    expect(page.get_by_text("A paid position")).to_be_hidden()
    page.get_by_text(say("purpose.private", "fr")).click()
    page.get_by_text("A paid position").wait_for()
