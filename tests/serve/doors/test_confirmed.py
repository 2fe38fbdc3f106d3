"""What counts as a change of a notebook, and what does not."""

import json

import nbformat
import pytest

from toolkit.pages.table import PAGES
from toolkit.serve.doors.confirmed import changed
from toolkit.templates import new_evaluation

NOTEBOOKS = [row.notebook for row in PAGES]


@pytest.fixture
def change(blank):
    """Change the dashboard's notebook, and return what is asked about."""

    def apply(how):
        file = blank.folder / "dashboard.ipynb"
        notebook = nbformat.read(file, as_version=4)
        how(notebook)
        nbformat.write(notebook, file)
        return list(changed(blank, NOTEBOOKS))

    return apply


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_notebooks_of_a_new_evaluation_are_confirmed(tmp_path, language):
    evaluation = new_evaluation(tmp_path / "new", language, "four_conditions")
    assert changed(evaluation, NOTEBOOKS) == {}


def ran(notebook):
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cell.execution_count = number
            cell.outputs = [nbformat.v4.new_output("stream", text="something")]
            cell.metadata["execution"] = {"started": "now"}
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    notebook.cells.append(nbformat.v4.new_code_cell(""))


def test_to_run_and_save_a_notebook_is_no_change(change):
    assert change(ran) == []


def added(notebook):
    notebook.cells.append(nbformat.v4.new_code_cell("evaluation.ratings()"))


def worded(notebook):
    notebook.cells[0].source += "\nVoici."


def moved(notebook):
    notebook.cells.insert(1, notebook.cells.pop())


def unhidden(notebook):
    notebook.cells[0].metadata.tags = []


def pasted(notebook):
    notebook.cells[1].source += '\nlink = "x.y"'


@pytest.mark.parametrize("how", [added, worded, moved, unhidden, pasted])
def test_what_others_would_see_or_run_is_a_change_until_it_is_confirmed(blank, change, how):
    assert change(how) == ["dashboard.ipynb"]
    for name, digest in changed(blank, NOTEBOOKS).items():
        blank.confirm(name, digest)
    assert change(ran) == []
    assert change(added) == ["dashboard.ipynb"]


def test_what_was_shipped_under_another_name_is_a_change(blank):
    (blank.folder / "rate.ipynb").write_bytes((blank.folder / "dashboard.ipynb").read_bytes())
    assert list(changed(blank, NOTEBOOKS)) == ["rate.ipynb"]


def test_a_notebook_that_cannot_be_read_is_not_asked_about(blank):
    (blank.folder / "rate.ipynb").write_text("{")
    (blank.folder / "plan.ipynb").write_text(json.dumps({}))
    (blank.folder / "setup.ipynb").write_text("[]")
    assert changed(blank, NOTEBOOKS) == {}
