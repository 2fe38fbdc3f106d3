"""The medians of each condition by group: what is drawn of groups, and no more."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from toolkit.evaluation.pooling import pooled_groups
from toolkit.evaluation.tables.pairs import OTHERS
from toolkit.ratings import STATUSES
from toolkit.scoring.suppression.differencing import ABSENT
from toolkit.scoring.suppression.pooled import LineTold, Pooled, nameable, not_open
from toolkit.scoring.suppression.ways import statistics

__all__ = ["by_group", "lines_told", "no_groups", "once_shown"]

Whole = NDArray[np.int64]
#: What is shown of everybody's answers to each line in each round.
Lines = Mapping[tuple[str, str], LineTold]
_COLUMNS = ["wave", "condition", "group", "low", "high", "shown", "reason"]


def no_groups() -> pd.DataFrame:
    """Return what `by_group` returns where no group answered."""
    return pd.DataFrame(columns=_COLUMNS).astype({"low": "Int64", "high": "Int64"})


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


def by_group(
    own: pd.DataFrame,
    lines: Lines,
    given: pd.DataFrame,
    waves: Sequence[str],
    *,
    k: int,
    steps: int,
    changed: bool = False,
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
    given
        The medians by group that were ever shown, as this returns them.
    waves
        The rounds that are or were shown, in the order of time.
    k
        Fewest people.
    steps
        How many steps the scale has.
    changed
        Whether somebody answered a round, or was erased, after it had been shown: of whom it was
        told then is not known any more, and no medians are shown that were not before.

    Returns
    -------
    frame
        `wave`, `condition`, `group` (with `others`), `low`, `high` (steps; null where masked),
        `shown` (`statistic`, `nothing`), `reason` (`few`, `median`, `newcomer`, or null).
    """
    seen = {
        (row["wave"], row["condition"], row["group"]): (int(row["low"]), int(row["high"]))
        for row in given[given["shown"] == "statistic"].to_dict("records")
    }
    asked = own[own["wave"].isin(waves)]
    kept = asked[asked["value"].notna()]
    parts = dict(iter(kept.groupby(["wave", "condition"], sort=False)))
    people = _People.of(asked, waves, k)
    cells: list[_Cell] = []
    for condition in kept["condition"].unique():
        there = [wave for wave in waves if (wave, condition) in parts]
        every = {
            wave: _cells(wave, parts[wave, condition], people.sizes(wave), k, steps)
            for wave in there
        }
        if changed:
            every = {wave: _no_more(cells, seen) for wave, cells in every.items()}
        answers = people.answers(asked[asked["condition"] == condition], steps)
        pooled = {wave: people.pooled(answers, wave, steps, lines) for wave in there}
        shown = {
            wave: [cell for cell in every[wave] if seen.get(cell.key) == cell.medians]
            for wave in there
        }
        for wave in reversed(there):
            every[wave] = _beside(every[wave], people, pooled, shown, seen)
            shown[wave] = [cell for cell in every[wave] if cell.reason is None]
        cells += [cell for wave in there for cell in every[wave]]
    rows = [cell.row for cell in cells]
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"low": "Int64", "high": "Int64"})


@dataclass(frozen=True)
class _Cell:
    """Some people's answers to a condition in a round, and why their medians are masked."""

    wave: str
    condition: str
    group: str
    groups: tuple[str, ...]
    answers: pd.DataFrame  # how often each person chose each step, by rater
    reason: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.wave, self.condition, self.group

    @property
    def pooled(self) -> Whole:
        return np.asarray(self.answers.to_numpy(dtype=np.int64).sum(axis=0))

    @property
    def medians(self) -> tuple[int, int]:
        low, high, _ = statistics(self.pooled[None])
        return int(low[0]), int(high[0])

    @property
    def row(self) -> tuple[object, ...]:
        if self.reason is not None:
            return (*self.key, pd.NA, pd.NA, "nothing", self.reason)
        return (*self.key, *self.medians, "statistic", None)


def _cells(
    wave: str, part: pd.DataFrame, sizes: Mapping[str, int], k: int, steps: int
) -> list[_Cell]:
    """Return each group of a condition, and the small ones together.

    Which ones are small is told by who took part, as colleagues know it: by who answered, it would
    tell who did not.
    """
    condition = str(part["condition"].iloc[0])
    chosen = pd.crosstab(part["rater"], part["value"].astype(int))
    chosen = chosen.reindex(columns=range(1, steps + 1), fill_value=0)
    group = part.drop_duplicates("rater").set_index("rater")["group"].reindex(chosen.index)
    _, rest = pooled_groups(sizes, k)
    blocks = {code: (code,) for code in sorted(set(group))} | (
        {OTHERS: tuple(rest)} if rest else {}
    )
    several = {code: chosen[group.isin(codes).to_numpy()] for code, codes in blocks.items()}
    return [
        _Cell(wave, condition, code, blocks[code], some, "few" if len(some) < k else None)
        for code, some in several.items()
        if len(some)
    ]


@dataclass(frozen=True)
class _Answers:
    """What everybody answered to the lines of a condition, shape (rounds, people, lines)."""

    lines: pd.Index
    said: Whole
    blank: int


