"""The masked tables by name, of an evaluation as it is or of what was released of it."""

from typing import TYPE_CHECKING

from toolkit.text import Language

if TYPE_CHECKING:
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
    """Something that has masked tables; each call reads them anew."""

    def tables(self, language: Language | None = None) -> "Tables":
        """Return every masked table as it is now, so that several cost one reading."""
        raise NotImplementedError

    def counts(self, *, by_group: bool = False, language: Language | None = None) -> "pd.DataFrame":
        """Return the masked distribution of every indicator; see `Tables.counts`."""
        return self.tables(language).counts(by_group=by_group)

    def summary(
        self, *, by_group: bool = False, language: Language | None = None
    ) -> "pd.DataFrame":
        """Return what each masked distribution says; see `Tables.summary`."""
        return self.tables(language).summary(by_group=by_group)

    def profile(
        self, *, by_group: bool = False, language: Language | None = None
    ) -> "pd.DataFrame":
        """Return the four conditions of each round, masked, never summed; see `Tables.profile`."""
        return self.tables(language).profile(by_group=by_group)

    def guide(self, wave: str, *, language: Language | None = None) -> "pd.DataFrame":
        """Return what to talk about first after a round; see `talk.talk`."""
        from toolkit.evaluation.tables.talk import talk  # noqa: PLC0415

        return talk(self.tables(language), wave)

    def gaps(self, wave: str, *, language: Language | None = None) -> "pd.DataFrame":
        """Return current and desired medians side by side, masked; see `Tables.gaps`."""
        return self.tables(language).gaps(wave)

    def changes(
        self, before: str, after: str, *, language: Language | None = None
    ) -> "pd.DataFrame":
        """Return how each condition moved between two rounds, masked; see `Tables.changes`."""
        return self.tables(language).changes(before, after)
