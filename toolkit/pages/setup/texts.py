"""What the setup page says: the state of its components."""

import datetime
from collections.abc import Sequence
from typing import Any

import segno

from toolkit.errors import InstrumentError, ToolkitError
from toolkit.evaluation import LEVELS, Link, Wave
from toolkit.evaluation.serving import served_at
from toolkit.pages.answered import answered
from toolkit.pages.page import Page
from toolkit.pages.setup.asked import beside, changed, choices, still_alike
from toolkit.pages.setup.partners import SECTORS
from toolkit.text import both
from toolkit.widgets import (
    Button,
    Card,
    CardsState,
    Field,
    HandedLink,
    LinkListState,
    MastheadState,
    Nothing,
    NoticeState,
    RosterState,
)

__all__ = ["head", "links", "name", "new_round", "roster", "rounds", "wave_from"]

_MOST_PEOPLE = 10_000


def head(page: Page) -> MastheadState:
    """Return the masthead."""
    coalition = page.evaluation.settings.coalition.name or page.say("setup.unnamed")
    title = page.say("setup.page", coalition=coalition)
    return page.head(page.say("setup.title"), coalition, title)


def name(page: Page) -> NoticeState:
    """Return the field for the coalition's name."""
    value = page.evaluation.settings.coalition.name
    return page.notice(
        title=page.say("setup.coalition"),
        fields=[{"name": "name", "label": page.say("setup.name"), "value": value}],
        buttons=[{"name": "keep", "label": page.say("setup.keep"), "primary": True}],
    )


def roster(page: Page) -> RosterState:
    """Return the table of partners."""
    return {
        "title": page.say("setup.partners"),
        "text": page.say("setup.partners_text"),
        "rows": [
            {"code": one.code, "name": one.name, "sector": one.sector, "level": one.level}
            for one in page.evaluation.settings.partners
        ],
        "sectors": [(code, page.say(f"sector.{code}")) for code in SECTORS],
        "levels": [(code, page.say(f"level.{code}")) for code in LEVELS],
        "language": page.language,
        "words": page.words(),
    }


def rounds(page: Page) -> CardsState:
    """Return a card for each round, newest first, with what can be done with it."""
    moves = {
        "open": ("close",),
        "closed": ("release", "reopen"),
        "released": ("withdraw",),
        "withdrawn": ("release",),
    }
    cards: list[Card] = []
    once = page.evaluation.releases.ever_shown()
    for wave in reversed(page.evaluation.settings.waves):
        count = page.evaluation.participation(wave.code)
        actions: list[Button] = [
            {
                "name": move,
                "label": page.say(f"setup.{move}"),
                "primary": i == 0 and move != "withdraw",
            }
            for i, move in enumerate(moves[wave.status])
            if move != "reopen" or wave.code not in once
        ]
        actions += [{"name": name, "label": page.say(key)} for name, key in _looked_after(wave)]
        lines = [page.say(f"setup.{wave.status}")]
        lines.append(answered(page, wave, count))
        lines += beside(page, wave)
        lines += changed(page, wave)
        if page.evaluation.can_ask_anew(wave.code):
            actions.append({"name": "anew", "label": page.say("setup.anew")})
        lines += [page.say("setup.confirms")] if "release" in moves[wave.status] else []
        title = wave.text[page.language]
        cards.append({"code": wave.code, "title": title, "lines": lines, "actions": actions})
    text = page.say("setup.rounds_text") if cards else page.say("setup.rounds_none")
    return page.cards(title=page.say("setup.rounds"), text=text, cards=cards)


def _looked_after(wave: Wave) -> list[tuple[str, str]]:
    """Return what else can be done with a round: see its people, share a device."""
    share = ("unshare", "people.do_unshare") if wave.shared else ("share", "people.do_share")
    return [("people", "people.see"), *([share] if wave.status == "open" else [])]


