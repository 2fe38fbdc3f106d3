"""An evaluator who writes no code: names, lists, opens, links, closes, shows."""

import pytest
from playwright.sync_api import expect

from tests.running import start
from toolkit import Evaluation
from toolkit.templates import new_evaluation
from toolkit.text import say

#: A hand that never rests, as long as there is a box to type into: nothing of it is sent yet.
TYPES = """() => {
  const box = document.querySelector("textarea");
  const hand = setInterval(() => {
    if (!box.isConnected) return clearInterval(hand);
    box.value += "mot ";
    box.dispatchEvent(new Event("input"));
  }, 50);
}"""


@pytest.fixture
def fresh(chromium, tmp_path):
    """A new, empty evaluation, served."""
    folder = tmp_path / "mine"
    new_evaluation(folder, "fr", "four_conditions")
    server = start("serve", str(folder), folder=folder)
    yield server
    server.stop()


def press(page, key, **values):
    page.get_by_role("button", name=say(key, "fr", **values), exact=False).first.click()


def _rounds(evaluation, status):
    wave = {"code": "r1", "fr": "Un", "en": "One", "status": status, "expected": 6}
    settings = evaluation.settings.model_dump()
    evaluation.change(type(evaluation.settings).model_validate({**settings, "waves": [wave]}))


def test_an_evaluator_prepares_a_round_without_code(fresh, visit):
    page = visit("laptop").open(fresh.doors["setup"])
    page.get_by_label(say("setup.name", "fr")).fill("Table des Érables")
    press(page, "setup.keep")
    page.get_by_text(say("setup.kept", "fr")).first.wait_for()
    assert Evaluation.open(fresh.folder).settings.coalition.name == "Table des Érables"

    page.locator("summary").click()
    rows = "CPE Soleil\tPetite enfance\tLocal", "CISSS du Nord\tSanté et services sociaux\trégional"
    page.locator(".tk-more textarea").fill("\n".join([*rows, "CPE Soleil"]))
    press(page, "setup.paste_read")
    page.get_by_text(say("setup.pasted_look", "fr")).wait_for()
    assert not Evaluation.open(fresh.folder).settings.partners
    press(page, "setup.paste_add")
    page.get_by_text(say("setup.pasted", "fr", count=2)).wait_for()
    partners = Evaluation.open(fresh.folder).settings.partners
    assert [(p.name, p.sector, p.level) for p in partners] == [
        ("CPE Soleil", "early_childhood", "local"),
        ("CISSS du Nord", "health", "regional"),
    ]

    page.get_by_label(say("setup.round_name", "fr")).fill("Automne 2027")
    page.get_by_label(say("setup.expected", "fr")).fill("0")
    press(page, "setup.new_round_do")
    page.locator(".tk-bad").filter(has_text=say("setup.expected_bad", "fr")).wait_for()
    page.get_by_label(say("setup.expected", "fr")).fill("6")
    page.get_by_label("Participation des parents").check()
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name=say("setup.new_round", "en")).wait_for()
    expect(page.get_by_label("Parents’ participation")).to_be_checked()
    page.get_by_role("button", name="Français").click()
    press(page, "setup.new_round_do")
    page.get_by_text(say("setup.open", "fr")).wait_for()

    press(page, "setup.make_partner")
    page.get_by_label("CISSS du Nord", exact=True).wait_for()
    press(page, "setup.make_group")
    group = page.get_by_role("listitem").filter(has_text=say("setup.link_group", "fr"))
    group.locator(".tk-qr").wait_for()
    link = page.get_by_label("CPE Soleil", exact=True).input_value()
    rater = visit("phone").open(link)
    rater.get_by_label(say("consent.group", "fr")).select_option(label="Parent")
    rater.get_by_role("button", name=say("consent.agree", "fr")).click()
    rater.get_by_label(say("rate.way", "fr")).select_option(label=say("rate.aloud", "fr"))
    for at in (1, 2):
        heading = say("rate.position_aloud", "fr", at=at, total=5)
        rater.get_by_role("heading", name=heading).wait_for()
        expect(rater.locator(".tk-question")).to_have_count(1)
        rater.locator(".tk-step").nth(at).click()
        rater.get_by_text(say("rate.saved", "fr")).first.wait_for()
        press(rater, "rate.next_aloud")

    press(page, "setup.close")
    page.get_by_text(say("setup.closed", "fr")).wait_for()
    rater.get_by_role("heading", name=say("rate.closed_title", "fr")).wait_for()  # by itself
    late = visit("phone").claim(link)  # the home page says it, and starts no kernel
    late.get_by_role("heading", name=say("rate.closed_title", "fr")).wait_for()
    press(page, "setup.release")
    page.get_by_text(say("setup.released", "fr")).wait_for()


