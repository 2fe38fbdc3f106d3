"""Every page, at both widths, in both languages: whole, accessible, and shut to strangers."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.running import painted
from toolkit import Evaluation
from toolkit.text import say

PAGES = ("home", "rate", "form", "dashboard", "setup")


def address_of(served, place, name, language):
    if name in {"dashboard", "setup"}:
        return f"{served.doors[name]}?lang={language}"
    evaluation = Evaluation.open(place)
    wave = evaluation.open_wave.code
    token = evaluation.enrol(wave) if name == "home" else evaluation.invite(wave, 1)[0]
    return f"{served.link(token)}?lang={language}"


def opened(visit, served, place, name, size, language):
    address = address_of(served, place, name, language)
    if name == "home":  # with everything that one browser can hold
        page = visit(size).page
        page.goto(served.doors["setup"])
        evaluation = Evaluation.open(place)
        page.goto(served.link(evaluation.links.make("group", evaluation.open_wave.code)[0]))
        page.goto(address)
        return page
    page = visit(size).open(address)
    if name == "form":
        page.get_by_role("button", name=say("consent.agree", language)).click()
        page.wait_for_selector(".tk-form")
        for summary in page.locator(".tk-question").first.locator("summary").all():
            summary.click()
    return page


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("size", ["phone", "laptop"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(served, place, visit, name, size, language):
    page = opened(visit, served, place, name, size, language)
    painted(page)
    found = Axe().run(page).response["violations"]
    grave = [
        (fault["id"], [node["html"][:200] for node in fault["nodes"]])
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]
    assert grave == []
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("name", ["release", "portfolio", "consensus"])
def test_an_evaluators_page_is_accessible_in_either_language(served, visit, name):
    page = visit("phone").page
    page.goto(f"{served.doors['setup']}?lang=fr")
    page.get_by_role("link", name=say(f"cli.{name}", "fr"), exact=True).click()
    page.wait_for_selector("agir-view .tk h2")
    for language in ("fr", "en"):
        page.locator(f".tk-language[lang={language}]").click()
        page.locator(f"header[lang={language}]").wait_for()
        for summary in page.locator("summary").all():
            summary.click()
        assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_at_twice_the_size(served, place, visit, name):
    page = opened(visit, served, place, name, "phone", "fr")
    # A 640 px wide window at 200 % leaves 320 px to the page.
    page.set_viewport_size({"width": 320, "height": 600})
    painted(page)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_targets_are_large_enough_for_a_thumb(served, place, visit):
    page = opened(visit, served, place, "form", "phone", "fr")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.tk-step, .tk button, .tk summary, .tk select, .tk-home')]"
        ".filter(e => e.checkVisibility())"
        ".map(e => [e.className, e.getBoundingClientRect().height])"
    )
    assert [row for row in sizes if row[1] < 44] == []


def test_a_chart_has_a_text_and_a_table(served, place, visit):
    page = visit("laptop").open(f"{served.doors['dashboard']}?lang=fr")
    figure = page.locator("figure").filter(
        has_text="Vision commune : les réponses".replace(" :", "\u00a0:")
    )
    text = figure.locator("img:visible").get_attribute("alt")
    assert "Même compréhension" in text
    assert "0, 0, 1, 6, 5" in text
    figure.get_by_role("button").click()
    table = figure.locator("table")
    table.wait_for()
    expect(table.locator("tbody tr")).to_have_count(5)
    page.keyboard.press("Enter")  # the focus stayed
    figure.locator("img:visible").wait_for()


def test_small_groups_are_masked_on_the_dashboard(served, place, visit):
    page = visit("laptop").open(f"{served.doors['dashboard']}?lang=fr")
    table = page.locator(".tk-table tbody tr")
    table.filter(has_text="Tout le monde").first.wait_for()
    rows = {row.split("\t")[0]: row for row in table.all_inner_texts()}
    assert "masqué" in rows["Bailleurs de fonds"]
    assert "masqué" in rows["Parents"]
    assert "masqué" not in rows["Tout le monde"]


def test_a_round_under_way_shows_how_many_and_no_figure(served, place, visit):
    page = visit("laptop").open(f"{served.doors['dashboard']}?lang=fr")
    rounds = ["Printemps 2025", "Automne 2025", "Printemps 2026"]
    expect(page.locator("select option")).to_have_text(rounds)
    page.get_by_text(say("dashboard.later", "fr")).wait_for()


def test_the_dashboard_says_how_rounds_and_moves_are_to_be_read(served, visit):
    page = visit("phone").open(served.doors["dashboard"])
    for how in ("rounds_text", "change_text"):
        page.get_by_text(say(f"dashboard.{how}", "fr")).wait_for()


def test_a_viewer_sees_only_what_was_shown(served, place, visit):
    evaluation = Evaluation.open(place)
    token = evaluation.links.make("viewer")[0]
    settings = evaluation.settings
    *earlier, third, fourth = settings.waves
    third = third.model_copy(update={"status": "closed"})
    evaluation.change(settings.model_copy(update={"waves": (*earlier, third, fourth)}))
    try:
        page = visit("laptop").open(served.link(token))
        expect(page.locator("select option")).to_have_text(["Printemps 2025", "Automne 2025"])
    finally:
        evaluation.change(settings)


def test_the_home_page_offers_what_the_links_open_in_either_language(served, place, visit):
    page = opened(visit, served, place, "home", "phone", "en")
    for label in (say("home.go_on", "en"), say("cli.setup", "en"), say("cli.dashboard", "en")):
        assert page.get_by_role("link", name=label, exact=True).bounding_box()["height"] >= 44
    page.get_by_role("link", name="Français").click()
    page.get_by_role("link", name=say("home.go_on", "fr"), exact=True).wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert "/lien/" not in page.url


def test_the_keyboard_alone_leads_from_the_link_to_the_page(served, place, visit):
    page = visit("laptop").page
    page.goto(address_of(served, place, "rate", "fr"))
    for _ in range(3):  # two languages, then the door
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=say("consent.agree", "fr")).wait_for()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_file_broken_by_hand_sends_nobody_away_and_tells_the_evaluator(
    served, place, visit, language
):
    file = place / "evaluation.toml"
    sound = file.read_text(encoding="utf-8")
    rater, evaluator = visit().page, visit("laptop").page
    rater.goto(address_of(served, place, "rate", language))
    file.write_text(sound.replace("minimum = 5", "minimum = 1"), encoding="utf-8")
    try:
        rater.locator(".agir-button").first.click()
        rater.get_by_role("button", name=say("consent.agree", language)).wait_for()
        assert "evaluation.toml" not in rater.content()
        evaluator.goto(address_of(served, place, "setup", language))
        said = evaluator.locator(".agir-said").inner_text()
        assert "evaluation.toml:" in said
        assert "privacy.minimum" in said
        evaluator.locator(".agir-button").first.click()
        evaluator.wait_for_selector(".tk h1")
    finally:
        file.write_text(sound, encoding="utf-8")
