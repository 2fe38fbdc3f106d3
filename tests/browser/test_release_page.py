"""From a closed round to a viewer's phone: composed, looked at, decided, opened, taken back."""

import pytest
from playwright.sync_api import expect

from tests.running import start
from toolkit import Evaluation
from toolkit.serve.demo import make_demo
from toolkit.text import say

#: Where the reader is once the browser has noticed what the click did.
AFTER_TWO_FRAMES = """new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(
    () => go(document.activeElement.textContent))))"""


@pytest.fixture
def mine(chromium, tmp_path):
    """The sample coalition with its last round closed and not shown, served."""
    folder = tmp_path / "mine"
    evaluation = make_demo(folder, "fr")
    status = {"2025-T1": "withdrawn", "2025-T2": "withdrawn", "2026-T1": "closed"}
    waves = [
        wave.model_copy(update={"status": status.get(wave.code, wave.status)})
        for wave in evaluation.settings.waves
    ]
    evaluation.change(evaluation.settings.model_copy(update={"waves": tuple(waves)}))
    server = start("serve", str(folder), folder=folder)
    yield server
    server.stop()


def dashboard(mine, visit, size="phone"):
    return visit(size).open(mine.doors["dashboard"])


def test_nothing_reaches_a_viewer_before_the_coalition_decided(mine, visit):
    viewer = dashboard(mine, visit)
    viewer.get_by_text(say("dashboard.nothing", "fr")).wait_for()

    page = visit("laptop").page
    page.goto(mine.doors["setup"])
    page.get_by_role("link", name=say("cli.release", "fr"), exact=True).click()
    page.get_by_role("heading", name=say("release.compose_title", "fr")).wait_for()
    page.get_by_label(say("release.part_groups", "fr")).uncheck()
    page.get_by_label(say("release.notes", "fr")).fill("On avance ensemble.")
    page.get_by_role("button", name=say("release.look", "fr")).focus()
    page.keyboard.press("Enter")
    assert page.evaluate(AFTER_TWO_FRAMES) == say("release.look", "fr")  # while the server works
    frame = page.locator(".tk-masthead").nth(1)
    frame.wait_for()
    page.get_by_role("button", name=say("release.phone", "fr")).click()
    page.locator(".agir-phone .tk-masthead").wait_for()
    assert page.locator(".agir-phone").evaluate("box => box.clientWidth") == 390
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    looked_at = page.locator(".agir-phone .tk-card h3").all_inner_texts()

    label = say("release.do_open", "fr", audience=say("release.coalition", "fr"))
    opens = page.get_by_role("button", name=label)
    opens.click()
    page.locator(".tk-bad").filter(has_text=say("release.who_agreed", "fr")).wait_for()
    page.get_by_label(say("release.agreed", "fr")).fill("Le comité, à l’unanimité")
    page.keyboard.press("Tab")
    opens.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=say("release.opened_title", "fr")).wait_for()
    assert Evaluation.open(mine.folder).releases.current("coalition").version == 1

    viewer = dashboard(mine, visit)
    viewer.get_by_text("On avance ensemble.").wait_for()
    expect(viewer.locator(".tk-card h3")).to_have_text(looked_at, use_inner_text=True)
    expect(viewer.get_by_role("heading", name=say("dashboard.groups", "fr"))).to_have_count(0)

    page.get_by_role("button", name=say("release.revoke", "fr")).click()
    page.get_by_text(say("release.taken_back", "fr")).wait_for()
    viewer = dashboard(mine, visit)
    viewer.get_by_text(say("dashboard.nothing", "fr")).wait_for()


@pytest.fixture
def talked_over(chromium, talked):
    """A closed round of which a group has talked, served."""
    server = start("serve", str(talked.folder), folder=talked.folder)
    yield server
    server.stop()


def test_what_the_group_said_reaches_a_funder_as_it_was_looked_at(talked_over, visit):
    page = visit("laptop").page
    page.goto(talked_over.doors["setup"])
    page.get_by_role("link", name=say("cli.release", "fr"), exact=True).click()
    page.get_by_role("heading", name=say("release.compose_title", "fr")).wait_for()
    page.get_by_label(say("release.audience", "fr")).select_option("")
    page.get_by_label(say("release.name", "fr")).fill("Un bailleur")
    group = page.get_by_role("group", name=say("release.said", "fr"))
    assert not any(box.is_checked() for box in group.get_by_role("checkbox").all())
    for part in ("interpretation", "plan", "strategy", "relations"):
        group.get_by_label(say(f"release.part_{part}", "fr")).check()
    page.get_by_role("button", name=say("release.look", "fr")).click()
    page.get_by_role("button", name=say("release.phone", "fr")).click()
    frame = page.locator(".agir-phone")
    frame.get_by_role("heading", name=say("dashboard.actions", "fr")).wait_for()
    looked_at = frame.locator("h2, h3").all_inner_texts()
    page.get_by_label(say("release.agreed", "fr")).fill("Tout le monde")
    page.get_by_role("button", name=say("release.do_open", "fr", audience="Un bailleur")).click()
    page.get_by_role("heading", name=say("release.opened_title", "fr")).wait_for()

    token = Evaluation.open(talked_over.folder).links.make_viewer("un-bailleur")
    viewer = visit("phone").open(talked_over.link(token))
    viewer.get_by_role("heading", name=say("dashboard.actions", "fr")).wait_for()
    for language in ("fr", "en"):
        if language == "en":
            viewer.get_by_role("button", name="English").click()
            viewer.get_by_role("heading", name=say("dashboard.actions", "en")).wait_for()
        else:
            expect(viewer.locator("h2, h3")).to_have_text(looked_at, use_inner_text=True)
        body = viewer.locator("body").inner_text()
        assert "Animer à tour de rôle" in body
        assert "Anne" not in body
        drawn = viewer.get_by_role("heading", name=say("relations.map_today", language))
        expect(drawn).to_have_count(1)
        wide = viewer.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0
