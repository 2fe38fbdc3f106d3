"""What stands first on the dashboard, whatever the figures: the choice of a round, who answered."""

from collections.abc import Sequence
from typing import Any

from toolkit.evaluation import Wave
from toolkit.pages.page import Page

__all__ = ["head", "in_cards", "participation"]


def head(page: Page, visible: Sequence[Wave], wave: Wave | None) -> dict[str, Any]:
    """Return the masthead, with the choice of a round."""
    coalition = page.evaluation.settings.coalition.name or page.say("setup.unnamed")
    choices = [(seen.code, seen.text[page.language]) for seen in visible]
    more: dict[str, Any] = {"choices": choices, "choiceLabel": page.say("dashboard.round")}
    return page.head(
        page.say("dashboard.title"),
        coalition,
        page.say("dashboard.page", coalition=coalition),
        **more,
        choice=wave.code if wave else "",
    )


def participation(page: Page, wave: Wave | None) -> dict[str, Any]:
    """Return how many answered: the round that is shown, and the one under way."""
    cards = []
    if wave is not None:
        lines = [page.say("dashboard.unreleased")] if wave.status != "released" else []
        figure = _answered(page, wave)
        cards.append({"code": wave.code, "title": wave.text[page.language]} | figure)
        cards[-1]["lines"] = [*figure["lines"], *lines]
    for other in page.evaluation.settings.waves:
        if other.status == "open":
            title = page.say("dashboard.under_way", wave=other.text)
            figure = _answered(page, other)
            figure["lines"] = [*figure["lines"], page.say("dashboard.later")]
            cards.append({"code": other.code, "title": title} | figure)
    return in_cards(page, "dashboard.participation", "", cards)


def _answered(page: Page, wave: Wave) -> dict[str, Any]:
    count = page.evaluation.participation(wave.code)
    key = "dashboard.answered" if wave.expected else "dashboard.answered_bare"
    return {"figure": page.say(key, count=count, expected=wave.expected), "lines": []}


def in_cards(page: Page, key: str, text: str, cards: list[Any]) -> dict[str, Any]:
    """Return cards under a heading."""
    shape = {"title": page.say(key), "text": text, "language": page.language}
    return shape | {"words": page.words(), "cards": cards}
