"""A person's page learns by itself that the evaluator closed the round, and says what came late."""

import asyncio

import pytest

from tests.running import PATIENCE
from toolkit import ConsensusPage, RatingPage, RelationsPage, StrategyPage
from toolkit.pages import asking
from toolkit.testing import send
from toolkit.text import say

PAGES = [RatingPage, RelationsPage, StrategyPage, ConsensusPage]
OVER = {
    RelationsPage: "relations.closed_title",
    StrategyPage: "rate.closed_title",
}


@pytest.fixture
def link(evaluation):
    """A link into an open round that asks everything, of somebody who agreed to take part."""
    _set(evaluation, activities=("strategy", "relations"))
    code = evaluation.open_wave.code
    token = evaluation.invite(code, 1)[0]
    sheet = evaluation.sheet(code, evaluation.links.enter(token, "rater").rater)
    sheet.consent(evaluation.settings.partners[0].code)
    evaluation.strategy.add("Rejoindre les familles")
    return token


def _set(evaluation, **more):
    settings = evaluation.settings
    *earlier, last = settings.waves
    waves = (*earlier, last.model_copy(update=more))
    evaluation.change(settings.model_copy(update={"waves": waves}))


def shown(page):
    """Return what the page says under its masthead, in one text."""
    return " ".join(str(part.state) for part in page.children[1:])


@pytest.mark.parametrize("kind", PAGES)
def test_an_open_page_turns_when_the_round_is_closed_and_when_it_opens_again(
    evaluation, link, kind, monkeypatch
):
    monkeypatch.setattr(asking, "_EVERY", 0.01)
    over = say(OVER.get(kind, "rate.closed_title"), "fr")

    async def room():
        page = kind(evaluation, link=link)
        before = page.children
        for status in ("closed", "open"):
            _set(evaluation, status=status)
            while (over in shown(page)) != (status == "closed"):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert page.children == before
        page.close()

    asyncio.run(asyncio.wait_for(room(), PATIENCE))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_arrives_a_moment_too_late_is_not_lost_without_a_word(evaluation, link, language):
    page = RatingPage(evaluation, link=link)
    send(page.masthead, "language", language=language)
    _set(evaluation, status="closed")
    page._following.look()
    assert say("rate.late", language) not in page._notice.state["text"]
    # What was typed a moment before is sent as the form goes away.
    reply = send(page._form, "answer", indicator="CV1", aspect="current", note="Un fait")
    assert not reply["ok"]
    assert say("rate.late", language) in page._notice.state["text"]
    _set(evaluation, status="open")
    page._following.look()
    _set(evaluation, status="closed")
    page._following.look()
    assert say("rate.late", language) not in page._notice.state["text"]


def test_another_setting_leaves_the_form_as_somebody_types_in_it(evaluation, link):
    page = RatingPage(evaluation, link=link)
    before = page._form.state
    _set(evaluation, expected=40)
    page._following.look()
    assert page._form.state is before


def test_a_page_that_slept_looks_again_as_soon_as_somebody_does(evaluation, link):
    page = RatingPage(evaluation, link=link)
    assert page.masthead.state["followed"]

    async def woken():
        assert not page._following.running
        send(page.masthead, "here")
        assert page._following.running
        page.close()

    asyncio.run(woken())


def test_an_evaluators_own_page_follows_no_round(evaluation):
    assert not RatingPage(evaluation).masthead.state["followed"]
    assert not StrategyPage(evaluation).masthead.state["followed"]
