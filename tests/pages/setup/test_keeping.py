"""The setup page holds the promise of how long answers are kept: reminded, asked, then erased."""

import datetime

import pytest

from toolkit import SetupPage
from toolkit.testing import send
from toolkit.text import say, today


@pytest.fixture
def promise(evaluation):
    """Promise to keep answers until some days from today, with every round closed or not."""

    def until(days, *, closed=True):
        settings, day = evaluation.settings, today() + datetime.timedelta(days=days)
        waves = tuple(
            one.model_copy(update={"status": "closed"}) if closed and one.status == "open" else one
            for one in settings.waves
        )
        privacy = settings.privacy.model_copy(update={"keep_until": day})
        evaluation.change(settings.model_copy(update={"privacy": privacy, "waves": waves}))
        return day

    return until


def press(page, button):
    return send(page.keeping.part, "press", button=button, fields={})


def buttons(page):
    return [button["name"] for button in page.keeping.part.state["buttons"]]


def test_nothing_is_said_as_long_as_nothing_is_due(evaluation, promise):
    promise(300)
    assert SetupPage(evaluation).keeping.part.state["title"] == ""


def test_an_evaluator_is_reminded_when_the_day_is_near_and_can_erase_nothing_yet(
    evaluation, promise
):
    day = promise(10)
    page = SetupPage(evaluation)
    assert page.keeping.part.state["text"] == say("keep.near", "fr", until=day)
    assert buttons(page) == []
    press(page, "erase")
    press(page, "yes")
    assert evaluation.people.everybody()


def test_once_it_is_past_all_is_erased_after_one_more_question(evaluation, promise):
    day = promise(-1)
    page = SetupPage(evaluation)
    count = len(evaluation.people.everybody())
    assert page.keeping.part.state["text"] == say("keep.past", "fr", until=day)
    press(page, "yes")  # nobody was asked
    assert evaluation.people.everybody()
    press(page, "erase")
    assert page.keeping.part.state["text"] == say("keep.asks", "fr", until=day, count=count)
    assert press(page, "no")["message"] == say("keep.kept", "fr")
    assert evaluation.people.everybody()
    press(page, "erase")
    assert press(page, "yes")["message"] == say("keep.done", "fr", count=count)
    assert not evaluation.people.everybody()
    assert SetupPage(evaluation).keeping.part.state["title"] == ""


def test_an_open_round_is_closed_first(evaluation, promise):
    promise(-1, closed=False)
    page = SetupPage(evaluation)
    press(page, "erase")
    told = press(page, "yes")
    assert not told["ok"]
    assert told["message"] == say("keep.open", "fr", wave=evaluation.open_wave.text)
    assert evaluation.people.everybody()
