"""The then-test: how people now see an earlier round, and what moved since by that same look."""

import pandas as pd

from toolkit.scoring.change import directions
from toolkit.scoring.suppression import protect

__all__ = ["followed", "then"]

# Between which two of a person's answers: on each line the two add up to the change.
_COMPARED = {"look": ("before", "then"), "moved": ("then", "now")}
_WAYS = {-1: "step_1", 0: "step_2", 1: "step_3"}


def then(ratings: pd.DataFrame, before: str, now: str, k: int, k_distribution: int) -> pd.DataFrame:
    """Return how many people look at an earlier round more strictly or mildly, and moved since.

    People grow stricter as they learn what is asked, which hides progress. Those count who gave
    all three answers to a line, in the same words. Not a proof of either: memory, and the wish to
    see progress, colour the second look. `scoring.change.then_test` gives an analyst one line's.

    Parameters
    ----------
    ratings
        As `Tables.answers` has them; people's own count.
    before, now
        The rounds: the one that was rated again, and the one in which it was.
    k, k_distribution
        Fewest people who may be told apart, and of whom counts are shown.

    Returns
    -------
    frame
        `condition`, `compared` (`look`: from the rating given then to the one given now of that
        same round; `moved`: from there to today's), `fell`, `same`, `rose`, `pairs` (people; null
        where masked), `why` (`few` where too few gave all three); a row for each condition that
        somebody rated all three times.

    References
    ----------
    Howard (1980), Evaluation Review 4(1), 93-106; offered as domain reference, 4.4, says.
    """
    own = ratings[(ratings["mode"] == "individual") & ratings["value"].notna()]
    answers = _thrice(own, before, now)
    ways = _ways(answers)
    counted = ways.melt(["condition", "rater"], [*_COMPARED], "compared", "way")
    table = pd.crosstab([counted["condition"], counted["compared"]], counted["way"])
    table = table.reindex(columns=[*_WAYS], fill_value=0).rename(columns=_WAYS)
    table = table.assign(n=table.sum(axis=1)).reset_index().rename_axis(columns=None)
    shown: pd.DataFrame = protect(table, k_distribution, k_distribution, apart=-1).table
    names = {"step_1": "fell", "step_2": "same", "step_3": "rose", "n": "pairs"}
    told = shown["condition"].isin(_told(own, ways, (before, now), k))
    shown.loc[told, [*names]] = pd.NA
    return shown.rename(columns=names)[["condition", "compared", *names.values(), "why"]]


def followed(ratings: pd.DataFrame, before: str, now: str) -> dict[str, int]:
    """Return of how many people `then` tells in each condition, masked or not."""
    own = ratings[(ratings["mode"] == "individual") & ratings["value"].notna()]
    found = _ways(_thrice(own, before, now))["condition"].value_counts()
    return {str(condition): int(count) for condition, count in found.items()}


def _thrice(own: pd.DataFrame, before: str, now: str) -> pd.DataFrame:
    """Return a row for each line that a person rated all three times, in the same words."""
    line = ["condition", "indicator", "rater", "edition"]
    found = own[line].drop_duplicates()
    for name, wave, aspect in (
        ("before", before, "current"),
        ("then", now, "then"),
        ("now", now, "current"),
    ):
        part = own.loc[(own["wave"] == wave) & (own["aspect"] == aspect), [*line, "value"]]
        found = found.merge(part.rename(columns={"value": name}), on=line)
    return found


def _ways(answers: pd.DataFrame) -> pd.DataFrame:
    """Return which way each person went in each condition, in either half of the change."""
    steps = {name: answers[second] - answers[first] for name, (first, second) in _COMPARED.items()}
    return directions(answers.assign(**steps), [*_COMPARED], _asked(answers))


def _asked(answers: pd.DataFrame) -> pd.Series:
    """Return how many lines of each condition were answered so."""
    return answers.groupby("condition")["indicator"].nunique()


def _told(own: pd.DataFrame, ways: pd.DataFrame, rounds: tuple[str, str], k: int) -> set[str]:
    """Return the conditions in which the counts, beside the change, would tell of a few people.

    Where few moved in one of the two, the other is all but the change; and the change of those who
    rated both rounds, less that of those who rated again, is what the few others answered.
    """
    today = own[own["aspect"] == "current"]
    line = ["condition", "indicator", "rater"]
    first, second = (today.loc[today["wave"] == wave, line] for wave in rounds)
    both = first.merge(second, on=line)
    changed = directions(both, [], _asked(both))
    told = set()
    for condition, people in ways.groupby("condition"):
        rated = changed.loc[changed["condition"] == condition, "rater"]
        others = len(set(rated) - set(people["rater"]))
        movers = [int((people[name] != 0).sum()) for name in _COMPARED]
        if max(movers) == 0 or (min(movers) < k and 0 < others < k):
            told.add(str(condition))
    return told
