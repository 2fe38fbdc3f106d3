"""What a page says and shows while its server, its kernel or its network is away."""

import os
import re
import signal
from contextlib import suppress
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import expect

from tests.running import start, stopped, until
from toolkit import Evaluation
from toolkit.serve.demo import make_demo
from toolkit.text import say

pytestmark = pytest.mark.allows_console_errors  # the browser itself reports what is away


@pytest.fixture
def form(served, place, visit):
    """A new person's form on a phone, consent given."""
    evaluation = Evaluation.open(place)
    token = evaluation.invite(evaluation.open_wave.code, 1)[0]
    page = visit("phone").open(served.link(token))
    page.get_by_role("button", name=say("consent.agree", "fr")).click()
    page.get_by_role("heading", name="1.").wait_for()
    return page


def tap(page, question, step):
    box = page.locator(".tk-question").nth(question)
    box.locator(".tk-current .tk-step").nth(step - 1).click()
    return box.locator(".tk-said").first


def test_without_a_connection_an_answer_says_that_it_waits_and_next_does_nothing_later(
    served, form
):
    tap(form, 0, 3).filter(has_text=say("rate.saved", "fr")).wait_for()
    with stopped(served.process.pid, *served.kernels()):
        line = tap(form, 1, 4)
        line.filter(has_text=say("app.unsaved", "fr")).wait_for()
        expect(line).to_contain_class("tk-pending")
        until(form, "() => performance.now() - window.agirHeard > 3000")
        form.locator("nav .tk-primary").click()
        form.locator(".tk-banner").filter(has_text=say("app.offline", "fr")).wait_for()
        form.evaluate("() => scrollTo(0, document.body.scrollHeight)")
        button = form.locator("nav .tk-primary").bounding_box()
        banner = form.locator(".tk-banner").bounding_box()
        assert button["y"] + button["height"] <= banner["y"]
    line.filter(has_text=say("rate.saved", "fr")).wait_for()
    form.locator(".tk-banner").wait_for(state="detached")
    expect(form.locator("h2")).to_have_text(re.compile(r"^1\."))
    form.locator("nav .tk-primary").click()
    form.get_by_role("heading", name="2.").wait_for()


def test_a_page_that_loads_anew_goes_on_where_somebody_was(form):
    tap(form, 0, 3).filter(has_text=say("rate.saved", "fr")).wait_for()
    for number in (2, 3):
        form.locator("nav .tk-primary").click()
        form.get_by_role("heading", name=f"{number}.").wait_for()
    form.locator(".tk-question").nth(3).evaluate("(line) => line.scrollIntoView()")
    height = form.evaluate("() => scrollY")
    assert height > 300
    form.reload()
    form.get_by_role("heading", name="3.").wait_for()
    until(form, "(height) => Math.abs(scrollY - height) < 200", height)


def test_no_figure_of_a_round_stands_under_the_name_of_another(served, visit):
    before = set(served.kernels())
    page = visit("laptop").open(served.doors["dashboard"])
    page.locator(".tk-chart").first.wait_for()
    page.locator("agir-seen").wait_for(state="detached")
    rounds = page.locator("select[data-at=choice]")
    shown = rounds.input_value()
    older = next(one for one in rounds.locator("option").all() if not one.is_checked())
    figures = page.locator(".tk-cards").first
    told = figures.inner_text()
    with stopped(*(set(served.kernels()) - before)):
        rounds.select_option(older.get_attribute("value"))
        page.get_by_text(say("app.working", "fr"), exact=True).first.wait_for()
        for part in page.locator(".tk h2").all():
            expect(part).to_be_hidden()
    figures.wait_for(state="visible")
    expect(rounds).not_to_have_value(shown)
    expect(figures).not_to_have_text(told, use_inner_text=True)


HAS_SCRIPT = """() => performance.getEntriesByType('resource')
    .some(({ name, responseEnd }) => name.includes('whole') && responseEnd)"""
KEPT = "() => Object.keys(localStorage).filter((name) => name.startsWith('agir:')).length"


def link_of(place):
    """Make a link for one more person, and return its token and their pseudonym."""
    evaluation = Evaluation.open(place)
    token = evaluation.invite(evaluation.open_wave.code, 1)[0]
    return token, evaluation.links.enter(token, "rater").rater


def answers_of(place, rater):
    evaluation = Evaluation.open(place)
    kept = evaluation.sheet(evaluation.open_wave.code, rater).answers
    return {code: rating.value for (code, _), rating in kept.items()}


