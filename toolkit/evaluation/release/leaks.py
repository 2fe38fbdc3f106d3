"""What a release would tell beside those that people have seen; and refusing it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toolkit.errors import EvaluationError
from toolkit.evaluation.release.release import Release
from toolkit.text import LANGUAGES, Text, both

__all__ = ["LeakError", "check_said", "no_longer", "said_otherwise"]

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


def no_longer(release: Release, again: Release) -> None:
    """Refuse a release that was composed before another one was opened, and shows too much now.

    Parameters
    ----------
    release
        As it was composed.
    again
        The same choice, composed beside all that was shown since.

    Raises
    ------
    LeakError
        Naming each line of which less may be shown by now.
    """
    was, now = (one.snapshot.kept["tables"] for one in (release, again))
    lines = [
        both("release.leak_cell", **_where(release, row))
        for row, other in _rows(was, now)
        if any(row[name] is not None and other[name] is None for name in row)
    ]
    if lines or was != now:
        raise LeakError(lines or [both("release.leak_since")])


def _rows(
    was: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each row of the figures of two releases of the same choice."""
    parts = [(was["figures"], now["figures"])]
    parts += [(was["modules"][code], now["modules"][code]) for code in was["modules"]]
    for one, other in parts:
        for row, again in zip(one["data"], other["data"], strict=False):
            names = one["columns"]
            yield dict(zip(names, row, strict=True)), dict(zip(names, again, strict=True))


def check_said(release: Release, beside: Sequence[Release]) -> None:
    """Refuse two maps of the same ties, or two readings of the same answers about a purpose.

    Between two of them somebody agreed to be named, or no longer did, or was erased: their
    difference tells who it is, and what they said.

    Raises
    ------
    LeakError
        Naming each.
    """
    differ = sorted({where for other in beside for where in _said_otherwise(release, other)})
    leaks = [
        both("release.leak_purpose", wave=_round(release, wave), purpose=purpose)
        if purpose
        else both("release.leak_ties", wave=_round(release, wave))
        for wave, purpose in differ
    ]
    if leaks:
        raise LeakError(leaks)


def said_otherwise(release: Release, earlier: Sequence[Release]) -> list[Text]:
    """Return which maps and purposes people have seen otherwise, in versions now closed.

    It may be opened all the same: nobody can unsee a version. But whoever kept it reads in the
    difference what an erased person said, or one who no longer agrees to be named.
    """
    found: dict[str, Text] = {}
    for other in earlier:
        for wave, purpose in sorted(_said_otherwise(release, other)):
            text = both("release.seen_before_ties", wave=_round(release, wave))
            if purpose:
                named = {"wave": _round(release, wave), "purpose": purpose}
                text = both("release.seen_before_purpose", **named)
            found.setdefault(text.fr, text)
    return list(found.values())


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


def _where(release: Release, row: Mapping[str, Any]) -> dict[str, Text]:
    """Return the words for a line: its round and its statement."""
    lines = release.snapshot.instrument_of(str(row["wave"])).indicators
    code = str(row["indicator"])
    statement = lines[code].text if code in lines else _same(code)
    return {"wave": _round(release, str(row["wave"])), "statement": statement}


def _round(release: Release, code: str) -> Text:
    """Return what a round is called."""
    wave = release.snapshot.settings.wave(code)
    return wave.text if wave else _same(code)


def _same(code: str) -> Text:
    return Text(**dict.fromkeys(LANGUAGES, code))
