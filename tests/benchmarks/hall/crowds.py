"""Many at once: how long all of them wait, and whether every answer is kept."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack

from hall.gathering import Gathering
from hall.session import warm
from toolkit.evaluation import Evaluation

__all__ = ["arrivals", "crowd", "taps"]

#: How many of a full hall are real Chromium pages.
_PAGES = 6
#: Seconds within which a hall fills.
_SPREAD = 10.0
#: Seconds between two taps of one person, and over how many one sample is taken.
_EVERY, _WINDOW = 2.0, 20.0


async def arrivals(session):
    """Measure how long a small crowd waits that opens its links at once.

    Twenty Chromium on one machine wait for each other rather than for the server, as twenty phones
    do not: so once all are real pages, once as few as in a full hall, and once none.
    """
    crowds = {"arrivals": session.few, "arrivals_few": _PAGES, "arrivals_none": 0}
    for key, pages in crowds.items():
        for side in session.turns(key):
            async with AsyncExitStack() as stack:
                _, seen = await _gather(session, stack, side, session.few, pages=pages)
                session.record.add(side, **{key: seen.all_in, f"{key}_failed": seen.failed})


async def crowd(session):
    """Measure how long a full hall waits and what it takes of the machine.

    Both sides get everybody at once (`rush`); ours also gets them within ten seconds, as the hall
    does, which the stock side's rush is compared with.
    """
    for key, sides, spread in (("rush", session.sides, 0.0), ("crowd", ("agir",), _SPREAD)):
        for side in session.turns(key, [side for side in sides if side in session.sides]):
            async with AsyncExitStack() as stack:
                server, seen = await _gather(session, stack, side, session.people, spread=spread)
                found = {"": seen.all_in, "_longest": seen.longest, "_failed": seen.failed}
                found["_memory"] = server.memory()
                session.record.add(side, **{key + name: value for name, value in found.items()})


async def taps(session, sides=("agir",)):
    """Measure how soon answers are saved in a full hall, and compare them with what was kept."""
    for side in sides:
        if not session.missing("taps_p95", side):
            continue
        session.say(f"taps {side}")
        async with AsyncExitStack() as stack:
            server, seen = await _gather(session, stack, side, session.people)
            seconds = _WINDOW * session.runs
            every = _EVERY / session.people
            found = await asyncio.gather(
                *(
                    person.taps(seconds, _EVERY, late=number * every)
                    for number, (person, _) in enumerate(seen.people)
                )
            )
            codes = [code for _, code in seen.people]
            lost, changed = _compare(server, dict(zip(codes, found, strict=True)))
            everything = [tap for taps in found for tap in taps]
            for start in _windows(session, everything):
                inside = [t for t in everything if start <= t.at < start + _WINDOW]
                session.record.add(side, **_told(inside))
            session.record.add(side, taps=len(everything), taps_lost=lost, taps_changed=changed)


def _windows(session, everything):
    first = min(tap.at for tap in everything)
    return [first + _WINDOW * number for number in range(session.runs)]


def _told(taps):
    """Return the percentiles of one window, in seconds; an answer never saved counts as endless."""
    never = float("inf")
    found = sorted(never if tap.seconds is None else tap.seconds for tap in taps) or [never]
    at = {"p50": 0.5, "p95": 0.95, "max": 1.0}
    return {f"taps_{name}": found[round(share * (len(found) - 1))] for name, share in at.items()}


def _compare(server, given):
    """Return how many saved answers the store lacks, and how many last answers differ there."""
    evaluation = Evaluation.open(server.folder)
    wave = evaluation.wave.code
    history = evaluation.ratings(history=True)
    history = history[(history["wave"] == wave) & (history["aspect"] == "current")]
    lost = changed = 0
    for code, taps in given.items():
        saved = [(tap.indicator, tap.value) for tap in taps if tap.seconds is not None]
        rows = history[history["rater"] == code]
        kept = Counter(zip(rows["indicator"], rows["value"], strict=True))
        lost += sum((Counter(saved) - kept).values())
        stands = evaluation.sheet(wave, code).answers
        for tap in {tap.indicator: tap for tap in taps}.values():
            rating = stands.get((tap.indicator, "current"))
            changed += tap.seconds is not None and (rating is None or rating.value != tap.value)
    return lost, changed


async def _gather(session, stack, side, people, *, pages=_PAGES, spread=0.0):
    """Open a server, wake it, and let a crowd come."""
    server = await stack.enter_async_context(session.server(side))
    await warm(server)
    pages = min(pages, people)
    seen = await Gathering.come(stack, server, people=people, pages=pages, spread=spread)
    for reason in sorted(set(seen.reasons)):
        session.record.note(f"{side}: {reason}")
    return server, seen
