"""The masked tables by name, of an evaluation as it is or of what was released of it."""

from typing import TYPE_CHECKING, Any

from toolkit.evaluation.settings import Settings
from toolkit.instruments import Instrument
from toolkit.text import Language, say

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from toolkit.evaluation.tables import Tables

__all__ = ["TABLES", "Tabled"]

#: Which part of a release shows the figures of each table.
TABLES = {
    "counts": "answers",
    "summary": "answers",
    "profile": "conditions",
    "guide": "guide",
    "gaps": "desired",
    "changes": "change",
}


class Tabled:
    """Something that has masked tables; each call reads them anew.

    Each table carries in its `attrs` what whoever draws it needs to know: that it is `masked`, its
    `language`, the names of the `groups` and of the `steps` of each scale, and the `wave` that was
    chosen on opening, if one was.
    """

    #: The code of the round that was named on opening.
    chosen: str | None = None

    @property
    def settings(self) -> Settings:
        """The names of the groups."""
        raise NotImplementedError

    def instrument_of(self, wave: str) -> Instrument:
        """Return what a round was asked with."""
        raise NotImplementedError

    def tables(self, language: Language | None = None) -> "Tables":
        """Return every masked table as it is now, so that several cost one reading."""
        raise NotImplementedError

    def counts(self, *, by_group: bool = False, language: Language | None = None) -> "pd.DataFrame":
        """Return the masked distribution of every indicator; see `Tables.counts`."""
        tables = self.tables(language)
        return self._marked(tables.counts(by_group=by_group), tables.language)

    def summary(
        self, *, by_group: bool = False, language: Language | None = None
    ) -> "pd.DataFrame":
        """Return what each masked distribution says; see `Tables.summary`."""
        tables = self.tables(language)
        return self._marked(tables.summary(by_group=by_group), tables.language)

    def profile(
        self, *, by_group: bool = False, language: Language | None = None
    ) -> "pd.DataFrame":
        """Return the four conditions of each round, masked, never summed; see `Tables.profile`."""
        tables = self.tables(language)
        return self._marked(tables.profile(by_group=by_group), tables.language)

    def guide(self, wave: str, *, language: Language | None = None) -> "pd.DataFrame":
        """Return what to talk about first after a round; see `talk.talk`."""
        from toolkit.evaluation.tables.talk import talk  # noqa: PLC0415

        tables = self.tables(language)
        return self._marked(talk(tables, wave), tables.language)

    def gaps(self, wave: str, *, language: Language | None = None) -> "pd.DataFrame":
        """Return current and desired medians side by side, masked; see `Tables.gaps`."""
        tables = self.tables(language)
        return self._marked(tables.gaps(wave), tables.language)

    def changes(
        self, before: str, after: str, *, language: Language | None = None
    ) -> "pd.DataFrame":
        """Return how each condition moved between two rounds, masked; see `Tables.changes`."""
        tables = self.tables(language)
        return self._marked(tables.changes(before, after), tables.language)

    def _marked(self, frame: "pd.DataFrame", language: Language) -> "pd.DataFrame":
        """Return a masked table that says so, and what it is drawn with."""
        groups = {group.code: group.text[language] for group in self.settings.groups}
        told: dict[Hashable | None, Any] = {
            "masked": True,
            "language": language,
            "groups": {**_everybody(language), **groups},
        }
        waves = frame["wave"].unique() if "wave" in frame else ()
        scales = [scale for wave in waves for scale in self.instrument_of(wave).scales.items()]
        told["steps"] = {
            code: [text[language] for text in scale.steps.values()] for code, scale in scales
        }
        if self.chosen:
            told["wave"] = self.chosen
        frame.attrs = told
        return frame


def _everybody(language: Language) -> dict[str, str]:
    keys = {"all": "everybody", "others": "others", "": "no_group"}
    return {code: say(f"dashboard.{key}", language) for code, key in keys.items()}
