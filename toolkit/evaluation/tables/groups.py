"""The medians of each condition by group: what is drawn of groups, and no more."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from toolkit.evaluation.pooling import pooled_groups
from toolkit.evaluation.tables.blocks import Block, Condition, Key, Lines, conditions
from toolkit.evaluation.tables.memoized import memoized
from toolkit.evaluation.tables.pairs import OTHERS
from toolkit.evaluation.tables.seen import GROUPS, Seen
from toolkit.ratings import STATUSES
from toolkit.scoring.suppression.pooled import LineTold, Pooled, not_open

__all__ = ["by_group", "lines_beside", "lines_told", "once_shown"]


def lines_told(figures: Iterable[pd.DataFrame]) -> Lines:
    """Return what some tables show of everybody's answers today, by round and line."""
    found: dict[tuple[str, str], LineTold] = {}
    for frame in figures:
        for row in frame[frame["aspect"] == "current"].to_dict("records"):
            where = row["wave"], row["indicator"]
            was = found.get(where, LineTold())
            said = [name for name in STATUSES if pd.notna(row[name])]
            found[where] = LineTold(
                was.people or pd.notna(row["n"]),
                was.counts or row["shown"] == "distribution",
                was.medians or pd.notna(row["low"]),
                was.word or pd.notna(row["reading"]),
                max(was.statuses, len(said)),
            )
    return found


def once_shown(
    own: pd.DataFrame, given: pd.DataFrame, k: int
) -> dict[str, dict[str, list[Collection[str]]]]:
    """Return the groups whose medians of one line alone were shown, by line and round.

    Parameters
    ----------
    own, given, k
        As for `by_group`.
    """
    lines = own.groupby("condition")["indicator"].unique()
    found: dict[str, dict[str, list[Collection[str]]]] = {}
    for row in given[given["shown"] == "statistic"].to_dict("records"):
        wave, condition, group = row["wave"], row["condition"], row["group"]
        if len(lines.get(condition, ())) == 1:
            sizes = own[own["wave"] == wave].groupby("group")["rater"].nunique().to_dict()
            groups = pooled_groups(sizes, k)[1] if group == OTHERS else [group]
            found.setdefault(lines[condition][0], {}).setdefault(wave, []).append(groups)
    return found


@memoized
def by_group(
    own: pd.DataFrame,
    lines: Lines,
    seen: Seen,
    waves: Sequence[str],
    *,
    outdated: Collection[str] = (),
    k: int,
    steps: int,
) -> pd.DataFrame:
    """Return the medians of each condition by group, where they tell nobody's answer.

    A group's answers to all lines of a condition are pooled, so that people, and not lines, must
    be enough. Its medians are masked where, beside everybody's lines and the other groups' medians,
    some answer could be no other than it is, for a reader who knows their own; and so beside each
    other round, for one who believes that people answered alike. The newest round goes first.

    Parameters
    ----------
    own
        Today's answers: `wave`, `rater`, `group`, `condition`, `indicator`, `value`, `status`.
    lines
        What is or was shown of everybody's answers, as `lines_told` returns it.
    seen
        What was ever shown.
    waves
        All rounds, in the order of time.
    outdated
        The rounds of which others are counted by now than when they were shown: of whom it was told
        then is not known any more. They show no medians again, and no other round new ones.
    k
        Fewest people.
    steps
        How many steps the scale has.

    Returns
    -------
    frame
        `wave`, `condition`, `group` (with `others`), `low`, `high` (steps; null where masked),
        `shown` (`statistic`, `nothing`), `reason` (`few`, `median`, `newcomer`, or null).
    """
    once = _once(seen)
    found: list[Block] = []
    for part in conditions(own, seen, waves, k, steps):
        closed = seen.moved_in(part.code) if len(part.answers.lines) == 1 else set()
        every = part.cells
        for wave, some in every.items():
            if wave in outdated:
                every[wave] = _no_more(some, {})
            elif outdated or wave in closed:
                every[wave] = _no_more(some, once)
        pooled = part.pooled(lines, steps)
        shown = part.shown(once)
        for wave in reversed(every):
            every[wave] = _beside(part, wave, pooled, shown, once)
            shown[wave] = [cell for cell in every[wave] if cell.reason is None]
        found += chain(*every.values())
    rows = [cell.row for cell in found]
    return pd.DataFrame(rows, columns=GROUPS).astype({"low": "Int64", "high": "Int64"})


