"""What the dashboard says in words: cards, the discussion guide, groups."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from toolkit.evaluation import Wave
from toolkit.evaluation.tables import Tables
from toolkit.instruments import Section
from toolkit.pages.dashboard.charts import median
from toolkit.pages.dashboard.head import in_cards
from toolkit.pages.masked import masked
from toolkit.pages.page import Page
from toolkit.widgets import Card, CardsState, Nothing, NoticeState, TableState

__all__ = ["alike", "apart", "conditions", "groups", "guide", "how", "medians", "turnover"]

_KINDS = {
    "strength": "strength",
    "divided": "divided_kind",
    "low": "low",
    "unknown": "unknown",
    "gap": "gap",
    "sides": "sides_kind",
}
#: The figure that tells whether a line is of a kind; of sides, what is masked is said beside them.
_READ_FROM = {
    **dict.fromkeys(("strength", "divided", "low"), "reading"),
    "unknown": "unknown",
    "gap": "low",
}


def conditions(page: Page, profile: pd.DataFrame) -> CardsState | Nothing:
    """Return a card for each condition."""
    cards = medians(page, profile)
    four = len(profile) == 4  # noqa: PLR2004
    key = "dashboard.conditions" if four else "dashboard.conditions_other"
    return in_cards(page, key, page.say("dashboard.conditions_text"), cards)


def medians(page: Page, profile: pd.DataFrame) -> list[Card]:
    """Return a card for each row of a profile: medians, share of the top two steps, agreement."""
    cards: list[Card] = []
    for row in profile.to_dict("records"):
        if row["shown"] == "nothing" or pd.isna(row["low"]):
            lines = [masked(page, row)]
            cards.append({"title": row["title"], "lines": lines, "tone": "masked"})
            continue
        first = int(row["first"])
        last = first + int(row["steps"]) - 1
        lines = [page.say(f"dashboard.{row['reading']}")]
        if pd.notna(row["top"]) and row["steps"] > 2:  # noqa: PLR2004  # of two steps, all are the top
            count, top = int(row["answers"]), int(row["top"])
            values = {"top": top, "count": count, "first": last - 1, "last": last}
            lines.insert(0, page.say("dashboard.top", **values))
        cards.append(
            {
                "title": row["title"],
                "figure": median(page, row),
                "unit": page.say("dashboard.unit", first=first, last=last),
                "lines": lines,
            }
        )
    return cards


def guide(
    page: Page,
    wave: Wave,
    chosen: pd.DataFrame,
    lines: pd.DataFrame,
    *,
    desired: bool = True,
    sided: bool = False,
) -> CardsState | Nothing:
    """Return what to talk about first, a card for each kind, in the order of the talk.

    Without what people desire, of gaps nothing is said: not even that there are none. Nor of two
    sides, where no module has them. Of figures that are masked it is not said that there is
    nothing to note: that all said that they do not know is masked too.
    """
    indicators = page.source.instrument_of(wave.code).indicators
    cards: list[Card] = []
    for kind, key in _KINDS.items():
        if (kind == "gap" and not desired) or (kind == "sides" and not sided):
            continue
        codes = chosen.loc[chosen["kind"] == kind, "indicator"]
        items = [indicators[code].text[page.language] for code in codes]
        ask = page.say(f"dashboard.{kind}_ask" if items else _none(kind, lines))
        cards.append({"title": page.say(f"dashboard.{key}"), "items": items, "lines": [ask]})
    return in_cards(page, "dashboard.guide", page.say("dashboard.guide_text"), cards)


def _none(kind: str, lines: pd.DataFrame) -> str:
    """Return the key of what is said where there is nothing of a kind to talk about."""
    if kind not in _READ_FROM:
        return "dashboard.none"
    masked = lines[_READ_FROM[kind]].isna()
    if masked.any():
        return "dashboard.guide_masked" if masked.all() else "dashboard.none_shown"
    return "dashboard.none"


def groups(page: Page, profile: pd.DataFrame) -> TableState | Nothing:
    """Return the medians of each condition by group, small groups masked."""
    names = {group.code: group.text[page.language] for group in page.source.settings.groups}
    titles = list(dict.fromkeys(profile["title"]))
    codes = ["all", *(code for code in (*names, "others", "") if code in set(profile["group"]))]
    rows = []
    for code in codes:
        part = profile[profile["group"] == code]
        said = {row["title"]: median(page, row) for row in part.to_dict("records")}
        special = {"all": "dashboard.everybody", "": "dashboard.no_group"}
        special["others"] = "dashboard.others"
        name = page.say(special[code]) if code in special else names[code]
        rows.append([name, *(said.get(title, page.say("chart.masked_few")) for title in titles)])
    minimum = page.source.settings.privacy.minimum
    if len(rows) == 1:
        return {}
    return {
        "title": page.say("dashboard.groups"),
        "text": page.say("dashboard.groups_text", minimum=minimum),
        "headers": [page.say("dashboard.group"), *titles],
        "rows": rows,
        "language": page.language,
    }


def alike(page: Page, found: pd.DataFrame) -> NoticeState | Nothing:
    """Return what the evaluator should know before showing: statements that all answered alike."""
    found = found[found["group"] == "all"]
    if found.empty:
        return {}
    statements = list(dict.fromkeys(found["statement"]))
    listed = "\n\n".join([page.say("dashboard.alike", count=len(statements)), *statements])
    return page.notice(title=page.say("dashboard.alike_title"), text=listed, tone="stop")


def apart(page: Page, tables: Tables, wave: Wave, visible: Sequence[Wave]) -> NoticeState | Nothing:
    """Return which rounds, or conditions of them, are not compared with a round, and why."""
    language, wholly = page.language, tables.apart(wave.code)
    said = []
    if rounds := [seen.text[language] for seen in visible if seen.code in wholly]:
        said.append(page.say("dashboard.apart", names=", ".join(rounds)))
    titles = {part.code: part.title[language] for part in _sections(page, wave)}
    for seen in visible:
        asked = {part.code: part.title[language] for part in _sections(page, seen)} | titles
        codes = tables.otherwise(seen.code, wave.code) if seen.code not in wholly else set()
        if names := [asked[code] for code in asked if code in codes]:
            text = page.say("dashboard.apart_some", wave=seen.text, names=", ".join(names))
            said.append(text)
    if not said:
        return {}
    return page.notice(title=page.say("dashboard.apart_title"), text="\n\n".join(said))


def _sections(page: Page, wave: Wave) -> Sequence[Section]:
    return page.source.instrument_of(wave.code).conditions


def turnover(page: Page, moves: Iterable[tuple[Any, Mapping[str, int] | None]]) -> list[str]:
    """Return, for rounds that follow each other, who came and who left, where it may be told."""
    said = []
    for (before, after), counts in moves:
        rounds = {"before": before.text, "after": after.text}
        if counts is None:
            said.append(page.say("dashboard.turnover_masked", **rounds))
        else:
            said.append(page.say("dashboard.turnover", **rounds, **counts))
    return said


def how(page: Page) -> NoticeState:
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
