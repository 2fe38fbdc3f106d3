"""The same person's self-made code in two rounds, found although it was not typed alike."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["Links", "Refusal", "link"]

_TOLERANCES = (0, 1, 2)
_NOT_GIVEN = {"", *"-‐–—−"}  # telephones and word processors change hyphens


@dataclass(frozen=True)
class Refusal:
    """One code that was matched with none.

    Attributes
    ----------
    wave
        `first` or `second`: the round in which the code stands.
    index
        Its place there, from 0.
    candidates
        The places, in the other round, of the codes within the tolerance.
    reason
        `too_short`: more elements are not given than the tolerance forgives. `ambiguous`: two or
        more are equally near, on either side, or the code stands twice in its round. `taken`: each
        candidate fits another code better. `too_far`: no candidate.
    """

    wave: str
    index: int
    candidates: tuple[int, ...]
    reason: str


@dataclass(frozen=True)
class Links:
    """Which codes of two rounds were matched, and why the others were not.

    Attributes
    ----------
    matches
        (place in the first round, place in the second, elements that differ), in that order.
    refused
        One for each code not matched: the first round's, then the second's.
    unmatched_first, unmatched_second
        Their places alone.
    """

    matches: tuple[tuple[int, int, int], ...]
    refused: tuple[Refusal, ...]

    @property
    def unmatched_first(self) -> tuple[int, ...]:
        """Places in the first round of the codes matched with none."""
        return tuple(refusal.index for refusal in self.refused if refusal.wave == "first")

    @property
    def unmatched_second(self) -> tuple[int, ...]:
        """Places in the second round of the codes matched with none."""
        return tuple(refusal.index for refusal in self.refused if refusal.wave == "second")


def link(
    first: Sequence[Sequence[Any]],
    second: Sequence[Sequence[Any]],
    *,
    tolerance: int = 1,
) -> Links:
    """Return which codes of two rounds are one person's, and each code that was refused.

    Codes are matched that differ in no element, then in one, then in two. At each distance a pair
    is matched only if neither has another free candidate as near; the others are refused as
    ambiguous and stay so, since a wrong link is worse than a lost one. People forget: the same
    code comes back from 88-100 % after 1-4 months, from 50-75 % after 12-18 (51-67 % in Yurek
    2008). In EU-Dap 61 % did, 76 % without the two digits that failed most, 92 % by the best choice
    of digits; of codes of 12 elements 40 % were perfect and 91.9 % had at least 10 right (doi
    10.1177/00131644261453059).

    Never a proof of identity, and never for naming a person or for joining other files: a few
    elements in a small group tell who somebody is. Codes are personal information; for a dozen
    people, cards with random codes are safer.

    Parameters
    ----------
    first, second
        One code a person: a text, where each character is an element and blanks are nothing, or a
        sequence of elements; all codes have as many. Case, blanks and accents do not count. A
        hyphen, an empty text, None or NaN is an element not given, which equals nothing, not even
        another one.
    tolerance
        In how many elements two codes may differ: 0, 1 or 2. Codes need 2 * tolerance + 2 elements
        at least, the fewest with which codes can lie so far apart that `tolerance` errors are
        repaired and one more is noticed (Hamming 1950).

    Returns
    -------
    Links
        Every code once, in `matches` or in `refused`; the same whatever the order of the codes,
        and mirrored if the rounds are swapped. No code in a round: nothing matches.

    Raises
    ------
    ValueError
        A tolerance other than 0, 1 or 2; codes with different numbers of elements, or too few for
        the tolerance; one text in place of a sequence of codes; a code that is neither text nor a
        sequence. No message repeats a code.

    References
    ----------
    Yurek, Vasey & Sullivan Havens (2008), Evaluation Review 32(5), 435-452. EU-Dap Study Group
    (2007), Preventive Medicine 44(2), 174-177. Hamming (1950), Bell System Technical Journal
    29(2), 147-160.

    Examples
    --------
    >>> links = link(["MA07LO", "ÉL12RI", "JO30TR"], ["el 12 ri", "MA08LO", "ZU25QC"])
    >>> links.matches
    ((0, 1, 1), (1, 0, 0))
    >>> [(refusal.wave, refusal.index, refusal.reason) for refusal in links.refused]
    [('first', 2, 'too_far'), ('second', 2, 'too_far')]
    """
    if tolerance not in _TOLERANCES:
        message = "tolerance: codes may differ in 0, 1 or 2 elements"
        raise ValueError(message)
    ours, theirs = _read(first, "first"), _read(second, "second")
    lengths = {len(code) for code in ours + theirs}
    if len(lengths) > 1:
        message = "first, second: all codes have as many elements; write - for one not given"
        raise ValueError(message)
    if lengths and min(lengths) < 2 * tolerance + 2:
        message = f"tolerance: to forgive {tolerance}, codes need {2 * tolerance + 2} elements"
        raise ValueError(message)
    apart = _distances(ours, theirs)
    matches = _matches(apart, tolerance)
    near = apart <= tolerance
    matched = {i for i, _, _ in matches}, {j for _, j, _ in matches}
    return Links(
        matches=tuple(matches),
        refused=(
            *_refusals("first", ours, near, matched, tolerance),
            *_refusals("second", theirs, near.T, matched[::-1], tolerance),
        ),
    )


def _read(codes: Sequence[Sequence[Any]], argument: str) -> list[tuple[str, ...]]:
    if isinstance(codes, str):
        message = f"{argument}: a sequence of codes, not one text"
        raise ValueError(message)  # noqa: TRY004
    if not all(isinstance(code, Sequence | np.ndarray) for code in codes):
        message = f"{argument}: every code is a text or a sequence of elements"
        raise ValueError(message)
    split = [_plain(code) if isinstance(code, str) else map(_element, code) for code in codes]
    return [tuple("" if part in _NOT_GIVEN else part for part in code) for code in split]


def _element(part: Any) -> str:
    if pd.isna(part):
        return ""
    # A column of whole numbers with one missing comes as 7.0.
    return _plain(str(int(part) if isinstance(part, float) and part.is_integer() else part))


def _plain(text: str) -> str:
    """Return a text without case, blanks and accents."""
    letters = unicodedata.normalize("NFKD", "".join(text.split()))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _distances(ours: list[tuple[str, ...]], theirs: list[tuple[str, ...]]) -> NDArray[np.int64]:
    """Return in how many elements each code differs from each of the other round."""
    apart = np.zeros((len(ours), len(theirs)), dtype=np.int64)
    for mine, yours in zip(zip(*ours, strict=True), zip(*theirs, strict=True), strict=False):
        left, right = np.array(mine)[:, None], np.array(yours)[None, :]
        apart += (left != right) | (left == "")
    return apart


def _matches(apart: NDArray[np.int64], tolerance: int) -> list[tuple[int, int, int]]:
    free = np.ones(apart.shape, dtype=bool)
    matches = []
    for distance in range(tolerance + 1):
        near = free & (apart == distance)
        mine, yours = near.sum(axis=1, keepdims=True), near.sum(axis=0, keepdims=True)
        alone = near & (mine == 1) & (yours == 1)
        matches += [(int(i), int(j), distance) for i, j in np.argwhere(alone)]
        # Whoever had a candidate here is matched, or in doubt for good.
        free &= (mine == 0) & (yours == 0)
    return sorted(matches)


def _refusals(
    name: str,
    codes: list[tuple[str, ...]],
    near: NDArray[np.bool_],
    matched: tuple[set[int], set[int]],
    tolerance: int,
) -> list[Refusal]:
    times = Counter(codes)
    refused = []
    for index, code in enumerate(codes):
        if index in matched[0]:
            continue
        candidates = tuple(np.flatnonzero(near[index]).tolist())
        if code.count("") > tolerance:
            reason = "too_short"
        elif times[code] > 1 or not matched[1].issuperset(candidates):
            reason = "ambiguous"
        else:
            reason = "taken" if candidates else "too_far"
        refused.append(Refusal(name, index, candidates, reason))
    return refused
