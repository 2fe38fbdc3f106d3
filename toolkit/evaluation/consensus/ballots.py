"""What a room may see of its silent votes: masked by the rule that masks everything else."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from toolkit.evaluation.settings import Privacy

__all__ = ["Figures", "Votes", "opened"]


@dataclass(frozen=True, slots=True)
class Votes:
    """How a room answered one ballot. Never shown as it is.

    Attributes
    ----------
    ballot
        Its number among those on the same statement, from 1.
    steps
        People on each step, lowest first.
    dont_know
        People who do not know.
    first
        The number of the lowest step.
    """

    ballot: int
    steps: tuple[int, ...]
    dont_know: int
    first: int = 1

    @classmethod
    def count(cls, ballot: int, given: Iterable[Mapping[str, Any]], steps: Iterable[int]) -> Self:
        """Count what people gave: each a `value`, one of the steps (lowest first), or none."""
        found, numbers = Counter(vote.get("value") for vote in given), list(steps)
        return cls(ballot, tuple(found[step] for step in numbers), found[None], numbers[0])

    @property
    def answered(self) -> int:
        """How many people answered, those included who do not know."""
        return sum(self.steps) + self.dont_know

    @property
    def unanimous(self) -> bool:
        """Whether all gave the same answer, which the count then tells of each of them."""
        return self.answered in {self.dont_know, *self.steps}


@dataclass(frozen=True, slots=True)
class Figures:
    """What is shown of one ballot, for good; None where it is masked.

    Attributes
    ----------
    ballot
        The ballot's number.
    answered
        How many people answered: everybody saw that number grow.
    shown
        `distribution`, `statistic` (medians and the word only) or `nothing`.
    n, steps, dont_know
        People who gave a step; on each step, lowest first; who do not know.
    low, high, reading
        Medians, by the numbers of the scale, and how people rate: shared, mixed, divided.
    """

    ballot: int
    answered: int
    shown: str
    n: int | None = None
    steps: tuple[int, ...] | None = None
    dont_know: int | None = None
    low: int | None = None
    high: int | None = None
    reading: str | None = None

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        """Return figures as they were kept."""
        steps = content.get("steps")
        return cls(**{**content, "steps": None if steps is None else tuple(steps)})

    @property
    def content(self) -> dict[str, Any]:
        """What is kept of them."""
        return asdict(self)


def opened(votes: Votes, before: Sequence[tuple[Votes, Figures]], privacy: Privacy) -> Figures:
    """Return what may be shown of a ballot, beside what the room saw of earlier ones.

    Ballots on one statement are protected as rounds are. What was seen cannot be taken back: where
    it would have to be, the new ballot shows nothing; nor does it where one person moved and
    nobody else, since the two counts side by side would tell from where to where.

    Parameters
    ----------
    votes
        The ballot that is opened.
    before
        The earlier ballots on the same statement that were opened, and what was shown of each.
    privacy
        The limits.
    """
    # Only the page of the person who opens a ballot carries pandas.
    import pandas as pd  # noqa: PLC0415

    from toolkit.scoring.distribution import medians  # noqa: PLC0415
    from toolkit.scoring.reading import reading  # noqa: PLC0415
    from toolkit.scoring.suppression import protect  # noqa: PLC0415

    frame = pd.DataFrame([_row(earlier) for earlier, _ in before] + [_row(votes)])
    limits = privacy.minimum, privacy.minimum_distribution
    table = protect(frame, *limits, filters=[], wave="ballot", apart=-1).table
    row = table.iloc[-1]
    counted = [earlier for earlier, shown in before if shown.steps is not None]
    alone = row["shown"] == "distribution" and any(_one_moved(votes, then) for then in counted)
    if alone or _undone(table, [shown for _, shown in before]):
        return Figures(votes.ballot, votes.answered, "nothing")
    told = ("n", "dont_know", "low", "high")
    figures: dict[str, Any] = {name: int(row[name]) for name in told if not pd.isna(row[name])}
    figures["reading"] = row["reading"] if isinstance(row["reading"], str) else None
    if row["shown"] == "distribution":
        low, high = medians(table.iloc[[-1]])
        figures |= {"low": int(low[0]), "high": int(high[0]), "steps": votes.steps}
        figures["reading"] = str(reading([votes.steps])[0])
    for name in {"low", "high"} & figures.keys():
        figures[name] += votes.first - 1
    return Figures(votes.ballot, votes.answered, str(row["shown"]), **figures)


def _undone(table: Any, before: Sequence[Figures]) -> bool:
    """Return whether a table masks what the room has seen of an earlier ballot."""
    rows = zip(table["shown"], table["low"].notna(), before, strict=False)  # the last one is new
    return any(
        tier != "distribution" and (seen.steps is not None or (seen.low is not None and not told))
        for tier, told, seen in rows
    )


def _one_moved(votes: Votes, earlier: Votes) -> bool:
    """Return whether two ballots differ by one answer that became another one."""
    pairs = zip((*votes.steps, votes.dont_know), (*earlier.steps, earlier.dont_know), strict=True)
    changes = sorted(now - then for now, then in pairs if now != then)
    return changes == [-1, 1]


def _row(votes: Votes) -> dict[str, int]:
    steps = {f"step_{step}": count for step, count in enumerate(votes.steps, start=1)}
    people = {"n": sum(votes.steps), "dont_know": votes.dont_know}
    return {"ballot": votes.ballot, **steps, **people}
