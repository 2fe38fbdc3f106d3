"""What may be shown of each line, round by round, beside all that was ever shown of it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from toolkit.evaluation.tables.answers import Answers, turn_of
from toolkit.evaluation.tables.memoized import memoized
from toolkit.evaluation.tables.seen import Given
from toolkit.ratings import STATUSES
from toolkit.scoring.suppression import EVERYBODY, Protected
from toolkit.scoring.suppression.differencing import (
    ABSENT,
    Told,
    View,
    told_alone,
    told_together,
)
from toolkit.scoring.suppression.pooled import LineTold, Pooled, not_open
from toolkit.scoring.suppression.verdict import REASONS
from toolkit.scoring.suppression.ways import statistics

__all__ = ["beside", "without"]

#: How much of the steps is shown, most first: how many chose each; medians and the word for how
#: people rate; medians; how many chose one; nothing.
_FIGURES = ("counts", "word", "medians", "people", "nothing")
#: How much is shown of those who chose none: how many had each status; how many do not know.
_STATUSES = ("all", "unknown", "none")
_SERIES = ["indicator", "aspect", "group"]


class _Level(NamedTuple):
    """How much of a row is shown: places in `_FIGURES` and in `_STATUSES`."""

    figures: int
    statuses: int

    @classmethod
    def of(cls, figures: str, statuses: str) -> Self:
        """Return the level of that name."""
        return cls(_FIGURES.index(figures), _STATUSES.index(statuses))

    def within(self, other: "_Level") -> bool:
        """Return whether another level shows all that this one does."""
        return self.figures >= other.figures and self.statuses >= other.statuses


#: From the most to the least. What is worth least goes first: who chose no step, and why.
_LADDER = (
    *(_Level.of(figures, statuses) for figures in _FIGURES[:-1] for statuses in ("all", "none")),
    _Level.of("nothing", "unknown"),
    _Level.of("nothing", "none"),
)


@memoized
def beside(
    protected: Protected,
    answers: Answers,
    given: Sequence[Given],
    k: int,
    *,
    most: str = "counts",
    pooled: Mapping[str, Mapping[str, Sequence[Collection[str]]]] | None = None,
) -> Protected:
    """Return a distribution of which nothing is shown that, beside what was shown, tells of a few.

    The newest round first, each at the most that may be told of it; what was shown before is never
    masked again for it, since nobody can unsee it. A row of which other figures were shown than
    hold now shows nothing: the difference is somebody who was erased, or who changed groups.

    Parameters
    ----------
    protected
        Each round by itself, as `protect` returns it.
    answers
        Who answered what, in all the rounds of which anything is or was shown.
    given
        All that was ever shown.
    k
        The smallest number of people that may be told apart.
    most
        The most that is shown of any row: `counts`, or `medians` alone.
    pooled
        The groups whose medians of a line were ever shown, by line and round.
    """
    table = protected.table
    before, sets = _before(given, answers), answers.sets(k)
    least = _FIGURES.index(most)
    levels = [
        _Level(max(level.figures, least), level.statuses)
        for level in map(_level, table.to_dict("records"))
    ]
    reasons: list[str | None] = [None] * len(table)
    for series, part in table.groupby(_SERIES, sort=False):
        line = _Line(answers.of(*series), answers.steps, sets, before.get(series, []), k)
        if series[1:] == ("current", EVERYBODY):
            line.blocks = answers.blocks((pooled or {}).get(series[0], {}))
        turns = turn_of(part, answers.waves)
        for turn, place in sorted(zip(turns, part.index, strict=True), reverse=True):
            levels[place], reasons[place] = line.show(int(turn), levels[place])
    return _masked(protected, levels, reasons)


def without(protected: Protected, lines: Collection[tuple[str, str]]) -> Protected:
    """Return a distribution that shows nothing of everybody's answers today to some lines."""
    rows = protected.table.to_dict("records")
    levels = [_level(row) for row in rows]
    reasons: list[str | None] = [None] * len(rows)
    for place, row in enumerate(rows):
        if (row["wave"], row["indicator"]) in lines and row["aspect"] == "current":
            levels[place], reasons[place] = _LADDER[-1], "newcomer"
    return _masked(protected, levels, reasons)


