"""What came out of a session: of each statement, what the room saw and what it agreed on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.evaluation.consensus.ballots import Figures
from toolkit.storage.entries import Entries

__all__ = ["Minute", "minutes"]


@dataclass(frozen=True, slots=True)
class Minute:
    """What came out of one statement.

    Attributes
    ----------
    indicator
        The statement's code.
    ballots
        What the room saw of each ballot that was opened, oldest first.
    agreed
        What the group agreed on: `value`, `dissent`, `fact`; None before it did.
    """

    indicator: str
    ballots: tuple[Figures, ...]
    agreed: Mapping[str, Any] | None


def minutes(entries: Entries, wave: str) -> list[Minute]:
    """Return what came out of the session of a round, in the order in which it was taken up."""
    opened = entries.newest("figures", wave=wave)
    recorded = entries.newest("consensus", wave=wave)
    agreed = {entry.subject: entry.content for entry in recorded}
    ballots: dict[str, list[Figures]] = {}
    for entry in sorted([*opened, *recorded], key=lambda entry: entry.number):
        indicator = entry.subject.rpartition("/")[0] or entry.subject
        seen = ballots.setdefault(indicator, [])
        if entry.kind == "figures":
            seen.append(Figures.read(entry.content))
    return [Minute(code, tuple(seen), agreed.get(code)) for code, seen in ballots.items()]
