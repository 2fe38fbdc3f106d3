"""A person rates on a phone, loses the kernel half way, and finds every answer again."""

import os
import re
import signal

import psutil
import pytest
from playwright.sync_api import expect

from tests.running import eventually, until
from toolkit import Evaluation
from toolkit.text import say

SIZES = {"CV": 5, "PP": 6, "ML": 5, "SA": 6}
CODES = [f"{group}{n}" for group, last in SIZES.items() for n in range(1, last + 1)]


def rater_link(served, place, language):
    """Return a new person's link, and their pseudonym."""
    evaluation = Evaluation.open(place)
    wave = evaluation.open_wave.code
    token = evaluation.invite(wave, 1)[0]
    rater = evaluation.links.enter(token, "rater").rater
    return f"{served.link(token)}?lang={language}", wave, rater


def agree(page, language):
    page.get_by_role("button", name=say("consent.agree", language)).click()
    page.wait_for_selector(".tk-form")


def answer(page, question, step, language):
    """Tap a step, and wait until the page says that it is saved."""
    box = page.locator(".tk-question").nth(question)
    box.locator(".tk-current .tk-step").nth(step - 1).click()
    box.locator(".tk-said").first.filter(has_text=say("rate.saved", language)).wait_for()


def kept(place, wave, rater):
    answers = Evaluation.open(place).sheet(wave, rater).answers
    return {code: r.value for (code, aspect), r in answers.items() if aspect == "current"}


@pytest.mark.allows_console_errors  # the browser itself reports the broken connection
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_all_22_answers_survive_a_killed_kernel(served, place, visit, size, language):
    address, wave, rater = rater_link(served, place, language)
    before = set(served.kernels())
    page = visit(size).open(address)
    agree(page, language)
    for question in range(5):
        answer(page, question, question % 5 + 1, language)
    page.locator("nav .tk-primary").click()
    page.get_by_role("heading", name="2.").wait_for()
    for question in range(6):
        answer(page, question, 4, language)
    mine = set(served.kernels()) - before
    assert len(mine) == 1
    os.kill(mine.pop(), signal.SIGKILL)

    again = visit(size)
    page = again.come_back(address)
    shown = say("rate.progress", language, done=11, total=22)
    page.get_by_text(shown, exact=True).wait_for()
    assert kept(place, wave, rater) == dict(zip(CODES[:11], [1, 2, 3, 4, 5, *[4] * 6], strict=True))
    page.get_by_role("heading", name="3.").wait_for()
    for count in (5, 6):
        for question in range(count):
            answer(page, question, 2, language)
        page.locator("nav .tk-primary").click()
        if count == 5:
            page.get_by_role("heading", name="4.").wait_for()
    page.get_by_role("heading", name=say("rate.done_title", language)).wait_for()
    assert set(kept(place, wave, rater)) == set(CODES)

    dashboard = visit(size).open(served.doors["dashboard"] + f"?lang={language}")
    evaluation = Evaluation.open(place)
    count, expected = evaluation.participation(wave), evaluation.open_wave.expected
    sentence = say("dashboard.answered", language, count=count, expected=expected)
    dashboard.get_by_text(sentence, exact=True).wait_for()


@pytest.mark.allows_console_errors
def test_an_answer_given_while_the_connection_is_down_arrives_later(served, place, visit):
    address, wave, rater = rater_link(served, place, "fr")
    before = set(served.kernels())
    page = visit().open(address)
    agree(page, "fr")
    answer(page, 0, 3, "fr")
    killed = (set(served.kernels()) - before).pop()
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: not psutil.pid_exists(killed))
    page.locator(".tk-question").nth(1).locator(".tk-current .tk-step").nth(4).click()
    # The page opens itself again on a new kernel, and sends what was waiting on the device.
    page.get_by_text(say("rate.progress", "fr", done=2, total=22), exact=True).wait_for()
    assert kept(place, wave, rater) == {"CV1": 3, "CV2": 5}
    expect(page.locator(".tk-question").nth(1).locator("input:checked")).to_have_count(1)


def test_the_language_switch_keeps_every_answer(served, place, visit):
    address, wave, rater = rater_link(served, place, "fr")
    page = visit().open(address)
    agree(page, "fr")
    answer(page, 0, 2, "fr")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="1. Common vision").wait_for()
    first = page.locator(".tk-question").first
    expect(first.locator("input:checked")).to_have_attribute("value", "2")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_title(re.compile("^My answers"))
    assert kept(place, wave, rater) == {"CV1": 2}


def test_the_keyboard_alone_is_enough(served, place, visit):
    address, wave, rater = rater_link(served, place, "en")
    page = visit("laptop").open(address)
    page.get_by_role("button", name=say("consent.agree", "en")).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".tk-form")
    until(page, "() => document.activeElement.tagName === 'H2'")
    page.keyboard.press("Tab")  # the first radio group
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.locator(".tk-said").first.filter(has_text=say("rate.saved", "en")).wait_for()
    assert kept(place, wave, rater) == {"CV1": 3}
    values = {r.value for r in Evaluation.open(place)._store.history() if r.rater == rater}
    assert 2 not in values  # the arrow passed over it: it was never an answer


