"""What the dashboard says in words: cards, the discussion guide, groups."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from toolkit.evaluation import Wave
from toolkit.pages.dashboard.charts import last_step, median
from toolkit.pages.dashboard.head import in_cards
from toolkit.pages.page import Page

__all__ = ["alike", "apart", "conditions", "groups", "guide", "how", "medians", "turnover"]

_KINDS = {
    "strength": "strength",
    "divided": "divided_kind",
    "low": "low",
    "unknown": "unknown",
    "gap": "gap",
    "sides": "sides_kind",
}


def conditions(page: Page, profile: pd.DataFrame) -> dict[str, Any]:
    """Return a card for each condition."""
    cards = medians(page, profile, last_step(page))
    four = len(profile) == 4  # noqa: PLR2004
    key = "dashboard.conditions" if four else "dashboard.conditions_other"
    return in_cards(page, key, page.say("dashboard.conditions_text"), cards)


def medians(page: Page, profile: pd.DataFrame, steps: int) -> list[dict[str, Any]]:
    """Return a card for each row of a profile: medians, share of the top two steps, agreement."""
    cards = []
    for row in profile.to_dict("records"):
        if row["shown"] == "nothing" or pd.isna(row["low"]):
            minimum = page.source.settings.privacy.minimum
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
    return cards


def guide(
    page: Page, chosen: pd.DataFrame, *, desired: bool = True, sided: bool = False
) -> dict[str, Any]:
    """Return what to talk about first, a card for each kind, in the order of the talk.

    Without what people desire, of gaps nothing is said: not even that there are none. Nor of two
    sides, where no module has them.
    """
    indicators = page.source.instrument.indicators
    cards = []
    for kind, key in _KINDS.items():
        if (kind == "gap" and not desired) or (kind == "sides" and not sided):
            continue
        codes = chosen.loc[chosen["kind"] == kind, "indicator"]
        items = [indicators[code].text[page.language] for code in codes]
        ask = page.say(f"dashboard.{kind}_ask") if items else page.say("dashboard.none")
        cards.append({"title": page.say(f"dashboard.{key}"), "items": items, "lines": [ask]})
    return in_cards(page, "dashboard.guide", page.say("dashboard.guide_text"), cards)


def groups(page: Page, profile: pd.DataFrame) -> dict[str, Any]:
    """Return the medians of each condition by group, small groups masked."""
    names = {group.code: group.text[page.language] for group in page.source.settings.groups}
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
    minimum = page.source.settings.privacy.minimum
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


def apart(page: Page, rounds: Sequence[Wave]) -> dict[str, Any]:
    """Return which rounds are not compared with the one that is shown, and why."""
    if not rounds:
        return {}
    names = ", ".join(wave.text[page.language] for wave in rounds)
    text = page.say("dashboard.apart", names=names)
    return page.notice(title=page.say("dashboard.apart_title"), text=text)


def turnover(page: Page, moves: Iterable[tuple[Any, Mapping[str, int] | None]]) -> list[str]:
    """Return, for rounds that follow each other, who came and who left, where it may be told."""
    minimum = page.source.settings.privacy.minimum
    said = []
    for (before, after), counts in moves:
        rounds = {"before": before.text, "after": after.text}
        if counts is None:
            said.append(page.say("dashboard.turnover_masked", **rounds, minimum=minimum))
        else:
            said.append(page.say("dashboard.turnover", **rounds, **counts))
    return said


def how(page: Page) -> dict[str, Any]:
    """Return how the figures are to be read."""
    privacy = page.source.settings.privacy
    return page.notice(
        title=page.say("dashboard.how"),
        text=page.say(
            "dashboard.how_text",
            minimum=privacy.minimum,
            distribution=privacy.minimum_distribution,
        ),
    )
