"""From answers to the strategy that fits today."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from statistics import median_low
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from toolkit.scoring.strategy.recommendation import ELEMENTS, Recommendation
from toolkit.scoring.strategy.sentences import gaps, possible, practice, silences

__all__ = ["recommend"]

# Himmelman's matrix asks no sharing of turf for the first two strategies.
_TURF = (2, 2, 3, 4)
_DEEP = 3  # from cooperating on, a condition under the middle of its scale is worked on first
_MARKS = {"0": False, "1": True, "False": False, "True": True}


def recommend(
    need: Any,
    time: Any,
    trust: Any,
    turf: Any,
    observed: str | Sequence[Any] | None = None,
    *,
    conditions: Mapping[Hashable, Any] | pd.Series | None = None,
    ends: tuple[int, int] | None = None,
) -> Recommendation:
    """Return the strategy that fits one purpose today: the lower of its need and what is feasible.

    Feasible is the lowest that time, trust and turf allow. One call is one purpose: never average
    purposes, nor call a strategy a level reached, since each of the four can be the right one. The
    rules are this project's, after Himmelman; none was validated. `split` and `others` are counts
    of people: the caller protects them before anybody sees them.

    Parameters
    ----------
    need
        What the purpose asks: 1 inform, 2 adjust activities, 3 share resources, 4 strengthen one
        another. Each person's answer, None where they do not know; or one answer agreed by all.
    time, trust, turf
        What the obstacles allow, steps 1 to 4, likewise; the low median counts. Where the three
        are of one length, each place is taken as one person.
    observed
        Which of `ELEMENTS` took place in the last six months: "1100", or four booleans; None where
        it was not asked.
    conditions
        The low median of each of the four conditions; None where masked.
    ends
        The lowest and the highest step of the scale that the conditions are rated on.

    Returns
    -------
    Recommendation
        Without a strategy (`fits` is None) where nobody knew the need or one of the obstacles, or
        where no need was given by half the people, or two by exactly half each.

    Raises
    ------
    ValueError
        An answer off its steps, or a pattern that is not four yes or no.

    References
    ----------
    Himmelman (2002), Collaboration for a Change: elements of the strategies and the three barriers.
    Thresholds and logic: this project's.

    Examples
    --------
    >>> found = recommend(4, 2, 3, 2, "1100")
    >>> found.strategy, found.binding
    ('coordinating', ('time', 'turf'))
    """
    wanted = _answers("need", need)
    given = {"time": _answers("time", time), "trust": _answers("trust", trust)}
    given["turf"] = [answer and _TURF[answer - 1] for answer in _answers("turf", turf)]
    asked, split = _agreed(wanted)
    ceilings = {obstacle: _median(steps) for obstacle, steps in given.items()}
    feasible = _lowest(ceilings.values())
    done = _pattern(observed)
    chain = None if done is None else [*done, False].index(False)
    holding = tuple(name for name, ceiling in ceilings.items() if ceiling == feasible)
    weak = _weak(asked, {} if conditions is None else dict(conditions), ends)
    messages = list(silences(wanted, split, ceilings))
    if asked and feasible:
        messages += possible(asked, feasible, chain, holding)
        messages += practice(asked, feasible, chain, holding)
    messages += [*gaps(done or ()), *(["strengthen"] if weak else []), "all_legitimate"]
    return Recommendation(
        need=asked,
        feasible=feasible,
        observed=chain,
        fits=min(asked, feasible) if asked and feasible else None,
        ceilings=MappingProxyType(ceilings),
        binding=holding if asked and feasible and asked > feasible else (),
        split=split,
        others=_others(list(given.values()), feasible),
        strengthen=weak,
        messages=tuple(messages),
    )


def _answers(argument: str, given: Any) -> list[int | None]:
    each = [given] if np.ndim(given) == 0 else list(given)
    for answer in each:
        known = np.ndim(answer) or not pd.isna(answer)
        if known and (isinstance(answer, bool | np.bool_) or answer not in range(1, 5)):
            message = f"{argument}: an answer is a step from 1 to 4, or None where unknown"
            raise ValueError(message)
    return [None if pd.isna(answer) else int(answer) for answer in each]


def _pattern(observed: str | Sequence[Any] | None) -> list[bool] | None:
    if observed is None:
        return None
    marks = [_MARKS.get(str(mark)) for mark in observed] if np.iterable(observed) else []
    if len(marks) != len(ELEMENTS) or None in marks:
        message = 'observed: a yes or no for each of the four elements, such as "1100"'
        raise ValueError(message)
    return [bool(mark) for mark in marks]


def _weak(
    asked: int | None, conditions: Mapping[Hashable, Any], ends: tuple[int, int] | None
) -> tuple[Hashable, ...]:
    medians = {code: low for code, low in conditions.items() if not pd.isna(low)}
    if medians and ends is None:
        message = "ends: say which steps are the lowest and the highest of the conditions' scale"
        raise ValueError(message)
    first, last = ends or (0, 0)
    if any(low not in range(first, last + 1) for low in medians.values()):
        message = f"conditions: a low median is a step from {first} to {last}, or None where masked"
        raise ValueError(message)
    deep = asked is not None and asked >= _DEEP
    return tuple(code for code, low in medians.items() if deep and 2 * low < first + last)


def _agreed(answers: Sequence[int | None]) -> tuple[int | None, tuple[int, ...] | None]:
    """Return the need that at least half gave, or how the answers are split."""
    counts = Counter(answer for answer in answers if answer)
    if not counts:
        return None, None
    (step, most), *rest = counts.most_common()
    # Two halves are the plainest split: neither is the group's answer.
    if 2 * most < counts.total() or (rest and rest[0][1] == most):
        return None, tuple(counts[step] for step in range(1, 5))
    return step, None


def _median(steps: Iterable[int | None]) -> int | None:
    known = [step for step in steps if step]
    return median_low(known) if known else None


def _lowest(ceilings: Iterable[int | None]) -> int | None:
    known = [*ceilings]
    return None if None in known else min(step for step in known if step)


def _others(given: Sequence[list[int | None]], feasible: int | None) -> tuple[int, ...] | None:
    if feasible is None or len({len(answers) for answers in given}) > 1:
        return None
    own = Counter(_lowest(person) for person in zip(*given, strict=True))
    return tuple(0 if step == feasible else own[step] for step in range(1, 5))
