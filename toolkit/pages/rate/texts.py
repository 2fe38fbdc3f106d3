"""What the rating page says at each step: the state of its components."""

from collections.abc import Sequence
from typing import Unpack

from toolkit.evaluation import Sheet, Wave
from toolkit.instruments import RatedSection, Section
from toolkit.pages.page import Page
from toolkit.ratings import Rating
from toolkit.text import Text, both, day
from toolkit.widgets import (
    Field,
    FormState,
    HeadChoices,
    MastheadState,
    NoticeState,
    Progress,
    form_questions,
)

__all__ = [
    "answered",
    "consent",
    "form",
    "head",
    "lasting",
    "left",
    "outcome",
    "progress",
    "ways",
]

#: Minutes that one line takes: the field counts 12 to 15 for 22 lines.
_MINUTES = 0.65


def answered(rating: Rating | None) -> bool:
    """Return whether a line has an answer: a step, or a reason for having none."""
    return rating is not None and rating.status != "skipped"


def lasting(lines: int) -> Text:
    """Return about how long some lines take, in words."""
    return both("app.minutes", count=max(1, round(lines * _MINUTES)))


def head(page: Page, wave: Wave | None, **more: Unpack[HeadChoices]) -> MastheadState:
    """Return the masthead: the coalition, the round, and how far the person is."""
    coalition = page.evaluation.settings.coalition.name or page.say("setup.unnamed")
    key = "rate.preview" if page.link is None else "rate.round"
    subtitle = page.say(key, coalition=coalition, wave=wave.text) if wave else coalition
    title = page.say("rate.page", coalition=coalition)
    return page.head(page.say("rate.title"), subtitle, title, **more)


def progress(page: Page, sheet: Sheet, parts: Sequence[Section]) -> Progress:
    """Return how many lines of the form are answered, of how many."""
    codes = {line.code for section in parts for line in section.indicators}
    given = sheet.answers
    done = sum(answered(given.get((code, "current"))) for code in codes)
    label = page.say("rate.progress", done=done, total=len(codes))
    return {"label": label, "value": done, "total": len(codes)}


def ways(page: Page, *, aloud: bool) -> HeadChoices:
    """Return the choice between reading the questions and having them read out."""
    choices = [("", page.say("rate.read")), ("aloud", page.say("rate.aloud"))]
    choice = "aloud" if aloud else ""
    return {"choices": choices, "choice": choice, "choice_label": page.say("rate.way")}


def consent(page: Page, wave: Wave | None, sheet: Sheet | None) -> NoticeState:
    """Return what a person is told before the first line, and asked about themselves."""
    settings, language = page.evaluation.settings, page.language
    sections = sheet.sections if sheet else ()
    count = sum(len(section.indicators) for section in sections)
    again = len(sheet.again) if sheet else 0
    minimum = settings.privacy.minimum
    facts = [
        (page.say("consent.who_raw"), page.say("consent.who_raw_is")),
        (page.say("consent.who_all"), page.say("consent.who_all_is", minimum=minimum)),
    ]
    if settings.privacy.keep_until:
        facts.append((page.say("consent.until"), day(settings.privacy.keep_until, language)))
    if wave and wave.closes:
        facts.append((page.say("consent.closes"), day(wave.closes, language)))
    length = page.say("consent.length_is", minutes=lasting(count + again), count=count)
    facts.append((page.say("consent.length"), length))
    started = sheet is not None and bool(sheet.answers)
    label = page.say("consent.resume" if started else "consent.agree")
    return page.notice(
        title=page.say("consent.title"),
        text=page.evaluation.consent()[language],
        facts=facts,
        fields=_about_you(page, sheet),
        buttons=[{"name": "agree", "label": label, "primary": True}],
    )


def left(page: Page, missing: list[str]) -> NoticeState:
    """Return what is said when lines are still without an answer."""
    return page.notice(
        title=page.say("rate.left_title"),
        text=page.say("rate.left", count=len(missing)),
        buttons=[
            {"name": "to_left", "label": page.say("rate.to_left"), "primary": True},
            {"name": "finish", "label": page.say("rate.finish_anyway")},
        ],
    )


