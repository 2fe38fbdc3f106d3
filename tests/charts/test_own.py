"""A chart of an analyst's own: registered in one line, and drawn of what the gate masked alone."""

import re
from pathlib import Path

import altair as alt
import pytest

from toolkit import charts
from toolkit.charts.view import svg
from toolkit.errors import ToolkitError


@charts.chart
def medians(frame, *, language, width=300):
    """Each condition's low median."""
    title = {"fr": "Médiane", "en": "Median"}[language]
    base = alt.Chart(frame).encode(y=alt.Y("title:N", title=None))
    return base.mark_point().encode(x=alt.X("low:Q", title=title)).properties(width=width)


def line_of(text):
    source = Path(__file__).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(source, 1) if text in line)


def refused(call, *named):
    with pytest.raises(ToolkitError) as raised:
        call()
    for language in ("fr", "en"):
        assert all(name in raised.value.say(language) for name in named)


def test_it_draws_masked_frames_in_their_own_language_and_is_found_by_its_name(evaluation):
    now = evaluation.profile(language="en").query("wave == '2026-T1'")
    chart = charts.OWN["medians"](now.sort_values("low"))
    assert isinstance(chart, alt.Chart)
    assert ">Median<" in svg(chart)
    assert ">Médiane<" in svg(medians(now, language="fr"))
    assert chart.to_dict()["description"] == "Each condition's low median."


def test_what_the_gate_did_not_mask_is_refused_with_the_function_and_its_line(evaluation, table):
    place = f"test_own.py:{line_of('@charts' + '.chart')}"
    for raw in (evaluation.ratings(), evaluation.warnings(), *table("profile", "fr"), None):
        refused(lambda raw=raw: medians(raw), "medians", place)
    joined = evaluation.profile().merge(evaluation.ratings(), on=["wave", "condition"])
    refused(lambda: medians(joined), "medians")


def test_a_function_that_fails_says_where_and_why(evaluation):
    @charts.chart
    def broken(frame):
        return frame["colour"]  # there is none

    here = line_of("there is " + "none")
    refused(
        lambda: broken(evaluation.profile()), "broken", f"test_own.py:{here}", "KeyError", "colour"
    )


def test_a_function_that_returns_no_chart_says_what_it_returned(evaluation):
    @charts.chart
    def empty(frame):
        frame.assign(x=1)

    refused(lambda: empty(evaluation.counts()), "empty", "test_own.py:", "NoneType")


def test_a_chart_of_a_cell_is_placed_by_its_line_alone(evaluation):
    space = {"charts": charts}
    exec(compile("@charts.chart\ndef mine(frame):\n    return 1 / 0\n", "<cell>", "exec"), space)  # noqa: S102  # as a cell is run
    with pytest.raises(ToolkitError) as raised:
        space["mine"](evaluation.profile())
    assert re.search(r"\(\[3\]\).*ZeroDivisionError", raised.value.say("fr"))
