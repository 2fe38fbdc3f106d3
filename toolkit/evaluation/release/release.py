"""One release: what was chosen to be shown, the figures as they were, and who agreed."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Self

from toolkit.evaluation.links import COALITION
from toolkit.evaluation.release.snapshot import FIGURES, Snapshot
from toolkit.storage import Entry

if TYPE_CHECKING:
    from toolkit.evaluation.tables import Tables

__all__ = ["Draft", "Release"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an evaluator chose to show, and wrote beside it.

    Attributes
    ----------
    audience
        For whom: `coalition`, `portfolio`, or the code of a named audience.
    name
        What a named audience is called.
    rounds, parts
        Codes of rounds, and of `snapshot.PARTS`.
    notes, quotes
        The evaluator's own words: paragraphs, and a line for each quote.
    """

    audience: str = COALITION
    name: str = ""
    rounds: tuple[str, ...] = ()
    parts: tuple[str, ...] = FIGURES
    notes: str = ""
    quotes: str = ""

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Return what was kept as JSON."""
        lists = {name: tuple(told[name]) for name in ("rounds", "parts")}
        return cls(**{**told, **lists})


@dataclass(frozen=True, slots=True)
class Release:
    """A version of what an audience was shown.

    Attributes
    ----------
    draft
        What was chosen and written.
    version
        From 1, for each audience.
    agreed, agreed_on
        The coalition's decision: who agreed to what, and on which day.
    snapshot
        Its figures.
    number, opened_at
        Its entry's; 0 and None of one that is only looked at.
    tables, after
        Of one that is only looked at: the evaluator's tables that it was made from, and the number
        of the newest entry that they stand beside.
    """

    draft: Draft
    version: int
    agreed: str
    agreed_on: datetime.date
    snapshot: Snapshot
    number: int = 0
    opened_at: datetime.datetime | None = None
    tables: "Tables | None" = field(default=None, compare=False, repr=False)
    after: int = field(default=0, compare=False)

    @classmethod
    def read(cls, entry: Entry) -> Self:
        """Return the release of an entry."""
        told = entry.content
        return cls(
            Draft.read(told["draft"]),
            told["version"],
            told["agreed"],
            datetime.date.fromisoformat(told["agreed_on"]),
            Snapshot(told["snapshot"]),
            entry.number,
            entry.recorded_at,
        )

    @property
    def content(self) -> dict[str, Any]:
        """What is kept of it, as JSON holds it."""
        return {
            "draft": asdict(self.draft),
            "version": self.version,
            "agreed": self.agreed,
            "agreed_on": self.agreed_on.isoformat(),
            "snapshot": self.snapshot.kept,
        }
