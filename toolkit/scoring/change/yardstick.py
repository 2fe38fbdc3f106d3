"""Whether people changed, or the yardstick in their hands."""

from dataclasses import dataclass
from typing import Any

from toolkit.scoring.change.matching import matched
from toolkit.scoring.change.pairs import Paired, compared

__all__ = ["ThenTest", "then_test"]


@dataclass(frozen=True)
class ThenTest:
    """Three readings of one change, among the same people.

    Attributes
    ----------
    recorded
        From the first round as rated at the time to now: what the two rounds show.
    yardstick
        From the first round as rated at the time to the same round rated again now. Those who fell
        have grown stricter, those who rose more lenient; nothing in the coalition changed here.
    seen
        From the first round rated again now to now: the change by today's yardstick.
    """

    recorded: Paired
    yardstick: Paired
    seen: Paired


def then_test(
    before: Any, then: Any, after: Any, *, level: float = 0.95, steps: int | None = None
) -> ThenTest:
    """Return how much of a change is a shift of the yardstick, by rating the past again.

    Raters grow stricter as they learn what is asked, which hides progress. All three comparisons
    stand on the people who gave all three answers, so that for each person `yardstick` and `seen`
    add up to `recorded`. Not a proof of either: memory, and the wish to see progress, colour the
    second look. Never replace a recorded answer with it.

    Parameters
    ----------
    before, then, after
        The first round as rated at the time; the first round rated again now; now. All of them
        Series matched on their index (the raters), or all plain sequences of one length.
    level, steps
        As for `paired`.

    Returns
    -------
    ThenTest
        `pairs` is the same in all three, and `unpaired` counts those with any of the three
        missing. Too few, all alike and all missing: as for `paired`.

    Raises
    ------
    ValueError
        All that `paired` refuses.

    References
    ----------
    Howard (1980), Evaluation Review 4(1), 93-106.
    """
    rounds = matched({"before": before, "then": then, "after": after}, steps)
    rounds = rounds.where(rounds.notna().all(axis=1))

    def between(first: str, second: str) -> Paired:
        pair = rounds[[first, second]].set_axis(["before", "after"], axis=1)
        return compared(pair, level=level)

    return ThenTest(
        recorded=between("before", "after"),
        yardstick=between("before", "then"),
        seen=between("then", "after"),
    )
