"""The raw table of an evaluation: the evaluator's alone."""

import pandas as pd

from toolkit.evaluation.folder import Folder
from toolkit.evaluation.people import voices
from toolkit.storage import Store

__all__ = ["ratings"]


def ratings(folder: Folder, store: Store, *, history: bool = False) -> pd.DataFrame:
    """Return one row an answer: the newest for each key, or with `history` every one ever given.

    Returns
    -------
    frame
        `wave`, `rater` (pseudonym), `partner`, `group`, `condition`, `indicator`, `aspect`
        (current, desired), `mode` (individual, consensus), `instrument`, `version`, `scale`,
        `steps` (how many the scale has), `first` (the number of its lowest; 0 on a scale of 0 to
        10), `value` (the number of the step, nullable), `status` (null
        with a value; dont_know, not_applicable, skipped), `note` (private), `recorded_at` (UTC),
        `excluded` (why it is in no figure: set_aside, unvouched; null where it counts); in the
        order they were kept.
    """
    kept = store.history() if history else store.answers()
    people, heard = store.raters(), voices(store)
    asked = {wave: folder.instrument_of(wave) for wave in {r.wave for r in kept}}
    condition = {
        (wave, line.code): section.code
        for wave, instrument in asked.items()
        for section in instrument.sections
        for line in section.indicators
    }
    scales = {
        (wave, name): scale.steps
        for wave, instrument in asked.items()
        for name, scale in instrument.scales.items()
    }
    rows = [
        {
            "wave": r.wave,
            "rater": r.rater,
            "partner": people[r.rater].partner if r.rater in people else "",
            "group": people[r.rater].group if r.rater in people else "",
            "condition": condition.get((r.wave, r.indicator), ""),
            "indicator": r.indicator,
            "aspect": r.aspect,
            "mode": r.mode,
            "instrument": r.instrument,
            "version": r.version,
            "scale": r.scale,
            "steps": len(scales.get((r.wave, r.scale), ())) or None,
            "first": min(scales.get((r.wave, r.scale), ()), default=None),
            "value": r.value,
            "status": r.status,
            "note": r.note,
            "recorded_at": r.recorded_at,
            "excluded": None if r.mode == "consensus" else heard.excluded(r.wave, r.rater),
        }
        for r in kept
    ]
    columns = [
        *("wave", "rater", "partner", "group", "condition", "indicator", "aspect", "mode"),
        *("instrument", "version", "scale", "steps", "first", "value", "status", "note"),
        *("recorded_at", "excluded"),
    ]
    return pd.DataFrame(rows, columns=columns).astype(
        {
            "version": "Int64",
            "steps": "Int64",
            "first": "Int64",
            "value": "Int64",
            "status": "object",
            "excluded": "object",
        }
    )
