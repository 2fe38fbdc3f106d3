"""What a then-test says on the dashboard: beside the change, and never in its place."""

from collections.abc import Sequence

import pandas as pd

from toolkit.evaluation import Wave
from toolkit.evaluation.tables import Tables
from toolkit.evaluation.tables.chance import weighed
from toolkit.pages.page import Page
from toolkit.widgets import Card, CardsState, Nothing

__all__ = ["then"]


def then(page: Page, tables: Tables, wave: Wave, visible: Sequence[Wave]) -> CardsState | Nothing:
    """Return a card for each condition: how an earlier round is seen now, what moved since.

    Where the two rounds were asked otherwise, it says that they are not compared, and no more.
    """
    before = next((seen for seen in visible if seen.code == wave.then), None)
    if before is None:
        return {}
    text = page.say("dashboard.then_text", wave=before.text)
    cards: list[Card] = []
    if before.code in tables.apart(wave.code):
        text = page.say("dashboard.then_apart")
    else:
        found = weighed(tables.then(before.code, wave.code))
        cards = [
            _card(
                page,
                section.title[page.language],
                found[found["condition"] == section.code],
                before,
            )
            for section in page.source.instrument_of(wave.code).conditions
        ]
    return page.cards(title=page.say("dashboard.then", wave=before.text), text=text, cards=cards)


def _card(page: Page, title: str, rows: pd.DataFrame, before: Wave) -> Card:
    """Return the two counts of one condition in words, or that they are masked."""
    if rows.empty or rows["pairs"].isna().any():
        fewest = page.source.settings.privacy.minimum_distribution
        few = rows["why"].eq("few").all()  # nobody gave all three, where there is no row
        said = page.say(f"dashboard.then_masked_{'few' if few else 'beside'}", fewest=fewest)
        return {"title": title, "lines": [said], "tone": "masked"}
    lines = []
    for row in rows.sort_values("compared").to_dict("records"):  # the look, then what moved
        counts = {way: int(row[way]) for way in ("fell", "same", "rose")}
        lines.append(page.say(f"dashboard.then_{row['compared']}", wave=before.text, **counts))
        lines.append(page.say(f"chart.chance_{row['chance']}", odds=int(row["odds"])))
    lines.append(page.say("dashboard.then_pairs", count=int(rows["pairs"].iloc[0])))
    return {"title": title, "lines": lines}
