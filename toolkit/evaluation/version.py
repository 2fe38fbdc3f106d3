"""In which state an evaluation is: what was made from it before still stands, or does not."""

from pathlib import Path

from toolkit.evaluation import settings
from toolkit.evaluation.folder import STORE, Folder
from toolkit.storage import version as of_store

__all__ = ["shown", "version"]


def version(evaluation: Folder) -> str:
    """Return a text that differs whenever a figure or a word of its tables may differ.

    It costs far less than the tables: what people answered is not read. It holds raw facts, such
    as who answers for whom: only a digest of it may be kept.
    """
    # With the file's time, since a round that is shown, withdrawn, and shown again while somebody
    # reads would otherwise be in the same state before and after.
    file = evaluation.folder.absolute() / settings.FILE
    set_to = evaluation.settings.model_dump_json()
    waves = evaluation.settings.waves
    asked = " ".join(evaluation.instrument_of(wave.code).digest for wave in waves)
    store = of_store.version(evaluation.folder / STORE)
    return "\n".join([f"{file} {file.stat().st_mtime_ns}", set_to, asked, store])


def shown(folder: Path) -> str:
    """Return a text that differs whenever the evaluator may have changed what is shown to whom.

    Raises
    ------
    OSError, StoreError
        The folder cannot be read just now.
    """
    changed, store = (folder / settings.FILE).stat().st_mtime_ns, folder / STORE
    store.stat()  # SQLite would make a file that is missing
    return f"{changed} {of_store.released(store)}"
