"""Masked tables as they were released: kept as JSON, and read back without any answer."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import combinations
from typing import Any

import pandas as pd

from toolkit.evaluation.release.compared import COUNTS, protected
from toolkit.evaluation.tables import Tables
from toolkit.evaluation.tables import modules as module_tables
from toolkit.evaluation.tables.answers import who_took_part
from toolkit.evaluation.tables.modules import ModuleTables
from toolkit.evaluation.tables.movers import hide_few
from toolkit.evaluation.tables.seen import no_groups
from toolkit.scoring.suppression import Protected

__all__ = ["FrozenTables", "freeze", "moves", "of_module", "thawed"]

_KEYS = ("wave", "condition", "indicator", "aspect", "group", "compared")
_WORDS = (*_KEYS, "reading", "shown", "why", "reason")
_MOVED = ("condition", *COUNTS, "pairs", "why")


def freeze(
    tables: Tables,
    rounds: Sequence[str],
    modules: Sequence[str],
    *,
    by_group: bool,
    desired: bool,
    moved: bool,
    turnover: bool,
) -> dict[str, Any]:
    """Return what may be shown of some rounds, as JSON holds it.

    All rounds and groups were masked together before some are left out here: what is left out of
    a release stays masked beside what is in it.

    Parameters
    ----------
    tables
        Every masked table as it is now.
    rounds, modules
        Codes; rounds in the order of time.
    by_group, desired, moved, turnover
        Whether the groups, what people desire, who moved from round to round, and how many came
        and left are in it.
    """

    def kept(figures: pd.DataFrame) -> dict[str, Any]:
        chosen = figures["wave"].isin(rounds)
        return _plain(figures[chosen & (desired | (figures["aspect"] == "current"))])

    # Any two: what lies between them may be taken off, or be asked otherwise.
    pairs = list(combinations(rounds, 2))
    again = {(wave.then, wave.code) for wave in tables.folder.settings.waves}
    apart = {code: module_tables.of_module(tables, code) for code in modules}
    drawn = pd.concat([tables.seen.groups, *([tables.groups] if by_group else [])])
    told = partial(_moved, tables, drawn)
    return {
        "figures": kept(tables.figures(by_group=False)),
        # Of groups what is drawn of them: their medians of each condition.
        "groups": _plain(_few_only(tables.groups)) if by_group else None,
        # Of a module no groups are shown but the two sides that some are made of.
        "modules": {code: kept(part.figures(by_group=part.sided)) for code, part in apart.items()},
        "editions": {wave: tables.editions.get(wave, {}) for wave in rounds},
        "moved": _kept_apart(tables, partial(told, tables.moved), pairs if moved else []),
        "then": _kept_apart(
            tables,
            partial(told, tables.then),
            [two for two in pairs if moved and two in again],
        ),
        "turnover": {_pair(*two): _turnover(tables, two) for two in pairs} if turnover else {},
    }


def _few_only(groups: pd.DataFrame) -> pd.DataFrame:
    """Return the groups, of whose reasons that they are too few alone is told."""
    few = groups["reason"].eq("few").map({True: "few", False: None})
    return groups.assign(reason=few.astype("object"))


def _moved(
    tables: Tables, groups: pd.DataFrame, compare: Callable[[str, str], pd.DataFrame], *two: str
) -> pd.DataFrame:
    """Return who moved between two rounds, where it tells nothing of the few who came or left."""
    moved = compare(*two)
    several = groups.groupby(["wave", "condition"])["group"].transform("nunique") > 1
    told = groups[several & (groups["shown"] == "statistic") & groups["wave"].isin(two)]
    outdated = tables.seen.outdated("", who_took_part(tables.ratings))
    closed = {*(moved if outdated & {*two} else told)["condition"]}
    k = tables.folder.settings.privacy.minimum
    return hide_few(moved, tables.own, tables.given, two, k, closed=closed)


def _turnover(tables: Tables, two: tuple[str, str]) -> Mapping[str, int] | None:
    """Return who came and who left; nothing if somebody was once told otherwise."""
    now = tables.turnover(*two)
    before = [told[_pair(*two)] for told in tables.seen.turnover if told.get(_pair(*two))]
    return now if all(told == now for told in before) else None


def _kept_apart(
    tables: Tables, moved: Callable[[str, str], pd.DataFrame], pairs: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """Return who moved between any two rounds; what two of these would tell together is masked."""
    rounds = [wave.code for wave in tables.folder.settings.waves]
    # Rounds that follow each other are compared on the page: theirs stay.
    near = sorted(pairs, key=lambda two: rounds.index(two[1]) - rounds.index(two[0]))
    named = [moved(*two).assign(before=two[0], after=two[1]) for two in near]
    found = protected(named, tables.folder.settings.privacy.minimum, tables.seen.moved)
    return {
        _pair(*two): _plain(table.drop(columns=["before", "after"]))
        for two, table in zip(near, found, strict=True)
    }


@dataclass(frozen=True)
class FrozenTables(Tables):
    """The tables of a release: what `freeze` returned, and nothing that was answered since."""

    kept: Mapping[str, Any] = field(default_factory=dict)

    def figures(self, *, by_group: bool) -> pd.DataFrame:  # noqa: ARG002
        """Return the distribution as it was released: of everybody, whose lines alone are drawn."""
        return super().figures(by_group=False)

    @cached_property
    def groups(self) -> pd.DataFrame:
        """The medians of each condition by group, as they were released."""
        kept = self.kept["groups"]
        return thawed(kept) if kept else no_groups()

    def moved(self, before: str, after: str) -> pd.DataFrame:
        """Return how many people moved in each condition, as it was released."""
        found = self.kept["moved"].get(_pair(before, after))
        return thawed(found) if found else pd.DataFrame(columns=list(_MOVED))

    def turnover(self, before: str, after: str) -> Mapping[str, int] | None:
        """Return how many people entered, left and stayed, as it was released."""
        found: Mapping[str, int] | None = self.kept["turnover"].get(_pair(before, after))
        return found

    def then(self, before: str, now: str) -> pd.DataFrame:
        """Return how people saw an earlier round again, as it was released."""
        found = self.kept.get("then", {}).get(_pair(before, now))
        return thawed(found) if found else pd.DataFrame(columns=["compared", *_MOVED])

    @cached_property
    def editions(self) -> Mapping[str, Mapping[str, str]]:
        """How each line of each round was asked."""
        found: Mapping[str, Mapping[str, str]] = self.kept["editions"]
        return {wave: asked for wave, asked in found.items() if asked}

    @cached_property
    def _protected(self) -> Protected:
        return _protected(self.kept["figures"])


@dataclass(frozen=True)
class FrozenModule(ModuleTables):
    """The tables of one module of a release."""

    kept: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def _protected(self) -> Protected:
        return _protected(self.kept)


def of_module(tables: Tables, code: str) -> ModuleTables:
    """Return the tables of one module, released or as they are now."""
    if isinstance(tables, FrozenTables):
        kept = tables.kept["modules"][code]
        live = tables.folder, tables.ratings, tables.language
        return FrozenModule(*live, module=code, kept=kept)
    return module_tables.of_module(tables, code)


def moves(kept: Mapping[str, Any]) -> list[pd.DataFrame]:
    """Return who moved, a table for each pair of rounds: `before`, `after`, then what it counts.

    With `compared`: empty for the change itself, else which half of it a then-test tells apart.
    """
    told = [(name, pair) for name in ("moved", "then") for pair in kept.get(name, {})]
    return [
        thawed(kept[name][pair])
        .assign(**dict(zip(("before", "after"), pair.split(" "), strict=True)))
        .pipe(lambda table: table if "compared" in table else table.assign(compared=""))
        for name, pair in told
    ]


def thawed(kept: Mapping[str, Any]) -> pd.DataFrame:
    """Return a frame that was kept as JSON: whole numbers that may be null, and words."""
    frame = pd.DataFrame(kept["data"], columns=kept["columns"])
    kinds = {name: "object" if name in _WORDS else "Int64" for name in frame.columns}
    return frame.astype(kinds)


def _protected(kept: Mapping[str, Any]) -> Protected:
    table = thawed(kept)
    return Protected(table, pd.DataFrame(), table.iloc[:0])


def _plain(frame: pd.DataFrame) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(frame.to_json(orient="split", index=False))
    return found


def _pair(before: str, after: str) -> str:
    return f"{before} {after}"
