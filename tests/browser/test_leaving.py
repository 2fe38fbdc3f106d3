"""Whose device it is: asked on the way in, left from any page, and nothing is lost unsaid."""

import nbformat
import pytest
from playwright.sync_api import expect

from tests.browser.test_waiting import KEPT, answers_of, link_of, tap
from tests.running import stopped, until
from toolkit import Evaluation
from toolkit.text import say

ANOTHER = "() => localStorage.setItem('agir:other', JSON.stringify({ at: Date.now() }))"


@pytest.fixture
def person(served, place, visit):
    """A phone on which a new person has begun, their link, pseudonym and kernel."""
    before = set(served.kernels())
    token, rater = link_of(place)
    page = visit("phone").page
    page.goto(served.link(token))
    page.locator(".agir-button").first.click()
    page.get_by_role("button", name=say("consent.agree", "fr")).click()
    page.get_by_role("heading", name="1.").wait_for()
    return page, token, rater, set(served.kernels()) - before


def ask_to_leave(page):
    page.get_by_role("link", name=say("home.leave", "fr")).click()
    page.get_by_role("heading", name=say("home.leaving_title", "fr")).wait_for()
    page.wait_for_load_state("load")


def leave(page):
    page.get_by_role("button", name=say("home.leave", "fr")).click()
    page.get_by_text("demandez-en un nouveau").wait_for()


@pytest.mark.allows_console_errors  # the page that is no more theirs is answered with a 403
def test_a_device_is_left_from_a_page_that_has_saved_all(served, place, person):
    page, _, rater, _ = person
    tap(page, 0, 4)
    ask_to_leave(page)  # what was tapped just before is saved first
    assert list(answers_of(place, rater).values()) == [4]
    assert page.locator("#agir-waiting").inner_text() == ""
    leave(page)
    assert not any("-rater" in cookie["name"] for cookie in page.context.cookies())
    page.goto(f"{served.base}voila/render/rate.ipynb")
    page.get_by_text("demandez-en un nouveau").wait_for()


@pytest.mark.allows_console_errors  # a kernel that is asleep
def test_who_leaves_is_asked_about_answers_that_are_not_saved_and_may_stay_to_send_them(
    place, person
):
    page, _, rater, kernels = person
    with stopped(*kernels):
        tap(page, 0, 4).filter(has_text=say("app.unsaved", "fr")).wait_for()
        ask_to_leave(page)
        page.get_by_text(say("home.leaving_waiting", "fr")).wait_for()
        page.get_by_text(say("home.stay", "fr"), exact=True).click()
        page.locator(".agir-button").first.click()
        page.get_by_role("heading", name="1.").wait_for()
        until(page, KEPT.replace("length", "length === 0"))
    assert list(answers_of(place, rater).values()) == [4]
    ask_to_leave(page)
    assert page.locator("#agir-waiting").inner_text() == ""


@pytest.mark.allows_console_errors  # a kernel that is asleep
def test_who_leaves_all_the_same_takes_their_answers_along_and_nobody_elses(place, person):
    page, _, _, kernels = person
    with stopped(*kernels):
        page.evaluate(ANOTHER)
        tap(page, 0, 4).filter(has_text=say("app.unsaved", "fr")).wait_for()
        until(page, KEPT.replace("length", "length === 2"))
        ask_to_leave(page)
        page.get_by_text(say("home.leaving_waiting", "fr")).wait_for()
        leave(page)
        assert page.evaluate("() => Object.keys(localStorage)") == ["agir:other"]


def test_a_link_on_which_somebody_has_begun_asks_whether_it_is_them(served, place, person, visit):
    page, token, _, _ = person
    tap(page, 0, 4).filter(has_text=say("rate.saved", "fr")).wait_for()
    other = visit("phone").page
    other.goto(served.link(token))
    other.get_by_role("heading", name=say("door.begun_title", "fr")).wait_for()
    assert other.locator(".tk-question").count() == 0
    other.get_by_text(say("door.begun_no", "fr")).click()
    other.get_by_text("demandez-en un nouveau").wait_for()
    other.goto(served.link(token))
    other.get_by_role("button", name=say("door.begun_yes", "fr")).click()
    other.locator(".agir-button").first.click()
    other.get_by_role("heading", name="1.").wait_for()
    expect(other.locator(".tk-question").first.locator("input:checked")).to_have_count(1)


@pytest.mark.allows_console_errors  # the page that is being prepared is answered with a 403
def test_a_changed_notebook_is_shown_to_others_once_the_evaluator_pressed(served, place, visit):
    file = place / "dashboard.ipynb"
    shipped = file.read_text("utf-8")
    notebook = nbformat.reads(shipped, as_version=4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("Un mot de nous"))
    token = Evaluation.open(place).links.make("viewer")[0]
    viewer, evaluator = visit("phone").page, visit("laptop").page
    try:
        nbformat.write(notebook, file)
        viewer.goto(served.link(token))
        viewer.locator(".agir-button").first.click()
        viewer.get_by_text(say("page.changed", "fr")).wait_for()
        evaluator.goto(served.doors["setup"])
        evaluator.get_by_text("dashboard.ipynb").wait_for()
        evaluator.get_by_role("button", name=say("home.confirm", "fr")).click()
        evaluator.get_by_text("dashboard.ipynb").wait_for(state="detached")
        viewer.reload()
        viewer.get_by_text("Un mot de nous").wait_for()
    finally:
        file.write_text(shipped, "utf-8")