def test_a_round_that_closes_while_someone_answers_says_so(fresh, visit):
    evaluation = Evaluation.open(fresh.folder)
    _rounds(evaluation, "open")
    token = evaluation.invite("r1", 1)[0]
    rater = visit("phone").open(fresh.link(token))
    rater.get_by_role("button", name=say("consent.agree", "fr")).click()
    rater.locator(".tk-step").first.click()
    rater.get_by_text(say("rate.saved", "fr")).first.wait_for()
    rater.get_by_text(say("rate.note", "fr")).first.click()
    rater.evaluate(TYPES)
    _rounds(evaluation, "closed")
    rater.get_by_role("heading", name=say("rate.closed_title", "fr")).wait_for()
    rater.get_by_text(say("rate.late", "fr")).wait_for()
    (kept,) = evaluation.sheet("r1", evaluation.links.enter(token, "rater").rater).answers.values()
    assert kept.value == 1
    assert kept.note == ""


def test_what_is_typed_and_not_yet_saved_outlives_the_other_language(fresh, visit):
    _rounds(Evaluation.open(fresh.folder), "open")
    page = visit("laptop").open(fresh.doors["setup"])
    press(page, "setup.add")
    page.get_by_label(f"{say('setup.partner', 'fr')} 1").fill("CPE Soleil")
    page.locator("summary").click()
    page.locator(".tk-more textarea").fill("Maison des familles")
    page.get_by_label(say("setup.count", "fr")).fill("12")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name=say("setup.partners", "en")).wait_for()
    expect(page.get_by_label(f"{say('setup.partner', 'en')} 1")).to_have_value("CPE Soleil")
    expect(page.locator(".tk-more textarea")).to_have_value("Maison des familles")
    expect(page.get_by_label(say("setup.count", "en"))).to_have_value("12")
    page.get_by_role("button", name=say("setup.paste_read", "en")).click()
    page.get_by_role("button", name=say("setup.paste_drop", "en")).click()
    page.get_by_text(say("setup.pasted_dropped", "en")).wait_for()
    expect(page.get_by_label(f"{say('setup.partner', 'en')} 1")).to_have_value("CPE Soleil")


def test_a_round_below_the_minimum_shows_no_figure(fresh, visit):
    evaluation = Evaluation.open(fresh.folder)
    _rounds(evaluation, "open")
    for token in evaluation.invite("r1", 4):
        sheet = evaluation.sheet("r1", evaluation.links.enter(token, "rater").rater)
        sheet.consent()
        for section in sheet.sections:
            for line in section.indicators:
                sheet.record(line.code, value=4)
    _rounds(evaluation, "released")
    page = visit("laptop").open(fresh.doors["dashboard"])
    page.get_by_text(say("dashboard.answered", "fr", count=4, expected=6)).wait_for()
    masked = page.get_by_text(say("dashboard.masked_few", "fr", minimum=5))
    masked.first.wait_for()
    expect(masked).to_have_count(4)
    assert page.get_by_text("médiane, échelle de 1 à 5").count() == 0
