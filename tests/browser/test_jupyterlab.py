"""The same notebooks in JupyterLab, where evaluators run and change them."""

import os
import subprocess
import sys

import nbformat
import psutil
import pytest

from tests.running import PATIENCE, free_port
from toolkit.text import say


@pytest.fixture
def lab(chromium, place, tmp_path):
    """JupyterLab on the demo's folder, with no settings of anybody's."""
    port = free_port()
    own = {f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    options = (
        *("--no-browser", "--allow-root", f"--port={port}", f"--ServerApp.root_dir={place}"),
        *("--ServerApp.port_retries=0", "--IdentityProvider.token=", "--LabApp.news_url="),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | own,
    )
    for line in process.stderr:  # until it says where it is
        if f"127.0.0.1:{port}/lab" in line:
            break
    yield f"http://127.0.0.1:{port}/lab"
    for one in [*psutil.Process(process.pid).children(recursive=True), process]:
        one.terminate()
    process.communicate(timeout=PATIENCE)


def run(page, lab, name, shows=".tk h1"):
    """Open a notebook and run all its cells, until something is shown."""
    page.goto(f"{lab}/workspaces/{name}/tree/{name}.ipynb")
    # Cells that are run before their kernel is there are not run at all.
    page.get_by_text("| Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.locator(shows).first.wait_for()


@pytest.mark.allows_console_errors  # JupyterLab's own, of settings that nobody has
def test_a_page_is_read_and_answered_in_jupyterlab(lab, visit):
    page = visit("laptop").page
    run(page, lab, "strategy")
    page.get_by_label(say("purpose.name", "fr")).fill("Une halte-garderie le samedi")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Une halte-garderie le samedi").wait_for()

    run(page, lab, "dashboard")
    # Each chart is there in two widths, one of which is shown.
    figure = page.locator(".tk-chart img").locator("visible=true").first
    figure.wait_for()
    assert figure.evaluate("async (image) => (await image.decode(), image.naturalWidth)") > 0


@pytest.mark.allows_console_errors  # JupyterLab's own, of settings that nobody has
def test_a_chart_in_a_cell_is_drawn_by_jupyterlab_without_a_network(lab, place, visit):
    lines = (
        "from toolkit import Evaluation, charts",
        'evaluation = Evaluation.open(".", wave="2026-T1")',
        'charts.distribution(evaluation.counts(), sort="contrast")',
    )
    cell = nbformat.v4.new_code_cell("\n".join(lines))
    metadata = nbformat.read(place / "strategy.ipynb", as_version=4).metadata
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=metadata)
    nbformat.write(notebook, place / "drawn.ipynb")
    page = visit("laptop").page
    run(page, lab, "drawn", ".vega-embed canvas, .vega-embed svg")
