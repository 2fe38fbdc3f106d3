"""What releases give away together: every open one is attacked beside the one to be opened."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from toolkit.errors import EvaluationError
from toolkit.evaluation.release import compared
from toolkit.evaluation.release.frozen import moves, thawed
from toolkit.evaluation.release.release import Release
from toolkit.scoring.suppression import EVERYBODY, Finding, audit
from toolkit.text import LANGUAGES, Text, both

__all__ = ["LeakError", "check", "moved_alike", "seen_before"]

_KEYS = ["wave", "condition", "indicator", "aspect", "group"]
#: Figures that two releases of the same people must not tell differently.
_FIGURES = ("n", "dont_know", "not_applicable", "skipped", "low", "high")
#: The release that is spoken of, then those that know names which it does not.
Releases = Sequence[Release]
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
    _check_moved(every, k, k_distribution)
    _check_said(release, beside)
    for told in _told(every):
        differ = [_differs(every, row) for row in _differing(told)]
        if differ:
            raise LeakError(differ)
        # What all of them tell together: a figure that one masks and another shows is shown.
        together = told.groupby(_KEYS, sort=False, dropna=False).first().reset_index()
        try:
            found = audit(together, k, k_distribution)
        except ValueError as error:
            raise LeakError([both("release.contradict")]) from error
        if found:
            raise LeakError([_sentence(every, finding) for finding in found])


def _check_moved(every: Releases, k: int, k_distribution: int) -> None:
    """Look for tables of who moved that tell of a few people when they stand beside each other."""
    told = _moves(every)
    differ = [
        both("release.leak_moved_differs", **_pair(every, row)) for row in compared.differing(told)
    ]
    if differ:
        raise LeakError(differ)
    found = compared.attacked(told, k, k_distribution)
    if leaks := [_moved(every, row) for row in found]:
        raise LeakError(leaks)


def _check_said(release: Release, beside: Sequence[Release]) -> None:
    """Refuse two maps of the same ties, or two readings of the same answers about a purpose.

    Between two of them somebody agreed to be named, or no longer did, or was erased: their
    difference tells who it is, and what they said.
    """
    differ = sorted({where for other in beside for where in _said_otherwise(release, other)})
    leaks = [
        both("release.leak_purpose", wave=_round([release], wave), purpose=purpose)
        if purpose
        else both("release.leak_ties", wave=_round([release], wave))
        for wave, purpose in differ
    ]
    if leaks:
        raise LeakError(leaks)


def _said_otherwise(release: Release, other: Release) -> list[tuple[str, str]]:
    """Return the rounds, and purposes or "" for ties, of which two releases tell otherwise."""
    own, theirs = _said(release), _said(other)
    return [where for where in own.keys() & theirs.keys() if own[where] != theirs[where]]


def _said(release: Release) -> dict[tuple[str, str], Any]:
    """Return what a release tells of answers about ties and purposes, by round and purpose."""
    told: dict[tuple[str, str], Any] = {}
    for wave in release.draft.rounds:
        said = release.snapshot.conversation(wave)
        told |= {(wave, one.purpose): one for one in said.strategy if one.people}
        if said.relations:
            told[wave, ""] = said.relations
    return told


def seen_before(release: Release, earlier: Sequence[Release]) -> list[Text]:
    """Return where a release tells another number than people have seen, in versions now closed.

    It may be opened all the same: nobody can unsee a version. But whoever kept it reads in the
    difference what an erased person answered, or one who changed groups.
    """
    found: dict[str, Text] = {}
    for other in earlier:
        for told in _told([release, other]):
            for row in _differing(told):
                text = both("release.seen_before_line", **_where([release, other], row))
                found.setdefault(text.fr, text)
        for row in compared.differing(_moves([release, other])):
            text = both("release.seen_before_moved", **_pair([release, other], row))
            found.setdefault(text.fr, text)
        for wave, purpose in sorted(_said_otherwise(release, other)):
            text = both("release.seen_before_ties", wave=_round([release], wave))
            if purpose:
                named = {"wave": _round([release], wave), "purpose": purpose}
                text = both("release.seen_before_purpose", **named)
            found.setdefault(text.fr, text)
    return list(found.values())


def moved_alike(release: Release) -> list[Text]:
    """Return where all who are counted moved the same way: shown, it tells how each did."""
    told = _moves([release]).dropna(subset=["pairs"])
    told = told[told[list(compared.COUNTS)].eq(told["pairs"], axis=0).any(axis=1)]
    return [
        both("release.seen_before_moved", **_pair([release], row))
        for row in told.drop_duplicates(["condition", "before", "after"]).to_dict("records")
    ]


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


def _moves(releases: Sequence[Release]) -> pd.DataFrame:
    """Return who moved, as some releases tell it."""
    tables = [table for one in releases for table in moves(one.snapshot.kept["tables"])]
    columns = [*compared.KEYS, *compared.COUNTS, "pairs"]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)


def _differing(told: pd.DataFrame) -> Iterator[dict[Any, Any]]:
    """Yield the rows of which two releases tell different figures."""
    figures = [name for name in told.columns if name in _FIGURES or name.startswith("step_")]
    several = told.groupby(_KEYS, sort=False, dropna=False)[figures].nunique()
    rows = several[(several > 1).any(axis=1)].reset_index()
    yield from rows.to_dict("records")


def _differs(of: Releases, row: Mapping[Any, Any]) -> Text:
    return both("release.leak_differs", **_where(of, row))


def _sentence(of: Releases, finding: Finding) -> Text:
    values = _where(of, finding.where)
    if finding.what == "newcomer":
        before = _round(of, finding.figure)
        return both("release.leak_newcomer", **values, before=before, count=finding.value)
    return both("release.leak_cell", **values)


def _moved(of: Releases, row: Mapping[str, Any]) -> Text:
    values, beside = _pair(of, row), _round(of, row["beside"])
    first, second = (
        (values["before"], beside) if row["shared"] == "before" else (beside, values["after"])
    )
    count = row["value"]
    return both("release.leak_moved", **values, first=first, second=second, count=count)


def _pair(of: Releases, row: Mapping[Any, Any]) -> dict[str, Text]:
    """Return the words for a condition and two rounds."""
    titles = {part.code: part.title for part in of[0].snapshot.instrument.sections}
    code = str(row["condition"])
    rounds = {name: _round(of, str(row[name])) for name in ("before", "after")}
    return {"condition": titles.get(code) or _same(code), **rounds}


def _where(of: Releases, row: Mapping[Any, Any]) -> dict[str, Text]:
    """Return the words for a cell: its round, its group, its line."""
    snapshot = of[0].snapshot
    lines = {code: line.text for code, line in snapshot.instrument.indicators.items()}
    groups = {group.code: group.text for group in snapshot.settings.groups}
    groups |= {EVERYBODY: both("dashboard.everybody"), "": both("dashboard.no_group")}
    return {
        "wave": _round(of, str(row["wave"])),
        "group": groups.get(row["group"]) or _same(str(row["group"])),
        "statement": lines.get(row["indicator"]) or _same(str(row["indicator"])),
    }


def _round(of: Releases, code: str) -> Text:
    """Return what a round is called: a release knows its own rounds alone."""
    named = (release.snapshot.settings.wave(code) for release in of)
    return next((wave.text for wave in named if wave), _same(code))


def _same(code: str) -> Text:
    return Text(**dict.fromkeys(LANGUAGES, code))
