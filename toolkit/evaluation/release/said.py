"""Freeze what a group said and decided, each part masked as on its own page at this moment."""

from collections.abc import Sequence
from typing import Any, Protocol

from toolkit.evaluation.plan import Plan
from toolkit.evaluation.relations import Relations
from toolkit.evaluation.relations.figures import PartnersMap
from toolkit.evaluation.release.conversation import (
    Aim,
    Conversation,
    Holding,
    Promise,
    Ties,
    Weighed,
)
from toolkit.evaluation.settings import Wave
from toolkit.evaluation.source import Source
from toolkit.evaluation.strategy import Purpose, Strategy, outlook

__all__ = ["freeze"]

_NODES = ["partner", "name", "sector", "level"]


class _Living(Source, Protocol):
    """An evaluation with what its group said."""

    @property
    def plan(self) -> Plan: ...
    @property
    def relations(self) -> Relations: ...
    @property
    def strategy(self) -> Strategy: ...


def freeze(evaluation: _Living, waves: Sequence[Wave], parts: Sequence[str]) -> dict[str, Any]:
    """Return what was chosen of what a group said, by round, as JSON holds it.

    Each part is masked as on its own page at this moment. A note is left out with its figure, an
    action comes without who does it unless that was chosen, and without why it was dropped.
    """
    return {wave.code: _of(evaluation, wave, parts).model_dump(mode="json") for wave in waves}


def _of(evaluation: _Living, wave: Wave, parts: Sequence[str]) -> Conversation:
    told: dict[str, Any] = {}
    if "interpretation" in parts:
        notes, shown = evaluation.plan.notes(wave.code), _shown(evaluation, wave, parts)
        told["interpretation"] = {
            code: note.text for code, note in notes.items() if note.text and code in shown
        }
    if "plan" in parts:
        told |= _plan(evaluation, wave.code, who="who" in parts)
    if "strategy" in parts:
        purposes = evaluation.strategy.purposes
        said = [one for purpose in purposes for one in _strategy(evaluation, wave.code, purpose)]
        told["strategy"] = tuple(said)
    if "relations" in parts and "relations" in wave.activities:
        told["relations"] = _relations(evaluation.relations.map(wave.code, own=False))
    return Conversation(**told)


def _shown(evaluation: _Living, wave: Wave, parts: Sequence[str]) -> set[str]:
    """Return the codes of the figures that a release shows: no note stands without its own."""
    instrument = evaluation.instrument_of(wave.code)
    asked = [part for part in instrument.modules if part.code in wave.modules]
    beside = asked if "modules" in parts else []
    whole = [*(instrument.conditions if "conditions" in parts else ()), *beside]
    lined = [*(instrument.conditions if "answers" in parts else ()), *beside]
    return {part.code for part in whole} | {line.code for part in lined for line in part.indicators}


def _plan(evaluation: _Living, wave: str, *, who: bool) -> dict[str, Any]:
    instrument, plan = evaluation.instrument_of(wave), evaluation.plan
    names = {part.code: part.title for part in instrument.sections}
    names |= {code: line.text for code, line in instrument.indicators.items()}
    aims = [Aim(text=one.text, about=names.get(one.about)) for one in plan.priorities(wave)]
    promises = [
        Promise(
            what=one.what,
            who=one.who if who else "",
            by=one.by,
            status=one.status,
            obstacle=one.obstacle,
            indicator=names.get(one.indicator),
        )
        for one in plan.actions(wave)
    ]
    return {"aims": tuple(aims), "promises": tuple(promises)}


def _strategy(evaluation: _Living, wave: str, purpose: Purpose) -> list[Weighed]:
    """Return what may be said of a purpose, under the rules of its own page."""
    strategy = evaluation.strategy
    agreed = strategy.answer(wave, purpose.code)
    found = (
        outlook.of_group(strategy, wave, purpose.code),
        outlook.of_people(strategy, wave, purpose.code),
    )
    return [
        Weighed(
            purpose=purpose.name,
            people=one.people,
            fits=one.found.strategy or "",
            messages=one.found.messages,
            masked=one.masked,
            holding=tuple(
                Holding(
                    obstacle=name,
                    anchor=strategy.lines(wave)[name].anchors.get(one.steps[name] or 0),
                    # What a person wrote is the evaluator's alone; what the group wrote is its own.
                    lift="" if one.people else agreed.get(f"{name}.lift", ""),
                )
                for name in one.found.binding
            ),
            others=one.others,
        )
        for one in found
        if one is not None
    ]


def _relations(found: PartnersMap) -> Ties:
    if found.withheld:
        return Ties(withheld=found.withheld)
    rows = (frame.itertuples(index=False, name=None) for frame in (found.today, found.desired))
    today, desired = (tuple(part) for part in rows)
    nodes = found.nodes[_NODES].astype(object).where(found.nodes[_NODES].notna(), None)
    return Ties(
        answered=found.answered,
        partners=found.partners,
        left_out=found.left_out,
        several=found.several,
        nodes=tuple(nodes.itertuples(index=False, name=None)),
        today=today,
        desired=desired,
    )
