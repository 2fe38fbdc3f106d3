"""What is said of the people of a round: how they came, when, and whether they count; never what.

Also read by the release page, which shows the same table before anything is opened.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence

from toolkit.evaluation import COALITION, PORTFOLIO, Draft, Link, Person, Wave
from toolkit.pages.page import Page
from toolkit.widgets import Button, Card, CardsState, Cell, Field, Nothing, NoticeState, TableState

__all__ = ["confirm", "counted", "group_name", "headcount", "listed", "shared_links", "waiting"]

#: How many people a list names; beyond it, `agir people` does.
_MOST = 300


def counted(page: Page, waves: Sequence[Wave]) -> TableState:
    """Return a table: for each round and group, how many answered by which kind of link, when."""
    rows = [
        [wave.text[page.language], group_name(page, group), *_row(page, wave, group, people)]
        for wave in waves
        for group, people in _bygroup_name(page, wave).items()
    ]
    names = ("round", "group", "own", "shared", "counted", "bursts")
    return {
        "title": page.say("people.table"),
        "text": page.say("people.table_text" if rows else "people.nobody"),
        "headers": [page.say(f"people.head_{name}") for name in names],
        "rows": rows,
        "language": page.language,
    }


def waiting(page: Page, wave: Wave) -> list[str]:
    """Return a sentence for each group of which answers are in no figure for want of a count."""
    vouched = page.evaluation.people.headcounts(wave.code)
    told = []
    for group, people in _bygroup_name(page, wave).items():
        count = sum(person.excluded == "unvouched" for person in people)
        if count:
            values = {
                "count": count,
                "group": group_name(page, group),
                "vouched": vouched.get(group, 0),
            }
            told.append(page.say("people.waiting", **values))
    return told


def headcount(page: Page, wave: Wave, form: int) -> NoticeState | Nothing:
    """Return the form in which the evaluator says how many people they counted."""
    vouched = page.evaluation.people.headcounts(wave.code)
    fields: list[Field] = [
        {
            "name": f"count {group}",
            "label": page.say("people.count_of", group=group_name(page, group)),
            "type": "number",
            "value": vouched.get(group, ""),
            "min": 0,
            "hint": page.say("people.came", count=count),
        }
        for group, people in _bygroup_name(page, wave).items()
        if (count := sum(person.kind == "group" and bool(_spoke(person)) for person in people))
    ]
    if not fields:
        return {}
    text = "\n\n".join([page.say("people.count_text"), *waiting(page, wave)])
    button: Button = {"name": "count", "label": page.say("people.count_keep"), "primary": True}
    title, key = page.say("people.count_title", wave=wave.text), f"count {wave.code} {form}"
    return page.notice(title=title, text=text, fields=fields, buttons=[button], form=key)


def listed(page: Page, wave: Wave, form: int) -> NoticeState | Nothing:
    """Return everybody of a round, a box each, and each burst, to set aside or erase."""
    people = [person for person in page.evaluation.people.of(wave.code) if _spoke(person)]
    if not people:
        return {}
    sizes = Counter(person.burst for person in people if person.burst)
    bursts = [
        (f"burst {number}", _burst(page, number, people), "")
        for number, size in sizes.items()
        if size > 1
    ]
    boxes = [(person.rater, _name(page, person), _did(page, person)) for person in people[:_MOST]]
    who: Field = {"name": "who", "label": page.say("people.who"), "choices": [*bursts, *boxes]}
    buttons: list[Button] = [
        {"name": name, "label": page.say(f"people.do_{name}")}
        for name in ("aside", "back", "erase")
    ]
    title, key = page.say("people.list_title", wave=wave.text), f"list {wave.code} {form}"
    text = page.say("people.list_text")
    if len(people) > _MOST:
        text += "\n\n" + page.say("people.list_more", count=len(people) - _MOST)
    return page.notice(title=title, text=text, fields=[who], buttons=buttons, form=key)


def confirm(page: Page, raters: Iterable[str]) -> NoticeState:
    """Return the question that is asked before anybody is erased."""
    chosen = list(raters)
    held = page.evaluation.holding(chosen)
    lines = [page.say("people.erase", count=len(chosen))]
    if held:
        names = ", ".join(
            page.say("people.version", name=_audience(page, one.draft), version=one.version)
            for one in held
        )
        lines.append(page.say("people.erase_seen", names=names))
    lines.append(page.say("people.erase_else"))
    buttons: list[Button] = [
        {"name": "yes", "label": page.say("people.do_forever")},
        {"name": "no", "label": page.say("people.do_cancel"), "primary": True},
    ]
    title = page.say("people.erase_title", count=len(chosen))
    return page.notice(
        title=title,
        text="\n\n".join(lines),
        buttons=buttons,
        tone="stop",
        focus=True,
        form="erase",
    )


def shared_links(page: Page, wave: Wave) -> CardsState | Nothing:
    """Return a card for each group's link of a round, with what it made and how to withdraw it."""
    people = {person.rater: person for person in page.evaluation.people.of(wave.code)}
    cards = [
        _card(page, link, number, people)
        for number, link in enumerate(page.evaluation.links.shared(wave.code), start=1)
    ]
    if not cards:
        return {}
    title, text = page.say("people.links_title"), page.say("people.links_text")
    return page.cards(title=title, text=text, cards=cards)


