"""The record of a session: what the room saw of each statement, and what it agreed on."""

from toolkit.evaluation import Figures, Minute, Session
from toolkit.pages.consensus.texts import told
from toolkit.pages.page import Page
from toolkit.widgets import Cell, Nothing, TableState

__all__ = ["minutes"]

_NOTES = ("dissent", "fact")


def minutes(page: Page, session: Session) -> TableState | Nothing:
    """Return the record as a table that prints; nothing where nothing came out yet."""
    rows = [_row(page, session, minute) for minute in session.minutes]
    if not rows:
        return {}
    wave = page.evaluation.settings.wave(session.wave)
    coalition = page.evaluation.settings.coalition.name or page.say("setup.unnamed")
    whose = page.say("rate.round", coalition=coalition, wave=wave.text if wave else "")
    heads = ("statement", "votes", "agreed", *_NOTES)
    return {
        "title": page.say("consensus.proceedings"),
        "text": f"{whose}\n\n{page.say('consensus.proceedings_text')}",
        "headers": [page.say(f"consensus.{name}") for name in heads],
        "rows": rows,
        "wide": True,
        "print": page.say("consensus.proceedings_print"),
        "language": page.language,
    }


def _row(page: Page, session: Session, minute: Minute) -> list[Cell]:
    agreed = minute.agreed
    notes = [agreed[name] if agreed else "" for name in _NOTES]
    line = session.instrument.indicators.get(minute.indicator)
    first = session.instrument.scale_of(line.code).first if line else 1
    votes = [_vote(page, seen, first) for seen in minute.ballots]
    return [
        _statement(page, session, minute.indicator),
        votes or page.say("consensus.no_vote"),
        _agreed(page, session, minute) if agreed else page.say("consensus.unrecorded"),
        *(note or "–" for note in notes),
    ]


def _statement(page: Page, session: Session, indicator: str) -> str:
    """Return a statement's code and words; of one that is no longer asked, its code alone."""
    line = session.instrument.indicators.get(indicator)
    return page.say("consensus.option", code=indicator, name=line.text) if line else indicator


def _vote(page: Page, seen: Figures, first: int) -> list[str]:
    """Return which ballot it is, then what the room saw of it, in lines."""
    said = [page.say("consensus.result", ballot=seen.ballot, count=seen.answered)]
    if seen.steps:
        counts = ", ".join(str(people) for people in seen.steps)
        ends = {"first": first, "last": first + len(seen.steps) - 1}
        said.append(page.say("consensus.counts", **ends, counts=counts))
    return [*said, *told(page, seen)]


def _agreed(page: Page, session: Session, minute: Minute) -> str:
    value = minute.agreed["value"] if minute.agreed else None
    if value is None:
        return page.say("consensus.apart")
    instrument = session.instrument
    if minute.indicator not in instrument.indicators:
        return str(value)
    name = instrument.scale_of(minute.indicator).steps.get(value, "")
    return page.say("consensus.step", value=value, name=name)
