"""Copy the notebook templates into an evaluation, in one language, once."""

import datetime
import json
import shutil
from pathlib import Path
from typing import Any

from toolkit.errors import EvaluationError
from toolkit.evaluation import Evaluation, Settings
from toolkit.evaluation import settings as settings_file
from toolkit.evaluation.folder import STORE
from toolkit.instruments import find
from toolkit.shipped import shipped
from toolkit.storage import Store
from toolkit.text import Language, both, say

__all__ = ["copy_notebooks", "new_evaluation"]


def new_evaluation(folder: Path, language: Language, instrument: str) -> Evaluation:
    """Make a folder that holds a new evaluation: settings, an empty store, the notebooks.

    Raises
    ------
    EvaluationError
        The folder already holds an evaluation, or cannot be written.
    InstrumentError
        There is no such instrument.
    """
    find(instrument, folder)
    if (folder / settings_file.FILE).exists():
        raise EvaluationError(both("folder.exists", folder=folder.absolute().name))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shipped("templates") / settings_file.FILE, folder / settings_file.FILE)
        copy_notebooks(folder, language)
    except OSError as error:
        name = folder.absolute().name
        raise EvaluationError(both("folder.unwritable", folder=name)) from error
    keep = datetime.date(datetime.datetime.now(datetime.UTC).year + 3, 6, 30)
    blank = Settings(language=language, instrument=instrument)
    privacy = blank.privacy.model_copy(
        update={"consent": both("consent.text", minimum="{minimum}"), "keep_until": keep}
    )
    groups = settings_file.read(folder).groups
    settings_file.write(folder, blank.model_copy(update={"privacy": privacy, "groups": groups}))
    Store.file(folder / STORE, create=True).close()
    return Evaluation.open(folder)


def copy_notebooks(folder: Path, language: Language) -> list[Path]:
    """Copy each template that is not there yet, keeping the prose of one language."""
    copied = []
    for template in sorted(shipped("templates").glob("*.ipynb")):
        target = folder / template.name
        if not target.exists():
            notebook = json.loads(template.read_text(encoding="utf-8"))
            notebook = in_language(notebook, language)
            target.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")
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
