"""What the relations page says to a person who answers for a partner."""

from typing import Unpack

from toolkit.evaluation import Wave
from toolkit.evaluation.relations.ties import UNKNOWN, WAYS
from toolkit.pages.page import Page
from toolkit.pages.setup.partners import SECTORS
from toolkit.widgets import HeadChoices, MastheadState, NoticeState, Progress, TieChoice, TiesState

__all__ = ["head", "named", "notice", "progress", "sector_name", "ties", "way_name"]


def head(page: Page, wave: Wave | None, **more: Unpack[HeadChoices]) -> MastheadState:
    """Return the masthead: the coalition, the round, and how far the person is."""
    coalition = page.evaluation.settings.coalition.name or page.say("setup.unnamed")
    subtitle = page.say("rate.round", coalition=coalition, wave=wave.text) if wave else coalition
    title = page.say("relations.page", coalition=coalition)
    return page.head(page.say("relations.title"), subtitle, title, **more)


def progress(page: Page, wave: str, rater: str) -> Progress:
    """Return of how many partners something was said."""
    relations = page.evaluation.relations
    done, total = len(relations.ties(wave, rater)), len(relations.order(wave, rater))
    label = page.say("rate.progress", done=done, total=total)
    return {"label": label, "value": done, "total": total}


def notice(page: Page, step: str, wave: Wave | None) -> NoticeState:
    """Return what is said where no ties are asked, with what can be done about it."""
    state = page.notice(
        title=page.say(f"relations.{step}_title"),
        text=page.say(f"relations.{step}", wave=wave.text if wave else ""),
        tone="done" if step == "done" else "plain",
    )
    if step == "done":
        state["buttons"] = [{"name": "review", "label": page.say("relations.review")}]
    if step == "whose":
        listed = page.evaluation.relations.partners.listed
        options = [("", "–"), *((partner.code, partner.name) for partner in listed)]
        label = page.say("consent.partner")
        state["fields"] = [{"name": "partner", "label": label, "options": options}]
        label = page.say("relations.go_on")
        state["buttons"] = [{"name": "choose", "label": label, "primary": True}]
    return state


def ties(page: Page, wave: Wave, rater: str, *, focus: bool = False) -> TiesState:
    """Return the partners to choose from, and what was said of them."""
    relations = page.evaluation.relations
    own = relations.partners.of(rater)
    name = next(partner.name for partner in relations.partners.listed if partner.code == own)
    said = relations.ties(wave.code, rater)
    about = {"name": name, "shown": page.say("relations.shown")}
    return {
        "title": page.say("relations.ask_title"),
        "text": page.say("relations.ask", **about),
        "how": page.say("relations.ask_how", **about),
        "partners": [
            {"code": p.code, "name": p.name, "about": sector_name(page, p.sector)}
            for p in relations.order(wave.code, rater)
        ],
        "ways": _ways(page),
        "answers": {
            code: {"current": tie.current, "desired": tie.desired} for code, tie in said.items()
        },
        "key": page.device_key("ties", wave.code, rater),
        "open": wave.status == "open",
        "focus": focus,
        "language": page.language,
        "words": page.words(),
    }


def named(page: Page, rater: str) -> NoticeState:
    """Return the question whether the partner may be named on the map, and the answer."""
    partners = page.evaluation.relations.partners
    agreed = partners.agreed(rater)
    status = {True: "named_yes", False: "named_no", None: "named_unsaid"}[agreed]
    if agreed and not partners.speaks(rater):
        status = "named_wish"
    return page.notice(
        title=page.say("relations.named_title"),
        text=page.say("relations.named", now=page.say(f"relations.{status}")),
        buttons=[
            {"name": "yes", "label": page.say("relations.name_us")},
            {"name": "no", "label": page.say("relations.name_us_not")},
        ],
    )


def way_name(page: Page, level: int) -> str:
    """Return one of the ways of working in words; 0 is no contact."""
    return page.say(f"strategy.{WAYS[level]}" if level else "relations.no_contact")


def sector_name(page: Page, sector: str) -> str:
    """Return a sector in words; one that the page does not offer is as it was typed."""
    return page.say(f"sector.{sector}") if sector in SECTORS else sector


def _ways(page: Page) -> list[TieChoice]:
    """Return what can be chosen: the four ways side by side, then what stands apart from them."""
    four: list[TieChoice] = [
        {"value": level, "name": way_name(page, level), "hint": page.say(f"relations.{way}")}
        for level, way in WAYS.items()
    ]
    none: TieChoice = {"value": 0, "name": way_name(page, 0), "hint": ""}
    return [*four, none, {"value": UNKNOWN, "name": page.say("rate.dont_know"), "hint": ""}]
