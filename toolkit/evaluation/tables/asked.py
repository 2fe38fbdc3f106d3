"""Answers as each round asked for them: on its own scale, in its own words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from toolkit.evaluation.source import Source
from toolkit.evaluation.tables.rounds import editions
from toolkit.instruments import Instrument, Scale, Section
from toolkit.text import Language

__all__ = ["AsAsked", "steps_from"]

#: What is a step in a frame of figures.
_PLACES = ("low", "high", "from", "to")


@dataclass(frozen=True)
class AsAsked:
    """Raw answers, with what each round asked."""

    folder: Source
    ratings: pd.DataFrame
    language: Language

    @cached_property
    def editions(self) -> Mapping[str, Mapping[str, str]]:
        """How each line of each round that somebody answered was asked; see `rounds.editions`."""
        return editions(self._asked, {wave: self._lines_of(wave) for wave in self._order})

    def otherwise(self, before: str, after: str) -> set[str]:
        """Return the conditions that two rounds were not asked alike: they are never compared."""
        first, second = (
            {
                part.code: {line.code: asked.get(line.code) for line in part.indicators}
                for part in self._sections_of(wave)
            }
            for wave, asked in ((code, self.editions.get(code, {})) for code in (before, after))
        )
        codes = first.keys() | second.keys()
        return {code for code in codes if first.get(code) != second.get(code)}

    def apart(self, wave: str) -> set[str]:
        """Return the rounds of which nothing is compared with a round: all was asked otherwise."""
        if wave not in self.editions:
            return set()
        asked = {code: {part.code for part in self._sections_of(code)} for code in self.editions}
        return {
            other
            for other, parts in asked.items()
            if other != wave and parts | asked[wave] == self.otherwise(other, wave)
        }

    @cached_property
    def _instruments(self) -> dict[str, Instrument]:
        return {}

    def _instrument_of(self, wave: str) -> Instrument:
        """Return what a round is asked with: the store is asked once for all of these tables."""
        if wave not in self._instruments:
            self._instruments[wave] = self.folder.instrument_of(wave)
        return self._instruments[wave]

    def _lines_of(self, wave: str) -> dict[str, str]:
        """Return the edition of each line of these tables that a round asks."""
        asked = self._instrument_of(wave).editions
        lines = (line.code for part in self._sections_of(wave) for line in part.indicators)
        return {line: asked[line] for line in lines}

    @cached_property
    def answers(self) -> pd.DataFrame:
        """Every raw answer, with the `edition` of the line that it is to; the evaluator's alone."""
        said = ["wave", "indicator", "instrument", "version", "scale"]
        lines = self.ratings[said].drop_duplicates()
        asked = {wave: self._instrument_of(wave) for wave in lines["wave"].unique()}
        told = [asked[wave].edition_of(*line) for wave, *line in lines.itertuples(index=False)]
        return self.ratings.merge(lines.assign(edition=pd.Series(told, lines.index, "object")))

    @property
    def _asked(self) -> pd.DataFrame:
        """People's own answers to what is asked, on any scale; not how they see a round again."""
        frame = self.answers
        own = (frame["mode"] == "individual") & (frame["aspect"] != "then")
        asked = pd.Series(data=False, index=frame.index)
        for wave in self._order:
            sections = self._sections_of(wave)
            codes = {line.code for section in sections for line in section.indicators}
            asked |= (frame["wave"] == wave) & frame["indicator"].isin(codes)
        kept: pd.DataFrame = frame[own & asked]
        return kept

    @cached_property
    def own(self) -> pd.DataFrame:
        """Answers to what is asked, on the scale it is rated on; the evaluator's alone.

        Each `value` is the position of its step: 1 for the lowest, whatever its number.
        """
        asked = self._asked
        scales = {
            wave: part[0].rated_on for wave in self._order if (part := self._sections_of(wave))
        }
        # An answer from a file may be to a longer scale of that name: it is counted nowhere.
        place = asked["value"] - asked["first"] + 1
        fits = asked["value"].isna() | place.between(1, asked["steps"]).fillna(value=False)
        fits &= asked["scale"] == asked["wave"].map(scales)
        kept: pd.DataFrame = asked.assign(value=place)[fits]
        return kept

    @cached_property
    def _order(self) -> dict[str, int]:
        """The place of each round in time."""
        return {wave.code: place for place, wave in enumerate(self.folder.settings.waves)}

    def _sections_of(self, wave: str) -> tuple[Section, ...]:
        """Return what these tables are of in a round."""
        return self._instrument_of(wave).conditions

    def _steps(self, wave: str) -> int:
        """Return how many steps the lines of a round are rated on; 0 where it asks none."""
        found = self._scale(wave)
        return len(found[1].steps) if found else 0

    def _scale(self, wave: str) -> tuple[str, Scale] | None:
        """Return the id of the scale that the lines of a round are rated on, and the scale."""
        sections = self._sections_of(wave)
        scales = self._instrument_of(wave).scales
        return (sections[0].rated_on, scales[sections[0].rated_on]) if sections else None

    def _middle(self, wave: str) -> float:
        """Return the number that lies in the middle of the scale of a round."""
        found = self._scale(wave)
        return (found[1].first + found[1].last) / 2 if found else 0

    def _numbered(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return figures by the numbers of the scale, with its id, and which numbers these are."""
        found = {wave: self._scale(wave) for wave in frame["wave"].unique()}
        known = {wave: scale for wave, scale in found.items() if scale}
        wave = frame["wave"]
        first = wave.map({code: scale.first for code, (_, scale) in known.items()}).astype("Int64")
        steps = wave.map({code: len(scale.steps) for code, (_, scale) in known.items()})
        ids = wave.map({code: name for code, (name, _) in known.items()}).astype("object")
        places = {name: frame[name] + first - 1 for name in _PLACES if name in frame}
        return frame.assign(**places, scale=ids, steps=steps.astype("Int64"), first=first)

    @cached_property
    def _last(self) -> int:
        """How many steps the scale has; of several, the longest."""
        newest = next(reversed(self._order), "")
        return int(self.own["steps"].max()) if len(self.own) else self._steps(newest)

    def _on_each_scale(
        self, frame: pd.DataFrame, made: Callable[[pd.DataFrame], pd.DataFrame]
    ) -> pd.DataFrame:
        """Return what is made of the rounds on each number of steps, in the order of the rows."""
        steps = frame["wave"].map({wave: self._steps(wave) for wave in self._order})
        found = sorted(steps.unique())
        if found[1:] == []:
            return made(frame)
        parts = [
            made(frame[steps == last].drop(columns=steps_from(last + 1, found[-1])))
            for last in found
        ]
        return pd.concat(parts).sort_index(kind="stable")

    def _worded(self, frame: pd.DataFrame) -> pd.DataFrame:
        language = self.language
        rounds = {wave.code: wave.text[language] for wave in self.folder.settings.waves}
        asked = {wave: self._instrument_of(wave) for wave in frame["wave"].unique()}
        titles = {
            (wave, section.code): section.title[language]
            for wave, instrument in asked.items()
            for section in instrument.sections
        }
        lines = {
            (wave, code): line.text[language]
            for wave, instrument in asked.items()
            for code, line in instrument.indicators.items()
        }
        worded = frame.assign(title=_named(frame, "condition", titles))
        worded["round"] = frame["wave"].map(rounds)
        if "indicator" in frame:
            worded["statement"] = _named(frame, "indicator", lines)
        return worded


def _named(frame: pd.DataFrame, column: str, names: Mapping[tuple[str, str], str]) -> pd.Series:
    keys = zip(frame["wave"], frame[column], strict=True)
    return pd.Series([names.get(key) for key in keys], frame.index, "object")


def steps_from(first: int, last: int) -> list[str]:
    """Return the names of the columns that count some steps."""
    return [f"step_{step}" for step in range(first, last + 1)]
