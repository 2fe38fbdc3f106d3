"""A throw-away evaluation with the sample coalition's three rounds, and a fourth one open."""

import shutil
from pathlib import Path

from toolkit.evaluation import Evaluation
from toolkit.evaluation import settings as settings_file
from toolkit.evaluation.folder import STORE
from toolkit.exchange import read_raters, read_ratings
from toolkit.shipped import shipped
from toolkit.storage import Store
from toolkit.templates import copy_notebooks
from toolkit.text import Language

__all__ = ["make_demo"]


def make_demo(folder: Path, language: Language) -> Evaluation:
    """Make the sample evaluation in a folder, with its pages in one language."""
    sample = shipped("sample_data")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(sample / settings_file.FILE, folder / settings_file.FILE)
    settings = settings_file.read(folder)
    settings_file.write(folder, settings.model_copy(update={"language": language}))
    copy_notebooks(folder, language)
    store = Store.file(folder / STORE, create=True)
    for rater in read_raters(sample / "raters.csv"):
        store.add_rater(rater)
    store.append(read_ratings(sample / "ratings.csv"))
    store.close()
    return Evaluation.open(folder)
