"""All that was ever shown, to anybody: nobody can unsee it, and what is new stands beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

__all__ = ["GROUPS", "Given", "Seen", "no_groups"]

#: What is told of groups, see `groups.by_group`.
GROUPS = ["wave", "condition", "group", "low", "high", "shown", "reason"]


def no_groups() -> pd.DataFrame:
    """Return what `by_group` returns where no group answered."""
    return pd.DataFrame(columns=GROUPS).astype({"low": "Int64", "high": "Int64"})


@dataclass(frozen=True)
class Given:
    """Some lines' figures as somebody was once shown them; whatever is shown next stands beside.

    Attributes
    ----------
    figures
        As `Tables.figures` returned them.
    people
        How many had taken part in each round.
    who
        Who these were, as `who_took_part` returns it.
    """

    figures: pd.DataFrame
    people: Mapping[str, int] = field(default_factory=dict)
    who: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """What tables stand beside: they show nothing new that, with it, tells of a few people.

    Attributes
    ----------
    rounds
        The rounds that are shown; None for all of them.
    figures
        All that was ever shown of the conditions' lines (under an empty code) and the modules'.
    groups
        The medians by group that were ever shown, as `groups.by_group` returns them.
    moved
        Who moved, as it was ever shown: a row for each `before`, `after`, `condition` and
        `compared`, or None.
    turnover
        Who came and who left, as it was ever shown: by pair of rounds.
    """

    rounds: tuple[str, ...] | None = None
    figures: Mapping[str, Sequence[Given]] = field(default_factory=dict)
    groups: pd.DataFrame = field(default_factory=no_groups)
    moved: pd.DataFrame | None = None
    turnover: Sequence[Mapping[str, Mapping[str, int] | None]] = ()

    def outdated(self, code: str, who: Mapping[str, str]) -> set[str]:
        """Return the rounds of which others are counted by now than when they were shown.

        Parameters
        ----------
        code
            Whose figures, as for `figures`.
        who
            Who is counted by now, as `who_took_part` returns it.
        """
        given = self.figures.get(code, ())
        return {wave for one in given for wave, then in one.who.items() if who.get(wave) != then}

    def moved_in(self, condition: str) -> set[str]:
        """Return the rounds to or from which it was told how many moved in a condition."""
        if self.moved is None:
            return set()
        told = self.moved[(self.moved["condition"] == condition) & self.moved["pairs"].notna()]
        return {*told["before"], *told["after"]}
