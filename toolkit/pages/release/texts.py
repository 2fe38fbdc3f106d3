"""What the release page says: what is shown to whom, the choice, the decision, the links."""

from collections.abc import Sequence

import segno

from toolkit.evaluation import COALITION, FIGURES, PORTFOLIO, SAID, Draft, Link, Release, Wave
from toolkit.pages.page import Page
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
)

__all__ = [
    "audience",
    "compose",
    "decide",
    "head",
    "links",
    "looking",
    "opened",
    "shown",
    "viewed",
]


def head(page: Page) -> MastheadState:
    """Return the masthead."""
    coalition = page.evaluation.settings.coalition.name or page.say("setup.unnamed")
    title = page.say("release.page", coalition=coalition)
    return page.head(page.say("release.title"), coalition, title)


def audience(page: Page, draft: Draft) -> str:
    """Return what an audience is called."""
    usual = {COALITION: "release.coalition", PORTFOLIO: "release.portfolio"}
    return page.say(usual[draft.audience]) if draft.audience in usual else draft.name


def shown(page: Page) -> CardsState:
    """Return a card for each audience: what it is shown now, and what it was shown before."""
    releases = page.evaluation.releases
    cards = [_card(page, code) for code in releases.audiences()]
    if live := releases.live():
        lines = [page.say("release.live"), _rounds(page, live)]
        title, actions = page.say("release.coalition"), [_action(page, "change")]
        cards.insert(0, {"code": COALITION, "title": title, "lines": lines, "actions": actions})
    text = page.say("release.open_text" if cards else "release.open_none")
    return page.cards(title=page.say("release.open"), text=text, cards=cards)


def _card(page: Page, code: str) -> Card:
    releases = page.evaluation.releases
    current, versions = releases.current(code), releases.history(code)
    name = audience(page, versions[-1].draft)
    actions = [_action(page, "change")]
    if current is None:
        lines = [page.say("release.taken_back"), *(_version(page, one) for one in versions)]
        return {"code": code, "title": name, "lines": lines, "actions": actions, "tone": "masked"}
    visible, unnamed = releases.visible(current), releases.unnamed(current)
    lines = [
        _version(page, current),
        _rounds(page, visible) if visible else page.say("release.none_visible"),
        page.say("release.agreement", agreed=current.agreed),
        *([page.say("release.unnamed", names=", ".join(unnamed))] if unnamed else []),
        *(page.say("release.before", version=_version(page, one)) for one in versions[:-1]),
    ]
    actions.append(_action(page, "revoke"))
    return {"code": code, "title": name, "lines": lines, "actions": actions}


def _action(page: Page, name: str) -> Button:
    return {"name": name, "label": page.say(f"release.{name}"), "primary": False}


def _version(page: Page, release: Release) -> str:
    return page.say("dashboard.version", version=release.version, date=release.agreed_on)


def _rounds(page: Page, waves: list[Wave]) -> str:
    names = ", ".join(wave.text[page.language] for wave in waves)
    return page.say("release.rounds_shown", names=names)


def compose(page: Page, draft: Draft, form: int) -> NoticeState:
    """Return the form of what is shown to whom; `form` tells one choice from the next."""
    waves = [wave for wave in page.evaluation.settings.waves if wave.status != "open"]
    if not waves:
        return page.notice(**page.titled("release.no_round_yet"))
    modules = any(wave.modules for wave in waves)
    named = page.evaluation.releases.audiences()
    if draft.audience not in {COALITION, PORTFOLIO}:
        named |= {draft.audience: draft.name}
    usual = [(COALITION, page.say("release.coalition"))]
    others = [(code, name) for code, name in named.items() if code not in {COALITION, PORTFOLIO}]
    last = [(PORTFOLIO, page.say("release.portfolio")), ("", page.say("release.other"))]
    figures = [part for part in FIGURES if part != "modules" or modules]
    fields: list[Field] = [
        {**_field(page, "audience", draft.audience), "options": [*usual, *others, *last]},
        _field(page, "name", draft.name),
        {
            **_field(page, "rounds", list(draft.rounds)),
            "choices": [(wave.code, wave.text[page.language], "") for wave in waves],
        },
        {
            **_field(page, "parts", list(draft.parts)),
            "choices": [_part(page, part) for part in figures],
        },
        {
            **_field(page, "said", list(draft.parts)),
            "choices": [_part(page, part) for part in _may_be_said(page, waves)],
        },
        {**_field(page, "notes", draft.notes), "type": "textarea"},
        {**_field(page, "quotes", draft.quotes), "type": "textarea"},
    ]
    button: Button = {"name": "look", "label": page.say("release.look"), "primary": True}
    return page.notice(
        **page.titled("release.compose"), fields=fields, buttons=[button], form=f"choice {form}"
    )


