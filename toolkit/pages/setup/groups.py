"""Which groups will show something: said while it can still be mended."""

from collections import Counter

from toolkit.evaluation import Wave
from toolkit.evaluation.pooling import pooled_groups
from toolkit.pages.page import Page
from toolkit.pages.setup.people_texts import group_name
from toolkit.widgets import Nothing, NoticeState

__all__ = ["foreseen"]


def foreseen(page: Page, wave: Wave) -> NoticeState | Nothing:
    """Return what will be shown by group of those who answer or are invited, and what to merge."""
    sizes = Counter(
        person.group
        for person in page.evaluation.people.of(wave.code)
        if person.excluded is None and (person.group or person.begun_at)
    )
    if len(sizes) < 2:  # noqa: PLR2004
        return {}
    minimum = page.evaluation.settings.privacy.minimum
    alone, together = pooled_groups(sizes, minimum)
    few = [code for code in sizes if code not in {*alone, *together}]
    said = []
    if alone:
        said.append(page.say("people.group_alone", names=_names(page, alone)))
    if together:
        count = sum(sizes[code] for code in together)
        said.append(page.say("people.group_pooled", names=_names(page, together), count=count))
    if not alone:
        said.append(page.say("people.group_none", names=_names(page, few), minimum=minimum))
    elif few:
        count = sum(sizes[code] for code in few)
        values = {"names": _names(page, few), "count": count, "minimum": minimum}
        said.append(page.say("people.group_few", **values))
        said.append(_mended(page, {code: sizes[code] for code in alone}, minimum - count))
    title = page.say("people.group_title", wave=wave.text)
    return page.notice(title=title, text="\n\n".join([*said, page.say("people.group_beside")]))


def _mended(page: Page, alone: dict[str, int], missing: int) -> str:
    """Return what would let the few be seen: the group to join them to, or how many to invite."""
    # Joined to the only other group they would be everybody.
    if len(alone) > 1:
        nearest = min(alone, key=lambda code: alone[code])
        return page.say("people.group_merge", group=group_name(page, nearest))
    return page.say("people.group_invite", count=missing)


def _names(page: Page, codes: list[str]) -> str:
    return ", ".join(f"{group_name(page, code)}" for code in codes)
