"""A room: a facilitator's laptop that is projected, two phones, and six people more."""

import os
import signal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.running import start, until
from toolkit import Evaluation
from toolkit.evaluation import Wave
from toolkit.instruments import find
from toolkit.templates import new_evaluation
from toolkit.text import say

PAGE = "voila/render/consensus.ipynb"


@pytest.fixture
def hall(chromium, tmp_path):
    """An evaluation with one open round, served."""
    folder = tmp_path / "mine"
    evaluation = new_evaluation(folder, "fr", "four_conditions")
    waves = (Wave(code="r1", fr="Automne", en="Fall", status="open"),)
    evaluation.change(evaluation.settings.model_copy(update={"waves": waves}))
    server = start("serve", str(folder), folder=folder)
    yield server
    server.stop()


def press(page, key, language="fr", **values):
    page.get_by_role("button", name=say(key, language, **values), exact=False).first.click()


def lead(hall, visit):
    """Open the facilitator's page."""
    page = visit("laptop").page
    page.goto(hall.doors["setup"])
    page.get_by_role("link", name=say("cli.consensus", "fr")).click()
    page.get_by_role("heading", name=say("consensus.lead", "fr"), exact=True).wait_for()
    return page


def join(page, address, language):
    """Come in by the code's link, as a phone does, and agree."""
    page.goto(f"{address}?lang={language}")
    press(page, "home.join", language)
    press(page, "consensus.agree", language)
    page.locator(".tk-stage").wait_for()


def stands(page, at):
    page.locator(f'.tk-stage[data-at="{at}"]').wait_for()


def others(hall, subject, *values):
    """Let people vote who are not in front of a browser."""
    evaluation = Evaluation.open(hall.folder)
    room = evaluation.room("r1")
    for number, value in enumerate(values):
        sheet = evaluation.sheet("r1", f"other{number}")
        sheet.consent()
        room.take_seat(sheet)
        room.vote(sheet, subject, value)


def agree_and_come_back(laptop, fr, en):
    """Record what the group agrees on, go on, come back to it, and end the session."""
    laptop.get_by_label(say("consensus.record_step", "fr")).select_option("3")
    laptop.get_by_label(say("consensus.record_dissent", "fr")).fill("Deux voix disent 5.")
    press(laptop, "consensus.record_do")
    en.get_by_text("Deux voix disent 5.").wait_for()
    press(laptop, "consensus.next", name=find("four_conditions").indicators["CV2"].text)
    stands(fr, "CV2/1/rate")
    laptop.get_by_label(say("consensus.order_to", "fr")).select_option("CV1")
    press(laptop, "consensus.order_go")
    stands(en, "CV1/1/recorded")
    press(laptop, "consensus.close")
    fr.get_by_role("heading", name=say("consensus.closed_title", "fr")).wait_for()


def count(laptop, people):
    """Count the people who voted by the code, once their votes are said not to count."""
    uncounted = say("consensus.uncounted", "fr", count=people, counted=0)
    laptop.get_by_text(uncounted).first.wait_for()
    laptop.get_by_label(say("consensus.count_label", "fr")).fill(str(people))
    press(laptop, "consensus.count_keep")
    laptop.get_by_text(say("consensus.count_kept", "fr")).wait_for()


