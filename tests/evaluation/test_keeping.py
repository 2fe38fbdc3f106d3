"""Answers are kept as long as people were told, and then an evaluator is reminded and lets go."""

import datetime

import pytest
from typer.testing import CliRunner

from toolkit import Evaluation
from toolkit.cli import app
from toolkit.errors import EvaluationError
from toolkit.evaluation.keeping import due, give_up
from toolkit.serve.doors.home import home_page
from toolkit.serve.doors.identity import Held
from toolkit.text import say

UNTIL = datetime.date(2025, 6, 30)


@pytest.fixture
def promised(evaluation):
    """The sample, all rounds closed or shown, with a date that people were told."""
    settings = evaluation.settings
    privacy = settings.privacy.model_copy(update={"keep_until": UNTIL})
    shut = [
        one.model_copy(update={"status": "closed"}) if one.status == "open" else one
        for one in settings.waves
    ]
    evaluation.change(settings.model_copy(update={"privacy": privacy, "waves": tuple(shut)}))
    return evaluation


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ((2025, 4, 30), ""),
        ((2025, 5, 2), "near"),
        ((2025, 6, 30), "near"),
        ((2025, 7, 1), "past"),
    ],
)
def test_the_day_nears_and_passes(promised, now, state):
    assert due(promised, datetime.date(*now)) == state


def test_without_a_date_or_without_people_nothing_is_due(promised, blank):
    assert due(blank, datetime.date(2100, 1, 1)) == ""
    give_up(promised)
    assert due(promised, datetime.date(2100, 1, 1)) == ""


def test_everything_that_people_gave_is_erased_and_what_was_released_stays(promised):
    released = [release.version for release in promised.releases.every()]
    wave = promised.settings.waves[-1].code
    token = promised.links.make("rater", wave, ["somebody"])[0]
    assert len(promised.ratings())
    give_up(promised)
    own = promised.ratings()
    assert own[own["mode"] == "individual"].empty
    assert promised.people.everybody() == set()
    assert token not in {link.link for link in promised.links.everything()}
    assert [release.version for release in promised.releases.every()] == released


def test_a_round_that_is_open_is_closed_first(evaluation):
    assert evaluation.open_wave
    with pytest.raises(EvaluationError):
        give_up(evaluation)


def test_the_command_asks_and_then_erases(promised):
    def keep(answer):
        return CliRunner().invoke(app, ["keep", str(promised.folder), "--lang", "fr"], input=answer)

    refused = keep("n\n")
    assert refused.exit_code == 0
    assert say("keep.kept", "fr") in refused.output
    assert Evaluation.open(promised.folder).people.everybody()
    assert keep("y\n").exit_code == 0
    assert not Evaluation.open(promised.folder).people.everybody()
    assert say("keep.nothing", "fr") in keep("").output


def test_only_the_evaluator_is_reminded_on_the_home_page(promised):
    def read(*roles):
        wave = promised.settings.waves[-1].code
        made = {role: promised.links.make(role)[0] for role in roles if role != "rater"}
        made |= {"rater": promised.invite(wave, 1)[0]} if "rater" in roles else {}
        held = {
            role: Held(token, promised.links.enter(token, role)) for role, token in made.items()
        }
        return home_page(promised, held, "fr").text

    reminder = say("keep.past", "fr", until=UNTIL)
    assert reminder in read("evaluator")
    assert reminder not in read("rater", "viewer")
