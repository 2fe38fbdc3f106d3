"""What an analyst adds to a notebook is shown on its page without a network, or said not to be."""

import json

import pytest

from tests.running import start, until
from toolkit.templates import new_evaluation
from toolkit.text import say

CHART = """
import altair as alt, pandas as pd
frame = pd.DataFrame({"x": [1, 2], "y": [3, 4]})
chart = alt.Chart(frame, title="Deux points").mark_point().encode(x="x", y="y")
"""
ORDINARY = """
import anywidget, anywidget.experimental, traitlets
class Counter(anywidget.AnyWidget):
    _esm = '''
    export default {
      initialize({ model }) { model.begun = true; },
      async render({ model, el, experimental }) {
        const button = document.createElement("button"), line = document.createElement("output");
        const draw = () => {
          line.textContent = `${model.begun} ${model.get("count")}/${model.get("twice")}`;
        };
        model.on("change:count change:twice", draw);
        button.textContent = "plus";
        button.onclick = () => {
          model.set("count", model.get("count") + 1);
          model.save_changes();
        };
        el.append(button, line);
        draw();
        const layout = await model.widget_manager.get_model(model.get("layout"));
        const [said] = await experimental.invoke("greet", "vous");
        el.dataset.said = `${layout.get("_model_name")} ${said}`;
      },
    };
    '''
    count = traitlets.Int(0).tag(sync=True)
    twice = traitlets.Int(0).tag(sync=True)
    @traitlets.observe("count")
    def _double(self, change):
        self.twice = 2 * change["new"]
    @anywidget.experimental.command
    def greet(self, msg, buffers):
        return f"bonjour {msg}", buffers
Counter()
"""


@pytest.fixture(scope="module")
def extended(chromium, tmp_path_factory):
    """Serve an evaluation whose setup page ends with cells that a test writes."""
    folder = tmp_path_factory.mktemp("own") / "mine"
    new_evaluation(folder, "fr", "four_conditions")
    file = folder / "setup.ipynb"
    whole = json.loads(file.read_text("utf-8"))
    server = start("serve", str(folder), folder=folder)

    def add(*sources):
        cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        cells = [{**cell, "id": f"own-{n}", "source": text} for n, text in enumerate(sources)]
        file.write_text(json.dumps({**whole, "cells": [*whole["cells"], *cells]}), "utf-8")
        return server

    yield add
    server.stop()


@pytest.fixture
def shown(extended, visit):
    """Open the setup page with the cells of a test added to it."""

    def show(*sources):
        server = extended(*sources)
        page = visit("laptop").page
        page.set_default_timeout(120_000)  # it only ends what is stuck
        page.goto(server.doors["setup"])
        page.locator(".agir-button").first.click()
        page.wait_for_selector(".tk h1")
        return page

    return show


def drawn(page, picture):
    """Wait until a picture is drawn, and return what it is called."""
    page.wait_for_selector(picture)
    until(page, "picture => document.querySelector(picture).naturalWidth > 50", picture)
    return page.get_attribute(picture, "alt")


def test_a_chart_is_drawn_without_a_network_and_is_called_by_its_title(shown):
    assert drawn(shown(CHART + "chart"), "agir-said img") == "Deux points"


def test_a_chart_given_as_its_specification_is_drawn_too(shown):
    page = shown(
        CHART + "from IPython.display import display\n"
        "display({'application/vnd.vegalite.v5+json': chart.to_dict()}, raw=True)"
    )
    assert drawn(page, "agir-said img") == "Deux points"


def test_a_chart_that_would_react_is_drawn_and_said_to_be_still(shown):
    page = shown(CHART + "alt.JupyterChart(chart)")
    assert drawn(page, "agir-said img") == "Deux points"
    page.get_by_text(say("page.still", "fr")).wait_for()


def test_an_svg_is_a_picture_in_which_no_script_runs(shown):
    source = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='80' height='80'>"
        "<script>window.top.ran = 1</script><circle r='9'/></svg>"
    )
    page = shown(f"from IPython.display import SVG\nSVG({source!r})")
    drawn(page, "agir-said img")
    assert page.evaluate("window.ran") is None


def test_an_ordinary_anywidget_lives_without_the_bundle(shown):
    page = shown(ORDINARY)
    page.get_by_role("button", name="plus").click()
    page.get_by_text("true 1/2").wait_for()
    page.wait_for_selector("[data-said='LayoutModel bonjour vous']")
    assert page.locator("script[src*=voila]").count() == 0


@pytest.mark.allows_console_errors  # the browser itself reports the script that it did not run
def test_what_is_printed_is_shown_and_html_that_needs_a_script_is_said(shown):
    page = shown(
        "print('bonjour'); print('à tous')",
        "from IPython.display import HTML\nHTML('<b>gras</b><script>window.ran = 1</script>')",
    )
    page.get_by_text("bonjour\nà tous").wait_for()
    page.get_by_text("gras").wait_for()
    page.get_by_text(say("page.left_out", "fr")).wait_for()
    assert page.evaluate("window.ran") is None


@pytest.mark.allows_console_errors  # JupyterLab's packages report their own versions
def test_interact_prints_before_and_after_its_slider_moves_beside_a_picture(shown):
    page = shown(
        "from IPython.display import SVG, display\n"
        "import ipywidgets\n"
        "display(SVG(\"<svg xmlns='http://www.w3.org/2000/svg' width='80' height='80'/>\"))\n"
        "def tell(x):\n    print('vu', x)\n"
        "ipywidgets.interact(tell, x=ipywidgets.IntSlider(3, 0, 9));"
    )
    page.wait_for_selector(".noUi-handle")
    drawn(page, "agir-said img")
    page.get_by_text("vu 3").wait_for()
    page.locator(".noUi-handle").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("vu 4").wait_for()
    assert "widgets=" not in page.url


FORM = """
import ipywidgets, traitlets
from toolkit import Evaluation, widgets
form = widgets.ConditionForm(Evaluation.open(".").instrument["CV"])
label = ipywidgets.Label()
def told(answers):
    return "vu " + str(answers.get("CV1", {}).get("value"))
traitlets.dlink((form, "answers"), (label, "value"), told)
ipywidgets.HBox([form, label])
"""


@pytest.mark.allows_console_errors  # JupyterLab's packages report their own versions
def test_one_conditions_form_in_a_box_tells_its_answers_to_another_widget(shown):
    page = shown(FORM)
    page.get_by_text("vu None").wait_for()
    page.locator("input[name^=CV1-current][value='4']").check()
    page.get_by_text("vu 4").wait_for()
    page.get_by_text(say("rate.tried", "fr")).first.wait_for()


@pytest.mark.allows_console_errors  # JupyterLab's packages report their own versions
def test_a_cell_or_a_callback_that_fails_is_written_down_and_said_to_the_evaluator(shown, extended):
    page = shown(
        "import ipywidgets\n"
        "def fail(x):\n    assert x < 5, f'trop: {x}'\n    print('bien')\n"
        "ipywidgets.interact(fail, x=ipywidgets.IntSlider(4, 0, 9));",
        "1 / 0",
    )
    page.get_by_text("ZeroDivisionError").wait_for()
    page.get_by_text("bien").wait_for()
    page.locator(".noUi-handle").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("trop: 5").wait_for()
    log = (extended().folder / "agir.log").read_text("utf-8")
    assert "ZeroDivisionError" in log
    assert "trop: 5" in log
