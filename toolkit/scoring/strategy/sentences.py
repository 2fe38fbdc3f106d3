"""Which messages a recommendation says, one subject at a time."""

from collections.abc import Iterator, Mapping, Sequence

from toolkit.scoring.strategy.recommendation import ELEMENTS, STRATEGIES

__all__ = ["gaps", "possible", "practice", "silences"]


def silences(
    wanted: Sequence[int | None], split: tuple[int, ...] | None, ceilings: Mapping[str, int | None]
) -> Iterator[str]:
    """Say what is missing for a recommendation."""
    if not any(wanted):
        yield "no_need"
    if split:
        yield "split_need"
    yield from (f"no_{obstacle}" for obstacle, ceiling in ceilings.items() if ceiling is None)


def possible(asked: int, feasible: int, chain: int | None, holding: Sequence[str]) -> Iterator[str]:
    """Say whether the obstacles allow what the purpose asks, or which of them hold back."""
    if asked > feasible:
        yield "asks_more"
        yield from (f"binding_{obstacle}" for obstacle in holding)
        # The other obstacles all allow at least one more: lifting these opens the next.
        yield f"opens_{STRATEGIES[feasible]}"
    elif chain != asked:
        yield "allowed"


def practice(asked: int, feasible: int, chain: int | None, holding: Sequence[str]) -> Iterator[str]:
    """Say how practice, an unbroken chain of elements, stands to what fits."""
    fits = min(asked, feasible)
    if chain is None:
        yield "not_observed"
    elif chain < fits:
        yield "practice_short"
    elif chain == fits:
        yield "fit" if asked <= feasible else "practice_fits"
    elif chain > feasible:
        yield from (f"ahead_of_{obstacle}" for obstacle in holding)
    if chain is not None and chain > asked:
        yield "more_than_needed"
    if asked == 1:
        yield "full_answer"


def gaps(done: Sequence[bool]) -> Iterator[str]:
    """Say which elements came without an earlier one, and which those were."""
    seen = [place for place, mark in enumerate(done) if mark]
    missing = [place for place in range(max(seen, default=0)) if not done[place]]
    if missing:
        yield from (f"done_{ELEMENTS[place]}" for place in seen if place > missing[0])
        yield from (f"missing_{ELEMENTS[place]}" for place in missing)
        yield "non_cumulative"
