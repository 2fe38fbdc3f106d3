"""A throw-away evaluation of the sample coalition: three rounds, and a fourth one open."""

from pathlib import Path

from toolkit import private
from toolkit.evaluation import Evaluation
from toolkit.evaluation import settings as settings_file
from toolkit.evaluation.folder import STORE
from toolkit.exchange import read_entries, read_raters, read_ratings
from toolkit.shipped import shipped
from toolkit.storage import Entry, Store
from toolkit.templates import copy_notebooks, new_evaluation
from toolkit.text import Language

__all__ = ["make_demo", "make_neighbours"]


def make_demo(folder: Path, language: Language, *, conversation: bool = False) -> Evaluation:
    """Make the sample evaluation in a folder, with its pages in one language.

    Parameters
    ----------
    folder, language
        Where, and in which language.
    conversation
        Whether the coalition also talked about what it had rated: with its purposes, ties,
        consensus session, plans and releases, or with its ratings alone.
    """
    sample = shipped("sample_data")
    private.make_folder(folder)
    private.replace(folder / settings_file.FILE, (sample / settings_file.FILE).read_bytes())
    settings = settings_file.read(folder)
    settings_file.write(folder, settings.model_copy(update={"language": language}))
    copy_notebooks(folder, language)
    store = Store.file(folder / STORE, create=True)
    for rater in read_raters(sample / "raters.csv"):
        store.add_rater(rater)
    store.append(read_ratings(sample / "ratings.csv"))
    if conversation:
        store.append(read_ratings(sample / "agreed.csv"))
        store.entries.keep(_said(sample, language))
    store.close()
    evaluation = Evaluation.open(folder)
    for wave in evaluation.settings.waves:
        evaluation.begin(wave.code, evaluation.instrument)
    return evaluation


def make_neighbours(folder: Path, language: Language) -> list[Evaluation]:
    """Make in a folder the two other coalitions that a portfolio shows beside the sample's."""
    made = []
    for file in sorted((shipped("sample_data") / "neighbours").glob("*.jsonl")):
        evaluation = new_evaluation(folder / file.stem, language, "four_conditions")
        store = Store.file(evaluation.folder / STORE)
        store.entries.keep(read_entries(file))
        store.close()
        made.append(evaluation)
    return made


def _said(sample: Path, language: Language) -> list[Entry]:
    """Return what the coalition said: what has no language, and what was typed in one."""
    files = ("entries.jsonl", f"entries.{language}.jsonl")
    said = [entry for name in files for entry in read_entries(sample / name)]
    return sorted(said, key=lambda entry: str(entry.recorded_at))
