"""The tables that may be shown: masked, and worded in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from toolkit.evaluation.source import Source
from toolkit.evaluation.tables import conditions
from toolkit.evaluation.tables.masking import masked
from toolkit.evaluation.tables.moves import line_moves, moves
from toolkit.evaluation.tables.rounds import editions, turnover
from toolkit.evaluation.tables.then import then
from toolkit.instruments import Section
from toolkit.scoring.distribution import diverging, summary
from toolkit.scoring.groupings import groupings
from toolkit.scoring.guide import guide
from toolkit.scoring.reading import reading
from toolkit.scoring.suppression import EVERYBODY, Protected, protect
from toolkit.text import Language

__all__ = ["Tables"]

_LINE = ["wave", "condition", "indicator", "aspect"]
_MOVED = ["fell", "same", "rose", "pairs"]


@dataclass(frozen=True)
class Tables:
    """Every masked table of one evaluation, from its raw answers.

    People's own answers to the conditions count; a group's consensus never mixes with them. Raw
    answers end in `_protected`; every other figure is computed from what that shows.
    """

    folder: Source
    ratings: pd.DataFrame
    language: Language

    def counts(self, *, by_group: bool = False) -> pd.DataFrame:
        """Return the masked distribution of each indicator.

        Returns
        -------
        frame
            `wave`, `condition`, `indicator`, `aspect`, `group` (`all` for everybody), `step_1` to
            `step_K`, `n`, `dont_know`, `not_applicable`, `skipped` (people; null where masked),
            `start_1`, `end_1`… (where each step lies in a diverging bar, as a share of the
            answers), `shown` (`distribution`, `statistic`, `nothing`), and `statement`, `title`,
            `round` in words; in the order of the rounds and of the instrument.
        """
        figures = self.figures(by_group=by_group).drop(columns=["low", "high", "reading"])
        start, end = diverging(figures)
        for step in range(self._last):
            figures[f"start_{step + 1}"], figures[f"end_{step + 1}"] = start[:, step], end[:, step]
        return self._worded(figures)

    def summary(self, *, by_group: bool = False) -> pd.DataFrame:
        """Return what each indicator's distribution says, masked.

        Returns
        -------
        frame
            `wave`, `condition`, `indicator`, `aspect`, `group`, `n`, `dont_know`,
            `not_applicable`, `skipped` (people), `low` and `high` (medians, steps), `top` (people
            on the two highest steps), `share` of them with `share_low`, `share_high` (95 % Wilson
            interval), `agreement` (0 to 1), `reading` (shared, mixed, divided), `unknown` (share
            of those asked; at least that much where `n` is masked), `shown`, and `statement`,
            `title`, `round` in words.
        """
        figures = summary(self.figures(by_group=by_group))
        words = pd.Series(reading(figures), index=figures.index)
        figures["reading"] = words.where(words.notna(), figures["reading"])
        # Where fewer than the minimum gave a step, at most so many do beside those who do not know.
        answered = figures["n"].fillna(self._limits[0] - 1)
        asked = figures["dont_know"] + answered
        figures["unknown"] = figures["dont_know"] / asked.where(asked > 0)
        detail = [name for name in figures.columns if name.startswith("step_")]
        return self._worded(figures.drop(columns=[*detail, "bottom", "deviation"]))

    def gaps(self, wave: str) -> pd.DataFrame:
        """Return today beside what is desired, for one round and everybody.

        The two are not paired: the median of those alone who gave both, beside that of everybody,
        would tell what the few others answered.

        Returns
        -------
        frame
            The current rows of `summary`, with `current` (everybody's low median), `wanted` (that
            of those who said what they desire) and `gap` (wanted less current), in steps; null
            where masked.
        """
        frame = self.summary()
        frame = frame[frame["wave"] == wave]
        wanted = frame[frame["aspect"] == "desired"].set_index("indicator")["low"]
        today = frame[frame["aspect"] == "current"].reset_index(drop=True)
        later = today["indicator"].map(wanted).astype("Int64")
        return today.assign(current=today["low"], wanted=later, gap=later - today["low"])

    def guide(self, wave: str, *, most: int = 5) -> pd.DataFrame:
        """Return what to talk about first after a round: `kind`, `indicator`, `rank`."""
        return guide(self.gaps(wave), self._last, most=most)

    def profile(self, *, by_group: bool = False) -> pd.DataFrame:
        """Return the conditions of each round side by side, masked; they are never summed.

        Returns
        -------
        frame
            As `conditions.profile` says, with `title`, `round` in words.
        """
        figures = self.figures(by_group=by_group)
        today = figures[figures["aspect"] == "current"].drop(columns="aspect")
        return self._worded(conditions.profile(today))

    def changes(self, before: str, after: str) -> pd.DataFrame:
        """Return how each condition moved between two rounds, masked.

        Returns
        -------
        frame
            `condition`, `before`, `after` (everybody's low medians, steps), `fell`, `same`,
            `rose`, `pairs` (people who answered both times, see `moves.moves`), `shown`, and
            `title`, `before_round`, `after_round` in words; null where masked, and all of it where
            the two rounds were asked otherwise.
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
                "before_round": named[before],
                "after_round": named[after],
            }
        )
        frame = frame.merge(self.moved(before, after), on="condition", how="left")
        if after in self.apart(before):  # of other statements, or on another scale
            frame[["before", "after", *_MOVED]] = pd.NA
        nothing = frame[["before", "after", "pairs"]].isna().all(axis=1)
        return frame.assign(shown=nothing.map({True: "nothing", False: "statistic"}))

    def moved(self, before: str, after: str) -> pd.DataFrame:
        """Return how many people moved in each condition, masked; see `moves.moves`."""
        return moves(self.own, before, after, self._limits[1])

    def then(self, before: str, now: str) -> pd.DataFrame:
        """Return how people now see an earlier round, and what moved since; see `then.then`."""
        return then(self.ratings, before, now, *self._limits)

    def turnover(self, before: str, after: str) -> Mapping[str, int] | None:
        """Return how many people entered, left and stayed, or None; see `rounds.turnover`."""
        own = self.ratings["mode"] == "individual"
        given = self.ratings[own & (self.ratings["status"] != "skipped")]
        return turnover(given, before, after, self._limits[0])

    @cached_property
    def editions(self) -> Mapping[str, list[str]]:
        """With which instrument, version and scale each round was asked."""
        return editions(self._asked)

    def apart(self, wave: str) -> set[str]:
        """Return the rounds that a round is never compared with: they were asked otherwise."""
        own = self.editions.get(wave)
        return {other for other, asked in self.editions.items() if own and asked != own}

    def masked(self) -> pd.DataFrame:
        """Return what is masked, and why; the evaluator's alone; see `masking.masked`."""
        return self._worded(masked(self._protected, [*_LINE, "group"]))

    def line_moves(self, before: str, after: str) -> pd.DataFrame:
        """Return how the same people moved between two rounds on each line; see `moves`."""
        return line_moves(self.own, before, after, *self._limits)

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
    def _protected(self) -> Protected:
        counted = groupings(self.own, _LINE, last=self._last)
        order = {code: i for i, code in enumerate(self.folder.instrument.indicators)}
        rounds = {wave.code: i for i, wave in enumerate(self.folder.settings.waves)}
        place = counted["wave"].map(rounds), counted["indicator"].map(order)
        counted = counted.assign(_wave=place[0], _line=place[1])
        counted = counted.sort_values(["_wave", "_line", "aspect", "group"], kind="stable")
        counted = counted.drop(columns=["_wave", "_line"]).reset_index(drop=True)
        return protect(counted, *self._limits)

    def figures(self, *, by_group: bool) -> pd.DataFrame:
        """Return the protected distribution that all else is computed from, by groups or not."""
        figures: pd.DataFrame = self._protected.table
        if not by_group:
            figures = figures[figures["group"] == EVERYBODY]
        return figures.reset_index(drop=True)

    @property
    def _asked(self) -> pd.DataFrame:
        """People's own answers to what is asked, on any scale; not how they see a round again."""
        frame = self.ratings
        asked = {line.code for section in self._sections for line in section.indicators}
        waves = {wave.code for wave in self.folder.settings.waves}
        own = (frame["mode"] == "individual") & (frame["aspect"] != "then")
        kept: pd.DataFrame = frame[own & frame["indicator"].isin(asked) & frame["wave"].isin(waves)]
        return kept

    @property
    def own(self) -> pd.DataFrame:
        """Raw answers to what is asked, on the scale it is rated on; the evaluator's alone."""
        asked = self._asked
        kept: pd.DataFrame = asked[asked["scale"] == self._sections[0].rated_on]
        return kept

    @property
    def _limits(self) -> tuple[int, int]:
        """Fewest people of whom a statistic is shown, and of whom the counts are."""
        privacy = self.folder.settings.privacy
        return privacy.minimum, privacy.minimum_distribution

    @property
    def _sections(self) -> tuple[Section, ...]:
        """What these tables are of."""
        return self.folder.instrument.conditions

    @property
    def _last(self) -> int:
        """How many steps the lines are rated on."""
        return len(self.folder.instrument.scales[self._sections[0].rated_on].steps)

    def _worded(self, frame: pd.DataFrame) -> pd.DataFrame:
        language, instrument = self.language, self.folder.instrument
        titles = {section.code: section.title[language] for section in instrument.sections}
        rounds = {wave.code: wave.text[language] for wave in self.folder.settings.waves}
        worded = frame.assign(title=frame["condition"].map(titles), round=frame["wave"].map(rounds))
        if "indicator" in frame:
            texts = {code: line.text[language] for code, line in instrument.indicators.items()}
            worded = worded.assign(statement=frame["indicator"].map(texts))
        return worded