@memoized
def lines_beside(
    own: pd.DataFrame,
    figures: pd.DataFrame,
    given: Sequence[pd.DataFrame],
    seen: Seen,
    waves: Sequence[str],
    *,
    k: int,
    steps: int,
) -> set[tuple[str, str]]:
    """Return the lines that would tell of a few, beside medians of groups that were once shown.

    Of conditions of several lines, whose figures together stand beside what was shown of them.

    Parameters
    ----------
    own, seen, waves, k, steps
        As for `by_group`.
    figures, given
        What may be shown of everybody's lines for all else, and what ever was.

    Returns
    -------
    lines
        Rounds and indicators of which nothing new may be shown.
    """
    before, every, once = lines_told(given), lines_told([figures, *given]), _once(seen)
    hidden: set[tuple[str, str]] = set()
    for part in conditions(own, seen, waves, k, steps):
        shown = part.shown(once)
        new = [
            (wave, line)
            for wave in reversed(part.cells)
            for line in part.answers.lines
            if every.get((wave, line)) != before.get((wave, line))
        ]
        # Of one line, `beside` has seen to it.
        while new and len(part.answers.lines) > 1 and any(shown.values()):
            told = {**every, **{line: before.get(line, LineTold()) for line in hidden}}
            pooled = part.pooled(told, steps)
            tell = _more(pooled, {wave: part.telling(pooled[wave], shown[wave]) for wave in pooled})
            found = [line for line in new if part.answers.lines.get_loc(line[1]) in tell]
            if not found:
                break
            hidden.add(found[0])
            new.remove(found[0])
    return hidden


def _once(seen: Seen) -> dict[Key, tuple[int, int]]:
    """Return the medians of groups that were ever shown."""
    return {
        (row["wave"], row["condition"], row["group"]): (int(row["low"]), int(row["high"]))
        for row in seen.groups[seen.groups["shown"] == "statistic"].to_dict("records")
    }


def _beside(
    part: Condition,
    wave: str,
    pooled: Mapping[str, Pooled],
    shown: Mapping[str, Sequence[Block]],
    seen: Mapping[Key, tuple[int, int]],
) -> list[Block]:
    """Mask a round's medians, of the fewest people first, until they tell no answer more.

    Beside the groups of other rounds that are `shown`, and those that were ever `seen`. Medians
    that were once others are masked: somebody was erased, or changed groups.
    """
    cells = [
        replace(cell, reason=cell.reason or "newcomer")
        if seen.get(cell.key, cell.medians) != cell.medians
        else cell
        for cell in part.cells[wave]
    ]
    others = [part.telling(pooled[code], shown[code]) for code in pooled if code != wave]
    once = [cell for cell in cells if cell.reason is None and cell.key in seen]
    without = _told(part.telling(pooled[wave], once), others)
    while True:
        open_ = [cell for cell in cells if cell.reason is None]
        new = sorted((cell for cell in open_ if cell.key not in seen), key=lambda c: len(c.answers))
        found = _told(part.telling(pooled[wave], open_), others) if new else []
        more = [bool((a & ~b).any()) for a, b in zip(found, without, strict=False)]
        if not any(more):
            return cells
        reason = "median" if more[0] else "newcomer"
        cells = [replace(cell, reason=reason) if cell is new[0] else cell for cell in cells]


def _no_more(cells: Sequence[Block], seen: Mapping[Key, tuple[int, int]]) -> list[Block]:
    """Return the cells with those masked that were never shown."""
    return [
        cell if cell.key in seen else replace(cell, reason=cell.reason or "newcomer")
        for cell in cells
    ]


def _more(bare: Mapping[str, Pooled], beside: Mapping[str, Pooled]) -> set[int]:
    """Return the places of the lines that tell more beside what is shown of groups."""
    found: set[int] = set()
    for wave in bare:
        known, tells = (
            _told(some[wave], [part for other, part in some.items() if other != wave])
            for some in (bare, beside)
        )
        for one, other in zip(known, tells, strict=True):
            found.update(np.flatnonzero((other & ~one).any(axis=(0, 1, 2))).tolist())
    return found


def _told(here: Pooled, others: Sequence[Pooled]) -> list[NDArray[np.bool_]]:
    """Return what is told of a round by itself; then of each round, beside another, and all."""
    several: list[tuple[Pooled, ...]] = [(here, other) for other in others]
    if len(others) > 1:
        several.append((here, *others))
    found = [not_open(here)]
    for some in several:
        found += [not_open(one, *(part for part in some if part is not one)) for one in some]
    return found
