"""What follows for one purpose: the strategy that fits today, what holds back, and why."""

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from toolkit import charts
from toolkit.evaluation.strategy.outlook import Outlook
from toolkit.evaluation.strategy.questions import ELEMENTS, TAGS, WAYS
from toolkit.pages.page import Page
from toolkit.pages.strategy.texts import ladder
from toolkit.widgets import (
    Card,
    CardsState,
    ChartState,
    DrawerState,
    LadderState,
    ListGroup,
    Nothing,
)

__all__ = ["private", "result", "sentences"]


def result(
    page: Page, outlook: Outlook, agreed: dict[str, Any]
) -> tuple[LadderState, CardsState, ChartState]:
    """Return the four ways, why one fits, and what each obstacle allows.

    Parameters
    ----------
    page
        Says everything in its language.
    outlook
        What may be said.
    agreed
        What the group answered; empty where people's own answers are shown.
    """
    found = outlook.found
    key = "purpose.of_people" if outlook.people else "purpose.of_group"
    fits = found.title[page.language] if found.title else ""
    text = page.say("chart.strategy_fits", name=fits) if fits else page.say("chart.strategy_none")
    title = page.say(key, count=outlook.people)
    return (
        ladder(page, weighed=True, fits=found.strategy or "", title=title, text=text),
        _why(page, outlook, agreed),
        _panel(page, outlook),
    )


def private(page: Page, lifts: dict[str, list[str]]) -> DrawerState | Nothing:
    """Return what people wrote, for the evaluator alone; nothing where nobody did."""
    groups: list[ListGroup] = [
        {"title": _title(page, obstacle), "items": texts}
        for obstacle, texts in lifts.items()
        if texts
    ]
    if not groups:
        return {}
    return {
        "title": page.say("purpose.private"),
        "text": page.say("purpose.private_text"),
        "groups": groups,
        "language": page.language,
    }


def sentences(page: Page, messages: Sequence[str], masked: Collection[str]) -> list[str]:
    """Return the messages in their order; the last one stands at the foot of every page."""
    said = []
    for code in messages[:-1]:
        question = code.removeprefix("no_")
        hidden = code.startswith("no_") and question in masked
        said.append(page.say(f"purpose.masked_{question}" if hidden else f"strategy.{code}"))
    return said


def _why(page: Page, outlook: Outlook, agreed: dict[str, Any]) -> CardsState:
    said = sentences(page, outlook.found.messages, outlook.masked)
    cards = [
        _card(page, "purpose.says", items=said),
        *(_holding(page, outlook, name, agreed) for name in outlook.found.binding),
        *_strengthen(page, outlook),
        _practice(page, outlook),
        *_views(page, outlook),
    ]
    title = page.say("purpose.why_people" if outlook.people else "purpose.why_group")
    return page.cards(title=title, text="", cards=cards)


def _card(page: Page, key: str, items: Sequence[str], lines: Sequence[str] = ()) -> Card:
    return {"code": key, "title": page.say(key), "lines": lines, "items": items}


def _holding(page: Page, outlook: Outlook, obstacle: str, agreed: dict[str, Any]) -> Card:
    """Return where an obstacle that holds back stands today, and what to work on."""
    language = page.language
    lines = []
    if step := outlook.steps[obstacle]:
        anchor = page.evaluation.strategy.lines(outlook.wave)[obstacle].anchors[step][language]
        lines.append(page.say("purpose.today", said=anchor))
    if agreed and outlook.tags.get(obstacle):
        (tag,) = outlook.tags[obstacle]
        lines.append(page.say("purpose.comes_from", said=page.say(f"purpose.{tag}")))
    if lift := agreed.get(f"{obstacle}.lift"):
        lines.append(page.say("purpose.would_lift", said=lift))
    to_do = [
        name for code in outlook.found.indicators[obstacle] if (name := _named(page, outlook, code))
    ]
    if to_do:
        lines.append(page.say("purpose.work_on"))
    return {"code": obstacle, "title": _title(page, obstacle), "lines": lines, "items": to_do}