class _Line:
    """One line over the rounds: what is told of it so far."""

    def __init__(
        self,
        said: NDArray[np.int64],
        steps: int,
        sets: Sequence[Sequence[NDArray[np.bool_]]],
        before: Sequence[tuple[int, Told]],
        k: int,
    ) -> None:
        self._said, self._steps, self._k = said, steps, k
        there = [
            [people & (row != ABSENT) for people in some]
            for some, row in zip(sets, said, strict=True)
        ]
        self._sets = [tuple(people for people in some if people.any()) for some in there]
        self._told = list(before)
        #: The people whose medians were shown together, by round.
        self.blocks: Mapping[int, Sequence[NDArray[np.bool_]]] = {}

    def show(self, turn: int, most: _Level) -> tuple[_Level, str | None]:
        """Show as much of a round as may be told, up to a level; return that, and why not more."""
        before = [told for place, told in self._told if place == turn]
        if any(self._contradicts(turn, told) for told in before):
            return _LADDER[-1], "newcomer"
        why = None
        for level in _LADDER:
            if not level.within(most):
                continue
            if any(level.within(_of(told)) for told in before):
                return level, why  # it was shown before
            told = self._at(turn, level)
            reason = self._leak(turn, told)
            if reason is None:
                self._told.append((turn, told))
                return level, why
            why = why or reason
        return _LADDER[-1], why

    def _leak(self, turn: int, told: Told) -> str | None:
        if told.medians is not None and told_alone(told, {*self._said[turn].tolist()} - {ABSENT}):
            return "median"
        if not_open(self._pooled(turn, told)).any():
            return "few"  # whoever reads it knows the rest of those that it is of
        for place, other in self._told:
            if place == turn:
                continue
            for views in self._between(place, turn, other):
                if views is None or told_together(other, told, views, self._k):
                    return "newcomer"
        return "newcomer" if self._several(turn, told) else None

    def _several(self, turn: int, told: Told) -> bool:
        """Return whether more is told by groups, or by three rounds together, than by two lines."""
        shown = {**dict(self._told), turn: told}
        if len(shown) <= 2 and not self.blocks:  # noqa: PLR2004
            return False
        if any(self._contradicts(place, other) for place, other in self._told):
            return True  # of whom it was told then is not known any more
        several = [[turn], *([turn, place] for place in shown if place != turn)]
        several += [list(shown)] if len(shown) > len(several[-1]) else []
        bare = {place: self._pooled(place, told) for place, told in shown.items()}
        whole = {
            place: self._pooled(place, told, self.blocks.get(place, ()))
            for place, told in shown.items()
        }
        for some in several:
            for place in (one for one in some if bare[one].sets):
                rest = [other for other in some if other != place]
                known = [not_open(bare[place], bare[other]) for other in rest] or [
                    not_open(bare[place])
                ]
                found = not_open(whole[place], *(whole[other] for other in rest))
                if (found & ~np.logical_or.reduce(known)).any():
                    return True
        return False

    def _pooled(self, turn: int, told: Told, blocks: Sequence[NDArray[np.bool_]] = ()) -> Pooled:
        """Return everybody's answers in a round, and what is told of them and of some groups."""
        said = self._said[turn][:, None]
        people, counts, medians = (part is not None for part in (told.n, told.counts, told.medians))
        word = told.medians is not None and told.medians[2] is not None
        line = LineTold(people, counts, medians, word, len(told.statuses or ()))
        block = np.full(len(said), len(blocks))
        for place, mine in enumerate(blocks):
            block[mine] = place
        open_ = np.array([True] * len(blocks) + [False])
        blank = self._steps + len(STATUSES)
        return Pooled(said, self._steps, blank, (line,), self._sets[turn], self._k, block, open_)

    def _between(self, place: int, turn: int, told: Told) -> Iterator[Counter[View] | None]:
        """Yield how many people gave which answers in two rounds.

        Where one person more or fewer was counted when the first was shown, whoever it may have
        been; None where it was several: of them nothing is known any more.
        """
        first, second = self._said[place], self._said[turn]
        there = (first != ABSENT) | (second != ABSENT)
        now = Counter(zip(first[there].tolist(), second[there].tolist(), strict=True))
        since = int((first != ABSENT).sum()) - told.people
        if not self._contradicts(place, told):
            yield now
        elif since == 1:
            for before, after in [view for view in now if view[0] != ABSENT]:
                added = Counter({(ABSENT, after): int(after != ABSENT)})
                yield now - Counter([(before, after)]) + added
        elif since == -1:
            for before in range(self._steps + len(STATUSES) + 1):
                yield now + Counter([(before, ABSENT)])
        else:
            yield None

    def _counts(self, turn: int) -> NDArray[np.int64]:
        said = self._said[turn]
        size = self._steps + len(STATUSES) + 1
        return np.asarray(np.bincount(said[said != ABSENT], minlength=size), dtype=np.int64)

    def _at(self, turn: int, level: _Level) -> Told:
        """Return what a level tells of a round."""
        every = self._counts(turn)
        counts, statuses = every[: self._steps], every[self._steps : -1]
        figures, n = _FIGURES[level.figures], int(counts.sum())
        medians = None
        if n and figures in {"word", "medians"}:
            low, high, word = (values[0] for values in statistics(counts[None]))
            medians = (int(low), int(high), word if figures == "word" else None)
        known = {"all": len(statuses), "unknown": 1, "none": 0}[_STATUSES[level.statuses]]
        return Told(
            self._steps,
            int(every.sum()),
            None if figures == "nothing" else n,
            tuple(statuses[:known].tolist()) or None,
            tuple(counts.tolist()) if figures == "counts" else None,
            medians,
        )

    def _contradicts(self, turn: int, told: Told) -> bool:
        """Return whether what was told once is no longer so, or of others."""
        if told.outdated:
            return True
        now = self._at(turn, _of(told))
        figures = ("n", "statuses", "counts", "medians")
        return any(getattr(now, name) != getattr(told, name) for name in figures)


