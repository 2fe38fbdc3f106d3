"""What the answers about one purpose say together: masked first, then weighed."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Any

import pandas as pd

from toolkit.evaluation import raw
from toolkit.evaluation.strategy.purposes import Strategy
from toolkit.evaluation.strategy.questions import ELEMENTS, OBSTACLES, TAGS, UNKNOWN
from toolkit.evaluation.tables import Tables
from toolkit.scoring.strategy import Recommendation, recommend
from toolkit.scoring.suppression import protect

__all__ = ["Outlook", "lifts", "of_group", "of_people"]

_STEPS = (1, 2, 3, 4)
_ASKED = ("need", *OBSTACLES)
#: What is counted of a question, in place of a scale's steps.
_COUNTED: Mapping[str, tuple[Any, ...]] = {
    **dict.fromkeys(_ASKED, _STEPS),
    **{f"{obstacle}.tag": TAGS for obstacle in OBSTACLES},
    **{f"did.{element}": ("yes", "no") for element in ELEMENTS},
}

Answers = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Outlook:
    """Hold what may be said of one purpose.

    Attributes
    ----------
    people
        How many answered; 0 for what a group agreed on.
    found
        The strategy that fits, and why; what is masked counts in it as unknown. Its own counts
        (`split`, `others`) are raw: those below are the ones to show.
    masked
        The questions that some answered, but of which nothing may be told.
    steps
        The low median for each obstacle, steps 1 to 4; None where masked or unknown.
    practised
        Whether at least half of those who know saw each element; None where masked or unknown.
    split
        How many people gave each need, where views are split and that may be shown.
    others
        How many people's own answers allow another strategy, where that may be shown.
    tags
        How many people said where an obstacle comes from, for the obstacles where that may be
        shown.
    wave
        The round whose answers these are, or "".
    rated_in
        The round in which the four conditions were rated, or "".
    """

    people: int
    found: Recommendation
    masked: tuple[str, ...]
    steps: Mapping[str, int | None]
    practised: Mapping[str, bool | None]
    split: tuple[int, ...] | None
    others: int | None
    tags: Mapping[str, Mapping[str, int]]
    wave: str
    rated_in: str


def of_group(strategy: Strategy, wave: str, purpose: str) -> Outlook | None:
    """Return what follows from what the group agreed on; None until it has answered all it takes.

    It is the group's own statement: it needs no minimum.
    """
    agreed = strategy.answer(wave, purpose)
    if any(question not in agreed for question in _ASKED):
        return None
    tags = {name: {agreed[f"{name}.tag"]: 1} for name in OBSTACLES if f"{name}.tag" in agreed}
    found = _weighed(strategy, wave, [agreed], ())
    return Outlook(people=0, split=None, others=None, tags=tags, masked=(), **found)


def of_people(strategy: Strategy, wave: str, purpose: str) -> Outlook | None:
    """Return what people's answers say together.

    None as long as they still come in, since figures that move with each answer would give the
    last one away, and where fewer than the minimum answered.
    """
    answers = list(strategy.answers(wave, purpose).values())
    minimum = strategy.folder.settings.privacy.minimum
    if len(answers) < minimum or not strategy.closed(wave, purpose):
        return None
    table = _protected(strategy, purpose)
    rows = table[table["wave"] == wave].set_index("question")
    shown, told = rows["shown"], rows["told"]
    given = {name: [answer.get(name) for answer in answers] for name in _COUNTED}
    masked = tuple(
        name for name, values in _COUNTED.items() if not told[name] and {*values} & {*given[name]}
    )
    weighed = _weighed(strategy, wave, answers, masked)
    found: Recommendation = weighed["found"]
    return Outlook(
        people=len(answers),
        split=found.split if shown["need"] == "distribution" else None,
        others=_others(found, answers, minimum),
        tags={
            name: {tag: given[f"{name}.tag"].count(tag) for tag in TAGS}
            for name in OBSTACLES
            if shown[f"{name}.tag"] == "distribution"
        },
        masked=masked,
        **weighed,
    )


def lifts(strategy: Strategy, wave: str, purpose: str) -> dict[str, list[str]]:
    """Return what people wrote would lift each obstacle. The evaluator's alone.

    In the order of the alphabet, which tells nothing of who wrote what.
    """
    answers = strategy.answers(wave, purpose).values()
    return {
        name: sorted(answer[f"{name}.lift"] for answer in answers if f"{name}.lift" in answer)
        for name in OBSTACLES
    }


def _weighed(
    strategy: Strategy, wave: str, answers: Answers, masked: Sequence[str]
) -> dict[str, Any]:
    """Return the recommendation, and what it was made from."""

    def given(question: str) -> list[Any]:
        said = [answer.get(question) for answer in answers]
        return [None if one == UNKNOWN or question in masked else one for one in said]

    need, time, trust, turf = (given(question) for question in _ASKED)
    practised = {element: _practised(given(f"did.{element}")) for element in ELEMENTS}
    observed = None if None in practised.values() else [*practised.values()]
    rated_in, conditions, ends = _conditions(strategy, wave)
    known = {name: [step for step in given(name) if step] for name in OBSTACLES}
    return {
        "found": recommend(need, time, trust, turf, observed, conditions=conditions, ends=ends),
        "steps": {name: median_low(steps) if steps else None for name, steps in known.items()},
        "practised": practised,
        "wave": wave,
        "rated_in": rated_in,
    }


def _practised(given: Sequence[str | None]) -> bool | None:
    known = [mark for mark in given if mark]
    return 2 * known.count("yes") >= len(known) if known else None


def _others(found: Recommendation, answers: Answers, minimum: int) -> int | None:
    """Return how many would get another answer, if neither they nor the rest are few."""
    if found.others is None:
        return None
    complete = sum(
        all(answer.get(name, UNKNOWN) != UNKNOWN for name in OBSTACLES) for answer in answers
    )
    elsewhere = sum(found.others)
    safe = elsewhere >= minimum and complete - elsewhere >= minimum
    return elsewhere if safe else None


def _protected(strategy: Strategy, purpose: str) -> pd.DataFrame:
    """Return the counts of every question about a purpose, all rounds in one masked table.

    With `told`: whether its low median, or what at least half said, may be told.
    """
    privacy = strategy.folder.settings.privacy
    rows = []
    for wave in strategy.folder.settings.waves:
        answers = strategy.answers(wave.code, purpose).values()
        if not answers or not strategy.closed(wave.code, purpose):
            continue
        for question, values in _COUNTED.items():
            said = [answer.get(question) for answer in answers]
            counts = [said.count(value) for value in values]
            counts += [0] * (len(_STEPS) - len(counts))
            steps = {f"step_{step}": n for step, n in zip(_STEPS, counts, strict=True)}
            row = {"wave": wave.code, "question": question, **steps, "n": sum(counts)}
            rows.append({**row, "dont_know": said.count(UNKNOWN)})
    masked = protect(pd.DataFrame(rows), privacy.minimum, privacy.minimum_distribution)
    told = masked.table["low"].notna() | (masked.table["shown"] == "distribution")
    # Masked only since both medians and a word beside them would tell more: here none is told.
    told |= masked.reasons["low"] == "median"
    table: pd.DataFrame = masked.table.assign(told=told)
    return table


def _conditions(
    strategy: Strategy, wave: str
) -> tuple[str, Mapping[Hashable, Any], tuple[int, int] | None]:
    """Return the newest round that is over by then, its conditions' low medians and steps' ends."""
    waves = strategy.folder.settings.waves
    codes = [known.code for known in waves]
    until = codes.index(wave) if wave in codes else len(codes)
    over = [known.code for known in waves[: until + 1] if known.status != "open"]
    if not over:
        return "", {}, None
    answers = raw.ratings(strategy.folder, strategy.store)
    profile = Tables.of(strategy.folder, answers, "fr").profile()
    rated = profile[profile["wave"] == over[-1]]
    instrument = strategy.folder.instrument_of(over[-1])
    scale = instrument.scales[instrument.rated_on]
    lows = dict(zip(rated["condition"], rated["low"], strict=True))
    return over[-1], lows, (scale.first, scale.last)