def _strengthen(page: Page, outlook: Outlook) -> list[Card]:
    found = [
        name for code in outlook.found.strengthen if (name := _named(page, outlook, str(code)))
    ]
    wave = page.evaluation.settings.wave(outlook.rated_in)
    if not found or wave is None:
        return []
    lines = [page.say("purpose.rated_in", wave=wave.text)]
    return [_card(page, "purpose.first", lines=lines, items=found)]


def _practice(page: Page, outlook: Outlook) -> Card:
    """Return which elements count as practised, and by which rule."""
    marks = {True: "yes", False: "no", None: "unsure"}
    items = [
        page.say(
            "purpose.practised",
            name=page.say(f"purpose.did_{element}"),
            said=page.say(f"purpose.mark_{marks[outlook.practised[element]]}"),
        )
        for element in ELEMENTS
    ]
    lines = [page.say("purpose.half")] if outlook.people else []
    return _card(page, "purpose.practice", lines=lines, items=items)


def _views(page: Page, outlook: Outlook) -> list[Card]:
    """Return how far people see it alike, in counts that single out nobody."""
    if not outlook.people:
        return []
    items = []
    if outlook.split:
        needs = zip(WAYS, outlook.split, strict=True)
        items += [
            page.say("purpose.need_count", name=page.say(f"strategy.{way}"), count=count)
            for way, count in needs
            if count
        ]
    for obstacle, counts in outlook.tags.items():
        items += [
            page.say(
                "purpose.tag_count",
                name=_title(page, obstacle),
                said=page.say(f"purpose.{tag}"),
                count=counts[tag],
            )
            for tag in TAGS
            if counts.get(tag)
        ]
    line = (
        page.say("purpose.others_masked")
        if outlook.others is None
        else page.say("purpose.others", count=outlook.others)
    )
    lines = [line] if outlook.found.feasible else []
    return [_card(page, "purpose.views", lines=lines, items=items)] if lines or items else []


def _panel(page: Page, outlook: Outlook) -> ChartState:
    """Return what each obstacle allows, as a picture with its sentence and its table."""
    language, found = page.language, outlook.found
    rows = [
        {
            "obstacle": obstacle,
            "title": _title(page, obstacle),
            "strategy": step,
            "feasible": None if ceiling is None else step <= ceiling,
            "binding": obstacle in found.binding,
            "fits": found.fits,
            "shown": "nothing" if obstacle in outlook.masked else "statistic",
        }
        for obstacle, ceiling in found.ceilings.items()
        for step in range(1, len(WAYS) + 1)
    ]
    panel = pd.DataFrame(rows).astype({"feasible": "boolean", "fits": "Int64"})
    names = [page.say(f"strategy.{way}") for way in WAYS]
    return charts.view(
        lambda width: charts.strategy(panel, language=language, width=width),
        title=page.say("purpose.panel"),
        description=charts.describe_strategy(panel, language=language),
        headers=[page.say("purpose.obstacle"), *names],
        rows=[
            [_title(page, str(obstacle)), *(page.say(f"chart.{state}") for state in _states(part))]
            for obstacle, part in panel.groupby("obstacle", sort=False)
        ],
        words={"table": page.say("chart.table"), "chart": page.say("chart.chart")},
        language=language,
    )


def _states(part: pd.DataFrame) -> list[str]:
    known = {True: "feasible", False: "not_yet"}
    masked = part["shown"].eq("nothing").any()
    return [
        "masked" if masked else "unknown" if pd.isna(allowed) else known[bool(allowed)]
        for allowed in part["feasible"]
    ]


def _title(page: Page, obstacle: str) -> str:
    return page.say(f"purpose.{obstacle}")


def _named(page: Page, outlook: Outlook, code: str) -> str:
    """Return the words of an indicator, a condition or a module; none if it is not asked."""
    instrument = page.evaluation.instrument_of(outlook.wave)
    titles = {section.code: section.title for section in instrument.sections}
    texts = {line: indicator.text for line, indicator in instrument.indicators.items()}
    found = {**titles, **texts}.get(code)
    return found[page.language] if found else ""