def begin(page, address):
    come_back(page, address)
    page.get_by_role("button", name=say("consent.agree", "fr")).click()
    page.get_by_role("heading", name="1.").wait_for()


def come_back(page, address):
    page.goto(address)
    page.locator(".agir-button").first.click()


@pytest.fixture
def own(chromium, tmp_path):
    """A server that a test kills, and starts again at the same address."""
    folder = make_demo(tmp_path / "demo", "fr").folder
    servers = [start("serve", str(folder), folder=folder)]

    def kill():
        kernels = servers[-1].kernels()
        servers[-1].kill()
        for process in kernels:
            with suppress(ProcessLookupError):  # it has just ended with its server
                os.kill(process, signal.SIGKILL)

    def again():
        port = urlsplit(servers[0].base).port
        servers.append(start("serve", str(folder), folder=folder, port=port))

    yield servers[0], kill, again
    servers[-1].stop()


def test_what_waits_outlives_its_tab_is_nobody_elses_and_gone_once_it_is_saved(own, visit):
    served, kill, again = own
    place = served.folder
    mine, me = link_of(place)
    other, them = link_of(place)
    first = visit("phone").page
    device = first.context
    begin(first, served.link(mine))
    kill()
    tap(first, 0, 4).filter(has_text=say("app.unsaved", "fr")).wait_for()
    until(first, KEPT.replace("length", "length === 1"))
    first.close()
    again()
    assert answers_of(place, me) == {}
    device.clear_cookies()  # as when the next person takes the shared device
    second = device.new_page()
    begin(second, served.link(other))
    tap(second, 1, 2).filter(has_text=say("rate.saved", "fr")).wait_for()
    expect(second.locator(".tk-question").first.locator("input:checked")).to_have_count(0)
    assert len(answers_of(place, them)) == 1
    assert answers_of(place, me) == {}
    device.clear_cookies()
    second.goto(served.link(mine))
    second.get_by_role("button", name=say("door.begun_yes", "fr")).click()
    second.locator(".agir-button").first.click()
    line = second.locator(".tk-question").first.locator(".tk-said").first
    line.filter(has_text=say("rate.saved", "fr")).wait_for()
    until(second, KEPT.replace("length", "length === 0"))
    assert list(answers_of(place, me).values()) == [4]
    assert len(answers_of(place, them)) == 1


def test_what_waited_does_not_undo_what_was_answered_elsewhere_since(own, visit):
    served, kill, again = own
    place = served.folder
    token, me = link_of(place)
    phone = visit("phone").page
    begin(phone, served.link(token))
    kill()
    tap(phone, 0, 4).filter(has_text=say("app.unsaved", "fr")).wait_for()
    phone.context.new_page()  # or the browser would end with its last page
    phone.close()
    evaluation = Evaluation.open(place)
    code = evaluation.instrument.conditions[0].indicators[0].code
    evaluation.sheet(evaluation.open_wave.code, me).record(code, value=2)
    again()
    back = phone.context.pages[-1]
    come_back(back, served.link(token))
    back.get_by_role("heading", name="1.").wait_for()
    until(back, KEPT.replace("length", "length === 0"))
    assert answers_of(place, me) == {code: 2}


def test_two_tabs_of_one_person_keep_the_newest(own, visit):
    served, kill, again = own
    place = served.folder
    token, me = link_of(place)
    one = visit("phone").page
    begin(one, served.link(token))
    two = one.context.new_page()
    come_back(two, served.link(token))
    two.get_by_role("heading", name="1.").wait_for()
    kill()
    tap(one, 0, 4).filter(has_text=say("app.unsaved", "fr")).wait_for()
    tap(two, 0, 5)
    until(two, KEPT.replace("length", "length === 1"))
    again()
    line = two.locator(".tk-question").first.locator(".tk-said").first
    line.filter(has_text=say("rate.saved", "fr")).wait_for()
    until(two, KEPT.replace("length", "length === 0"))
    assert list(answers_of(place, me).values()) == [5]


def test_a_page_whose_server_is_killed_while_it_is_written_is_opened_anew(own, visit):
    served, kill, again = own
    token, _ = link_of(served.folder)
    page = visit("phone").page
    page.goto(served.link(token))
    makers = [one.pid for one in psutil.Process(served.process.pid).children(recursive=True)]
    with stopped(*makers):
        page.locator(".agir-button").first.click(no_wait_after=True)
        page.locator("#agir-wait").wait_for()
        until(page, HAS_SCRIPT)
        kill()
    again()
    page.get_by_role("button", name=say("consent.agree", "fr")).wait_for()
