"""A whole evaluation, as a coalition lives it: from an empty folder to the second round."""

import re

import pytest
from playwright.sync_api import expect

from tests.running import start
from toolkit import Evaluation
from toolkit.evaluation import Rater
from toolkit.templates import new_evaluation
from toolkit.text import say

PARTNERS = ("CPE Soleil", "CISSS du Nord", "École des Pins", "Maison Bleue", "Ville", "Chantier")
PURPOSE = "Une halte-garderie le samedi"
#: What each of twelve people answers to a purpose: its need and what the obstacles allow.
STEPS = {"need": 3, "time": 3, "trust": 2, "turf": 3}
PEOPLE, PHONES, OTHERS = 12, 6, 24
#: How many of them see nothing move; if all moved alike, the page would tell what each one did.
STILL = 4


class Life:
    """One coalition's evaluation, its evaluator's laptop, and whoever comes by."""

    def __init__(self, server, visit, language):
        self.server, self.visit, self.language = server, visit, language
        self.page = visit("laptop").page

    @property
    def evaluation(self):
        return Evaluation.open(self.server.folder, language=self.language)

    def say(self, key, **values):
        return say(key, self.language, **values)

    def door(self, name):
        """Go through one of the evaluator's doors."""
        self.page.goto(f"{self.server.doors['setup']}?lang={self.language}")
        self.page.get_by_role("link", name=self.say(f"cli.{name}"), exact=True).click()
        self.page.wait_for_selector("agir-view .tk h1")
        return self.page

    def press(self, key, page=None, **values):
        page = page or self.page
        page.get_by_role("button", name=self.say(key, **values), exact=False).first.click()

    def goes(self, phone, name):
        """Go from one page to another over the home page, as a person with a phone."""
        phone.locator(".tk-home").click()
        phone.get_by_role("link", name=self.say(f"cli.{name}"), exact=True).click()
        phone.wait_for_selector("agir-view .tk h1")

    def sees(self, key, page=None, **values):
        (page or self.page).get_by_text(self.say(key, **values)).first.wait_for()


@pytest.fixture(params=["fr", "en"])
def language(request):
    return request.param


@pytest.fixture
def empty(chromium, tmp_path, language):
    """A new evaluation, served."""
    folder = tmp_path / "mine"
    new_evaluation(folder, language, "four_conditions")
    server = start("serve", str(folder), folder=folder)
    yield server
    server.stop()


@pytest.fixture
def life(empty, visit, language):
    return Life(empty, visit, language)


def prepare(life, name, again=""):
    """Open a round that asks about purposes and ties, too, and how an earlier one is seen now."""
    page = life.door("setup")
    if not life.evaluation.settings.partners:
        page.get_by_label(life.say("setup.name")).fill("Table des Érables")
        life.press("setup.keep")
        life.sees("setup.kept")
        page.locator("summary").first.click()
        page.locator(".tk-more textarea").fill("\n".join(PARTNERS))
        life.press("setup.paste_read")
        life.sees("setup.pasted_look")
        life.press("setup.paste_add")
        life.sees("setup.pasted", count=len(PARTNERS))
    page.get_by_label(life.say("setup.round_name"), exact=True).fill(name)
    page.get_by_label(life.say("setup.expected")).fill(str(PEOPLE))
    for activity in ("strategy", "relations"):
        page.get_by_label(life.say(f"cli.{activity}")).check()
    if again:
        page.get_by_label(life.say("setup.then_round", wave=again)).check()
    life.press("setup.new_round_do")
    life.sees("setup.open")
    return life.evaluation.open_wave.code