def _card(page: Page, link: Link, number: int, people: dict[str, Person]) -> Card:
    made = page.evaluation.links.handed(link)
    spoke = [own for own in made if own.rater in people and _spoke(people[own.rater])]
    still = sum(own.revoked_at is None for own in made)
    lines = [page.say("people.link_made", count=len(made), answered=len(spoke))]
    lines += [page.say("people.link_shut")] if link.revoked_at else []
    names = [] if link.revoked_at else ["revoke"]
    names += ["revoke_made"] if still else []
    names += ["aside_made"] if spoke else []
    actions: list[Button] = [
        {"name": name, "label": page.say(f"people.do_{name}")} for name in names
    ]
    title = page.say("people.link_title", number=number)
    return {"code": link.link, "title": title, "lines": lines, "actions": actions}


def _bygroup_name(page: Page, wave: Wave) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for person in page.evaluation.people.of(wave.code):
        if _spoke(person):
            found.setdefault(person.group, []).append(person)
    order = [group.code for group in page.evaluation.settings.groups]
    ranked = {code: place for place, code in enumerate(order)}
    return dict(sorted(found.items(), key=lambda item: ranked.get(item[0], len(order))))


def _row(page: Page, wave: Wave, group: str, people: Sequence[Person]) -> list[Cell]:
    kinds = Counter(person.kind for person in people if person.excluded != "set_aside")
    aside = sum(person.excluded == "set_aside" for person in people)
    own = [
        page.say(f"people.came_{kind}", count=kinds[kind])
        for kind in ("personal", "partner", "file")
        if kinds[kind]
    ]
    own += [page.say("people.came_aside", count=aside)] if aside else []
    vouched = page.evaluation.people.headcounts(wave.code).get(group)
    numbers = dict.fromkeys(person.burst for person in people if person.burst)
    bursts = [[_burst(page, number, people)] for number in numbers]
    said = str(vouched) if vouched is not None else page.say("people.not_counted")
    return [", ".join(own), str(kinds["group"]), said if kinds["group"] else "", bursts]


def _burst(page: Page, number: int, people: Iterable[Person]) -> str:
    times = [_came(person) for person in people if person.burst == number]
    count, first, last = len(times), _at(page, min(times)), _at(page, max(times))
    return page.say("people.burst", number=number, count=count, first=first, last=last)


def _name(page: Page, person: Person) -> str:
    partners = {partner.code: partner.name for partner in page.evaluation.settings.partners}
    who = partners.get(person.partner) or group_name(page, person.group)
    how = page.say(f"people.how_{person.kind}", burst=person.burst)
    return page.say("people.name", who=who, how=how, code=person.rater)


def _did(page: Page, person: Person) -> str:
    said = []
    for name, at in (("begun", person.begun_at), ("finished", person.finished_at)):
        said.append(page.say(f"people.{name}", at=_at(page, at)) if at else "")
    last = person.last_answer_at
    said.append(page.say("people.last", at=_at(page, last)) if last else "")
    said.append(page.say(f"people.is_{person.excluded}") if person.excluded else "")
    return " ".join(part for part in said if part)


def _audience(page: Page, draft: Draft) -> str:
    usual = {COALITION: "release.coalition", PORTFOLIO: "release.portfolio"}
    return page.say(usual[draft.audience]) if draft.audience in usual else draft.name


def group_name(page: Page, code: str) -> str:
    """Return what a group is called, or that none was named."""
    names = {group.code: group.text[page.language] for group in page.evaluation.settings.groups}
    return names.get(code, code) or page.say("dashboard.no_group")


def _spoke(person: Person) -> bool:
    return person.last_answer_at is not None or person.begun_at is not None


def _came(person: Person) -> datetime.datetime:
    found = person.begun_at or person.linked_at
    return found or datetime.datetime.min  # noqa: DTZ901


def _at(page: Page, at: datetime.datetime) -> str:
    here = at.replace(tzinfo=datetime.UTC).astimezone()
    values = {"day": here.date(), "hour": here.hour, "minute": f"{here.minute:02d}"}
    return page.say("people.at", **values)