def outcome(page: Page, step: str, wave: Wave | None, own_link: str = "") -> NoticeState:
    """Return what is said at the end: done, closed, or no round to answer."""
    state = page.notice(
        title=page.say(f"rate.{step}_title"),
        text=page.say(f"rate.{step}", wave=wave.text if wave else ""),
        tone="done" if step == "done" else "plain",
    )
    if step == "done":
        state["buttons"] = [{"name": "review", "label": page.say("rate.review")}]
    if step == "done" and own_link:
        state["facts"] = [(page.say("rate.own_link"), own_link)]
    return state


def form(
    page: Page,
    sheet: Sheet,
    parts: Sequence[Section],
    at: int,
    *,
    aloud: bool = False,
    focus: bool = False,
) -> FormState:
    """Return the questions of one part of the form, with the answers that the store holds."""
    language, given = page.language, sheet.answers
    section = parts[at]
    scale = sheet.instrument.scales[section.rated_on]
    then, again = sheet.then, sheet.again
    asked = page.say("rate.then", wave=then.text) if then else ""
    words = page.words()
    if page.link is None:
        words["saved"] = page.say("rate.tried")
    about = section.about[language] if section.about else ""
    title, back, onward = _way(page, parts, at, aloud=aloud)
    return {
        "title": title,
        "back": back,
        "next": onward,
        "about": "" if aloud else about,
        "questions": [
            {**question, "then": asked if question["code"] in again else ""}
            for question in form_questions(RatedSection(section, scale), language)
        ],
        "answers": {
            f"{indicator}/{aspect}": {"value": r.value, "status": r.status, "note": r.note}
            for (indicator, aspect), r in given.items()
        },
        "given": {
            f"{indicator}/{aspect}": int(r.recorded_at.timestamp() * 1000)
            for (indicator, aspect), r in given.items()
            if r.recorded_at
        },
        "at": at,
        "key": page.device_key("rate", sheet.wave.code) if page.link else "",
        "open": sheet.open,
        "aloud": aloud,
        "focus": focus,
        "language": language,
        "words": words,
    }


def _way(
    page: Page, parts: Sequence[Section], at: int, *, aloud: bool
) -> tuple[str, str | None, str]:
    """Return the heading of one part, and the ways back and to the next."""
    titles = [part.title[page.language] for part in parts]
    title = page.say("rate.position", at=at + 1, title=titles[at])
    back = page.say("rate.back", title=titles[at - 1]) if at else None
    last = at + 1 == len(parts)
    if aloud:
        title = page.say("rate.position_aloud", at=at + 1, total=len(parts))
        back = page.say("rate.back_aloud") if at else None
    onward = page.say("rate.finish")
    if not last:
        spoken = page.say("rate.next_aloud")
        onward = spoken if aloud else page.say("rate.next", title=titles[at + 1])
    return title, back, onward


def _about_you(page: Page, sheet: Sheet | None) -> list[Field]:
    """Return what is asked of a person about whom nothing is known yet."""
    settings, language = page.evaluation.settings, page.language
    person = sheet.person if sheet else None
    unsaid = ("", page.say("consent.unsaid"))
    fields: list[Field] = []
    if settings.groups and not (person and person.group):
        options = [unsaid, *((group.code, group.text[language]) for group in settings.groups)]
        hint = page.say("consent.group_hint")
        fields.append(
            {"name": "group", "label": page.say("consent.group"), "options": options, "hint": hint}
        )
    if settings.partners and not (person and person.partner):
        options = [unsaid, *((partner.code, partner.name) for partner in settings.partners)]
        hint = page.say("consent.partner_hint")
        label = page.say("consent.partner")
        fields.append({"name": "partner", "label": label, "options": options, "hint": hint})
    return fields
