"""What a release masks and why, and what it would tell although nothing masks it."""

import pandas as pd

from toolkit.evaluation import Release
from toolkit.evaluation.release.frozen import of_module
from toolkit.evaluation.release.leaks import said_otherwise
from toolkit.evaluation.release.unmoved import masked_moves
from toolkit.evaluation.tables import Tables
from toolkit.pages.page import Page
from toolkit.widgets import Nothing, NoticeState, TableState

__all__ = ["alike", "masked", "seen_before"]

#: Lines of a list that nobody would read to its end.
_MOST = 5

_ROW = ["round", "group", "masked", "reason"]


def masked(page: Page, release: Release) -> TableState:
    """Return a row for each round, group and reason: how many statements, what is masked, why."""
    tables = _tables(page, release)
    modules = release.snapshot.kept["tables"]["modules"]
    parts = [tables.masked(), *(of_module(tables, code).masked() for code in modules)]
    found = _in(release, pd.concat(parts, ignore_index=True))
    counted = found.groupby(_ROW, sort=False)["indicator"].nunique().reset_index(name="count")
    groups = {group.code: group.text[page.language] for group in page.evaluation.settings.groups}
    groups = {"all": page.say("dashboard.everybody"), **groups}
    groups |= {"": page.say("dashboard.no_group"), "others": page.say("dashboard.others")}
    rows = [
        [
            str(row["round"]),
            groups.setdefault(row["group"], str(row["group"])),
            page.say(f"release.masked_{row['masked']}", count=int(row["count"])),
            _why(page, row["reason"], row["masked"]),
        ]
        for row in counted.to_dict("records")
    ]
    # Round by round, everybody before the groups.
    rounds, order = [row[0] for row in rows], list(groups.values())
    rows.sort(key=lambda row: (rounds.index(row[0]), order.index(row[1])))
    if "groups" in release.draft.parts:
        rows += _medians(page, tables.masked_groups(), groups)
    rows += _moved(page, masked_moves(tables, release), groups["all"])
    names = ("round", "group", "what", "why")
    return {
        "title": page.say("release.masked"),
        "text": page.say("release.masked_text" if rows else "release.masked_none"),
        "headers": [page.say(f"release.head_{name}") for name in names],
        "rows": rows,
        "language": page.language,
    }


def _tables(page: Page, release: Release) -> Tables:
    """Return the evaluator's own tables that a release was composed from."""
    tables = release.tables or page.evaluation.tables()
    return tables.in_language(page.language)


def _medians(page: Page, found: pd.DataFrame, groups: dict[str, str]) -> list[list[str]]:
    """Return a row for each round, group and reason: how many conditions show no medians of it."""
    counted = found.groupby(["round", "group", "reason"], sort=False).size()
    return [
        [
            str(row["round"]),
            groups.setdefault(row["group"], str(row["group"])),
            page.say("release.masked_medians", count=int(row["count"])),
            _why(page, row["reason"], "nothing"),
        ]
        for row in counted.reset_index(name="count").to_dict("records")
    ]


def _moved(page: Page, found: pd.DataFrame, everybody: str) -> list[list[str]]:
    """Return a row for each two rounds and reason: of how many conditions the moves are masked."""
    named = {wave.code: wave.text for wave in page.evaluation.settings.waves}
    pair = ["compared", "before", "after", "reason"]
    counted = found.groupby(pair, sort=False).size().reset_index(name="count")
    return [
        [
            page.say("release.masked_pair", **{at: named[row[at]] for at in ("before", "after")}),
            everybody,
            page.say(f"release.masked_{row['compared']}", count=int(row["count"])),
            _why(page, row["reason"], row["compared"]),
        ]
        for row in counted.to_dict("records")
    ]


def alike(page: Page, release: Release) -> NoticeState | Nothing:
    """Return what all or nearly all answered alike: what is shown lets it be guessed."""
    tables = _tables(page, release)
    modules = release.snapshot.kept["tables"]["modules"]
    parts = [tables.warnings(), *(of_module(tables, code).warnings() for code in modules)]
    found = _in(release, pd.concat(parts, ignore_index=True))
    lines = [
        page.say("release.alike_line", round=row["round"], statement=row["statement"])
        for row in found.drop_duplicates(["wave", "indicator"]).to_dict("records")
    ]
    if not lines:
        return {}
    said = [page.say("dashboard.alike", count=len(lines)), *lines]
    title = page.say("dashboard.alike_title")
    return page.notice(title=title, text="\n\n".join(said), tone="stop")


def seen_before(page: Page, release: Release) -> NoticeState | Nothing:
    """Return where it differs from versions that people saw, which nobody can unsee."""
    releases = page.evaluation.releases
    replaced = releases.current(release.draft.audience)
    earlier = [*releases.closed(), *([replaced] if replaced else [])]
    found = said_otherwise(release, earlier)
    if not found:
        return {}
    text = page.say("release.seen_before", count=len(found))
    listed = "\n\n".join([text, *(line[page.language] for line in found[:_MOST])])
    return page.notice(title=page.say("release.seen_before_title"), text=listed, tone="stop")


def _in(release: Release, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the release would show, were they not masked."""
    draft = release.draft
    chosen = rows["wave"].isin(draft.rounds)
    if "groups" not in draft.parts:
        sided = rows["condition"].isin(release.snapshot.kept["tables"]["modules"].keys())
        chosen &= (rows["group"] == "all") | sided
    if "desired" not in draft.parts:
        chosen &= rows["aspect"] == "current"
    found: pd.DataFrame = rows[chosen]
    return found


def _why(page: Page, reason: str, what: str) -> str:
    privacy = page.evaluation.settings.privacy
    few = what == "nothing" or reason == "newcomer"
    minimum = privacy.minimum if few else privacy.minimum_distribution
    return page.say(f"release.why_{reason}", minimum=minimum)