@dataclass(frozen=True)
class _People:
    """Whoever took part: in which rounds, and of which group they were there."""

    raters: pd.Index
    waves: pd.Index
    group: NDArray[np.object_]  # rounds, people; an empty code where they were not there or of none
    presence: NDArray[np.bool_]  # rounds, people
    k: int

    @classmethod
    def of(cls, asked: pd.DataFrame, waves: Sequence[str], k: int) -> Self:
        """Read who answered anything, and of which group."""
        once = asked.drop_duplicates(["wave", "rater"])
        turns, raters = pd.Index(waves), pd.Index(once["rater"].unique())
        place = _places(turns, once["wave"]), _places(raters, once["rater"])
        group = np.full((len(turns), len(raters)), "", dtype=object)
        presence = np.zeros(group.shape, dtype=bool)
        group[place], presence[place] = once["group"].fillna("").to_numpy(), True
        return cls(raters, turns, group, presence, k)

    def sizes(self, wave: str) -> dict[str, int]:
        """Return how many people of each group took part in a round."""
        turn = list(self.waves).index(wave)
        return dict(Counter(self.group[turn][self.presence[turn]].tolist()))

    def answers(self, part: pd.DataFrame, steps: int) -> _Answers:
        """Return what was answered to a condition, as numbers."""
        lines, blank = pd.Index(part["indicator"].unique()), steps + len(STATUSES)
        said = np.where(self.presence, blank, ABSENT)[..., None].repeat(len(lines), axis=2)
        status = part["status"].map({name: steps + i for i, name in enumerate(STATUSES)})
        number = (part["value"].astype("Float64") - 1).fillna(status.astype("Float64"))
        index = (self.waves, "wave"), (self.raters, "rater"), (lines, "indicator")
        place = tuple(_places(names, part[column]) for names, column in index)
        said[place] = number.fillna(blank).to_numpy(dtype=np.int64)
        return _Answers(lines, said, blank)

    def pooled(self, answers: _Answers, wave: str, steps: int, lines: Lines) -> Pooled:
        """Return what was answered in a round, with what is shown of its lines, and of no group."""
        turn = list(self.waves).index(wave)
        sets = tuple(nameable(pd.factorize(self.group[turn])[0], self.presence, turn, self.k))
        told = tuple(lines.get((wave, line), LineTold()) for line in answers.lines)
        nobody = np.zeros(len(self.raters), dtype=np.int64), np.zeros(1, dtype=bool)
        said = answers.said[turn]
        return Pooled(said, steps, answers.blank, told, sets, self.k, *nobody)

    def telling(self, pooled: Pooled, cells: Sequence["_Cell"]) -> Pooled:
        """Return the same, with what is shown of some groups."""
        block = np.full(len(self.raters), len(cells))
        for place, cell in enumerate(cells):
            block[np.isin(self.group[list(self.waves).index(cell.wave)], cell.groups)] = place
        return replace(pooled, block=block, shown=np.array([True] * len(cells) + [False]))


def _places(index: pd.Index, sought: pd.Series) -> Whole:
    return np.asarray(index.get_indexer(pd.Index(sought)))


def _beside(
    cells: list[_Cell],
    people: _People,
    pooled: Mapping[str, Pooled],
    shown: Mapping[str, Sequence[_Cell]],
    seen: Mapping[tuple[str, str, str], tuple[int, int]],
) -> list[_Cell]:
    """Mask a round's medians, of the fewest people first, until they tell no answer more.

    Beside the groups of other rounds that are `shown`, and those that were ever `seen`. Medians
    that were once others are masked: somebody was erased, or changed groups.
    """
    wave = cells[0].wave
    cells = [
        replace(cell, reason=cell.reason or "newcomer")
        if seen.get(cell.key, cell.medians) != cell.medians
        else cell
        for cell in cells
    ]
    others = [people.telling(pooled[code], shown[code]) for code in pooled if code != wave]
    once = [cell for cell in cells if cell.reason is None and cell.key in seen]
    without = _told(people.telling(pooled[wave], once), others)
    while True:
        open_ = [cell for cell in cells if cell.reason is None]
        new = sorted((cell for cell in open_ if cell.key not in seen), key=lambda c: len(c.answers))
        found = _told(people.telling(pooled[wave], open_), others) if new else []
        more = [bool((a & ~b).any()) for a, b in zip(found, without, strict=False)]
        if not any(more):
            return cells
        reason = "median" if more[0] else "newcomer"
        cells = [replace(cell, reason=reason) if cell is new[0] else cell for cell in cells]


def _no_more(
    cells: Sequence[_Cell], seen: Mapping[tuple[str, str, str], tuple[int, int]]
) -> list[_Cell]:
    """Return the cells with those masked that were never shown."""
    return [
        cell if cell.key in seen else replace(cell, reason=cell.reason or "newcomer")
        for cell in cells
    ]


def _told(here: Pooled, others: Sequence[Pooled]) -> list[NDArray[np.bool_]]:
    """Return what is told of a round by itself; then of each round, beside another, and all."""
    several: list[tuple[Pooled, ...]] = [(here, other) for other in others]
    if len(others) > 1:
        several.append((here, *others))
    found = [not_open(here)]
    for some in several:
        found += [not_open(one, *(part for part in some if part is not one)) for one in some]
    return found