@pytest.mark.allows_console_errors  # a kernel is killed: the browser reports the broken connection
def test_a_room_rates_looks_talks_and_agrees(hall, visit):
    laptop = lead(hall, visit)
    press(laptop, "consensus.begin")
    laptop.locator(".tk-join img").wait_for()
    address = laptop.locator(".tk-join figcaption").inner_text()
    before = set(hall.kernels())
    fr, en = visit("phone").page, visit("phone").page
    # This phone's clock is a year ahead: all that it does and shows must be the same.
    en.add_init_script("const told = Date.now; Date.now = () => told() + 365 * 864e5;")
    join(fr, address, "fr")
    mine = set(hall.kernels()) - before
    join(en, address, "en")
    laptop.get_by_text(say("consensus.joined", "fr", count=2)).wait_for()

    press(laptop, "consensus.ask")
    for page in (laptop, fr, en):
        stands(page, "CV1/1/rate")
    fr.locator(".tk-steps .tk-step").nth(1).click()
    fr.get_by_text(say("rate.saved", "fr")).wait_for()
    en.locator(".tk-steps input").first.focus()
    en.keyboard.press("Space")
    en.keyboard.press("ArrowDown")
    en.keyboard.press("ArrowDown")
    en.get_by_text(say("rate.saved", "en")).wait_for()
    press(laptop, "consensus.open")
    count(laptop, 2)
    press(laptop, "consensus.open")
    laptop.get_by_text(say("consensus.too_few", "fr", minimum=5, answers=2)).wait_for()
    others(hall, "CV1/1", 2, 3, 4, 4, 5, 5)
    for page, language in ((laptop, "fr"), (fr, "fr"), (en, "en")):
        counted = say("consensus.answered", language, answers=8, joined=8)
        page.get_by_text(counted).wait_for()
    expect(fr.locator("input:checked")).to_have_count(1)  # nothing that ticks unmakes an answer
    laptop.set_viewport_size({"width": 320, "height": 740})  # led from a phone, nothing sticks out
    assert laptop.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    laptop.set_viewport_size({"width": 1280, "height": 800})

    os.kill(mine.pop(), signal.SIGKILL)  # a phone drops out while the room goes on
    press(laptop, "consensus.open")
    for page in (laptop, en, fr):
        page.locator(".tk-bars tr").nth(4).wait_for()
        expect(page.locator(".tk-bars b")).to_have_text(["0", "2", "2", "2", "2"])
    fr.get_by_text("2 · Amorcé").last.wait_for()

    press(laptop, "consensus.to_talk")
    en.get_by_text(say("consensus.prompt_fact", "en")).wait_for()
    press(laptop, "consensus.minutes", minutes=2)
    for page in (laptop, fr, en):
        page.locator(".tk-clock").filter(has_text="1:5").wait_for()
    press(laptop, "consensus.ask_again")
    stands(fr, "CV1/2/again")
    expect(fr.locator("input:checked")).to_have_count(0)
    press(laptop, "consensus.shut")
    stands(laptop, "CV1/2/talk")

    agree_and_come_back(laptop, fr, en)

    evaluation = Evaluation.open(hall.folder)
    (row,) = evaluation.ratings().to_dict("records")
    assert (row["indicator"], row["mode"], row["value"]) == ("CV1", "consensus", 3)
    assert evaluation.session("r1").figures("CV1")[0].steps == (0, 2, 2, 2, 2)


def test_the_keyboard_alone_leads_a_session_and_never_loses_its_place(hall, visit):
    page = lead(hall, visit)
    active = page.locator(":focus")

    def enter(key):
        page.get_by_role("button", name=say(key, "fr")).first.focus()
        page.keyboard.press("Enter")

    heading = page.get_by_role("heading", name=say("consensus.lead", "fr"), exact=True)
    page.set_viewport_size({"width": 1280, "height": 650})  # so low that the code pushes
    enter("consensus.begin")
    page.locator(".tk-join img").wait_for()
    until(page, "() => document.activeElement.tagName === 'H2'")
    expect(active).to_have_text(heading.inner_text(), use_inner_text=True)
    for part in (heading, page.locator(".tk-join img")):  # what came above pushed neither away
        expect(part).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    expect(active).to_have_text(say("consensus.ask", "fr"))
    page.keyboard.press("Enter")
    stands(page, "CV1/1/rate")
    until(page, "() => document.activeElement.tagName === 'H2'")
    enter("consensus.open")  # nobody answered: the same button stays, beside why
    page.get_by_text(say("consensus.too_few", "fr", minimum=5, answers=0)).wait_for()
    expect(active).to_have_text(say("consensus.open", "fr"))
    enter("consensus.shut")
    stands(page, "CV1/1/talk")
    page.get_by_label(say("consensus.record_step", "fr")).select_option("3")
    enter("consensus.record_do")
    page.get_by_role("heading", name=say("consensus.proceedings", "fr")).wait_for()
    page.get_by_text(say("consensus.recorded_done", "fr"), exact=True).wait_for()
    expect(active).to_have_text(say("consensus.record_do", "fr"))
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []
    page.get_by_label(say("consensus.view", "fr")).focus()
    page.keyboard.press("ArrowDown")
    heading.wait_for(state="detached")
    expect(active).to_have_attribute("data-at", "view")
    page.reload()  # as it does by itself after a broken connection
    expect(page.get_by_label(say("consensus.view", "fr"))).to_have_value("room")
    page.locator(".tk-stage").wait_for()
    expect(heading).to_be_hidden()
