"""The raw table of an evaluation: the evaluator's alone."""

import pandas as pd

from toolkit.evaluation.folder import Folder
from toolkit.storage import Store

__all__ = ["ratings"]


def ratings(folder: Folder, store: Store, *, history: bool = False) -> pd.DataFrame:
    """Return one row an answer: the newest for each key, or with `history` every one ever given.

    Returns
    -------
    frame
        `wave`, `rater` (pseudonym), `partner`, `group`, `condition`, `indicator`, `aspect`
        (current, desired), `mode` (individual, consensus), `instrument`, `version`, `scale`,
        `steps` (how many the scale has), `value` (1 to K, nullable whole number), `status` (null
        with a value; dont_know, not_applicable, skipped), `note` (private), `recorded_at` (UTC);
        in the order they were kept.
    """
    kept = store.history() if history else store.answers()
    people = store.raters()
    instrument = folder.instrument
    condition = {
        line.code: section.code for section in instrument.sections for line in section.indicators
    }
    size = {name: len(scale.steps) for name, scale in instrument.scales.items()}
    rows = [
        {
            "wave": r.wave,
            "rater": r.rater,
            "partner": people[r.rater].partner if r.rater in people else "",
            "group": people[r.rater].group if r.rater in people else "",
            "condition": condition.get(r.indicator, ""),
            "indicator": r.indicator,
            "aspect": r.aspect,
            "mode": r.mode,
            "instrument": r.instrument,
            "version": r.version,
            "scale": r.scale,
            "steps": size.get(r.scale),
            "value": r.value,
            "status": r.status,
            "note": r.note,
            "recorded_at": r.recorded_at,
        }
        for r in kept
    ]
    columns = [
        *("wave", "rater", "partner", "group", "condition", "indicator", "aspect", "mode"),
        *("instrument", "version", "scale", "steps", "value", "status", "note", "recorded_at"),
    ]
    return pd.DataFrame(rows, columns=columns).astype(
        {"version": "Int64", "steps": "Int64", "value": "Int64", "status": "object"}
    )
