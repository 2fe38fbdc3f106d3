"""Who moved, beside the rest: what it would tell of the few who came or left."""

from collections.abc import Collection, Sequence

import pandas as pd

__all__ = ["hide_alike", "hide_few"]

_COUNTS = ["fell", "same", "rose"]


def hide_few(
    moved: pd.DataFrame,
    own: pd.DataFrame,
    given: pd.DataFrame,
    rounds: Sequence[str],
    k: int,
    *,
    closed: Collection[str] = (),
) -> pd.DataFrame:
    """Mask who moved where it would tell how many came or left, or what these answered.

    Where few came or left, all conditions are masked if the people who are compared are all who
    can have stayed: their number would give the turnover, which is masked. So is a condition of
    one line, where the counts of both rounds, and who moved between, leave the newcomer one answer;
    and where medians of groups stand beside them, or others were counted when a round was shown. Of
    several lines it tells no more: that hardly anybody moved makes it likelier that they answered
    alike, which is taken for granted where lines are masked (`beside`).

    Parameters
    ----------
    moved
        As `moves.moves` returns it.
    own
        The answers that were compared: `wave`, `rater`, `condition`, `indicator`, `aspect`,
        `value`.
    given
        All answers that were given: `wave`, `rater`.
    rounds
        The two rounds.
    k
        The smallest number of people that may be told apart.
    closed
        Conditions of which more is known of either round: of one line, nothing is told.
    """
    first, second = (set(given.loc[given["wave"] == wave, "rater"]) for wave in rounds)
    table = hide_alike(moved)
    hidden = pd.Series(data=False, index=table.index)
    few = _few(first, second, k)
    if few:
        everyone = table["pairs"] == min(len(first), len(second))
        hidden |= bool(everyone.fillna(value=False).any())
    alone = own[own["aspect"] == "current"].groupby("condition")["indicator"].nunique()
    for condition in alone.index[alone == 1]:
        line = own[(own["condition"] == condition) & (own["aspect"] == "current")]
        line = line[line["value"].notna()]
        there, again = (set(line.loc[line["wave"] == wave, "rater"]) for wave in rounds)
        if few or _few(there, again, k) or condition in closed:
            hidden |= table["condition"] == condition
    table.loc[hidden, [*_COUNTS, "pairs"]] = pd.NA
    return table


def hide_alike(moved: pd.DataFrame) -> pd.DataFrame:
    """Mask the conditions in which all went one way but one, or all: it tells how each did."""
    table = moved.copy()
    most = table[_COUNTS].max(axis=1)
    alike = (most >= table["pairs"] - 1).fillna(value=False).astype(bool)
    # A then-test has two rows for each condition: what one masks, the change gives of the other.
    table.loc[table["condition"].isin(table.loc[alike, "condition"]), [*_COUNTS, "pairs"]] = pd.NA
    return table


def _few(first: set[str], second: set[str], k: int) -> bool:
    """Return whether a few came, or a few left."""
    return any(0 < len(part) < k for part in (second - first, first - second))
