"""What releases give away together: every open one is attacked beside the one to be opened."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from toolkit.errors import EvaluationError
from toolkit.evaluation.release.frozen import thawed
from toolkit.evaluation.release.release import Release
from toolkit.scoring.suppression import EVERYBODY, Finding, audit
from toolkit.text import LANGUAGES, Text, both

__all__ = ["LeakError", "check", "seen_before"]

_KEYS = ["wave", "condition", "indicator", "aspect", "group"]
#: Figures that two releases of the same people must not tell differently.
_FIGURES = ("n", "dont_know", "not_applicable", "skipped", "low", "high")
#: Leaks that are said; the others go away with them, or are said next.
_MOST = 5


class LeakError(EvaluationError):
    """What is to be shown would give away answers beside what is shown already."""

    def __init__(self, leaks: Sequence[Text]) -> None:
        super().__init__(both("release.leaks", count=len(leaks)))
        self.leaks = tuple(leaks)

    def say(self, language: str) -> str:
        """Return that it leaks, then where, and what to do about it."""
        said = [leak[language] for leak in self.leaks[:_MOST]]
        return "\n".join([self.message[language], *said])


def check(release: Release, beside: Sequence[Release]) -> None:
    """Look for what a release gives away, alone and beside others.

    Where it tells another number of the same people than an open one, somebody's answers are the
    difference: they were erased, or the person changed groups. All else is for `audit`.

    Raises
    ------
    LeakError
        Naming each cell, and what to leave out or to merge.
    """
    every = [release, *beside]
    limits = [one.snapshot.settings.privacy for one in every]
    k = min(limit.minimum for limit in limits)
    k_distribution = min(limit.minimum_distribution for limit in limits)
    for told in _told(every):
        differ = [_differs(release, row) for row in _differing(told)]
        if differ:
            raise LeakError(differ)
        # What all of them tell together: a figure that one masks and another shows is shown.
        together = told.groupby(_KEYS, sort=False, dropna=False).first().reset_index()
        try:
            found = audit(together, k, k_distribution)
        except ValueError as error:
            raise LeakError([both("release.contradict")]) from error
        if found:
            raise LeakError([_sentence(release, finding) for finding in found])


def seen_before(release: Release, earlier: Sequence[Release]) -> list[Text]:
    """Return where a release tells another number than people have seen, in versions now closed.

    It may be opened all the same: nobody can unsee a version. But whoever kept it reads in the
    difference what an erased person answered, or one who changed groups.
    """
    found: dict[str, Text] = {}
    for other in earlier:
        for told in _told([release, other]):
            for row in _differing(told):
                text = both("release.seen_before_line", **_where(release, row))
                found.setdefault(text.fr, text)
    return list(found.values())


def _told(releases: Sequence[Release]) -> list[pd.DataFrame]:
    """Return what some releases tell, a table for each number of steps."""
    frames: dict[int, list[pd.DataFrame]] = {}
    for release in releases:
        kept = release.snapshot.kept["tables"]
        for part in (kept["figures"], *kept["modules"].values()):
            frame = thawed(part)
            steps = sum(name.startswith("step_") for name in frame.columns)
            frames.setdefault(steps, []).append(frame)
    return [pd.concat(several, ignore_index=True) for several in frames.values()]


def _differing(told: pd.DataFrame) -> Iterator[dict[Any, Any]]:
    """Yield the rows of which two releases tell different figures."""
    figures = [name for name in told.columns if name in _FIGURES or name.startswith("step_")]
    several = told.groupby(_KEYS, sort=False, dropna=False)[figures].nunique()
    rows = several[(several > 1).any(axis=1)].reset_index()
    yield from rows.to_dict("records")


def _differs(release: Release, row: Mapping[Any, Any]) -> Text:
    return both("release.leak_differs", **_where(release, row))


def _sentence(release: Release, finding: Finding) -> Text:
    values = _where(release, finding.where)
    if finding.what == "newcomer":
        before = _round(release, finding.figure)
        return both("release.leak_newcomer", **values, before=before, count=finding.value)
    return both("release.leak_cell", **values)


def _where(release: Release, row: Mapping[Any, Any]) -> dict[str, Text]:
    """Return the words for a cell: its round, its group, its line."""
    snapshot = release.snapshot
    lines = {code: line.text for code, line in snapshot.instrument.indicators.items()}
    groups = {group.code: group.text for group in snapshot.settings.groups}
    groups |= {EVERYBODY: both("dashboard.everybody"), "": both("dashboard.no_group")}
    return {
        "wave": _round(release, str(row["wave"])),
        "group": groups.get(row["group"]) or _same(str(row["group"])),
        "statement": lines.get(row["indicator"]) or _same(str(row["indicator"])),
    }


def _round(release: Release, code: str) -> Text:
    found = release.snapshot.settings.wave(code)
    return found.text if found else _same(code)


def _same(code: str) -> Text:
    return Text(**dict.fromkeys(LANGUAGES, code))