def everybody_rates(life, wave, step):
    """One person rates on a phone, the others in their own time."""
    evaluation = life.evaluation
    codes = [partner.code for partner in evaluation.settings.partners]
    raters = [f"person{number}" for number in range(PEOPLE)]
    for number, rater in enumerate(raters):
        evaluation.know(Rater(rater, codes[number % len(codes)]))
    tokens = evaluation.links.make("rater", wave, raters)
    phone = life.visit("phone").open(f"{life.server.link(tokens[0])}?lang={life.language}")
    life.press("consent.agree", phone)
    phone.locator(".tk-question .tk-step").nth(step - 1).click()
    life.sees("rate.saved", phone)
    if evaluation.settings.wave(wave).then:
        phone.locator(".tk-then .tk-step").first.click()
        phone.locator("fieldset:has(.tk-then) .tk-said").first.filter(
            has_text=life.say("rate.saved")
        ).wait_for()
    for number, rater in enumerate(raters):
        sheet = evaluation.sheet(wave, rater)
        if number:
            sheet.consent()
        still = number < STILL
        for section in sheet.sections:
            for place, line in enumerate(section.indicators):
                more = (number + place) % 2
                sheet.record(line.code, value=2 + more if still else min(5, step + more))
                if line.code in sheet.again:
                    sheet.record(line.code, aspect="then", value=2 + more if still else 1)
        sheet.finish()
    return phone, raters


def look_for_a_strategy(life, wave, phone, raters):
    """Name a purpose, let people answer, one of them on a phone, and read together what fits."""
    page = life.door("strategy")
    page.get_by_label(life.say("purpose.name")).fill(PURPOSE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=PURPOSE).wait_for()
    strategy = life.evaluation.strategy
    (purpose,) = strategy.purposes
    did = {"information": "yes", "activities": "yes", "resources": "no", "capacity": "no"}
    answers = STEPS | {f"did.{element}": mark for element, mark in did.items()}
    life.goes(phone, "strategy")
    life.press("purpose.answer", phone)
    for question in STEPS:
        anchor = strategy.lines(life.evaluation.wave.code)[question].anchors[STEPS[question]][
            life.language
        ]
        phone.get_by_role("radio", name=anchor).check()
    for element, mark in did.items():
        asked = phone.get_by_role("group", name=life.say(f"purpose.did_{element}"))
        asked.get_by_role("radio", name=life.say(f"purpose.mark_{mark}"), exact=True).check()
    saved = phone.get_by_text(life.say("rate.saved"), exact=True)
    saved.nth(len(answers) - 1).wait_for()
    assert strategy.answer(wave, purpose.code, raters[0]) == answers
    for rater in raters[1:]:
        for question, answer in answers.items():
            strategy.record(wave, purpose.code, question, answer, rater)
    page = life.door("strategy")
    life.press("purpose.look")
    life.press("purpose.close")
    fitting = page.get_by_role("listitem").filter(has_text=life.say("purpose.fits"))
    fitting.get_by_role("heading", name=life.say("strategy.coordinating")).first.wait_for()
    life.sees("strategy.binding_trust")
    life.sees("strategy.all_legitimate")


def say_the_ties(life, wave, phone, raters):
    """Let each partner say how it works with the others, one of them on a phone."""
    evaluation = life.evaluation
    codes = [partner.code for partner in evaluation.settings.partners]
    life.goes(phone, "relations")
    for name in PARTNERS[1:]:
        phone.get_by_role("checkbox", name=name, exact=True).check()
    life.press("relations.ties_next", phone)
    for place, name in enumerate(PARTNERS[1:], start=1):
        way = life.say(
            ("strategy.networking", "strategy.coordinating", "strategy.cooperating")[place % 3]
        )
        tie = phone.locator(".tk-tie").filter(has_text=name)
        tie.get_by_role("radio", name=way).check()
        tie.get_by_text(life.say("rate.saved")).wait_for()
    said = evaluation.relations.ties(wave, raters[0])
    assert [said[code].current for code in codes[1:]] == [2, 3, 1, 2, 3]
    for number, rater in enumerate(raters[1:], start=1):
        for place, code in enumerate(codes):
            if code != codes[number % len(codes)]:
                evaluation.relations.record(wave, rater, code, current=1 + (number + place) % 3)


