"""The map of ties: what the evaluator may see of it, and what the group may."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from hmac import digest
from string import ascii_lowercase

import numpy as np
import pandas as pd

from toolkit.evaluation.folder import Folder
from toolkit.evaluation.relations.figures import PartnersMap
from toolkit.evaluation.relations.partners import Partners
from toolkit.evaluation.relations.ties import ASPECTS, WAYS, Tie
from toolkit.scoring.relations import dyads, matrix

__all__ = ["UNNAMED", "partners_map"]

#: The sector of those who did not agree to be named: their own could tell who they are.
UNNAMED = "unnamed"

Pairs = Mapping[tuple[str, str], list[Tie]]


def partners_map(
    folder: Folder, partners: Partners, spoken: Pairs, secret: str, wave: str, *, own: bool
) -> PartnersMap:
    """Return the map of a round, for its evaluator alone or else as the group may see it.

    The group sees no name without consent; no silence; nothing while the round is open; and no tie
    that one partner alone told of where the other told nothing at all, since that is its own
    answer. Who did not agree to be named is left out where fewer than the minimum are unnamed:
    the others would know who it is. So is who has no tie to show: a name without a line would be
    that of a partner who kept silent, or who is tied to nobody, and the group would guess the
    first. How many answered is not told either: less those on the map, it would count the silent.

    Parameters
    ----------
    folder, partners
        Whose ties they are.
    spoken
        What each person said: see `Relations.spoken`.
    secret
        Puts those who are not named in an order that nobody can guess.
    wave, own
        The round, and whether it is for the evaluator.
    """
    told = {aspect: _telling(spoken, aspect) for aspect in ASPECTS}
    people = _people(partners, told["current"])
    minimum = folder.settings.privacy.minimum
    shown = people
    if not own:
        mask = partial(_masked, named=partners.named, secret=f"{secret}{wave}", minimum=minimum)
        shown = _tied(people, spoken, told, mask)
    cells = {aspect: _cells(spoken, list(shown["code"]), aspect) for aspect in ASPECTS}
    drawn = [_ties(cells[aspect], None if own else told[aspect], shown) for aspect in ASPECTS]
    # All who are on the group's map answered: a tie is drawn only between two who did.
    answered = people["answered"] if own else people["code"].isin(shown["code"])
    names = cells["current"].rename(index=_shown(shown), columns=_shown(shown))
    withheld = "" if own else _withheld(folder, wave, len(shown), minimum)
    return PartnersMap(
        nodes=shown.drop(columns=["code"] if own else ["code", "answered"]).reset_index(drop=True),
        today=drawn[0],
        desired=drawn[1],
        answered=int(answered.sum()),
        partners=len(people),
        silent=tuple(people.loc[~answered, "name"]) if own else (),
        left_out=len(people) - len(shown),
        several=any(len(said) > 1 for said in spoken.values()),
        withheld="alone" if len(people) < 2 else withheld,  # noqa: PLR2004
        _cells=names,
    )


def _withheld(folder: Folder, wave: str, answered: int, minimum: int) -> str:
    found = folder.settings.wave(wave)
    if found is None or found.status == "open":
        return "open"
    return "few" if answered < minimum else ""


def _people(partners: Partners, answered: Iterable[str]) -> pd.DataFrame:
    rows = [
        (partner.code, partner.code, partner.name, partner.sector or None, partner.level or None)
        for partner in partners.listed
    ]
    frame = pd.DataFrame(rows, columns=["code", "partner", "name", "sector", "level"], dtype=object)
    return frame.assign(answered=frame["code"].isin(set(answered)))


def _tied(
    people: pd.DataFrame,
    spoken: Pairs,
    told: Mapping[str, set[str]],
    mask: Callable[[pd.DataFrame], pd.DataFrame],
) -> pd.DataFrame:
    """Return the partners that have a tie to show the group, masked.

    To draw the others without telling the silent from those who are tied to nobody would protect
    less: the silent are never tied to anybody here, while few others are, so that each name
    without a line would most likely be a silent one. Who is not on the map may as well have
    chosen not to be. Without some, others may lose their last tie, or be too few without a name.
    """
    while True:
        shown = mask(people)
        codes, names = list(shown["code"]), _shown(shown)
        ties = [_ties(_cells(spoken, codes, aspect), told[aspect], shown) for aspect in ASPECTS]
        ends = {end for frame in ties for end in (*frame["source"], *frame["target"])}
        kept = people[people["code"].map(names).isin(ends)]
        if len(kept) == len(shown):
            return shown
        people = kept


def _masked(people: pd.DataFrame, named: frozenset[str], secret: str, minimum: int) -> pd.DataFrame:
    """Return the partners without what tells who the unnamed ones are."""
    open_ones = people[people["code"].isin(named)]
    rest = people[~people["code"].isin(named)]
    if len(rest) < minimum:
        return open_ones
    # In an order of its own in each round: that of the list would tell who comes first.
    turns = [digest(secret.encode(), code.encode(), "sha256") for code in rest["code"]]
    rest = rest.iloc[sorted(range(len(turns)), key=turns.__getitem__)]
    letters = [_letter(place) for place in range(len(rest))]
    hidden = rest.assign(partner=letters, name="", sector=UNNAMED, level=None)
    return pd.concat([open_ones, hidden])


def _letter(place: int) -> str:
    """Return a letter for each place; after z come aa, ab and so on."""
    before, letter = divmod(place, len(ascii_lowercase))
    return (_letter(before - 1) if before else "") + ascii_lowercase[letter]


def _cells(spoken: Pairs, codes: list[str], aspect: str) -> pd.DataFrame:
    """Return the square table of levels; of several people of one partner, the low median."""
    place = {code: i for i, code in enumerate(codes)}
    table = np.full((len(codes), len(codes)), np.nan)
    for (source, target), said in spoken.items():
        given = sorted(level for tie in said if type(level := getattr(tie, aspect)) is int)
        if given and source in place and target in place:
            table[place[source], place[target]] = given[(len(given) - 1) // 2]
    square = pd.DataFrame(table, index=codes, columns=codes)
    return matrix(square, top=len(WAYS)) if len(codes) > 1 else square


def _ties(cells: pd.DataFrame, told: set[str] | None, shown: pd.DataFrame) -> pd.DataFrame:
    """Return the ties that may be drawn; with `told`, none of those who told nothing."""
    columns = ["source", "target", "value", "confirmed"]
    if len(cells) < 2:  # noqa: PLR2004
        return pd.DataFrame(columns=columns).astype({"value": float, "confirmed": bool})
    pairs = dyads(cells)
    if told is not None:
        both = pairs["first"].isin(told) & pairs["second"].isin(told)
        pairs = pairs[both | (pairs["state"] != "unverifiable")]
    sure = pairs["minimum"] > 0
    names = _shown(shown)
    frame = pd.DataFrame(
        {
            "source": pairs["first"].map(names),
            "target": pairs["second"].map(names),
            "value": pairs["minimum"].where(sure, pairs["mean"]),
            "confirmed": sure,
        }
    )
    return frame[frame["value"] > 0].reset_index(drop=True)


def _shown(people: pd.DataFrame) -> dict[str, str]:
    return dict(zip(people["code"], people["partner"], strict=True))


def _telling(spoken: Pairs, aspect: str) -> set[str]:
    """Return the partners of whom somebody told anything."""
    return {
        source
        for (source, _), said in spoken.items()
        if any(getattr(tie, aspect) is not None for tie in said)
    }
