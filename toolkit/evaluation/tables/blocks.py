"""People whose answers to a condition are told together: a group, or small groups, in a round."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from toolkit.evaluation.pooling import pooled_groups
from toolkit.evaluation.tables.pairs import OTHERS
from toolkit.evaluation.tables.seen import Seen
from toolkit.ratings import STATUSES
from toolkit.scoring.suppression.differencing import ABSENT
from toolkit.scoring.suppression.pooled import LineTold, Pooled, nameable
from toolkit.scoring.suppression.ways import statistics

__all__ = ["Block", "Condition", "Key", "Lines", "conditions"]

Whole = NDArray[np.int64]
#: A round, a condition and a group.
Key = tuple[str, str, str]
#: What is shown of everybody's answers to each line in each round.
Lines = Mapping[tuple[str, str], LineTold]


@dataclass(frozen=True)
class Block:
    """Some people's answers to a condition in a round, and why their medians are masked."""

    wave: str
    condition: str
    group: str
    groups: tuple[str, ...]
    answers: pd.DataFrame  # how often each person chose each step, by rater
    reason: str | None = None

    @property
    def key(self) -> Key:
        """Whose it is."""
        return self.wave, self.condition, self.group

    @property
    def pooled(self) -> Whole:
        """How often they chose each step, together."""
        return np.asarray(self.answers.to_numpy(dtype=np.int64).sum(axis=0))

    @property
    def medians(self) -> tuple[int, int]:
        """Low and high median of that."""
        low, high, _ = statistics(self.pooled[None])
        return int(low[0]), int(high[0])

    @property
    def row(self) -> tuple[object, ...]:
        """The row of `groups.by_group`."""
        if self.reason is not None:
            return (*self.key, pd.NA, pd.NA, "nothing", self.reason)
        return (*self.key, *self.medians, "statistic", None)


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

    def telling(self, pooled: Pooled, cells: Sequence[Block]) -> Pooled:
        """Return the same, with what is shown of some groups."""
        block = np.full(len(self.raters), len(cells))
        for place, cell in enumerate(cells):
            block[np.isin(self.group[list(self.waves).index(cell.wave)], cell.groups)] = place
        return replace(pooled, block=block, shown=np.array([True] * len(cells) + [False]))


@dataclass(frozen=True)
class Condition:
    """What was answered to a condition, and the cells of each round, in the order of time."""

    code: str
    people: _People
    answers: _Answers
    cells: dict[str, list[Block]]

    def pooled(self, lines: Lines, steps: int) -> dict[str, Pooled]:
        """Return what was answered in each round, with what is shown of its lines."""
        return {wave: self.people.pooled(self.answers, wave, steps, lines) for wave in self.cells}

    def telling(self, pooled: Pooled, cells: Sequence[Block]) -> Pooled:
        """Return a round, with what is shown of some groups."""
        return self.people.telling(pooled, cells)

    def shown(self, once: Mapping[Key, tuple[int, int]]) -> dict[str, list[Block]]:
        """Return the cells whose medians were shown as they still are."""
        return {
            wave: [cell for cell in cells if once.get(cell.key) == cell.medians]
            for wave, cells in self.cells.items()
        }


def conditions(
    own: pd.DataFrame, seen: Seen, waves: Sequence[str], k: int, steps: int
) -> Iterator[Condition]:
    """Yield the conditions that people answered in the rounds that are or were shown."""
    if seen.rounds is not None:
        once = {wave for one in seen.figures.get("", ()) for wave in one.people}
        waves = [wave for wave in waves if wave in once | {*seen.rounds, *seen.groups["wave"]}]
    asked = own[own["wave"].isin(waves)]
    kept = asked[asked["value"].notna()]
    parts = dict(iter(kept.groupby(["wave", "condition"], sort=False)))
    people = _People.of(asked, waves, k)
    for condition in kept["condition"].unique():
        there = [wave for wave in waves if (wave, condition) in parts]
        cells = {
            wave: _cells(wave, parts[wave, condition], people.sizes(wave), k, steps)
            for wave in there
        }
        answers = people.answers(asked[asked["condition"] == condition], steps)
        yield Condition(condition, people, answers, cells)


def _cells(
    wave: str, part: pd.DataFrame, sizes: Mapping[str, int], k: int, steps: int
) -> list[Block]:
    """Return each group of a condition, and the small ones together.

    Which ones are small is told by who took part, as colleagues know it: by who answered, it would
    tell who did not.
    """
    condition = str(part["condition"].iloc[0])
    chosen = pd.crosstab(part["rater"], part["value"].astype(int))
    chosen = chosen.reindex(columns=range(1, steps + 1), fill_value=0)
    group = part.drop_duplicates("rater").set_index("rater")["group"].reindex(chosen.index)
    _, rest = pooled_groups(sizes, k)
    blocks: dict[str, tuple[str, ...]] = {code: (code,) for code in sorted(set(group))}
    if rest:
        blocks[OTHERS] = tuple(rest)
    several = {code: chosen[group.isin(codes).to_numpy()] for code, codes in blocks.items()}
    return [
        Block(wave, condition, code, blocks[code], some, "few" if len(some) < k else None)
        for code, some in several.items()
        if len(some)
    ]


def _places(index: pd.Index, sought: pd.Series) -> Whole:
    return np.asarray(index.get_indexer(pd.Index(sought)))
