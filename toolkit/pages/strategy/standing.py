"""Where a purpose stands: who answered, what is missing, and what can be done with it."""

from typing import Any

from toolkit.evaluation.strategy import Purpose
from toolkit.evaluation.strategy.questions import OBSTACLES
from toolkit.pages.page import Page
from toolkit.widgets import Button, NoticeState

__all__ = ["care", "top"]


def top(page: Page, purpose: Purpose, wave: str) -> NoticeState:
    """Return the purpose's name, what is still missing, and the ways on."""
    agreed = page.evaluation.strategy.answer(wave, purpose.code)
    said = [*_of_group(page, agreed), *_of_people(page, wave, purpose.code)]
    key = "change" if agreed else "agree"
    buttons: list[Button] = [
        {"name": "agree", "label": page.say(f"purpose.{key}"), "primary": not agreed},
        {"name": "back", "label": page.say("purpose.back")},
    ]
    return page.notice(title=purpose.name, text="\n\n".join(said), buttons=buttons)


def care(page: Page, purpose: Purpose, wave: str) -> NoticeState:
    """Return the small form that renames a purpose, ends its answers, or takes it off the list."""
    strategy = page.evaluation.strategy
    minimum = page.evaluation.settings.privacy.minimum
    buttons = [("rename", "purpose.rename")]
    text = ""
    if strategy.asked(wave) and not strategy.closed(wave, purpose.code):
        buttons.append(("close", "purpose.close"))
        text = page.say("purpose.close_text", minimum=minimum)
    elif strategy.asked(wave) and strategy.people(wave).get(purpose.code, 0) < minimum:
        buttons.append(("reopen", "purpose.reopen"))
    buttons.append(("remove", "purpose.remove"))
    return page.notice(
        title=page.say("purpose.care"),
        text=text,
        fields=[{"name": "name", "label": page.say("purpose.name"), "value": purpose.name}],
        buttons=[{"name": name, "label": page.say(key)} for name, key in buttons],
    )


def _of_group(page: Page, agreed: dict[str, Any]) -> list[str]:
    if not agreed:
        return [page.say("purpose.group_none")]
    left = sum(question not in agreed for question in ("need", *OBSTACLES))
    return [page.say("purpose.group_left", count=left)] if left else []


def _of_people(page: Page, wave: str, purpose: str) -> list[str]:
    """Return why what people answered is not shown, if they did and it is not."""
    strategy = page.evaluation.strategy
    count, minimum = strategy.people(wave).get(purpose, 0), page.evaluation.settings.privacy.minimum
    if not strategy.closed(wave, purpose):
        if count:
            return [page.say("purpose.people_open", count=count)]
        return [page.say("purpose.people_none")] if strategy.asked(wave) else []
    if 0 < count < minimum:
        return [page.say("purpose.people_few", count=count, minimum=minimum)]
    return []
