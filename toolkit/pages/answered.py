"""How many people answered a round, in a sentence of ordinary size: it is no finding."""

from toolkit.evaluation import Wave
from toolkit.pages.page import Page

__all__ = ["answered"]


def answered(page: Page, wave: Wave, count: int) -> str:
    """Return how many answered, of how many where that is known; that nobody did, in words."""
    if not count:
        return page.say(
            "dashboard.answered_none" if wave.status == "open" else "dashboard.answered_nobody"
        )
    key = "dashboard.answered" if wave.expected else "dashboard.answered_bare"
    return page.say(key, count=count, expected=wave.expected)
