"""The map as a picture, with its sentence and its table."""

import pandas as pd

from toolkit import charts
from toolkit.evaluation.relations.map import UNNAMED
from toolkit.evaluation.relations.ties import WAYS
from toolkit.pages import kept
from toolkit.pages.page import Page
from toolkit.pages.relations.texts import sector_name, way_name
from toolkit.text import number
from toolkit.widgets import ChartState, TableState

__all__ = ["counts", "name_of", "names", "relations"]


def relations(page: Page, which: str, nodes: pd.DataFrame, ties: pd.DataFrame) -> ChartState:
    """Return the map of `today` or of what is `desired`, drawn once for all who see the same."""
    told = (str(frame.to_dict("list")) for frame in (nodes, ties))
    key = kept.key("relations", which, page.language, *told)
    state: ChartState | None = kept.find(key)
    if state is None:
        state = _view(page, which, nodes, ties)
        kept.keep(key, state)
    return state


def counts(page: Page, today: pd.DataFrame, desired: pd.DataFrame) -> TableState:
    """Return how many pairs work in each way, today and as desired."""
    frames = [today, desired]
    rows = [
        [
            way_name(page, level),
            *(str(int((f["confirmed"] & (f["value"] == level)).sum())) for f in frames),
        ]
        for level in WAYS
    ]
    unsure = [str(int((~frame["confirmed"]).sum())) for frame in frames]
    rows.append([page.say("chart.tie_unsure"), *unsure])
    headers = [page.say(f"relations.{key}") for key in ("way", "today", "desired")]
    return {
        "title": page.say("relations.counts_title"),
        "text": page.say("relations.counts"),
        "headers": headers if not desired.empty else headers[:2],
        "rows": rows if not desired.empty else [row[:2] for row in rows],
        "language": page.language,
    }


def name_of(page: Page, partner: str, name: str) -> str:
    """Return a partner's name, or what stands for it where it is not named."""
    return name or page.say("relations.unnamed", letter=partner)


def names(page: Page, nodes: pd.DataFrame) -> dict[str, str]:
    """Return every name of a map by its partner."""
    rows = zip(nodes["partner"], nodes["name"], strict=True)
    return {partner: name_of(page, partner, name) for partner, name in rows}


def _view(page: Page, which: str, nodes: pd.DataFrame, ties: pd.DataFrame) -> ChartState:
    language, known = page.language, names(page, nodes)
    worded = nodes.assign(
        name=nodes["partner"].map(known),
        sector=nodes["sector"].map(lambda sector: _sector(page, sector)),
    )
    rows = [
        [
            known[tie["source"]],
            known[tie["target"]],
            _level(page, tie["value"]),
            page.say("relations.confirmed" if tie["confirmed"] else "relations.unconfirmed"),
        ]
        for tie in ties.to_dict("records")
    ]
    headers = [page.say(f"relations.{key}") for key in ("one", "other", "way", "state")]
    ways = ", ".join(page.say("relations.level", level=n, way=way_name(page, n)) for n in WAYS)
    return charts.view(
        lambda width: charts.relations(worded, ties, language=language, width=width),
        title=page.say(f"relations.map_{which}"),
        description=charts.describe_relations(worded, ties, language=language),
        headers=headers,
        rows=rows,
        words={"table": page.say("chart.table"), "chart": page.say("chart.chart")},
        language=language,
        note=page.say("relations.map_note", ways=ways),
    )


def _sector(page: Page, sector: str | None) -> str | None:
    if sector == UNNAMED:
        return page.say("relations.unnamed_sector")
    return sector_name(page, sector) if sector else None


def _level(page: Page, value: float) -> str:
    if float(value).is_integer():
        return way_name(page, int(value))
    return page.say("relations.mean", value=number(value, page.language))
