"""Why a figure is masked, in a sentence for whoever looks at a page."""

from collections.abc import Mapping
from typing import Any

from toolkit.pages.page import Page

__all__ = ["masked", "masked_sides"]


def masked(page: Page, row: Mapping[Any, Any]) -> str:
    """Return that a condition or a statement is masked, and why as far as that may be told."""
    why = "few" if row.get("why") == "few" else "beside"
    return page.say(f"dashboard.masked_{why}", minimum=page.source.settings.privacy.minimum)


def masked_sides(page: Page, group: str, *, few: bool) -> str:
    """Return that a group is not shown beside the others, and why as far as that may be told."""
    minimum = page.source.settings.privacy.minimum
    key = "dashboard.sides_masked" if few else "dashboard.masked_beside"
    return page.say(key, group=group, minimum=minimum)
