"""Which notebooks may be shown to others: as they came with Agir, or as the evaluator looked at.

What a notebook shows is told by its cells, in whatever order of work: that a cell ran, or what it
showed then, is no change.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat

from toolkit.evaluation import Evaluation
from toolkit.shipped import shipped
from toolkit.templates import in_language
from toolkit.text import LANGUAGES

__all__ = ["changed", "digest", "is_confirmed"]


def digest(cells: Iterable[Mapping[str, Any]]) -> str:
    """Return what stands for the code and the prose of a notebook, and for nothing else of it."""
    told = []
    for cell in cells:
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        text = source.replace("\r\n", "\n").rstrip()
        if text and cell["cell_type"] != "raw":  # running the last cell adds an empty one
            hidden = "notebook-only" in cell.get("metadata", {}).get("tags", [])
            told.append([cell["cell_type"], text, hidden])
    return sha256(json.dumps(told).encode()).hexdigest()


def is_confirmed(evaluation: Evaluation, name: str, cells: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether a notebook may be shown to others than the evaluator."""
    found = digest(cells)
    return found in _as_shipped(name) or found == evaluation.confirmed(name)


def changed(evaluation: Evaluation, names: Iterable[str]) -> dict[str, str]:
    """Return the digest of each notebook that differs from what was last confirmed, by its name.

    One that cannot be read is not among them: its page says so.
    """
    found = {}
    for name in names:
        cells = _cells(evaluation.folder / name)
        if cells is not None and not is_confirmed(evaluation, name, cells):
            found[name] = digest(cells)
    return found


def _cells(file: Path) -> list[Mapping[str, Any]] | None:
    try:
        return list(nbformat.read(file, as_version=4).cells)
    except (OSError, ValueError, AttributeError, nbformat.ValidationError):
        return None


@cache
def _as_shipped(name: str) -> frozenset[str]:
    file = shipped("templates") / name
    if not file.is_file():
        return frozenset()
    template = json.loads(file.read_text(encoding="utf-8"))
    return frozenset(digest(in_language(template, lang)["cells"]) for lang in LANGUAGES)