def _field(page: Page, name: str, value: str | Sequence[str]) -> Field:
    field: Field = {"name": name, "label": page.say(f"release.{name}"), "value": value}
    hints = {"audience": "portfolio", **{key: key for key in ("name", "said", "notes", "quotes")}}
    if name in hints:
        field["hint"] = page.say(f"release.{hints[name]}_hint")
    return field


def _part(page: Page, part: str) -> tuple[str, str, str]:
    more = page.say(f"release.part_{part}_more") if part in {"groups", *SAID} else ""
    return part, page.say(f"release.part_{part}"), more


def _may_be_said(page: Page, waves: list[Wave]) -> list[str]:
    """Return what a group may have said: no map where no round asked for ties."""
    lacking = set() if page.evaluation.strategy.purposes else {"strategy"}
    lacking |= set() if any("relations" in wave.activities for wave in waves) else {"relations"}
    return [part for part in SAID if part not in lacking]


def looking(page: Page, release: Release, *, phone: bool) -> NoticeState:
    """Return what stands above the preview, with the choice of a width."""
    buttons: list[Button] = [
        {"name": "laptop", "label": page.say("release.laptop"), "primary": not phone},
        {"name": "phone", "label": page.say("release.phone"), "primary": phone},
    ]
    text = page.say("release.looking", audience=audience(page, release.draft))
    return page.notice(title=page.say("release.looking_title"), text=text, buttons=buttons)


def decide(page: Page, release: Release, form: int) -> NoticeState:
    """Return the decision that opens what was looked at."""
    today = release.agreed_on.isoformat()
    agreed: Field = {"name": "agreed", "label": page.say("release.agreed"), "type": "textarea"}
    agreed["hint"] = page.say("release.agreed_hint")
    day: Field = {"name": "agreed_on", "label": page.say("release.agreed_on"), "type": "date"}
    day["value"] = today
    to = audience(page, release.draft)
    label = page.say("release.do_open", audience=to)
    button: Button = {"name": "open", "label": label, "primary": True}
    title, text = page.say("release.decide_title"), page.say("release.decide", audience=to)
    return page.notice(
        title=title, text=text, fields=[agreed, day], buttons=[button], form=f"decision {form}"
    )


def opened(page: Page, release: Release) -> NoticeState:
    """Return that a release is open, and where it is seen."""
    if release.draft.audience == PORTFOLIO:
        text = page.say("release.opened_portfolio")
    else:
        text = page.say("release.opened", audience=audience(page, release.draft))
    return page.notice(title=page.say("release.opened_title"), text=text, tone="done")


def viewed(page: Page) -> dict[str, str]:
    """Return the audiences that open a dashboard of their own by a link, with their names."""
    releases = page.evaluation.releases
    named = {one.draft.audience: audience(page, one.draft) for one in releases.every()}
    return {code: name for code, name in named.items() if code != PORTFOLIO}


def links(page: Page) -> LinkListState | Nothing:
    """Return the links to what each audience is shown."""
    named = viewed(page)
    if not named:
        return {}
    makes: list[Button] = [
        {"name": code, "label": page.say("release.make_link", audience=name)}
        for code, name in named.items()
    ]
    lines = [
        _link(page, link, name)
        for code, name in named.items()
        for link in page.evaluation.links.viewers(code)
    ]
    return {
        "title": page.say("release.links"),
        "text": page.say("release.links_text"),
        "makes": makes,
        "links": lines,
        "language": page.language,
        "words": page.words(),
    }


def _link(page: Page, link: Link, name: str) -> HandedLink:
    address = f"{page.address}{page.evaluation.links.token(link)}"
    picture = segno.make(address, error="m").svg_data_uri(scale=4, border=2)
    return {"address": address, "name": name, "picture": picture}
