"""Copy the notebook templates into an evaluation, in one language, once."""

import datetime
import json
from pathlib import Path
from typing import Any

from toolkit import private
from toolkit.errors import EvaluationError
from toolkit.evaluation import Evaluation, Settings
from toolkit.evaluation import settings as settings_file
from toolkit.evaluation.folder import STORE
from toolkit.instruments import find, is_file, read
from toolkit.shipped import shipped
from toolkit.storage import Store
from toolkit.text import Language, both, say, today

__all__ = ["copy_notebooks", "new_evaluation"]


def new_evaluation(folder: Path, language: Language, instrument: str) -> Evaluation:
    """Make a folder that holds a new evaluation: settings, an empty store, the notebooks.

    Parameters
    ----------
    folder
        Where it is made; what is in it already stays.
    language
        What its pages open in.
    instrument
        An id, or the path of an instrument's file, which is copied into the folder.

    Raises
    ------
    EvaluationError
        The folder already holds an evaluation, or another instrument of that id, or cannot be
        written.
    InstrumentError
        There is no such instrument, or its file cannot be used.
    """
    if (folder / settings_file.FILE).exists():
        raise EvaluationError(both("folder.exists", folder=folder.absolute().name))
    chosen, kept = _chosen(instrument, folder)
    if folder.is_file():
        raise EvaluationError(both("folder.is_a_file", file=folder.name))
    try:
        private.make_folder(folder)
        private.tighten([folder])
        for file, content in kept.items():
            private.make_folder(file.parent)
            private.replace(file, content)
        template = (shipped("templates") / settings_file.FILE).read_bytes()
        private.replace(folder / settings_file.FILE, template)
        copy_notebooks(folder, language)
    except OSError as error:
        name = folder.absolute().name
        raise EvaluationError(both("folder.unwritable", folder=name)) from error
    keep = datetime.date(today().year + 3, 6, 30)
    blank = Settings(language=language, instrument=chosen)
    privacy = blank.privacy.model_copy(
        update={"consent": both("consent.text", minimum="{minimum}"), "keep_until": keep}
    )
    groups = settings_file.read(folder).groups
    settings_file.write(folder, blank.model_copy(update={"privacy": privacy, "groups": groups}))
    Store.file(folder / STORE, create=True).close()
    return Evaluation.open(folder)


def _chosen(instrument: str, folder: Path) -> tuple[str, dict[Path, bytes]]:
    """Return the id of an instrument, and what is to be copied into the folder to have it there."""
    if not is_file(instrument):
        return find(instrument, folder).id, {}
    file = Path(instrument).expanduser()
    chosen = read(file).id
    there = [folder / "instruments" / f"{chosen}.yaml", folder / f"{chosen}.yaml"]
    if file.resolve() in {place.resolve() for place in there}:
        return chosen, {}
    content = file.read_bytes()
    if taken := next((place for place in there if place.exists()), None):
        if taken.read_bytes() == content:
            return chosen, {}
        named = {"file": taken.name, "folder": folder.absolute().name}
        raise EvaluationError(both("folder.other_instrument", **named))
    return chosen, {there[0]: content}


def copy_notebooks(folder: Path, language: Language) -> list[Path]:
    """Copy each template that is not there yet, keeping the prose of one language."""
    copied = []
    for template in sorted(shipped("templates").glob("*.ipynb")):
        target = folder / template.name
        if not target.exists():
            notebook = json.loads(template.read_text(encoding="utf-8"))
            notebook = in_language(notebook, language)
            source = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
            private.replace(target, source.encode())
            copied.append(target)
    return copied


def in_language(notebook: dict[str, Any], language: Language) -> dict[str, Any]:
    """Return a notebook with the cells of one language, and its parameter set to it."""
    cells = []
    for cell in notebook["cells"]:
        tags = cell["metadata"].get("tags", [])
        spoken = [tag.removeprefix("lang:") for tag in tags if tag.startswith("lang:")]
        if spoken and language not in spoken:
            continue
        if "parameters" in tags:
            source = [
                line.replace('language = "fr"', f'language = "{language}"')
                for line in cell["source"]
            ]
            cells.append({**cell, "source": source})
        else:
            cells.append(cell)
    title = say("app.name", language)
    return {**notebook, "cells": cells, "metadata": {**notebook["metadata"], "title": title}}
