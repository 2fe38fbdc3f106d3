"""The tables that may be shown: masked, and worded in the reader's language."""

from dataclasses import dataclass

import pandas as pd

from toolkit import scoring
from toolkit.evaluation.folder import Folder
from toolkit.text import Language

__all__ = ["Tables"]

_LINE = ["wave", "condition", "indicator", "aspect"]
_CONDITION = ["wave", "condition"]
_SAID = ["low", "high", "top", "agreement", "reading", "unknown"]
_TIERS = {"distribution": 2, "statistic": 1, "nothing": 0}


@dataclass(frozen=True)
class Tables:
    """Every masked table of one evaluation, from its raw answers.

    People's own answers to the conditions count; a group's consensus never mixes with them.
    """

    folder: Folder
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
        return self._lines(by_group=by_group).drop(columns=_SAID)

    def summary(self, *, by_group: bool = False) -> pd.DataFrame:
        """Return what each indicator's distribution says, masked.

        Returns
        -------
        frame
            `wave`, `condition`, `indicator`, `aspect`, `group`, `n`, `dont_know`,
            `not_applicable`, `skipped` (people), `low` and `high` (medians, steps), `unknown`
            (share of those asked), `top` (people on the two highest steps), `agreement` (0 to 1),
            `reading` (shared, mixed, divided), `shown`, and `statement`, `title`, `round` in
            words.
        """
        frame = self._lines(by_group=by_group)
        detail = [name for name in frame.columns if name.startswith(("step_", "start_", "end_"))]
        return frame.drop(columns=detail)

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

    def guide(self, wave: str) -> pd.DataFrame:
        """Return what to talk about first after a round: `kind`, `indicator`, `rank`."""
        return scoring.guide(self.gaps(wave), self._last)

    def profile(self, *, by_group: bool = False) -> pd.DataFrame:
        """Return the conditions of each round side by side, masked; they are never summed.

        A condition pools the answers to its indicators. An indicator that is masked stays out of
        the pool, since the pool less what is shown would give it away.

        Returns
        -------
        frame
            `wave`, `condition`, `group`, `n` (people), `answers` (pooled), `low`, `high` (steps),
            `top` (answers on the two highest steps), `agreement` (mean of the indicators', 0 to
            1), `reading` (shared, mixed, divided), `shown`, and `title`, `round` in words.
        """
        raw = self._distribution(by_group=by_group)
        raw = raw[raw["aspect"] == "current"]
        pool = _described(self._poolable(raw))
        steps = [name for name in pool.columns if name.startswith("step_")]
        how = {**dict.fromkeys([*steps, "top"], "sum"), "n": "size", "agreement": "mean"}
        rows = pool.groupby([*_CONDITION, "group"], as_index=False, sort=False)
        figures = rows.agg(how).rename(columns={"n": "indicators"})
        low, high = scoring.medians(figures[steps].to_numpy())
        figures = figures.assign(
            answers=figures[steps].sum(axis=1).astype("Int64"),
            low=pd.Series(low, index=figures.index).astype("Int64"),
            high=pd.Series(high, index=figures.index).astype("Int64"),
            reading=scoring.reading_of(figures["agreement"]),
        )
        # Every condition has its row: one whose indicators are all masked shows as masked.
        asked = raw[[*_CONDITION, "group"]].drop_duplicates()
        figures = asked.merge(figures, how="left").merge(self._people(by_group=by_group), "left")
        figures["n"] = (
            figures["n"].where(figures["indicators"].notna(), 0).fillna(0).astype("Int64")
        )
        return self._worded(self._masked(figures.drop(columns=[*steps, "indicators"]), _CONDITION))

    @property
    def _own(self) -> pd.DataFrame:
        """People's own answers to the conditions, on their scale, in the rounds that are set."""
        instrument, frame = self.folder.instrument, self.ratings
        asked = {line.code for section in instrument.conditions for line in section.indicators}
        waves = {wave.code for wave in self.folder.settings.waves}
        own = (frame["mode"] == "individual") & frame["indicator"].isin(asked)
        own &= (frame["scale"] == instrument.rated_on) & frame["wave"].isin(waves)
        kept: pd.DataFrame = frame[own]
        return kept

    @property
    def _last(self) -> int:
        """How many steps the conditions are rated on."""
        instrument = self.folder.instrument
        return len(instrument.scales[instrument.rated_on].steps)

    def _counted(self, ratings: pd.DataFrame, by: list[str]) -> pd.DataFrame:
        counted: pd.DataFrame = scoring.distribution(ratings, by, last=self._last)
        return counted

    def _lines(self, *, by_group: bool) -> pd.DataFrame:
        figures = _described(self._distribution(by_group=by_group))
        start, end = scoring.diverging(scoring.steps(figures))
        for step in range(start.shape[1]):
            figures[f"start_{step + 1}"], figures[f"end_{step + 1}"] = start[:, step], end[:, step]
        return self._worded(self._masked(figures, _LINE))

    def _distribution(self, *, by_group: bool) -> pd.DataFrame:
        parts = [self._counted(self._own, _LINE).assign(group=scoring.EVERYBODY)]
        if by_group:
            parts.append(self._counted(self._own, [*_LINE, "group"]))
        frame = pd.concat(parts, ignore_index=True)
        order = {code: i for i, code in enumerate(self.folder.instrument.indicators)}
        rounds = {wave.code: i for i, wave in enumerate(self.folder.settings.waves)}
        frame = frame.assign(_wave=frame["wave"].map(rounds), _line=frame["indicator"].map(order))
        frame = frame.sort_values(["_wave", "_line", "aspect", "group"], kind="stable")
        steps = [name for name in frame.columns if name.startswith("step_")]
        rest = ["n", "dont_know", "not_applicable", "skipped"]
        return frame[[*_LINE, "group", *steps, *rest]].reset_index(drop=True)

    def _poolable(self, raw: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that may be pooled within their condition, for each group.

        Those whose counts are shown; where none are, those whose statistics are, if there are at
        least two: a pool of one would show that one's counts.
        """
        shown = self._masked(_described(raw), _LINE)
        shown = shown.assign(tier=shown["shown"].map(_TIERS))
        within = shown.groupby([*_CONDITION, "group"])["tier"]
        kept = shown[(shown["tier"] == within.transform("max")) & (shown["tier"] > 0)]
        alone = kept.groupby([*_CONDITION, "group"])["tier"].transform("size") == 1
        kept = kept[~(alone & (kept["tier"] < _TIERS["distribution"]))]
        key = ["wave", "indicator", "group"]
        return raw.merge(kept[key], on=key)

    def _people(self, *, by_group: bool) -> pd.DataFrame:
        """Return how many people gave a step in each condition, everybody and by group."""
        given = self._own[self._own["value"].notna() & (self._own["aspect"] == "current")]
        everybody = given.groupby(_CONDITION)["rater"].nunique().rename("n").reset_index()
        parts = [everybody.assign(group=scoring.EVERYBODY)]
        if by_group:
            people = given.groupby([*_CONDITION, "group"])["rater"].nunique()
            parts.append(people.rename("n").reset_index())
        return pd.concat(parts, ignore_index=True)

    def _masked(self, figures: pd.DataFrame, by: list[str]) -> pd.DataFrame:
        privacy = self.folder.settings.privacy
        return scoring.protect(figures, privacy.minimum, privacy.minimum_distribution, by)

    def _worded(self, frame: pd.DataFrame) -> pd.DataFrame:
        language, instrument = self.language, self.folder.instrument
        titles = {section.code: section.title[language] for section in instrument.sections}
        rounds = {wave.code: wave.text[language] for wave in self.folder.settings.waves}
        worded = frame.assign(title=frame["condition"].map(titles), round=frame["wave"].map(rounds))
        if "indicator" in frame:
            texts = {code: line.text[language] for code, line in instrument.indicators.items()}
            worded = worded.assign(statement=frame["indicator"].map(texts))
        return worded


def _described(frame: pd.DataFrame) -> pd.DataFrame:
    described = scoring.summary(frame)
    last = scoring.steps(frame).shape[1]
    asked = frame["n"] + frame["dont_know"]
    unknown = frame["dont_know"] / asked.where(asked > 0)
    described = described.assign(reading=scoring.reading(described, last), unknown=unknown)
    return described.drop(columns=["bottom", "deviation"])
