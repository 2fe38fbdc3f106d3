"""A group makes sense of a round and plans, two at a time, then looks again."""

import pytest
from playwright.sync_api import expect

from tests.running import start
from toolkit import Evaluation
from toolkit.serve.demo import make_demo
from toolkit.text import say

WAVE = "2026-T1"


@pytest.fixture
def coalition(chromium, tmp_path):
    """The demo's evaluation, in which a round before had left an action to do."""
    folder = tmp_path / "ours"
    evaluation = make_demo(folder, "fr")
    fields = {"what": "Écrire le but ensemble", "who": "Anne", "indicator": "CV2"}
    evaluation.plan.act("2025-T2", fields)
    server = start("serve", str(folder), folder=folder)
    yield server
    server.stop()


def plan_page(coalition, visit, size):
    """Open the plan from the evaluator's doors."""
    page = visit(size).page
    page.goto(coalition.doors["setup"])
    page.get_by_role("link", name=say("cli.plan", "fr")).click()
    page.get_by_role("heading", name=say("plan.title", "fr")).wait_for()
    return page


def box(page, title):
    """Return the box for a note beside a figure, in its opened condition."""
    found = page.get_by_label(f"{say('plan.note', 'fr')} – {title}", exact=True)
    if not found.is_visible():
        page.locator(".tk-group > summary").first.click()
    return found


def press(page, key):
    page.get_by_role("button", name=say(key, "fr"), exact=True).last.click()


def saved(page):
    return page.locator(".tk-said").filter(has_text=say("plan.kept", "fr"))


def take_three_priorities(page):
    """Fill all the room that there is; then the form goes, and leaves the reader on the page."""
    form = page.get_by_role("region", name=say("plan.priority_new", "fr"))
    for slot in (1, 2, 3):
        form.get_by_label(say("plan.field_text", "fr")).fill("Se voir")
        form.get_by_role("button").click()
        title = say("plan.priority_is", "fr", slot=slot, text="Se voir")
        page.get_by_role("heading", name=title).wait_for()
    form.wait_for(state="detached")
    page.get_by_role("button", name=say("plan.reword", "fr")).last.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=say("plan.cancel", "fr")).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=say("plan.cancel", "fr")).wait_for(state="detached")
    expect(page.locator(":focus")).to_have_text(say("plan.priorities", "fr"))


def test_two_plan_at_once_and_lose_no_text(coalition, visit):
    plan = Evaluation.open(coalition.folder).plan
    one, other = plan_page(coalition, visit, "laptop"), plan_page(coalition, visit, "phone")
    one.get_by_text(say("plan.moved", "fr", pairs=11, rose=6, same=5, fell=0)).wait_for()

    title = Evaluation.open(coalition.folder).instrument.indicators["CV1"].text["fr"]
    for page, text in ((one, "Le but est clair."), (other, "Le but change selon qui parle.")):
        box(page, title).fill(text)
        box(page, title).blur()
        if page is one:
            saved(page).wait_for()
    other.get_by_text(say("plan.theirs", "fr")).wait_for()
    other.get_by_text("Le but est clair.", exact=True).wait_for()
    expect(box(other, title)).to_have_value("Le but change selon qui parle.")
    press(other, "plan.keep_both")
    saved(other).wait_for()
    kept = plan.notes(WAVE)["CV1"].text
    assert kept == "Le but est clair.\nLe but change selon qui parle."

    what = one.get_by_label(say("plan.field_what", "fr"))
    what.fill("Relire le but à chaque rencontre")
    one.get_by_label(say("plan.field_indicator", "fr")).select_option("CV5")
    one.keyboard.press("Tab")
    press(one, "plan.keep")
    one.get_by_text(say("plan.no_who", "fr")).wait_for()
    expect(what).to_have_value("Relire le but à chaque rencontre")
    one.get_by_label(say("plan.field_who", "fr")).fill("Le comité de coordination")
    press(one, "plan.keep")
    one.get_by_role("heading", name="Relire le but à chaque rencontre").wait_for()
    expect(what).to_have_value("")
    (action,) = plan.actions(WAVE)
    assert (action.who, action.indicator) == ("Le comité de coordination", "CV5")

    one.get_by_role("button", name="Modifier (Écrire le but ensemble)").click()
    one.get_by_label(say("plan.field_status", "fr")).select_option("done")
    press(one, "plan.keep")
    one.get_by_text(say("plan.tally", "fr", done=1, under_way=0, open=0, dropped=0)).wait_for()
    assert plan.actions("2025-T2")[0].status == "done"

    take_three_priorities(one)
