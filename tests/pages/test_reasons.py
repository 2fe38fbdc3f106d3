"""Every place that shows no figure says why: the reason that there is, and no other."""

import pandas as pd
import pytest

from toolkit import DashboardPage
from toolkit.charts import describe_change, describe_desired, describe_portfolio
from toolkit.pages.answered import answered
from toolkit.pages.dashboard import charts as drawn
from toolkit.pages.dashboard import texts
from toolkit.pages.dashboard.then import _card
from toolkit.pages.masked import masked, masked_sides
from toolkit.pages.plan.figures import _moves
from toolkit.text import LANGUAGES, say

NOTHING = {"shown": "nothing", "low": pd.NA, "high": pd.NA, "title": "A", "statement": "A"}


def gaps(page, why):
    row = {**NOTHING, "current": pd.NA, "wanted": pd.NA, "why": why, "wanted_why": why}
    return describe_desired(pd.DataFrame([row]), language=page.language)


def change(page, why):
    named = {"before_round": "r1", "after_round": "r2", "before": 3, "after": pd.NA}
    moved = dict.fromkeys(("rose", "same", "fell", "pairs", "chance", "odds"), pd.NA)
    reasons = {"before_why": None, "after_why": why, "why": why}
    frame = pd.DataFrame([{**NOTHING, "shown": "statistic", **named, **moved, **reasons}])
    return describe_change(frame, language=page.language)


def portfolio(page, why):
    frame = pd.DataFrame([{**NOTHING, "coalition": "B", "why": why}])
    return describe_portfolio(frame, language=page.language)


def groups(page, why):
    every = {**NOTHING, "group": "all", "shown": "statistic", "low": 3, "high": 3, "why": None}
    state = texts.groups(page, pd.DataFrame([every, {**NOTHING, "group": "", "why": why}]))
    return " ".join(state["rows"][1])


def then(page, why):
    card = _card(page, "", pd.DataFrame({"pairs": [pd.NA], "why": [why]}), None)
    return " ".join(card["lines"])


PLACES = {
    "desired": gaps,
    "change": change,
    "portfolio": portfolio,
    "a table's cell": lambda page, why: drawn.median(page, {**NOTHING, "why": why}),
    "groups": groups,
    "then": then,
    "a card": lambda page, why: masked(page, {**NOTHING, "why": why}),
    "two sides": lambda page, why: masked_sides(page, "g", few=why == "few"),
    "plan": lambda page, why: " ".join(
        _moves(page, {"few_moved": False, "pairs": pd.NA, "why": why})
    ),
}
FEW = {
    "fr": ("trop peu de réponses", "il faut au moins", "moins de"),
    "en": ("too few answers", "at least", "it takes", "fewer than"),
}
BESIDE = {
    "fr": ("en dirait trop", "à côté d’autres résultats"),
    "en": ("would tell too much", "beside other results"),
}


@pytest.fixture(params=LANGUAGES)
def page(request, evaluation):
    page = DashboardPage(evaluation)
    page.language = request.param
    return page


@pytest.mark.parametrize("place", PLACES)
def test_each_place_says_its_own_reason_and_never_two(page, place):
    few, beside = (PLACES[place](page, why) for why in ("few", None))
    assert any(word in few for word in FEW[page.language])
    assert not any(word in few for word in BESIDE[page.language])
    assert any(word in beside for word in BESIDE[page.language])
    assert not any(word in beside for word in FEW[page.language])


def test_rounds_that_were_asked_otherwise_are_not_said_to_be_masked_for_anybody(page):
    assert say("chart.masked_apart", page.language) in change(page, "apart")


def test_a_row_that_nobody_answered_both_times_is_of_too_few(evaluation):
    frame = evaluation.tables("fr").changes("2025-T1", "2025-T2")
    unshown = frame[frame["pairs"].isna()]
    moved = evaluation.tables("fr").moved("2025-T1", "2025-T2").set_index("condition")
    assert {"why", "before_why", "after_why"} <= {*frame.columns}
    for row in unshown.to_dict("records"):
        known = moved["why"].get(row["condition"], "few")
        assert (row["why"] == "few") == (known == "few")


def test_how_many_answered_is_no_figure_and_nobody_is_said_in_words(page):
    (wave, *_) = page.evaluation.settings.waves
    asked = wave.model_copy(update={"status": "open", "expected": 14})
    assert answered(page, asked, 0) == say("dashboard.answered_none", page.language)
    shut = asked.model_copy(update={"status": "closed"})
    assert answered(page, shut, 0) == say("dashboard.answered_nobody", page.language)
    assert "14" in answered(page, asked, 3)
    assert not any("figure" in card for card in page._answered.state["cards"])
