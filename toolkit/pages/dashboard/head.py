"""What stands first on the dashboard, whatever the figures: the choice of a round, who answered."""

from collections.abc import Sequence

from toolkit.evaluation import Release, Wave
from toolkit.pages.answered import answered
from toolkit.pages.page import Page
from toolkit.pages.setup.people_texts import waiting
from toolkit.widgets import Card, CardsState, MastheadState, Nothing, NoticeState

__all__ = ["head", "in_cards", "participation", "words"]


def head(page: Page, visible: Sequence[Wave], wave: Wave | None) -> MastheadState:
    """Return the masthead, with the choice of a round."""
    coalition = page.source.settings.coalition.name or page.say("setup.unnamed")
    return page.head(
        page.say("dashboard.title"),
        coalition,
        page.say("dashboard.page", coalition=coalition),
        choices=[(seen.code, seen.text[page.language]) for seen in visible],
        choice_label=page.say("dashboard.round"),
        choice=wave.code if wave else "",
    )


def participation(page: Page, wave: Wave | None, *, under_way: bool = True) -> CardsState | Nothing:
    """Return how many answered: the round that is shown, and the one under way."""
    cards: list[Card] = []
    if wave is not None:
        lines = [page.say("dashboard.unreleased")] if wave.status != "released" else []
        if page.source is page.evaluation and (page.link is None or page.link.role == "evaluator"):
            lines += waiting(page, wave)
        lines = [answered(page, wave, page.source.participation(wave.code)), *lines]
        cards.append({"code": wave.code, "title": wave.text[page.language], "lines": lines})
    for other in page.evaluation.settings.waves:
        if under_way and other.status == "open":
            title = page.say("dashboard.under_way", wave=other.text)
            said = answered(page, other, page.evaluation.participation(other.code))
            lines = [said, page.say("dashboard.later")]
            cards.append({"code": other.code, "title": title, "lines": lines})
    return in_cards(page, "dashboard.participation", "", cards)


def words(page: Page, release: Release | None) -> NoticeState | Nothing:
    """Return what the evaluator wrote beside a release, and which version of it this is."""
    if release is None:
        return {}
    draft = release.draft
    quotes = [page.say("dashboard.quote", quote=line) for line in _lines(draft.quotes)]
    said = "\n\n".join([*_lines(draft.notes), *quotes])
    version = page.say("dashboard.version", version=release.version, date=release.agreed_on)
    facts = [(page.say("dashboard.release"), version)]
    title = page.say("dashboard.notes" if said else "dashboard.notes_none")
    return page.notice(title=title, text=said, facts=facts)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def in_cards(page: Page, key: str, text: str, cards: Sequence[Card]) -> CardsState | Nothing:
    """Return cards under a heading; nothing where there are none."""
    return page.cards(title=page.say(key), text=text, cards=cards) if cards else {}
