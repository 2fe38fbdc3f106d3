"""Sections of an analyst's own on the dashboard: kept through language and round."""

import altair as alt
import ipywidgets
import pytest

from tests.visiting import served
from toolkit import DashboardPage, Evaluation
from toolkit.errors import EvaluationError
from toolkit.text import say
from toolkit.widgets import ChartView, Notice


def ours(evaluation, wave, language):
    frame = evaluation.profile(language=language).query("wave == @wave and group == 'all'")
    return alt.Chart(frame, title="Nos médianes").mark_bar().encode(x="low", y="title")


def wide(evaluation, width):
    return (
        alt.Chart(alt.Data(values=[{"x": 1}])).mark_point().encode(x="x:Q").properties(width=width)
    )


def widget(evaluation):
    return ipywidgets.IntSlider(description="à nous")


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.fixture
def page(evaluation):
    return DashboardPage(evaluation, more=[ours, widget])


def test_they_stand_after_the_others_and_before_how_to_read_them(page):
    *_, chart, slider, how = page.children
    assert isinstance(chart, ChartView)
    assert chart.state["title"] == "Nos médianes"
    assert isinstance(slider, ipywidgets.IntSlider)
    assert how is page.parts["how"]


def test_they_are_made_anew_for_another_round_and_another_language(page):
    def picture():
        return next(one for one in page.children if isinstance(one, ChartView) and own(one))

    def own(one):
        return one.state["title"] == "Nos médianes"

    newest = picture().state["pictures"]
    page.choose("2025-T1")
    older = picture().state["pictures"]
    page.language = "en"
    page.refresh()
    english = picture().state
    assert len({newest[0], older[0], english["pictures"][0]}) == 3
    assert english["language"] == "en"


def test_a_chart_that_takes_a_width_is_drawn_for_a_phone_and_for_a_laptop(evaluation):
    *_, chart, _ = DashboardPage(evaluation, more=[wide]).children
    narrow, broad = chart.state["pictures"]
    assert narrow != broad
    assert chart.state["title"] == "wide"


def broken(evaluation):
    return 1 / 0


def no_widget(evaluation):
    return "a text"


def forbidden(evaluation):
    return widget(evaluation.ratings())


@pytest.mark.parametrize("section", [broken, no_widget])
def test_one_that_fails_is_said_to_the_evaluator_with_its_place_and_the_rest_stays(
    evaluation, section
):
    page = DashboardPage(evaluation, more=[section, widget])
    *_, told, slider, _ = page.children
    assert isinstance(told, Notice)
    line = section.__code__.co_firstlineno + (section is broken)  # nothing of its own failed
    assert f"« {section.__name__} », test_added.py:{line}" in plain(told.state["title"])
    assert isinstance(slider, ipywidgets.IntSlider)
    if section is broken:
        assert "division by zero" in told.state["text"]
    else:
        assert told.state["text"] == say("section.no_widget", "fr", kind="str")
    assert (
        "ZeroDivisionError" in (log := (evaluation.folder / "agir.log").read_text("utf-8")) or log
    )


def test_one_that_fails_or_asks_for_what_is_not_released_is_left_out_for_a_viewer(evaluation):
    with served(evaluation.links.make("viewer")[0]):
        opened = Evaluation.open(evaluation.folder)
        page = DashboardPage(opened, more=[broken, forbidden, ours])
        usual = DashboardPage(opened)
    assert len(page.children) == len(usual.children) + 1
    assert "AccessError" in (evaluation.folder / "agir.log").read_text("utf-8")


def test_sections_are_left_out_by_name(evaluation):
    page = DashboardPage(evaluation, without=["answers", "desired", "change", "how"])
    left = {name.partition("/")[0] for name in page.parts}
    assert not left & {"answers", "desired", "change", "how"}
    assert "conditions" in left


def test_a_title_of_several_lines_is_one_and_a_single_name_is_enough(evaluation):
    def lines(evaluation):
        return alt.Chart(alt.Data(values=[{}]), title=["Un titre", "et sa suite"]).mark_point()

    page = DashboardPage(evaluation, more=[lines], without="how")
    assert page.children[-1].state["title"] == "Un titre et sa suite"


def test_a_misspelt_section_is_an_error_that_names_the_nearest(evaluation):
    with pytest.raises(EvaluationError, match="Perhaps: change"):
        DashboardPage(evaluation, without=["chang"])