def test_a_note_of_100_kb_is_refused_and_stays_in_its_box(served, place, visit):
    address, wave, rater = rater_link(served, place, "fr")
    page = visit().open(address)
    agree(page, "fr")
    answer(page, 0, 4, "fr")
    box = page.locator(".tk-question").first
    box.locator("summary").nth(1).click()
    long = "é" * 100_000
    box.locator("textarea").fill(long)
    box.locator("textarea").blur()
    box.locator(".tk-said.tk-bad").filter(has_text="trop longue").wait_for()
    expect(box.locator("textarea")).to_have_value(long)
    assert kept(place, wave, rater) == {"CV1": 4}
    note = "Un fait 😀 <script>alert(1)</script> مرحبا"
    box.locator("textarea").fill(note)
    box.locator("textarea").blur()
    box.locator(".tk-said").first.filter(has_text=say("rate.saved", "fr")).wait_for()
    assert Evaluation.open(place).sheet(wave, rater).answers["CV1", "current"].note == note


def test_two_tabs_on_one_link_keep_both_answers(served, place, visit):
    address, wave, rater = rater_link(served, place, "fr")
    one, two = visit().open(address), None
    agree(one, "fr")
    two = visit().come_back(address)
    two.wait_for_selector(".tk-form")
    answer(one, 0, 2, "fr")
    answer(two, 0, 5, "fr")
    answer(one, 1, 3, "fr")
    box = one.locator(".tk-question").first
    box.locator("summary").nth(1).click()
    box.locator("textarea").fill("Un fait")
    box.locator("textarea").blur()
    answered = Evaluation.open(place).sheet(wave, rater)
    eventually(lambda: answered.answers["CV1", "current"].note == "Un fait")
    assert kept(place, wave, rater) == {"CV1": 5, "CV2": 3}  # the note brought no old answer back


def test_dont_know_desired_and_clear_stay_apart(served, place, visit):
    address, wave, rater = rater_link(served, place, "fr")
    page = visit().open(address)
    agree(page, "fr")
    box = page.locator(".tk-question").first
    box.get_by_text("Ne sais pas", exact=True).first.click()
    box.locator(".tk-said").first.filter(has_text="✓").wait_for()
    box.locator("summary").first.click()
    box.locator(".tk-desired .tk-step").nth(4).click()
    box.locator(".tk-said").nth(1).filter(has_text="✓").wait_for()
    answers = Evaluation.open(place).sheet(wave, rater).answers
    assert answers["CV1", "current"].status == "dont_know"
    assert answers["CV1", "desired"].value == 5
    box.locator(".tk-link").first.click()
    answered = Evaluation.open(place).sheet(wave, rater)
    eventually(lambda: answered.answers["CV1", "current"].status == "skipped")


def test_a_group_link_makes_one_person_per_device(served, place, visit):
    evaluation = Evaluation.open(place)
    wave = evaluation.open_wave.code
    token = evaluation.links.make("group", wave)[0]
    address = served.link(token)
    before = set(evaluation.raters())
    first = visit().open(address)
    first.locator("select").first.select_option("parent")
    agree(first, "fr")
    answer(first, 0, 5, "fr")
    first.goto(address)  # the same device comes back: it asks before it shows anybody's answers
    first.get_by_role("heading", name=say("home.yours_title", "fr")).wait_for()
    first.get_by_role("link", name=say("home.go_on", "fr")).click()
    first.get_by_text(say("rate.progress", "fr", done=1, total=22), exact=True).wait_for()
    first.get_by_role("link", name=say("app.home", "fr")).click()
    first.get_by_role("heading", name=say("home.yours_title", "fr")).wait_for()
    expect(first.get_by_role("button", name=say("home.other", "fr"))).to_have_count(0)
    second = visit().open(address)
    agree(second, "fr")
    answer(second, 0, 1, "fr")
    new = {code: r for code, r in evaluation.raters().items() if code not in before}
    assert sorted(r.group for r in new.values()) == ["", "parent"]


def test_the_browsers_back_goes_back_one_condition(served, place, visit):
    address, _, _ = rater_link(served, place, "fr")
    page = visit().open(address)
    agree(page, "fr")
    for number in (2, 3):
        page.locator("nav .tk-primary").click()
        page.get_by_role("heading", name=f"{number}.").wait_for()
    page.go_back()
    page.get_by_role("heading", name="2.").wait_for()
    page.go_back()
    page.get_by_role("heading", name="1.").wait_for()
    page.go_forward()
    page.get_by_role("heading", name="2.").wait_for()
