"""A chart in a cell is a picture, a specification and a sentence: every reader shows one."""

import re
from base64 import b64decode
from pathlib import Path

import altair as alt
import nbformat
import pytest
import vl_convert
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from test_charts import CHARTS, check, draw

from tests.running import PATIENCE
from toolkit import charts
from toolkit.charts.view import show_offline

SPECIFIED = "application/vnd.vegalite.v5+json"
CELL = """
import sys
sys.path.insert(0, {folder!r})
from conftest import profile
from toolkit import charts
charts.profile(profile("en"), language="en")
"""


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_carries_its_picture_its_specification_and_its_sentence(table, name, language):
    tables = table(name, language)
    data, metadata = draw(name, tables, language, 680)._repr_mimebundle_()
    assert set(data) == {"image/svg+xml", SPECIFIED, "text/plain"}
    check(data["image/svg+xml"], 680)
    said = getattr(charts, f"describe_{name}")(*tables, language=language)
    assert data["text/plain"] == metadata["image/svg+xml"]["alt"] == said


@pytest.mark.parametrize("name", CHARTS)
def test_the_version_that_jupyterlab_holds_draws_the_same_picture(table, name):
    spec = draw(name, table(name, "fr"), "fr", 300).to_dict()
    older, newer = (
        vl_convert.vegalite_to_svg({**spec, "$schema": None}, vl_version=version)
        for version in ("5.8", "6.1")
    )
    assert older == newer


def test_a_chart_stays_altairs_own_and_is_drawn_offline_whatever_it_is_made_part_of(table):
    chart = charts.profile(*table("profile", "fr"), width=300)
    assert isinstance(chart, alt.LayerChart)
    mine = alt.Chart(title="Le mien").mark_rule(color="red").encode(x=alt.datum(3))
    for one in (chart.properties(title="À nous"), mine + mine, alt.vconcat(mine, mine)):
        data, _ = one._repr_mimebundle_()
        check(data["image/svg+xml"], 680)
        assert "text/html" not in data
    assert mine._repr_mimebundle_()[0]["text/plain"] == "Le mien"


def test_a_renderer_that_an_analyst_chose_stays_chosen():
    with alt.renderers.enable("json"):
        show_offline()
        assert alt.renderers.active == "json"
    assert alt.renderers.active == "agir"


def test_a_saved_notebook_is_read_as_html_with_its_chart_and_nothing_fetched_for_it(tmp_path):
    cell = nbformat.v4.new_code_cell(CELL.format(folder=str(Path(__file__).parent)))
    notebook = nbformat.v4.new_notebook(cells=[cell])
    resources = {"metadata": {"path": str(tmp_path)}}
    ran = NotebookClient(notebook, timeout=PATIENCE, resources=resources).execute()
    nbformat.validate(ran)
    (output,) = ran.cells[0].outputs
    assert "Common vision and purpose: median 3." in output.data["text/plain"]
    html, _ = HTMLExporter().from_notebook_node(ran)
    shown = html[html.rindex("jp-OutputArea-executeResult") :]
    picture = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', shown)[1]
    check(b64decode(picture).decode(), 680)
    assert not re.search(r"<script|cdn\.|vegaEmbed", shown)
