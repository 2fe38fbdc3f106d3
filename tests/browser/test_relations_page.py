"""Ties said on a phone in a few taps, and the map that comes of them."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.running import start
from toolkit import Evaluation
from toolkit.evaluation import Partner, Wave
from toolkit.evaluation.relations.ties import Tie
from toolkit.templates import new_evaluation
from toolkit.text import say

NAMES = ("CPE Soleil", "CISSS du Nord", "École des Pins", "Ville des Érables", "Maison Bleue")


@pytest.fixture
def asking(chromium, tmp_path):
    """A served evaluation whose open round asks about ties among five partners."""
    evaluation = new_evaluation(tmp_path / "mine", "fr", "four_conditions")
    partners = tuple(Partner(code=f"p{i}", name=name) for i, name in enumerate(NAMES))
    wave = Wave(code="r1", fr="Un", en="One", status="open", activities=("relations",))
    update = {"partners": partners, "waves": (wave,)}
    evaluation.change(evaluation.settings.model_copy(update=update))
    server = start("serve", str(evaluation.folder), folder=evaluation.folder)
    yield server
    server.stop()


def press(page, key, **values):
    page.get_by_role("button", name=say(key, "fr", **values), exact=False).first.click()


def sound(page):
    """Nothing serious stands in the way of a screen reader, and nothing is wider than the page."""
    grave = [
        (fault["id"], [node["html"][:200] for node in fault["nodes"]])
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]
    assert grave == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def the_evaluator_sees(page, asking, evaluation, tied):
    """The map opens as the group may see it; for the evaluator it has names and roles."""
    page.goto(asking.doors["setup"])
    page.get_by_role("link", name=say("cli.relations", "fr")).click()
    page.get_by_text(say("relations.withheld_open", "fr")).wait_for()
    page.get_by_label(say("relations.by_view", "fr")).select_option("own")
    press(page, "relations.show")
    page.get_by_text(say("relations.silent", "fr", names=", ".join(NAMES[1:]))).wait_for()
    pictured = page.get_by_role("img").first.get_attribute("alt")
    assert say("chart.tie_unconfirmed", "fr", value=3.0, name=tied) in pictured
    box = f"{NAMES[0]} – {say('role.chair', 'fr')}"
    page.get_by_role("checkbox", name=box).check()
    page.get_by_text(say("relations.role_kept", "fr")).wait_for()
    assert evaluation.relations.roles.held["p0"] == ("chair",)
    sound(page)


def test_a_partner_says_its_ties_on_a_phone_and_the_evaluator_sees_the_map(asking, visit):
    evaluation = Evaluation.open(asking.folder)
    token = evaluation.invite_partner("r1", "p0")
    rater = evaluation.links.enter(token, "rater").rater
    page = visit("phone").open(asking.link(token))
    press(page, "consent.agree")
    page.wait_for_selector(".tk-form")
    page.locator(".tk-home").click()
    page.get_by_role("link", name=say("cli.relations", "fr")).click()

    for name in NAMES[1:4]:
        page.get_by_role("checkbox", name=name).check()
    sound(page)
    press(page, "relations.ties_next")
    tie = page.locator(".tk-tie")
    tie.nth(2).wait_for()
    known = [line.split("\n")[0] for line in tie.locator("legend").all_inner_texts()]
    assert sorted(known) == sorted(NAMES[1:4])
    inside = "boxes => boxes.every(box => box.scrollWidth <= box.clientWidth)"
    assert page.locator(".tk-tie fieldset").evaluate_all(inside)
    tie.nth(0).get_by_role("radio", name=say("strategy.cooperating", "fr")).check()
    tie.nth(0).get_by_text(say("rate.saved", "fr")).wait_for()
    tie.nth(1).get_by_role("radio").first.focus()  # and without a mouse
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tie.nth(1).get_by_text(say("rate.saved", "fr")).wait_for()
    tie.nth(2).get_by_role("radio", name=say("rate.dont_know", "fr")).check()
    page.get_by_role("checkbox", name=say("relations.ties_also", "fr")).check()
    tie.nth(0).get_by_role("combobox").select_option("4")
    tie.nth(0).get_by_text(say("rate.saved", "fr")).wait_for()
    sound(page)
    page.get_by_role("button", name=say("relations.ties_none", "fr").replace("#", "1")).click()
    page.get_by_text(say("relations.none_kept", "fr", count=1)).wait_for()

    code = {partner.name: partner.code for partner in evaluation.settings.partners}
    said = evaluation.relations.ties("r1", rater)
    given = [said[code[name]] for name in known]
    assert given == [Tie(3, 4), Tie(2), Tie("dont_know")]
    assert said["p4"] == Tie(0)

    page.reload()
    tie.nth(2).wait_for()
    expect(page.locator(".tk-tie input:checked")).to_have_count(3)
    press(page, "relations.name_us")
    page.get_by_text(say("relations.named_yes", "fr")).wait_for()
    press(page, "relations.ties_done")
    page.get_by_role("heading", name=say("relations.done_title", "fr")).wait_for()
    the_evaluator_sees(visit("laptop").page, asking, evaluation, known[0])