def new_round(page: Page) -> NoticeState | Nothing:
    """Return the small form that opens a round, when none is open."""
    if page.evaluation.open_wave:
        return {}
    title = page.say("setup.new_round")
    try:
        beside_them = choices(page)
    except InstrumentError as error:
        return page.notice(title=title, text=error.say(page.language), tone="stop")
    expected = len(page.evaluation.settings.partners) or 12
    fields: list[Field] = [
        {"name": "fr", "label": page.say("setup.round_name")},
        {"name": "en", "label": page.say("setup.round_name_en")},
        {
            "name": "expected",
            "label": page.say("setup.expected"),
            "type": "number",
            "value": expected,
            "min": 1,
            "max": _MOST_PEOPLE,
        },
        {"name": "closes", "label": page.say("setup.closes"), "type": "date"},
        *beside_them,
    ]
    button: Button = {"name": "open", "label": page.say("setup.new_round_do"), "primary": True}
    form = f"after {len(page.evaluation.settings.waves)}"
    text = still_alike(page)
    return page.notice(title=title, text=text, fields=fields, buttons=[button], form=form)


def wave_from(fields: dict[str, str], codes: Sequence[str]) -> dict[str, Any]:
    """Return a new open round from what was typed.

    Raises
    ------
    ToolkitError
        It has no name, or the number or the date is none.
    """
    names = [fields.get("fr") or fields.get("en"), fields.get("en") or fields.get("fr")]
    if not all(names):
        raise ToolkitError(both("setup.round_unnamed"))
    expected = fields.get("expected", "")
    if expected and not (expected.isdecimal() and 1 <= int(expected) <= _MOST_PEOPLE):
        raise ToolkitError(both("setup.expected_bad"))
    try:
        closes = datetime.date.fromisoformat(fields["closes"]) if fields.get("closes") else None
    except ValueError as error:
        raise ToolkitError(both("setup.closes_bad")) from error
    number = len(codes) + 1
    code = next(f"r{n}" for n in range(number, number + len(codes) + 1) if f"r{n}" not in codes)
    wave = {"code": code, "fr": names[0], "en": names[1], "status": "open"}
    return wave | {"expected": int(expected) if expected else None, "closes": closes}


def links(page: Page) -> LinkListState:
    """Return the links of the open round, and those to the dashboard."""
    wave = page.evaluation.open_wave
    kept = page.evaluation.links.of(wave.code) if wave else []
    kept = [link for link in kept if link.role != "own"]
    kept += [link for link in page.evaluation.links.of(None) if link.role == "viewer"]
    makes = [("personal", "make_personal"), ("partner", "make_partner"), ("group", "make_group")]
    makes = makes if wave else []
    about = "setup.links_text" if wave else "setup.links_closed"
    serves = page.visit.served or served_at(page.evaluation.folder)
    asleep = () if serves else ("setup.links_asleep",)
    return {
        "title": page.say("setup.links"),
        "text": "\n\n".join(page.say(key) for key in (about, *asleep)),
        "count": (wave.expected if wave else None) or 12,
        "makes": [
            {"name": name, "label": page.say(f"setup.{label}")}
            for name, label in [*makes, ("viewer", "make_viewer")]
            if name != "partner" or page.evaluation.settings.partners
        ],
        "links": [_line(page, link, number) for number, link in enumerate(kept, start=1)],
        "language": page.language,
        "words": page.words(),
    }


def _line(page: Page, link: Link, number: int) -> HandedLink:
    address = f"{page.address}{page.evaluation.links.token(link)}"
    person = page.evaluation.raters().get(link.rater or "")
    names = {partner.code: partner.name for partner in page.evaluation.settings.partners}
    shared = {"group": "setup.link_group", "viewer": "setup.link_viewer"}
    line: HandedLink = {"address": address, "name": page.say("setup.link_person", number=number)}
    if person and person.partner in names:
        line["name"] = names[person.partner]
    if link.role in shared:
        line["name"] = page.say(shared[link.role])
        line["picture"] = segno.make(address, error="m").svg_data_uri(scale=4, border=2)
    return line
