"""An indicator that is no longer asked: no page breaks over what was once answered to it."""

import pytest
import yaml

from toolkit import (
    ConsensusPage,
    DashboardPage,
    Evaluation,
    PlanPage,
    RatingPage,
    ReleasePage,
    SetupPage,
)
from toolkit.instruments.library import available
from toolkit.text import say

GONE = "CV2"


@pytest.fixture(params=[1, 2], ids=["same version", "new version"])
def shorter(evaluation, request):
    """The sample coalition, whose open round no longer asks a line that earlier ones did."""
    assert GONE in evaluation.instrument.indicators  # read now, as it was
    asked = yaml.safe_load(available()["four_conditions"].read_text(encoding="utf-8"))
    condition = asked["conditions"][0]
    condition["indicators"] = [line for line in condition["indicators"] if line["code"] != GONE]
    asked["version"] = request.param
    own = evaluation.folder / "four_conditions.yaml"
    own.write_text(yaml.safe_dump(asked, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return Evaluation.open(evaluation.folder, language="fr")


@pytest.mark.parametrize(
    "page", [ConsensusPage, DashboardPage, PlanPage, RatingPage, ReleasePage, SetupPage]
)
def test_every_page_opens_without_a_line_that_was_withdrawn(shorter, page):
    shown = page(shorter)
    titles = [part.state.get("title") for part in shown.children]
    assert say("app.cannot_open", "fr") not in titles
    assert len(titles) > 1


def test_what_was_answered_to_it_is_kept_and_in_the_figures_of_the_rounds_that_asked_it(
    evaluation, shorter
):
    kept = shorter.ratings()
    assert (kept["indicator"] == GONE).sum() == (evaluation.ratings()["indicator"] == GONE).sum()
    assert (kept["indicator"] == GONE).sum() > 0
    for frame in (shorter.counts(by_group=True), shorter.summary()):
        assert GONE in set(frame["indicator"])
    assert GONE not in shorter.instrument.indicators


def test_a_session_goes_on_at_a_line_that_was_withdrawn_from_the_file(evaluation, shorter):
    wave = evaluation.open_wave.code
    before = evaluation.session(wave)
    before.begin(before.state, [GONE])
    before.ask(before.state)
    page = ConsensusPage(shorter)
    assert page._part._stage.state["at"] == f"{GONE}/1/rate"
