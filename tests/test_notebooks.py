"""The worked examples run from the first cell to the last, and say what their cells show."""

import json
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.running import PATIENCE
from toolkit.shipped import shipped
from toolkit.templates import in_language
from toolkit.text import LANGUAGES

FOLDER = Path(__file__).parent.parent / "notebooks"
NUMBERS, TOUR = FOLDER / "numbers.ipynb", FOLDER / "tour.ipynb"
#: Their outputs are the documentation; they are those of the language their parameters name.
KEPT = (NUMBERS, TOUR)
OTHERS = sorted({*FOLDER.glob("*.ipynb")} - {*KEPT})
KEPT_IN = "fr"

each_other = pytest.mark.parametrize("example", OTHERS, ids=lambda file: file.stem)
each_kept = pytest.mark.parametrize("example", KEPT, ids=lambda file: file.stem)
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


def sample():
    """Return every file of the sample data, as it is now."""
    files = [file for file in shipped("sample_data").rglob("*") if file.is_file()]
    return {file: file.read_bytes() for file in files if file.suffix != ".pyc"}


#: As it was before any example ran.
SAMPLE = sample()


def run(notebook, folder):
    resources = {"metadata": {"path": str(folder)}}
    return NotebookClient(notebook, timeout=PATIENCE, resources=resources).execute()


@each_other
def test_a_worked_example_runs(example, tmp_path):
    notebook = run(nbformat.read(example, as_version=4), tmp_path)
    kinds = {output.output_type for cell in notebook.cells for output in cell.get("outputs", [])}
    assert "error" not in kinds
    assert "execute_result" in kinds


@each_other
def test_a_worked_example_is_kept_without_outputs(example):
    notebook = nbformat.read(example, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)


@cache
def ran(example, language):
    """Return the cells of one language, run from the first to the last."""
    one = in_language(json.loads(example.read_text(encoding="utf-8")), language)
    return tuple(run(nbformat.reads(json.dumps(one), as_version=4), FOLDER).cells)


def written(example, language):
    """Return what is written in one language."""
    cells = nbformat.read(example, as_version=4).cells
    return [cell.source for cell in cells if f"lang:{language}" in cell.metadata.get("tags", ())]


def texts(cell):
    """Return what a cell shows, less its pictures."""
    outputs = cell.get("outputs", [])
    data = [output.data for output in outputs if "image/svg+xml" not in output.data]
    return [one.get("text/markdown", one["text/plain"]) for one in data]


def found(text):
    return re.findall(r"-?\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", ".", text.replace("−", "-")))


def quoted(cell):
    return [line for line in cell.source.splitlines() if line.startswith(">")]


def sections(cells):
    """Return the cells of each numbered section."""
    heads = [place for place, cell in enumerate(cells) if cell.source.startswith("## ")]
    return [cells[first:last] for first, last in pairwise([*heads, len(cells)])]


def told(number, shown):
    """Whether some figure shown is this number, rounded to as many decimals."""
    half = 0.5 / 10 ** len(number.partition(".")[2]) if "." in number else 0
    return any(abs(float(number) - float(figure)) <= half + 1e-9 for figure in shown)


@each_kept
@in_each_language
def test_what_is_kept_runs_and_shows_nothing_but_results(example, language):
    outputs = [output for cell in ran(example, language) for output in cell.get("outputs", [])]
    kinds = {output.output_type for output in outputs}
    assert "execute_result" in kinds
    assert kinds <= {"display_data", "execute_result"}


@each_kept
def test_outputs_are_kept_as_running_again_shows_them(example):
    kept = [cell for cell in nbformat.read(example, as_version=4).cells if "outputs" in cell]
    again = [cell for cell in ran(example, KEPT_IN) if "outputs" in cell]
    assert [cell.execution_count for cell in kept] == list(range(1, len(kept) + 1))
    for before, after in zip(kept, again, strict=True):
        assert found(" ".join(texts(before))) == found(" ".join(texts(after)))
        assert len(before.outputs) == len(after.outputs)
        assert "execution" not in before.metadata


@each_kept
def test_outputs_are_kept_without_a_trace_of_a_machine(example):
    kept = example.read_text(encoding="utf-8")
    assert not re.search(
        r"[\"' (=](/(tmp|home|root|Users|private|var|mnt|opt|work)/|[A-Z]:\\)", kept
    )
    assert not re.search(r" object at 0x|\d\d:\d\d:\d\d", kept)
    assert "widgets" not in json.loads(kept)["metadata"]


@each_kept
def test_what_is_kept_is_explained_in_pairs_of_languages(example):
    cells = nbformat.read(example, as_version=4).cells
    prose = [cell for cell in cells if cell.cell_type == "markdown"]
    spoken = [cell.metadata["tags"] for cell in prose]
    assert spoken == [["lang:fr"], ["lang:en"]] * (len(prose) // 2)
    for fr, en in zip(prose[::2], prose[1::2], strict=True):
        assert fr.id.removesuffix("-fr") == en.id.removesuffix("-en")
        assert fr.source.startswith("## ") == en.source.startswith("## ")
        assert found(" ".join(quoted(fr))) == found(" ".join(quoted(en)))


@in_each_language
def test_each_number_says_what_it_says_one_sentence_and_when_not_to_show_it(language):
    heads = {
        "fr": ("**Ce que cela dit.**", "**En une phrase, au regroupement.**\n\n> «"),
        "en": ("**What it says.**", "**In one sentence, to the coalition.**\n\n> “"),
    }
    warning = {"fr": "**Quand ne pas le montrer.**", "en": "**When not to show it.**"}
    every = sections(ran(NUMBERS, language))
    assert len(every) == 16
    for cells in every:
        said = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        assert all(head in said for head in (*heads[language], warning[language])), said[:60]


@each_kept
@in_each_language
def test_a_sentence_for_the_coalition_says_the_numbers_that_are_shown_above_it(example, language):
    sentences = 0
    for cells in sections(ran(example, language)):
        shown = []
        for cell in cells:
            shown += found(" ".join(texts(cell)))
            for sentence in quoted(cell):
                sentences += 1
                assert [n for n in found(sentence) if not told(n, shown)] == [], sentence
    assert sentences >= {NUMBERS: 16, TOUR: 4}[example]


@in_each_language
def test_the_tour_is_read_in_ten_minutes(language):
    words = re.findall(r"\w+(?:[’-]\w+)*", " ".join(written(TOUR, language)))
    assert 1500 <= len(words) <= 2200


def test_the_tour_goes_the_whole_way_in_short_cells_with_a_picture_of_each_kind():
    cells = nbformat.read(TOUR, as_version=4).cells
    heads = [cell.source.splitlines()[0] for cell in cells if cell.source.startswith("## ")]
    numbers = [found(head) for head in heads]
    assert numbers == [[str(at)] for at in range(1, 11) for _ in LANGUAGES] + [[], []]
    code = {cell.id: cell.source for cell in cells if cell.cell_type == "code"}
    assert [name for name, source in code.items() if len(source.splitlines()) > 5] == ["imports"]
    drawn = set(re.findall(r"charts\.(\w+)\(", "\n".join(code.values())))
    charts = {"distribution", "agreement", "strategy", "relations", "change", "portfolio"}
    assert charts <= drawn


@each_kept
def test_an_example_leaves_the_sample_as_it_was(example):
    ran(example, KEPT_IN)
    assert sample() == SAMPLE
