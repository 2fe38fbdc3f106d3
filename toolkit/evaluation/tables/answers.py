"""Who took part in each round, and answered what, as numbers."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from toolkit.ratings import STATUSES
from toolkit.scoring.suppression import EVERYBODY
from toolkit.scoring.suppression.differencing import ABSENT
from toolkit.scoring.suppression.pooled import nameable

__all__ = ["Answers", "turn_of", "who_took_part"]


def who_took_part(ratings: pd.DataFrame) -> dict[str, str]:
    """Return a digest of the people who took part in each round: whether they are the same."""
    return {
        str(wave): sha256(" ".join(sorted(raters.unique())).encode()).hexdigest()[:16]
        for wave, raters in ratings[ratings["mode"] == "individual"].groupby("wave")["rater"]
    }


class Answers:
    """Who answered what, as numbers: a step from 0, then a status, then no answer to the line.

    Parameters
    ----------
    ratings
        Everybody's answers, whatever they are about: whoever gave one took part in its round.
    own
        Those that are counted: `wave`, `rater`, `indicator`, `aspect`, `group`, `value`, `status`.
    waves
        The rounds, in the order of time.
    steps
        How many steps the scale has.
    """

    def __init__(
        self, ratings: pd.DataFrame, own: pd.DataFrame, waves: Sequence[str], steps: int
    ) -> None:
        self.waves, self.steps, self.who = list(waves), steps, who_took_part(ratings)
        people = pd.Index(ratings["rater"].unique())
        shape = (len(self.waves), len(people))
        kept = ratings[ratings["wave"].isin(self.waves)]
        took_part = np.zeros(shape, dtype=bool)
        took_part[turn_of(kept, self.waves), people.get_indexer(kept["rater"])] = True
        self._blank = np.where(took_part, steps + len(STATUSES), ABSENT)
        said = own["status"].map({name: steps + i for i, name in enumerate(STATUSES)})
        number = (own["value"] - 1).astype("Float64").fillna(said.astype("Float64"))
        coded = own.assign(_said=number, _turn=turn_of(own, self.waves))
        coded = coded.assign(_who=people.get_indexer(own["rater"]))
        coded = coded[coded["_said"].notna()]
        self._lines = {
            line: part[["_turn", "_who", "_said"]].to_numpy(dtype=np.int64)
            for line, part in coded.groupby(["indicator", "aspect"], sort=False)
        }
        self._sides = own.drop_duplicates("rater").set_index("rater")["group"].reindex(people)

    def of(self, indicator: str, aspect: str, group: str) -> NDArray[np.int64]:
        """Return what each person said in each round, shape (rounds, people); ABSENT if not there.

        Of a group, whoever is not of it is absent.
        """
        found = self._blank.copy()
        said = self._lines.get((indicator, aspect), np.empty((0, 3), dtype=np.int64))
        found[said[:, 0], said[:, 1]] = said[:, 2]
        if group != EVERYBODY:
            found[:, (self._sides != group).to_numpy()] = ABSENT
        return found

    def blocks(
        self, groups: Mapping[str, Sequence[Collection[str]]]
    ) -> dict[int, list[NDArray[np.bool_]]]:
        """Return the people of some groups together, by round."""
        return {
            self.waves.index(wave): [self._sides.isin([*codes]).to_numpy() for codes in several]
            for wave, several in groups.items()
            if wave in self.waves  # a round that was shown may have been taken out of the file
        }

    def sets(self, k: int) -> list[tuple[NDArray[np.bool_], ...]]:
        """Return the people of each round whom a reader has in mind together, see `nameable`."""
        group, there = pd.factorize(self._sides.fillna(""))[0], self._blank != ABSENT
        return [tuple(nameable(group, there, turn, k)) for turn in range(len(self.waves))]


def turn_of(frame: pd.DataFrame, waves: Sequence[str]) -> NDArray[np.int64]:
    """Return the place of each row's round."""
    turns = frame["wave"].map({wave: turn for turn, wave in enumerate(waves)})
    return np.asarray(turns, dtype=np.int64)
