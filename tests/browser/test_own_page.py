"""A notebook of an evaluation's own: four lines of TOML, and it is a page for whom they name."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.test_own_cells import CHART, ORDINARY, drawn
from tests.running import start
from toolkit import Evaluation
from toolkit.serve.demo import make_demo
from toolkit.text import say

NOTEBOOK = "Nos graphiques d’été.ipynb"
ROW = f"""
[[pages]]
notebook = "{NOTEBOOK}"
roles = ["viewer"]
title = {{fr = "Nos graphiques", en = "Our charts"}}
"""
CELLS = (
    "from toolkit import Evaluation\nevaluation = Evaluation.open()",
    "print(evaluation.language, len(evaluation.profile()), evaluation.profile()['wave'].nunique())",
    CHART + "chart",
    ORDINARY,
    "evaluation.ratings()",
)


@pytest.fixture(scope="module")
def extended(chromium, tmp_path_factory):
    folder = tmp_path_factory.mktemp("extended") / "demo"
    make_demo(folder, "fr")
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cells = [{**cell, "id": f"own-{n}", "source": text} for n, text in enumerate(CELLS)]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / NOTEBOOK).write_text(json.dumps(notebook), "utf-8")
    with (folder / "evaluation.toml").open("a", encoding="utf-8") as file:
        file.write(ROW)
    server = start("serve", str(folder), folder=folder)
    yield server
    server.stop()


@pytest.mark.allows_console_errors  # the browser itself reports a page that is refused
def test_it_opens_for_whom_it_names_once_the_evaluator_has_said_so_and_for_nobody_else(
    extended, visit
):
    evaluation = Evaluation.open(extended.folder)
    viewer, rater, evaluator = (visit("laptop").page for _ in range(3))
    viewer.goto(extended.link(evaluation.links.make("viewer")[0]) + "?lang=en")
    door = viewer.get_by_role("link", name="Our charts")
    address = door.get_attribute("href")
    assert viewer.goto(extended.base.rstrip("/") + address).status == 503
    expect(viewer.get_by_text(say("page.changed", "en")[:40])).to_be_visible()

    rater.goto(extended.link(evaluation.invite(evaluation.open_wave.code, 1)[0]))
    expect(rater.get_by_role("link", name="Nos graphiques")).to_have_count(0)
    assert rater.goto(extended.base.rstrip("/") + address).status == 403

    evaluator.goto(extended.doors["setup"])
    expect(evaluator.get_by_role("link", name="Nos graphiques")).to_be_visible()
    told = say("home.not_shown", "fr", page="Nos graphiques", file=NOTEBOOK)
    expect(evaluator.get_by_text(told)).to_be_visible()
    evaluator.get_by_role("button", name=say("home.confirm", "fr")).click()
    expect(evaluator.get_by_role("button", name=say("home.confirm", "fr"))).to_have_count(0)

    viewer.goto(extended.base + "?lang=en")
    viewer.get_by_role("link", name="Our charts").click()
    viewer.get_by_text("en 12 3").wait_for()
    assert drawn(viewer, "agir-said img") == "Deux points"
    viewer.get_by_role("button", name="plus").click()
    viewer.get_by_text("true 1/2").wait_for()
    viewer.get_by_text(say("door.not_yours", "en")[:40]).wait_for()

    viewer.get_by_role("link", name=say("app.french", "fr")).click()
    viewer.get_by_text("fr 12 3").wait_for()
    viewer.get_by_role("link", name=say("app.home", "fr")).click()
    viewer.get_by_role("link", name="Nos graphiques").wait_for()
