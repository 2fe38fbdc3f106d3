"""The notebooks that an evaluation starts with: thin, in two languages, and working."""

import ast
import json
from functools import partial

import nbformat
import pytest
from nbclient import NotebookClient

from tests.running import PATIENCE
from toolkit.errors import EvaluationError
from toolkit.evaluation import settings as settings_file
from toolkit.serve.demo import make_demo
from toolkit.shipped import shipped
from toolkit.templates import copy_notebooks, in_language, new_evaluation
from toolkit.text import LANGUAGES, say

#: As `agir demo` makes it.
talked = partial(make_demo, conversation=True)
TEMPLATES = sorted(shipped("templates").glob("*.ipynb"))
TITLES = {
    "rate": "rate.title",
    "dashboard": "dashboard.title",
    "plan": "plan.title",
    "relations": "relations.title",
    "setup": "setup.title",
    "release": "release.title",
    "portfolio": "portfolio.title",
    "strategy": "purpose.title",
    "consensus": "consensus.title",
}

every_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.stem)


def cells(template):
    return json.loads(template.read_text(encoding="utf-8"))["cells"]


def tags(cell):
    return cell["metadata"].get("tags", [])


def code(template):
    return ["".join(cell["source"]) for cell in cells(template) if cell["cell_type"] == "code"]


def test_there_is_a_notebook_for_each_door():
    assert {file.stem for file in TEMPLATES} == set(TITLES)


@every_template
def test_prose_comes_in_pairs_of_languages(template):
    spoken = [tag for cell in cells(template) for tag in tags(cell) if tag.startswith("lang:")]
    assert len(spoken) >= 2
    assert spoken == ["lang:fr", "lang:en"] * (len(spoken) // 2)
    prose = [cell for cell in cells(template) if cell["cell_type"] == "markdown"]
    assert len(prose) == len(spoken)


@every_template
def test_one_cell_holds_the_parameters(template):
    (found,) = [cell for cell in cells(template) if "parameters" in tags(cell)]
    names = [line.targets[0].id for line in ast.parse("".join(found["source"])).body]
    assert names == ["language", "wave"]


@every_template
def test_nothing_was_run_before_it_was_kept(template):
    for cell in cells(template):
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
    assert "widgets" not in json.loads(template.read_text(encoding="utf-8"))["metadata"]


@every_template
def test_a_notebook_holds_no_logic(template):
    logic = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Try, ast.Lambda)
    for source in code(template):
        assert not any(isinstance(node, logic) for node in ast.walk(ast.parse(source)))


@every_template
def test_a_cell_is_short(template):
    for cell in cells(template):
        assert len(cell["source"]) < 10


@every_template
def test_a_notebook_is_valid_and_its_cells_can_be_told_apart(template):
    notebook = nbformat.read(template, as_version=4)
    nbformat.validate(notebook)
    ids = [cell["id"] for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


@every_template
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_keeps_one_language_of_each_pair(template, language):
    original = json.loads(template.read_text(encoding="utf-8"))
    copy = in_language(original, language)
    spoken = [tag for cell in copy["cells"] for tag in tags(cell) if tag.startswith("lang:")]
    assert set(spoken) == {f"lang:{language}"}
    pairs = [tag for cell in original["cells"] for tag in tags(cell) if tag.startswith("lang:")]
    assert len(spoken) == len(pairs) / 2
    (parameters,) = [cell for cell in copy["cells"] if "parameters" in tags(cell)]
    assert f'language = "{language}"\n' in parameters["source"]
    assert original == json.loads(template.read_text(encoding="utf-8"))


def test_a_notebook_that_is_there_is_never_overwritten(blank):
    mine = blank.folder / "rate.ipynb"
    mine.write_text("mine", encoding="utf-8")
    (blank.folder / "setup.ipynb").unlink()
    assert [file.name for file in copy_notebooks(blank.folder, "en")] == ["setup.ipynb"]
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_new_evaluation_is_never_made_over_another(blank):
    before = (blank.folder / "evaluation.toml").read_text(encoding="utf-8")
    with pytest.raises(EvaluationError) as refused:
        new_evaluation(blank.folder, "en", "four_conditions")
    assert refused.value.say("en") == say("folder.exists", "en", folder=blank.folder.name)
    assert (blank.folder / "evaluation.toml").read_text(encoding="utf-8") == before


def test_a_new_evaluation_has_groups_a_consent_and_an_end(blank):
    assert len(blank.settings.groups) == 3
    assert "5" in blank.consent()["fr"]
    assert blank.settings.privacy.keep_until is not None
    assert blank.settings.waves == ()


def test_a_new_evaluation_explains_its_settings_in_both_languages(blank):
    source = (blank.folder / settings_file.FILE).read_text(encoding="utf-8")
    shipped_file = (shipped("templates") / settings_file.FILE).read_text(encoding="utf-8")
    comments = [line for line in shipped_file.splitlines() if line.startswith("#")]
    assert len(comments) >= 6
    assert [comment for comment in comments if comment not in source] == []


def run(file):
    """Run a notebook where it stands; return what it shows, and the state of its widgets."""
    notebook = nbformat.read(file, as_version=4)
    resources = {"metadata": {"path": str(file.parent)}}
    client = NotebookClient(
        notebook, timeout=PATIENCE, resources=resources, store_widget_state=True, allow_errors=True
    )
    client.execute(cwd=str(file.parent))
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return outputs, notebook.metadata.get("widgets", {})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [talked, new_evaluation], ids=["demo", "new"])
@every_template
def test_a_notebook_shows_its_page(tmp_path, template, make, language):
    more = ("four_conditions",) if make is new_evaluation else ()
    make(tmp_path, language, *more)
    outputs, widgets = run(tmp_path / template.name)
    assert [output for output in outputs if output["output_type"] in {"error", "stream"}] == []
    assert "agir-said" not in json.dumps(outputs)
    shown = json.dumps(widgets, ensure_ascii=False)
    other = next(one for one in LANGUAGES if one != language)
    assert say(TITLES[template.stem], language) in shown
    assert say(TITLES[template.stem], other) not in shown
