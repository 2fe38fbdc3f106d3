"""Which comparisons of two rounds a release does not tell, and why: for the evaluator alone."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from toolkit.evaluation.release.release import Release
from toolkit.evaluation.tables import Tables
from toolkit.evaluation.tables import moves as change
from toolkit.evaluation.tables import then as again

__all__ = ["masked_moves"]

_COLUMNS = ["compared", "before", "after", "condition", "reason"]


def masked_moves(tables: Tables, release: Release) -> pd.DataFrame:
    """Return each condition of which a release would tell who moved, were it not masked.

    Parameters
    ----------
    tables
        Every table as it is now.
    release
        As it was just composed of them.

    Returns
    -------
    frame
        `compared` (`moves`: who moved between two rounds; `then`: how people now see the earlier
        one, and what moved since), `before`, `after` (the rounds), `condition`, and `reason`
        (`few` people answered both, or, beside the rest, it would tell of a few: `newcomer`).
    """
    chosen = "change" in release.draft.parts
    rows = [*_moves(tables, release), *_then(tables, release)] if chosen else []
    return pd.DataFrame(rows, columns=_COLUMNS)


def _moves(tables: Tables, release: Release) -> Iterator[dict[str, Any]]:
    """Yield what is masked of the change that its page shows, from the round before each one."""
    shown = release.snapshot.tables()
    rounds = [wave.code for wave in release.snapshot.settings.waves]
    for place, after in enumerate(rounds):
        alike = [code for code in rounds[:place] if code not in shown.apart(after)]
        if not alike:
            continue
        before = alike[-1]
        people = change.followed(tables.own, before, after)
        told = shown.moved(before, after)
        yield from _masked(release, told, people, ("moves", before, after))


def _then(tables: Tables, release: Release) -> Iterator[dict[str, Any]]:
    """Yield what is masked of each then-test between two of its rounds."""
    shown = release.snapshot.tables()
    for wave in release.snapshot.settings.waves:
        if wave.then and wave.then not in shown.apart(wave.code):
            told = shown.then(wave.then, wave.code)
            people = again.followed(tables.answers, wave.then, wave.code)
            yield from _masked(release, told, people, ("then", wave.then, wave.code))


def _masked(
    release: Release, told: pd.DataFrame, people: dict[str, int], where: tuple[str, str, str]
) -> Iterator[dict[str, Any]]:
    fewest = release.snapshot.settings.privacy.minimum_distribution
    shown = set(told.dropna(subset=["pairs"])["condition"])
    for part in release.snapshot.instrument.conditions:
        if part.code not in shown:
            reason = "few" if people.get(part.code, 0) < fewest else "newcomer"
            yield dict(zip(_COLUMNS, (*where, part.code, reason), strict=True))
