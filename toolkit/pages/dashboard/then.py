"""What a then-test says on the dashboard: beside the change, and never in its place."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from toolkit.evaluation import Wave
from toolkit.evaluation.tables import Tables
from toolkit.evaluation.tables.chance import weighed
from toolkit.pages.page import Page

__all__ = ["then"]


def then(page: Page, tables: Tables, wave: Wave, visible: Sequence[Wave]) -> dict[str, Any]:
    """Return a card for each condition: how an earlier round is seen now, what moved since.

    Where the two rounds were asked otherwise, it says that they are not compared, and no more.
    """
    before = next((seen for seen in visible if seen.code == wave.then), None)
    if before is None:
        return {}
    text, cards = page.say("dashboard.then_text", wave=before.text), []
    if before.code in tables.apart(wave.code):
        text = page.say("dashboard.then_apart")
    else:
        found = weighed(tables.then(before.code, wave.code))
        cards = [
            {
                "title": section.title[page.language],
                **_said(page, found[found["condition"] == section.code], before),
            }
            for section in page.source.instrument_of(wave.code).conditions
        ]
    title = page.say("dashboard.then", wave=before.text)
    shape = {"title": title, "text": text, "language": page.language, "words": page.words()}
    return shape | {"cards": cards}


def _said(page: Page, rows: pd.DataFrame, before: Wave) -> dict[str, Any]:
    """Return the two counts of one condition in words, or that they are masked."""
    if rows.empty or rows["pairs"].isna().any():
        fewest = page.source.settings.privacy.minimum_distribution
        few = rows["why"].eq("few").all()  # nobody gave all three, where there is no row
        said = page.say(f"dashboard.then_masked_{'few' if few else 'beside'}", fewest=fewest)
        return {"lines": [said], "tone": "masked"}
    lines = []
    for row in rows.sort_values("compared").to_dict("records"):  # the look, then what moved
        counts = {way: int(row[way]) for way in ("fell", "same", "rose")}
        lines.append(page.say(f"dashboard.then_{row['compared']}", wave=before.text, **counts))
        lines.append(page.say(f"chart.chance_{row['chance']}", odds=int(row["odds"])))
    return {"lines": [*lines, page.say("dashboard.then_pairs", count=int(rows["pairs"].iloc[0]))]}
