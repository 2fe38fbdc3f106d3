"""The worked examples run from the first cell to the last."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

EXAMPLES = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_a_worked_example_runs(example, tmp_path):
    notebook = nbformat.read(example, as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}})
    client.execute()
    kinds = {output.output_type for cell in notebook.cells for output in cell.get("outputs", [])}
    assert "error" not in kinds
    assert "execute_result" in kinds


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_a_worked_example_is_kept_without_outputs(example):
    notebook = nbformat.read(example, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)
