"""Where a file is to be written: a folder that is there, and no folder's own name."""

from pathlib import Path

from toolkit.errors import EvaluationError
from toolkit.text import both

__all__ = ["check_place"]


def check_place(file: Path) -> None:
    """Find out whether a file has a folder to be written into.

    Raises
    ------
    EvaluationError
        There is no such folder, it is none, or the file is one.
    """
    folder = file.absolute().parent
    if not folder.is_dir():
        key = "export.not_a_folder" if folder.exists() else "export.no_folder"
        raise EvaluationError(both(key, folder=str(folder)))
    if file.is_dir():
        raise EvaluationError(both("export.is_a_folder", file=file.name))
