"""The evaluator's own copy: every answer, the masked counts, and a codebook in both languages."""

from pathlib import Path

import pandas as pd

from toolkit.evaluation import Evaluation
from toolkit.exchange import codebook, write_tables
from toolkit.text import Language

__all__ = ["export_tables"]


def export_tables(folder: Path, file: Path, language: Language | None = None) -> list[Path]:
    """Write an evaluation's tables to a `.csv` (with its neighbours) or an `.xlsx`.

    Raises
    ------
    EvaluationError
        The folder is no evaluation, or the file cannot be written.
    """
    evaluation = Evaluation.open(folder, language=language)
    counts = evaluation.counts()
    drawing = [name for name in counts.columns if name.startswith(("start_", "end_"))]
    tables = {
        "ratings": evaluation.ratings(),
        "counts": counts.drop(columns=drawing),
        "codebook": pd.DataFrame(codebook(evaluation.instrument)),
    }
    return write_tables(tables, file)
