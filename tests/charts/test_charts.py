"""Every chart draws, says what it shows, and asks no other host for anything."""

import re

import pytest

from toolkit import charts
from toolkit.charts.view import svg

WAVE = "2026-T1"


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    from toolkit.serve.demo import make_demo

    return make_demo(tmp_path_factory.mktemp("charts") / "demo", "fr")


def drawn(evaluation, name, language, width):
    profile = evaluation.profile(language=language)
    counts = evaluation.counts(language=language)
    counts = counts[(counts["wave"] == WAVE) & (counts["aspect"] == "current")]
    counts = counts[counts["condition"] == "PP"]
    gaps = evaluation.gaps(WAVE, language=language)
    table = {
        "profile": profile[profile["wave"] == WAVE],
        "distribution": counts,
        "desired": gaps[gaps["condition"] == "SA"],
        "rounds": profile.assign(short_round=profile["round"]),
    }[name]
    return getattr(charts, name)(table, language, width=width), table


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [300, 680])
@pytest.mark.parametrize("name", ["profile", "distribution", "desired", "rounds"])
def test_a_chart_draws_in_the_width_it_is_given(evaluation, name, width, language):
    chart, _ = drawn(evaluation, name, language, width)
    picture = svg(chart)
    assert float(re.search(r'width="([\d.]+)"', picture)[1]) <= width * 1.08
    for stranger in re.findall(r"https?://[^\s\"']+", picture):
        assert stranger.startswith("http://www.w3.org/")
    assert ">null<" not in picture
    assert ">NaN<" not in picture


@pytest.mark.parametrize("name", ["profile", "distribution", "desired", "rounds"])
def test_the_sentence_names_every_row(evaluation, name):
    _, table = drawn(evaluation, name, "fr", 300)
    said = getattr(charts, f"describe_{name}")(table, "fr")
    for text in set(table["statement" if "statement" in table else "title"]):
        assert text in said


def test_a_masked_row_shows_no_number(evaluation):
    _, table = drawn(evaluation, "distribution", "fr", 300)
    steps = [column for column in table.columns if column.startswith(("step_", "start_", "end_"))]
    hidden = table.copy()
    hidden.loc[hidden["indicator"] == "PP1", [*steps, "n", "dont_know"]] = None
    hidden.loc[hidden["indicator"] == "PP1", "shown"] = "nothing"
    picture = svg(charts.distribution(hidden, "fr", width=300))
    assert "masqué" in picture
    assert "masqué" in charts.describe_distribution(hidden, "fr")


def test_a_round_of_masked_conditions_still_draws(evaluation):
    _, table = drawn(evaluation, "profile", "fr", 300)
    hidden = table.copy()
    hidden[["low", "high", "top", "agreement"]] = None
    hidden["shown"] = "nothing"
    assert "masqué" in svg(charts.profile(hidden, "fr", width=300))
