"""The tables that may be shown: masked, and worded in the reader's language."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import pandas as pd

from toolkit.evaluation.source import Source
from toolkit.evaluation.tables import conditions
from toolkit.evaluation.tables.answers import Answers, who_took_part
from toolkit.evaluation.tables.asked import AsAsked, steps_from
from toolkit.evaluation.tables.beside import beside, without
from toolkit.evaluation.tables.chance import weighed
from toolkit.evaluation.tables.groups import by_group as groups_of
from toolkit.evaluation.tables.groups import lines_beside, lines_told, once_shown
from toolkit.evaluation.tables.lines import described, placed
from toolkit.evaluation.tables.masking import masked, waiting
from toolkit.evaluation.tables.moves import line_moves, moves
from toolkit.evaluation.tables.rounds import turnover
from toolkit.evaluation.tables.seen import Given, Seen
from toolkit.evaluation.tables.then import then
from toolkit.scoring.groupings import groupings
from toolkit.scoring.guide import guide
from toolkit.scoring.suppression import EVERYBODY, Protected, protect
from toolkit.text import Language

__all__ = ["Tables"]

_LINE = ["wave", "condition", "indicator", "aspect"]
_TODAY = ["wave", "rater", "group", "condition", "indicator", "value", "status"]
_MOVED = ["fell", "same", "rose", "pairs"]


@dataclass(frozen=True)
class Tables(AsAsked):
    """Every masked table of one evaluation, from its raw answers.

    People's own answers to the conditions count; a group's consensus never mixes with them. Raw
    answers end in `_protected`; every other figure is computed from what that shows.

    Attributes
    ----------
    ratings
        The answers that count.
    unvouched
        Those that are in no figure because nobody vouches for who gave them; see `People`.
    """

    unvouched: pd.DataFrame | None = None
    seen: Seen = field(default_factory=Seen)

    @classmethod
    def of(cls, folder: Source, ratings: pd.DataFrame, language: Language) -> Self:
        """Return the tables of raw answers, each of which says whether it counts."""
        counted = ratings[ratings["excluded"].isna()]
        waiting = ratings[ratings["excluded"] == "unvouched"]
        return cls(folder, counted, language, unvouched=waiting)

    def in_language(self, language: Language) -> Self:
        """Return the same tables, worded in another language; nothing is computed again."""
        other = copy(self)
        object.__setattr__(other, "language", language)
        return other

    def counts(self, *, by_group: bool = False) -> pd.DataFrame:
        """Return the masked distribution of each indicator.

        Returns
        -------
        frame
            `wave`, `condition`, `indicator`, `aspect`, `group` (`all` for everybody), `step_1` to
            `step_K`, `n`, `dont_know`, `not_applicable`, `skipped` (people; null where masked),
            `start_1`, `end_1`… (where each step lies in a diverging bar, as a share of the
            answers), `agreement` (0 to 1), `shown` (`distribution`, `statistic`, `nothing`),
            `scale` (its id), `steps` (how many it has, K), `first` (the number of the lowest, on
            which `step_1` counts), and `statement`, `title`, `round` in words; in the order of the
            rounds and of the instrument.
        """
        figures = self.figures(by_group=by_group).drop(columns=["low", "high", "reading"])
        return self._worded(self._numbered(self._on_each_scale(figures, placed)))

    def summary(self, *, by_group: bool = False) -> pd.DataFrame:
        """Return what each indicator's distribution says, masked.

        Returns
        -------
        frame
            `wave`, `condition`, `indicator`, `aspect`, `group`, `n`, `dont_know`,
            `not_applicable`, `skipped` (people), `low` and `high` (medians, by the numbers of the
            scale), `top` (people on the two highest steps), `share` of them with `share_low`,
            `share_high` (95 % Wilson interval), `agreement` (0 to 1), `reading` (shared, mixed,
            divided), `unknown` (share of those asked; at least that much where `n` is masked),
            `shown`, `scale`, `steps`, `first` (as for `counts`), and `statement`, `title`, `round`
            in words.
        """
        figures = self._on_each_scale(self.figures(by_group=by_group), described)
        # Where fewer than the minimum gave a step, at most so many do beside those who do not know.
        answered = figures["n"].fillna(self._limits[0] - 1)
        asked = figures["dont_know"] + answered
        figures["unknown"] = figures["dont_know"] / asked.where(asked > 0)
        detail = [name for name in figures.columns if name.startswith("step_")]
        figures = figures.drop(columns=[*detail, "bottom", "deviation"])
        return self._worded(self._numbered(figures))

    def gaps(self, wave: str) -> pd.DataFrame:
        """Return today beside what is desired, for one round and everybody.

        The two are not paired: the median of those alone who gave both, beside that of everybody,
        would tell what the few others answered.

        Returns
        -------
        frame
            The current rows of `summary`, with `current` (everybody's low median), `wanted` (that
            of those who said what they desire) and `gap` (wanted less current), in steps; null
            where masked; `why` of the one, and `wanted_why` of the other.
        """
        frame = self.summary()
        frame = frame[frame["wave"] == wave]
        wanted = frame[frame["aspect"] == "desired"].set_index("indicator")
        today = frame[frame["aspect"] == "current"].reset_index(drop=True)
        later = today["indicator"].map(wanted["low"]).astype("Int64")
        said = today["indicator"].isin(wanted.index)
        why = today["indicator"].map(wanted["why"]).astype("object").where(said, "few")
        found = today.assign(current=today["low"], wanted=later, gap=later - today["low"])
        return found.assign(wanted_why=why)

    def guide(self, wave: str, *, most: int = 5) -> pd.DataFrame:
        """Return what to talk about first after a round: `kind`, `indicator`, `rank`."""
        return guide(self.gaps(wave), self._middle(wave), most=most)

    def profile(self, *, by_group: bool = False) -> pd.DataFrame:
        """Return the conditions of each round side by side, masked; they are never summed.

        Returns
        -------
        frame
            As `conditions.profile` says, by the numbers of the scale, with `scale`, `steps`,
            `first` (as for `counts`) and `title`, `round` in words. By group, with a row for each
            group, and for those together (`others`) that are too small alone; of them the
            medians alone are told.
        """
        figures = self.figures(by_group=False)
        today = figures[figures["aspect"] == "current"].drop(columns="aspect")
        found = self._on_each_scale(today, conditions.profile)
        order = found["wave"].map(self._order).argsort(kind="stable")
        found = found.iloc[order].reset_index(drop=True)
        if by_group and not self.groups.empty:
            few = self.groups["reason"].eq("few").map({True: "few", False: None})
            groups = self.groups.assign(why=few).reindex(columns=found.columns)
            found = pd.concat([found, groups.astype(found.dtypes)], ignore_index=True)
        return self._worded(self._numbered(found))

    def changes(self, before: str, after: str) -> pd.DataFrame:
        """Return how each condition moved between two rounds, masked.

        Returns
        -------
        frame
            `condition`, `before`, `after` (everybody's low medians, steps), `fell`, `same`,
            `rose`, `pairs` (people who answered both times, see `moves.moves`), `chance`, `odds`
            (see `chance.weighed`), `shown`, `scale`, `steps`, `first` (as for `counts`, of the
            second), and `title`, `before_round`, `after_round` in words; null where masked, and
            all of it of a condition that the two rounds were asked otherwise. `why`, of who moved,
            `before_why` and `after_why`: `few`, `apart` (asked otherwise), or null.
        """
        profile = self.profile().set_index("condition")
        first, second = (profile[profile["wave"] == wave] for wave in (before, after))
        named = {wave.code: wave.text[self.language] for wave in self.folder.settings.waves}
        frame = pd.DataFrame(
            {
                "condition": second.index,
                "title": second["title"].to_numpy(),
                "before": first["low"].reindex(second.index).array,
                "after": second["low"].array,
                "before_why": first["why"].reindex(second.index, fill_value="few").array,
                "after_why": second["why"].array,
                **{name: second[name].array for name in ("scale", "steps", "first")},
                "before_round": named[before],
                "after_round": named[after],
            }
        )
        moved = self.moved(before, after)
        frame = frame.merge(moved, on="condition", how="left")
        # Nobody answered both times, where there is no row.
        frame["why"] = frame["why"].where(frame["condition"].isin(moved["condition"]), "few")
        otherwise = frame["condition"].isin(self.otherwise(before, after))
        frame.loc[otherwise, ["before", "after", *_MOVED]] = pd.NA
        frame.loc[otherwise, ["why", "before_why", "after_why"]] = "apart"
        nothing = frame[["before", "after", "pairs"]].isna().all(axis=1)
        return weighed(frame).assign(shown=nothing.map({True: "nothing", False: "statistic"}))

    def moved(self, before: str, after: str) -> pd.DataFrame:
        """Return how many people moved in each condition, masked; see `moves.moves`."""
        own = self.own
        alike = own[~own["condition"].isin(self.otherwise(before, after))]
        return moves(alike, before, after, self._limits[1])

    def then(self, before: str, now: str) -> pd.DataFrame:
        """Return how people now see an earlier round, and what moved since; see `then.then`."""
        return then(self.answers, before, now, *self._limits)

    def turnover(self, before: str, after: str) -> Mapping[str, int] | None:
        """Return how many people entered, left and stayed, or None; see `rounds.turnover`."""
        return turnover(self.given, before, after, self._limits[0])

    def masked(self) -> pd.DataFrame:
        """Return what is masked, and why; the evaluator's alone; see `masking.masked`."""
        key = [*_LINE, "group"]
        rows = masked(self._protected, key)
        if self.unvouched is not None:
            left_out = replace(self, ratings=self.unvouched, unvouched=None).own
            rows = pd.concat([rows, waiting(left_out, key)], ignore_index=True)
        return self._worded(rows)

    def masked_groups(self) -> pd.DataFrame:
        """Return whose medians of a condition are masked, and why; the evaluator's alone.

        Returns
        -------
        frame
            `wave`, `condition`, `group`, `reason`, and `title`, `round` in words.
        """
        found = self.groups[self.groups["reason"].notna()]
        return self._worded(found[["wave", "condition", "group", "reason"]])

    def line_moves(self, before: str, after: str) -> pd.DataFrame:
        """Return how the same people moved between two rounds on each line; see `moves`.

        With `chance` and `odds`: see `chance.weighed`.
        """
        return weighed(line_moves(self.own, before, after, *self._limits))

    def warnings(self) -> pd.DataFrame:
        """Return what the evaluator should know before showing: rows in which all answered alike.

        Returns
        -------
        frame
            `wave`, `condition`, `indicator`, `aspect`, `group`, `warning` (`unanimous`), and
            `statement`, `title`, `round` in words.
        """
        return self._worded(self._protected.warnings)

    @cached_property
    def _scales(self) -> "list[Tables]":
        """These tables once for each scale, none where it is one: each is masked by itself."""
        if self.ratings.empty:
            return []
        asked = self.own[["wave", "scale", "steps"]].drop_duplicates()
        rounds: dict[tuple[str, int], list[str]] = {}
        for wave, scale, steps in asked.itertuples(index=False, name=None):
            rounds.setdefault((scale, int(steps)), []).append(wave)
        if len(rounds) <= 1:
            return []
        return [self._on_scale(waves, steps) for (_, steps), waves in rounds.items()]

    def _on_scale(self, rounds: Sequence[str], last: int) -> "Tables":
        """Return the tables of the rounds on one scale, beside what was ever shown of these."""

        def of(given: Given) -> Given:
            figures = self._of(rounds, given.figures)
            beyond = [name for name in figures.columns if name in set(steps_from(last + 1, 99))]
            return replace(given, figures=figures.drop(columns=beyond))

        figures = {code: [of(one) for one in given] for code, given in self.seen.figures.items()}
        seen = replace(self.seen, figures=figures, groups=self._of(rounds, self.seen.groups))
        return replace(self, ratings=self._of(rounds, self.ratings), seen=seen)

    @staticmethod
    def _of(waves: Sequence[str], frame: pd.DataFrame) -> pd.DataFrame:
        kept: pd.DataFrame = frame[frame["wave"].isin(waves)]
        return kept

    def _joined(self, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
        """Return the rows of several scales in the order of the rounds."""
        found = pd.concat(parts, ignore_index=True)
        order = found["wave"].map(self._order).argsort(kind="stable")
        return found.iloc[order].reset_index(drop=True)

    @cached_property
    def _counted(self) -> pd.DataFrame:
        """Every distribution, unmasked, in the order of the rounds and of the instrument."""
        counted = groupings(self.own, _LINE, last=self._last)
        places = {
            (wave, code): (self._order[wave], place)
            for wave in counted["wave"].unique()
            for place, code in enumerate(self._instrument_of(wave).indicators)
        }
        lines = zip(counted["wave"], counted["indicator"], strict=True)
        counted = counted.assign(_line=pd.Series([places[line] for line in lines], dtype="object"))
        counted = counted.sort_values(["_line", "aspect", "group"], kind="stable")
        return counted.drop(columns="_line").reset_index(drop=True)

    @cached_property
    def _protected(self) -> Protected:
        if self._scales:
            parts = [part._protected for part in self._scales]  # noqa: SLF001
            tables, reasons, warned = zip(*parts, strict=True)
            order = pd.concat(tables, ignore_index=True)["wave"].map(self._order)
            order = order.argsort(kind="stable")
            why = pd.concat(reasons, ignore_index=True).iloc[order].reset_index(drop=True)
            return Protected(self._joined(tables), why, self._joined(warned))
        counted = self._counted
        chosen = (counted["group"] != EVERYBODY) if self._sided else (counted["group"] == EVERYBODY)
        if self.seen.rounds is not None:
            chosen &= counted["wave"].isin(self.seen.rounds)
        # Each round by itself: what two of them tell together is for `beside`.
        alone = protect(counted[chosen].reset_index(drop=True), *self._limits, wave="")
        given = self.seen.figures.get(self._code, ())
        waves = [wave.code for wave in self.folder.settings.waves]
        people = self.ratings[self.ratings["mode"] == "individual"]
        answers = Answers(people, self.own, waves, self._last)
        most = "medians" if self._sided else "counts"
        pooled = once_shown(self._today, self.seen.groups, self._limits[0])
        found = beside(alone, answers, given, self._limits[0], most=most, pooled=pooled)
        before, limits = [one.figures for one in given], {"k": self._limits[0], "steps": self._last}
        lines = lines_beside(self._today, found.table, before, self.seen, waves, **limits)
        return without(found, lines) if lines else found

    @property
    def _today(self) -> pd.DataFrame:
        """What people said of today, and nothing that no figure depends on: notes, and when."""
        found: pd.DataFrame = self.own.loc[self.own["aspect"] == "current", _TODAY]
        return found

    @cached_property
    def groups(self) -> pd.DataFrame:
        """The medians of each condition by group, masked; see `groups.by_group`."""
        if self._scales:
            return self._joined([part.groups for part in self._scales])
        given = self.seen.figures.get(self._code, ())
        lines = lines_told([self.figures(by_group=False), *(one.figures for one in given)])
        waves = [wave.code for wave in self.folder.settings.waves]
        outdated = self.seen.outdated(self._code, who_took_part(self.ratings))
        limits = {"k": self._limits[0], "steps": self._last}
        found = groups_of(self._today, lines, self.seen, waves, outdated=outdated, **limits)
        rounds = self.seen.rounds
        return found if rounds is None else found[found["wave"].isin(rounds)]

    def figures(self, *, by_group: bool) -> pd.DataFrame:
        """Return the protected distribution that all else is computed from, by groups or not."""
        if self._scales:
            return self._joined([part.figures(by_group=by_group) for part in self._scales])
        figures: pd.DataFrame = self._protected.table
        if self._sided and not by_group:
            return figures.head(0)
        if not by_group or self._sided or figures.empty:
            return figures.reset_index(drop=True)
        every: pd.DataFrame = protect(self._counted, *self._limits).table
        every = every[every["group"] != EVERYBODY]
        together = pd.concat([figures, every], ignore_index=True)
        line = together[_LINE].astype(str).agg(" ".join, axis=1)
        order = pd.Series(pd.factorize(line)[0])
        return together.iloc[order.argsort(kind="stable")].reset_index(drop=True)

    @property
    def given(self) -> pd.DataFrame:
        """People's own answers to whatever was asked, none of them skipped."""
        own = self.ratings["mode"] == "individual"
        given: pd.DataFrame = self.ratings[own & (self.ratings["status"] != "skipped")]
        return given

    @property
    def _sided(self) -> bool:
        """Whether a group stands beside the others, and nobody is shown beside everybody."""
        return False

    @property
    def _code(self) -> str:
        """Whose tables these are: a module's code, or nothing for the conditions."""
        return ""

    @property
    def _limits(self) -> tuple[int, int]:
        """Fewest people of whom a statistic is shown, and of whom the counts are."""
        privacy = self.folder.settings.privacy
        return privacy.minimum, privacy.minimum_distribution
