"""What stands beside the map: its filters, who is on it, and its numbers in sentences."""

from toolkit.evaluation import LEVELS, Wave
from toolkit.evaluation.relations.figures import PartnersMap
from toolkit.evaluation.relations.map import UNNAMED
from toolkit.evaluation.relations.ties import WAYS
from toolkit.evaluation.release.conversation import Ties
from toolkit.pages.page import Page
from toolkit.pages.relations.drawn import names
from toolkit.pages.relations.look import Look
from toolkit.pages.relations.texts import sector_name, way_name
from toolkit.text import number
from toolkit.widgets import NoticeState

__all__ = ["around", "figures", "filters", "reached", "who"]

#: Sectors that a table of partners easily lacks.
_UNLIKELY = ("municipal", "business", "culture", "employment")


def filters(page: Page, found: PartnersMap, look: Look) -> NoticeState:
    """Return the choices of what is drawn, and for whom."""
    nodes, everyone = found.nodes, ("", page.say("relations.every"))
    sectors = [sector for sector in nodes["sector"].dropna().unique() if sector != UNNAMED]
    there = set(nodes["level"].dropna())
    offered = {
        "view": [("", page.say("relations.view_group")), ("own", page.say("relations.view_own"))],
        "way": [(str(n), page.say("relations.at_least", way=way_name(page, n))) for n in WAYS],
        "sector": [everyone, *((sector, sector_name(page, sector)) for sector in sectors)],
        "level": [everyone, *((n, page.say(f"level.{n}")) for n in LEVELS if n in there)],
        "partner": [everyone, *names(page, nodes).items()],
    }
    chosen = {"view": "own" if look.own else "", "way": str(look.way), "sector": look.sector}
    chosen |= {"level": look.level, "partner": look.partner}
    shown = list(offered) if not found.withheld and found.answered else ["view"]
    return page.notice(
        title=page.say("relations.filters"),
        text=page.say("relations.filters_own" if look.own else "relations.filters_group"),
        fields=[
            {
                "name": name,
                "label": page.say(f"relations.by_{name}"),
                "options": offered[name],
                "value": chosen[name],
            }
            for name in shown
        ],
        buttons=[{"name": "show", "label": page.say("relations.show"), "primary": True}],
        form="own" if look.own else "group",
        grid=True,
    )


def who(page: Page, found: PartnersMap, wave: Wave, *, own: bool) -> NoticeState:
    """Return who answered, who is on the map, and which sectors are missing around the table."""
    said = [] if "relations" in wave.activities else [page.say("relations.not_asked")]
    if own:
        count = {"count": found.answered, "partners": found.partners}
        said.insert(0, page.say("relations.answered", **count))
        if found.silent:
            said.append(page.say("relations.silent", names=", ".join(found.silent)))
    if found.withheld != "alone" and wave.code not in page.evaluation.relations.rounds:
        said.append(page.say("relations.round_empty", wave=wave.text))
    else:
        said += around(page, found, own=own)
    said += _missing(page)
    return page.notice(title=page.say("relations.who"), text="\n\n".join(said))


def around(page: Page, found: PartnersMap | Ties, *, own: bool = False) -> list[str]:
    """Return how many partners are on a map, and that some are not; never which, nor why."""
    said = []
    if found.withheld:
        minimum = page.source.settings.privacy.minimum
        said.append(page.say(f"relations.withheld_{found.withheld}", minimum=minimum))
    elif not own:
        count = {"count": found.answered, "partners": found.partners}
        said.append(page.say("relations.on_map", **count))
        if found.left_out:
            said.append(page.say("relations.left_out", count=found.left_out))
    if found.several:
        said.append(page.say("relations.several"))
    return said


def reached(page: Page, found: PartnersMap, look: Look) -> NoticeState:
    """Return whom a partner works with, and whom it would reach in one more step."""
    known = names(page, found.nodes)
    first, second = found.reached(look.partner, look.way)
    said = []
    for key, partners in (("tied", first), ("one_more", second)):
        listed = ", ".join(known[partner] for partner in partners)
        said.append(page.say(f"relations.{key}", names=listed or page.say("relations.none")))
    title = page.say("relations.from", name=known[look.partner])
    return page.notice(title=title, text="\n\n".join(said))


def figures(page: Page, found: PartnersMap, way: int) -> NoticeState:
    """Return what the ties say together, each number in a sentence with what it does not say."""
    told = found.figures(way)
    name = way_name(page, way)
    said = [page.say("relations.cells", count=told.cells, possible=told.possible)]
    if told.cells:
        said.append(page.say("relations.share", share=_percent(told.share), way=name))
    if pairs := told.mutual + told.asymmetric:
        said.append(page.say("relations.mutual", count=told.mutual, pairs=pairs, way=name))
    if told.between is not None:
        index = number(2 * told.between - 1, page.language, 2)
        values = {"share": _percent(told.between), "index": index}
        said.append(page.say("relations.between", **values))
    if told.gathered is not None:
        said.append(page.say("relations.gathered", share=_percent(told.gathered)))
    else:
        said.append(page.say(f"relations.{told.limit}"))
    said.append(page.say("relations.ahead", count=told.ahead))
    return page.notice(title=page.say("relations.figures_title"), text="\n\n".join(said))


def _missing(page: Page) -> list[str]:
    there = {partner.sector for partner in page.evaluation.relations.partners.listed}
    missing = [sector_name(page, sector) for sector in _UNLIKELY if sector not in there]
    if not missing or not there:
        return []
    return [page.say("relations.missing", sectors=", ".join(missing).lower())]


def _percent(share: float) -> int:
    return round(100 * share)
