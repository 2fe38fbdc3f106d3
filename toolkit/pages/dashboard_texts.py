"""What the dashboard says in words: cards, the discussion guide, groups."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from toolkit.evaluation import Wave
from toolkit.pages.dashboard_charts import last_step, median
from toolkit.pages.page import Page

__all__ = ["alike", "conditions", "groups", "guide", "head", "how", "participation"]

_KINDS = {
    "strength": "strength",
    "divided": "divided_kind",
    "low": "low",
    "unknown": "unknown",
    "gap": "gap",
}


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
        figure = answered(page, wave)
        cards.append({"code": wave.code, "title": wave.text[page.language]} | figure)
        cards[-1]["lines"] = [*figure["lines"], *lines]
    for other in page.evaluation.settings.waves:
        if other.status == "open":
            title = page.say("dashboard.under_way", wave=other.text)
            figure = answered(page, other)
            figure["lines"] = [*figure["lines"], page.say("dashboard.later")]
            cards.append({"code": other.code, "title": title} | figure)
    return _cards(page, "dashboard.participation", "", cards)


def answered(page: Page, wave: Wave) -> dict[str, Any]:
    """Return the sentence that says how many answered."""
    count = page.evaluation.participation(wave.code)
    key = "dashboard.answered" if wave.expected else "dashboard.answered_bare"
    return {"figure": page.say(key, count=count, expected=wave.expected), "lines": []}


def conditions(page: Page, profile: pd.DataFrame) -> dict[str, Any]:
    """Return a card for each condition: medians, share of the top two steps, agreement."""
    steps = last_step(page)
    cards = []
    for row in profile.to_dict("records"):
        if row["shown"] == "nothing" or pd.isna(row["low"]):
            minimum = page.evaluation.settings.privacy.minimum
            lines = [page.say("dashboard.masked", minimum=minimum)]
            cards.append({"title": row["title"], "lines": lines, "tone": "masked"})
            continue
        lines = [page.say(f"dashboard.{row['reading']}")]
        if pd.notna(row["top"]):
            count, top = int(row["answers"]), int(row["top"])
            values = {"top": top, "count": count, "first": steps - 1, "last": steps}
            lines.insert(0, page.say("dashboard.top", **values))
        cards.append(
            {
                "title": row["title"],
                "figure": median(page, row),
                "unit": page.say("dashboard.unit", last=steps),
                "lines": lines,
            }
        )
    four = len(profile) == 4  # noqa: PLR2004
    key = "dashboard.conditions" if four else "dashboard.conditions_other"
    return _cards(page, key, page.say("dashboard.conditions_text"), cards)


def guide(page: Page, chosen: pd.DataFrame) -> dict[str, Any]:
    """Return what to talk about first, a card for each kind, in the order of the talk."""
    indicators = page.evaluation.instrument.indicators
    cards = []
    for kind, key in _KINDS.items():
        codes = chosen.loc[chosen["kind"] == kind, "indicator"]
        items = [indicators[code].text[page.language] for code in codes]
        ask = page.say(f"dashboard.{kind}_ask") if items else page.say("dashboard.none")
        cards.append({"title": page.say(f"dashboard.{key}"), "items": items, "lines": [ask]})
    return _cards(page, "dashboard.guide", page.say("dashboard.guide_text"), cards)


def groups(page: Page, profile: pd.DataFrame) -> dict[str, Any]:
    """Return the medians of each condition by group, small groups masked."""
    names = {group.code: group.text[page.language] for group in page.evaluation.settings.groups}
    titles = list(dict.fromkeys(profile["title"]))
    codes = ["all", *(code for code in names if code in set(profile["group"]))]
    codes += [""] if "" in set(profile["group"]) else []
    rows = []
    for code in codes:
        part = profile[profile["group"] == code]
        said = {row["title"]: median(page, row) for row in part.to_dict("records")}
        special = {"all": "dashboard.everybody", "": "dashboard.no_group"}
        name = page.say(special[code]) if code in special else names[code]
        rows.append([name, *(said.get(title, page.say("dashboard.hidden")) for title in titles)])
    minimum = page.evaluation.settings.privacy.minimum
    return {
        "title": page.say("dashboard.groups") if len(rows) > 1 else "",
        "text": page.say("dashboard.groups_text", minimum=minimum),
        "headers": [page.say("dashboard.group"), *titles],
        "rows": rows,
        "language": page.language,
    }


def alike(page: Page, found: pd.DataFrame) -> dict[str, Any]:
    """Return what the evaluator should know before showing: statements that all answered alike."""
    found = found[found["group"] == "all"]
    if found.empty:
        return page.notice(text="")
    statements = list(dict.fromkeys(found["statement"]))
    listed = "\n\n".join([page.say("dashboard.alike", count=len(statements)), *statements])
    return page.notice(title=page.say("dashboard.alike_title"), text=listed, tone="stop")


def how(page: Page) -> dict[str, Any]:
    """Return how the figures are to be read."""
    privacy = page.evaluation.settings.privacy
    return page.notice(
        title=page.say("dashboard.how"),
        text=page.say(
            "dashboard.how_text",
            minimum=privacy.minimum,
            distribution=privacy.minimum_distribution,
        ),
    )


def _cards(page: Page, key: str, text: str, cards: list[Any]) -> dict[str, Any]:
    shape = {"title": page.say(key), "text": text, "language": page.language}
    return shape | {"words": page.words(), "cards": cards}
