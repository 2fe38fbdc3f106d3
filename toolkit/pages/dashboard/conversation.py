"""What a release shows of what the group said: notes, the map of ties, purposes, the plan."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.evaluation import Wave
from toolkit.evaluation.release.conversation import Conversation, Holding, Promise, Ties, Weighed
from toolkit.evaluation.tables import Tables
from toolkit.pages.dashboard.head import in_cards
from toolkit.pages.page import Page
from toolkit.pages.plan.figures import standing
from toolkit.pages.relations import drawn
from toolkit.pages.relations.notes import around
from toolkit.pages.strategy.result import sentences
from toolkit.widgets import Card, CardsState, ChartState, Nothing, NoticeState, TableState

__all__ = ["conversation"]

_NODES = ["partner", "name", "sector", "level"]
_TIES = {"source": object, "target": object, "value": float, "confirmed": bool}


def conversation(page: Page, tables: Tables, wave: Wave, said: Conversation) -> dict[str, Any]:
    """Return the state of each part by its name, and of the notes by condition and module."""
    return {
        "notes": _notes(page, tables, wave, said.interpretation),
        **_ties(page, said.relations),
        "purposes": _purposes(page, said),
        "aims": _aims(page, said),
        "promises": _promises(page, said),
    }


def _notes(
    page: Page, tables: Tables, wave: Wave, notes: Mapping[str, str]
) -> dict[str, CardsState | Nothing]:
    """Return, for each condition and module, its notes, each under the figure that it is about."""
    if not notes:
        return {}
    figures = standing(page, tables, wave)
    found: dict[str, CardsState | Nothing] = {}
    for part in page.source.instrument_of(wave.code).sections:
        titles = {part.code: page.say("plan.whole", title=part.title)}
        titles |= {line.code: line.text[page.language] for line in part.indicators}
        cards: list[Card] = [
            {"title": title, "lines": [figures[code], *_paragraphs(notes[code])]}
            for code, title in titles.items()
            if code in notes
        ]
        if cards:
            title = page.say("dashboard.understood", title=part.title)
            found[part.code] = page.cards(title=title, text="", cards=cards)
    return found


def _ties(
    page: Page, ties: Ties | None
) -> dict[str, NoticeState | ChartState | TableState | Nothing]:
    """Return the map of ties with what stands around it, or why it is not shown."""
    states: dict[str, NoticeState | ChartState | TableState | Nothing] = {
        name: {} for name in ("around", "today", "desired", "counts")
    }
    if ties is None:
        return states
    text = "\n\n".join(around(page, ties))
    states["around"] = page.notice(title=page.say("relations.title"), text=text)
    if ties.withheld:
        return states
    nodes = pd.DataFrame(ties.nodes, columns=_NODES, dtype=object)
    today, desired = (
        pd.DataFrame(rows, columns=[*_TIES]).astype(_TIES) for rows in (ties.today, ties.desired)
    )
    states["today"] = drawn.relations(page, "today", nodes, today)
    if not desired.empty:
        states["desired"] = drawn.relations(page, "desired", nodes, desired)
    states["counts"] = drawn.counts(page, today, desired)
    return states


def _purposes(page: Page, said: Conversation) -> CardsState | Nothing:
    cards = [_weighed(page, one) for one in said.strategy]
    text = f"{page.say('strategy.all_legitimate')}\n\n{page.say('purpose.rules')}"
    return in_cards(page, "dashboard.purposes", text, cards)


def _weighed(page: Page, one: Weighed) -> Card:
    """Return what fits a purpose today, according to whom, and what holds back."""
    fits = page.say(f"strategy.{one.fits}") if one.fits else ""
    by = page.say("purpose.of_people" if one.people else "purpose.of_group", count=one.people)
    lines = [by, page.say("chart.strategy_fits", name=fits)] if fits else [by]
    lines += sentences(page, one.messages, one.masked)
    if one.people and one.others is not None:
        lines.append(page.say("purpose.others", count=one.others))
    items = [line for held in one.holding for line in _holding(page, held)]
    return {"title": one.purpose, "lines": lines, "items": items}


def _holding(page: Page, held: Holding) -> list[str]:
    name, said = page.say(f"purpose.{held.obstacle}"), []
    if held.anchor:
        said.append(page.say("dashboard.held", name=name, said=held.anchor))
    if held.lift:
        said.append(page.say("dashboard.lifted", name=name, said=held.lift))
    return said


def _aims(page: Page, said: Conversation) -> CardsState | Nothing:
    cards: list[Card] = [
        {
            "title": page.say("plan.priority_is", slot=place, text=aim.text),
            "lines": [page.say("plan.about_is", about=aim.about)] if aim.about else [],
        }
        for place, aim in enumerate(said.aims, start=1)
    ]
    return in_cards(page, "dashboard.priorities", "", cards)


def _promises(page: Page, said: Conversation) -> CardsState | Nothing:
    cards = [_promise(page, one) for one in said.promises]
    text = page.say("dashboard.actions_text")
    return in_cards(page, "dashboard.actions", text, cards)


def _promise(page: Page, one: Promise) -> Card:
    """Return an action as it stood: whether it is late by now is not for a frozen page to say."""
    lines = [page.say(f"plan.is_{one.status}")]
    if one.who:
        lines.append(page.say("plan.who_is", who=one.who))
    if one.by:
        lines.append(page.say("plan.by_is", day=one.by))
    if one.obstacle:
        lines.append(page.say("plan.obstacle_is", obstacle=page.say(f"plan.{one.obstacle}")))
    if one.indicator:
        lines.append(page.say("plan.indicator_is", text=one.indicator))
    dropped = one.status == "dropped"
    return {"title": one.what, "lines": lines, "tone": "masked" if dropped else "plain"}


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
