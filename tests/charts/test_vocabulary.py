"""Every chart takes the same words, and refuses with a sentence what it cannot draw."""

import re

import pandas as pd
import pytest
from test_charts import CHARTS, draw, texts

from toolkit import Evaluation, charts
from toolkit.charts.view import svg
from toolkit.errors import ToolkitError
from toolkit.text import say

ROUND = "2026-T1"


@pytest.fixture
def chosen(evaluation):
    """The sample coalition, opened with the round that is looked at."""
    return Evaluation.open(evaluation.folder, wave=ROUND, language="en")


def order(chart):
    """Return the names of a chart's rows, from the top down."""
    tables = chart.to_dict()["datasets"].values()
    labels = next(rows for rows in tables if rows and "label" in rows[0])
    return [
        re.sub(r"[ \n]+", " ", row["label"]).strip()
        for row in sorted(labels, key=lambda row: row["y"])
    ]


def refused(call, *named):
    with pytest.raises(ToolkitError) as raised:
        call()
    for language in ("fr", "en"):
        assert all(name in raised.value.say(language) for name in named)
    assert raised.value.say("fr") != raised.value.say("en")


def test_a_frame_speaks_its_own_language_and_names_its_own_steps(chosen):
    counts = chosen.counts()
    english, french = (
        texts(svg(charts.distribution(counts, **a))) for a in ({}, {"language": "fr"})
    )
    assert say("chart.dont_know", "en") in english
    assert "5 Rooted" in english
    assert say("chart.dont_know", "fr") in french
    assert charts.describe_profile(chosen.profile()).count("median") == 4


def test_a_frame_that_says_no_language_is_drawn_in_the_first_one(table):
    assert say("chart.desired", "fr") in texts(svg(charts.desired(*table("desired", "fr"))))


@pytest.mark.parametrize("name", CHARTS)
def test_a_language_that_does_not_exist_is_refused(table, name):
    refused(lambda: draw(name, table(name, "fr"), "es", 300), "es", "fr, en")


def test_the_most_contrasted_statements_come_first_and_masked_ones_last(chosen):
    counts = chosen.counts()
    now = counts[(counts["wave"] == ROUND) & (counts["aspect"] == "current")]
    drawn = order(charts.distribution(counts, sort="contrast"))
    assert drawn == list(now.sort_values("agreement", kind="stable")["statement"])
    assert drawn != list(now["statement"])
    hidden = now.assign(
        agreement=now["agreement"].where(now["indicator"] != now["indicator"].iloc[0])
    )
    assert order(charts.distribution(hidden, sort="contrast"))[-1] == now["statement"].iloc[0]


def test_the_sentence_of_a_chart_follows_its_order(chosen):
    counts = chosen.counts().query("condition == 'PP'")
    chart = charts.distribution(counts, sort="unknown")
    said = chart.to_dict()["description"]
    assert said == charts.describe_distribution(counts, sort="unknown")
    places = [said.index(name) for name in order(chart)]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["agreement", "distribution", "profile", "desired"])
def test_an_order_that_does_not_exist_is_refused_with_those_that_do(table, name):
    (frame,) = table(name, "fr")
    refused(lambda: getattr(charts, name)(frame.assign(low=1), sort="beauty"), "beauty", "median")


def test_groups_and_rounds_stand_beside_each_other_by_their_names(chosen):
    profile = chosen.profile(by_group=True)
    now = profile[profile["wave"] == ROUND]
    drawn = [name.split(": ") for name in order(charts.profile(profile, by="group"))]
    lines = [title for title in dict.fromkeys(now["title"]) for _ in now["group"].unique()]
    assert [title for title, _ in drawn] == lines
    assert (
        {"Everyone", "Parents"}
        <= {group for _, group in drawn}
        <= {*("Everyone", "The others", "Parents", "Funders", "Partner organisations")}
    )
    rounds = order(charts.profile(chosen.profile().query("condition == 'PP'"), by="wave"))
    assert rounds == [
        f"Power sharing: {name}" for name in ("Spring 2025", "Autumn 2025", "Spring 2026")
    ]


def test_totals_tell_how_many_answered_and_nothing_where_that_is_masked(chosen):
    profile = chosen.profile().query(f"wave == {ROUND!r}")
    people = profile.set_index("title")["n"]
    drawn = order(charts.profile(profile, totals=True))
    assert drawn == [f"{title} ({n}\u00a0answers)" for title, n in people.items()]
    hidden = profile.assign(n=pd.array([None] * len(profile), dtype="Int64"))
    assert order(charts.profile(hidden, totals=True)) == list(people.index)


@pytest.mark.parametrize("name", ["counts", "summary", "profile"])
def test_mixed_rounds_are_refused_where_none_was_chosen(evaluation, name):
    chart = {"counts": "distribution", "summary": "agreement", "profile": "profile"}[name]
    frame = getattr(evaluation, name)()
    refused(lambda: getattr(charts, chart)(frame), "2025-T1", ROUND)
    getattr(charts, chart)(frame[frame["wave"] == "2025-T1"])


def test_mixed_groups_are_refused_unless_they_stand_side_by_side(chosen):
    refused(lambda: charts.profile(chosen.profile(by_group=True)), "parent", "by=group")
    refused(lambda: charts.profile(chosen.profile(), by="colour"), "colour", "group")


@pytest.mark.parametrize("name", [n for n in CHARTS if n not in {"relations", "strategy"}])
def test_mixed_scales_are_refused(table, name):
    (frame,) = table(name, "fr")
    frame["scale"] = ["short", *["long"] * (len(frame) - 1)]
    refused(lambda: draw(name, [frame], "fr", 300), "short", "long")


@pytest.mark.parametrize("name", CHARTS)
def test_a_frame_without_the_columns_of_a_chart_is_refused_with_their_names(evaluation, name):
    raw = evaluation.ratings()
    frames = [raw, raw] if name == "relations" else [raw]
    refused(lambda: draw(name, frames, "fr", 300), "evaluation.counts()")