def sit_together(life, wave):
    """Hold a consensus session: six phones with a browser, and many more people."""
    page = life.door("consensus")
    life.press("consensus.begin")
    page.locator(".tk-join img").wait_for()
    address = page.locator(".tk-join figcaption").inner_text()
    phones = [life.visit("phone").page for _ in range(PHONES)]
    for phone in phones:
        phone.goto(f"{address}?lang={life.language}")
        life.press("home.join", phone)
        life.press("consensus.agree", phone)
        phone.locator(".tk-stage").wait_for()
    room = life.evaluation.room(wave)
    sheets = [life.evaluation.sheet(wave, f"guest{number}") for number in range(OTHERS)]
    for sheet in sheets:
        sheet.consent()
        room.take_seat(sheet)
    life.press("consensus.ask")
    for phone in phones:
        phone.locator('.tk-stage[data-at$="/1/rate"]').wait_for()
    subject = page.locator(".tk-stage").get_attribute("data-at").rpartition("/")[0]
    for number, phone in enumerate(phones):
        phone.locator(".tk-steps .tk-step").nth(number % 5).click()
        life.sees("rate.saved", phone)
    for number, sheet in enumerate(sheets):
        room.vote(sheet, subject, 2 + number % 3)
    counted = PHONES + OTHERS
    life.sees("consensus.answered", answers=counted, joined=counted)
    page.get_by_label(life.say("consensus.count_label")).fill(str(PHONES))
    life.press("consensus.count_keep")
    life.sees("consensus.count_kept")
    life.press("consensus.open")
    for screen in (page, *phones):
        screen.locator(".tk-bars tr").nth(4).wait_for()
        expect(screen.locator(".tk-bars b")).to_have_text(["2", "9", "9", "9", "1"])
    life.press("consensus.to_talk")
    page.get_by_label(life.say("consensus.record_step")).select_option("3")
    page.get_by_label(life.say("consensus.record_dissent")).fill("Une voix dit 5.")
    life.press("consensus.record_do")
    phones[0].get_by_text("Une voix dit 5.").wait_for()
    life.press("consensus.close")


def close_and_plan(life, what):
    """Close the round and write down one action."""
    life.door("setup")
    life.press("setup.close")
    life.sees("setup.closed")
    page = life.door("plan")
    page.get_by_label(life.say("plan.field_what"), exact=True).fill(what)
    page.get_by_label(life.say("plan.field_who"), exact=True).fill("Anne")
    page.get_by_label(life.say("plan.field_indicator"), exact=True).select_option("CV1")
    page.get_by_role("button", name=life.say("plan.keep"), exact=True).last.click()
    page.get_by_role("heading", name=what).wait_for()


def look_at_the_map(life):
    page = life.door("relations")
    page.get_by_role("img").first.wait_for()
    expect(page.get_by_role("img").first).to_have_attribute("alt", re.compile("."))


def release(life):
    """Compose, look, say who agreed, open; then a viewer sees it on a phone."""
    page = life.door("release")
    life.press("release.look")
    page.locator(".tk-masthead").nth(1).wait_for()
    page.get_by_label(life.say("release.agreed")).fill("Le comité")
    page.get_by_label(life.say("release.agreed")).press("Tab")
    life.press("release.do_open", audience=life.say("release.coalition"))
    page.get_by_role("heading", name=life.say("release.opened_title")).wait_for()
    viewer = life.visit("phone").open(f"{life.server.doors['dashboard']}?lang={life.language}")
    viewer.locator("agir-view .tk-card h3").nth(3).wait_for()
    assert viewer.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    return viewer


def test_a_coalition_rates_talks_decides_and_comes_back(life):
    first = prepare(life, "Automne")
    phone, raters = everybody_rates(life, first, 2)
    look_for_a_strategy(life, first, phone, raters)
    say_the_ties(life, first, phone, raters)
    sit_together(life, first)
    close_and_plan(life, "Relire le but ensemble")
    look_at_the_map(life)
    viewer = release(life)
    assert viewer.get_by_text("Anne").count() == 0  # what is planned was not released

    second = prepare(life, "Printemps", again="Automne")
    everybody_rates(life, second, 4)
    close_and_plan(life, "Continuer")
    moved = PEOPLE - STILL
    life.sees("plan.moved", pairs=PEOPLE, rose=moved, same=STILL, fell=0)
    viewer = release(life)
    viewer.get_by_role("heading", name=life.say("dashboard.change")).wait_for()
    life.sees("dashboard.then_look", viewer, wave="Automne", fell=moved, same=STILL, rose=0)
    kept = life.evaluation.ratings()
    assert (kept["mode"] == "consensus").sum() == 1
    assert kept[kept["mode"] == "individual"]["rater"].nunique() == PEOPLE
