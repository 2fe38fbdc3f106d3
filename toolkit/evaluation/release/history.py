"""All that releases ever showed, to anybody: what a new one stands beside."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from toolkit.evaluation.release.frozen import moves, thawed
from toolkit.evaluation.tables.seen import Given, Seen, no_groups

__all__ = ["seen"]


def seen(kept: Sequence[Mapping[str, Any]], rounds: tuple[str, ...]) -> Seen:
    """Return what tables of some rounds stand beside.

    Parameters
    ----------
    kept
        The snapshot of every version that any audience was ever shown, whether or not it is open:
        nobody can unsee one. All of it counts as seen, whichever of its parts a page draws.
    rounds
        The rounds that are to be shown.
    """
    figures: dict[str, list[Given]] = {}
    for one in kept:
        parts = {"": one["tables"]["figures"], **one["tables"]["modules"]}
        for code, part in parts.items():
            figures.setdefault(code, []).append(Given(thawed(part), one["people"], one["who"]))
    groups = [thawed(one["tables"]["groups"]) for one in kept if one["tables"]["groups"]]
    moved = [table for one in kept for table in moves(one["tables"])]
    return Seen(
        rounds,
        figures,
        _together(groups).assign(reason=None) if groups else no_groups(),
        _together(moved) if moved else None,
        [one["tables"]["turnover"] for one in kept],
    )


def _together(frames: Sequence[pd.DataFrame]) -> Any:
    return pd.concat(frames, ignore_index=True).drop_duplicates(ignore_index=True)