def _of(told: Told) -> _Level:
    """Return the level at which a row is told."""
    figures = "nothing" if told.n is None else "people"
    if told.medians is not None:
        figures = "medians" if told.medians[2] is None else "word"
    if told.counts is not None:
        figures = "counts"
    known = len(told.statuses or ())
    return _Level.of(figures, "none" if not known else "unknown" if known == 1 else "all")


def _level(row: Mapping[Any, Any]) -> _Level:
    """Return how much of a row is shown."""
    known = [name for name in STATUSES if pd.notna(row[name])]
    statuses = "all" if len(known) == len(STATUSES) else "unknown" if known else "none"
    figures = "people" if pd.notna(row["n"]) else "nothing"
    if pd.notna(row["low"]):
        figures = "medians" if pd.isna(row["reading"]) else "word"
    if row["shown"] == "distribution":
        figures = "counts"
    return _Level.of(figures, statuses)


def _before(
    given: Sequence[Given], answers: Answers
) -> dict[tuple[str, ...], list[tuple[int, Told]]]:
    """Return what was ever told of each line, with the number of its round."""
    found: dict[tuple[str, ...], list[tuple[int, Told]]] = {}
    for one in given:
        steps = [name for name in one.figures.columns if name.startswith("step_")]
        if len(steps) != answers.steps:
            continue
        for row in one.figures.to_dict("records"):
            if _level(row) == _LADDER[-1] or row["wave"] not in answers.waves:
                continue
            series = tuple(str(row[name]) for name in _SERIES)
            told = _told(row, steps, one.people.get(row["wave"], 0))
            if row["wave"] in one.who:
                told = replace(told, outdated=one.who[row["wave"]] != answers.who.get(row["wave"]))
            entry = (answers.waves.index(row["wave"]), told)
            if entry not in found.setdefault(series, []):
                found[series].append(entry)
    return found


def _told(row: Mapping[Any, Any], steps: Sequence[str], people: int) -> Told:
    level = _level(row)
    figures = _FIGURES[level.figures]
    n = None if figures == "nothing" else int(row["n"])
    statuses = tuple(int(row[name]) for name in STATUSES if pd.notna(row[name])) or None
    medians = None
    if figures in {"word", "medians"}:
        word = row["reading"] if figures == "word" else None
        medians = (int(row["low"]), int(row["high"]), word)
    counts = tuple(int(row[name]) for name in steps) if figures == "counts" else None
    there = max(people, (n or 0) + sum(statuses or ()))
    return Told(len(steps), there, n, statuses, counts, medians)


def _masked(
    protected: Protected, levels: Sequence[_Level], reasons: Sequence[str | None]
) -> Protected:
    """Return the table with less of some rows, and the reasons."""
    table, why = protected.table.copy(), protected.reasons.copy()
    steps = [name for name in table.columns if name.startswith("step_")]
    was = np.array([_level(row) for row in table.to_dict("records")], dtype=int).reshape(-1, 2)
    figures, statuses = np.array(levels, dtype=int).reshape(-1, 2).T
    counted, worded, middle, told = (_FIGURES.index(name) for name in _FIGURES[:-1])
    less = figures > was[:, 0]
    _tell_medians(table, less & (was[:, 0] == counted) & (figures <= middle), steps)
    hidden = {
        **dict.fromkeys(steps, less & (figures > counted)),
        "reading": less & (figures > worded),
        **dict.fromkeys(("low", "high"), less & (figures > middle)),
        "n": less & (figures > told),
        **dict.fromkeys(STATUSES, statuses > was[:, 1]),
        "dont_know": (statuses > was[:, 1]) & (statuses > _STATUSES.index("unknown")),
    }
    given = pd.Series([*reasons], index=table.index, dtype="object")
    for name, rows in hidden.items():
        if not rows.any():
            continue
        table.loc[rows, name] = None if name == "reading" else pd.NA
        fill = why[name].isna().to_numpy() & rows
        kind = pd.CategoricalDtype(list(REASONS))
        merged = why[name].astype("object").where(~fill, given.to_numpy())
        why[name] = pd.Categorical(merged, dtype=kind)
    shown = np.array(["distribution", "statistic", "statistic", "statistic", "nothing"])
    table["shown"] = shown[figures]
    return Protected(table, why, protected.warnings)


def _tell_medians(table: pd.DataFrame, rows: NDArray[np.bool_], steps: Sequence[str]) -> None:
    """Fill in the medians and the word of rows that no longer show their counts."""
    if rows.any():
        counts = table.loc[rows, list(steps)].to_numpy(dtype=np.int64)
        low, high, word = statistics(counts)
        table.loc[rows, "low"], table.loc[rows, "high"] = low, high
        table.loc[rows, "reading"] = word
