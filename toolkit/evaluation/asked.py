"""With which instrument each round is asked: kept in the store, whatever becomes of the file."""

from contextlib import suppress
from dataclasses import dataclass

from toolkit.errors import ConflictError, RatingError, StoreError
from toolkit.instruments import Instrument
from toolkit.storage import Entries, Entry
from toolkit.text import Text, both

__all__ = ["Asked", "Difference", "checked", "difference"]

#: Which instrument a round is asked with, by its digest; and what that instrument says.
_KIND, _TEXT = "instrument", "instrument_text"
#: Under its digest an instrument is the same in every evaluation: read once in a process.
_READ: dict[str, Instrument] = {}


class Asked:
    """The instruments that the rounds of one evaluation are asked with.

    One is kept when its round is opened, at the latest with its first answer, and once somebody has
    answered it is never replaced: every figure of a round is read on what people were asked.
    """

    def __init__(self, entries: Entries) -> None:
        self._entries = entries

    def of(self, wave: str) -> Instrument | None:
        """Return what a round is asked with, or None where nothing was kept yet."""
        found = self._entries.newest(_KIND, wave=wave)
        return self._instrument(str(found[-1].content)) if found else None

    def keep(self, wave: str, instrument: Instrument) -> Instrument:
        """Keep with what a round is asked, unless that was done, and return what stands."""
        standing = self.of(wave)
        if standing is None:
            with suppress(ConflictError):  # somebody else was first
                self._write(wave, instrument, after=0)
            standing = self.of(wave) or instrument
        return standing

    def replace(self, wave: str, instrument: Instrument) -> None:
        """Ask a round that nobody has answered with another instrument."""
        found = self._entries.newest(_KIND, wave=wave)
        self._write(wave, instrument, after=found[-1].number if found else 0)

    def _write(self, wave: str, instrument: Instrument, *, after: int) -> None:
        told = instrument.model_dump(mode="json")
        said = Entry(_KIND, instrument.digest, wave=wave)
        self._entries.keep([said, Entry(_TEXT, told, instrument.digest)], after=after)

    def _instrument(self, digest: str) -> Instrument:
        if digest not in _READ:
            found = self._entries.newest(_TEXT, subject=digest)
            if not found:
                raise StoreError(both("store.no_instrument"))
            _READ[digest] = Instrument.model_validate(found[-1].content)
        return _READ[digest]


def checked(standing: Instrument, shown: Instrument) -> None:
    """Refuse an answer to a page that shows other questions than the round is asked with."""
    if standing.digest != shown.digest:
        raise RatingError(both("refusal.asked_otherwise"))


@dataclass(frozen=True, slots=True)
class Difference:
    """What two instruments ask alike, and what otherwise: titles of conditions and modules.

    Attributes
    ----------
    alike, otherwise
        Those that two rounds can be compared on, and those that they cannot: other statements,
        another wording, another scale; of the second instrument where both have it.
    """

    alike: tuple[Text, ...]
    otherwise: tuple[Text, ...]


def difference(before: Instrument, after: Instrument) -> Difference | None:
    """Return what two instruments ask alike; None where they are the same in every word."""
    if before.digest == after.digest:
        return None
    first, second = (
        {
            part.code: {line.code: asked.editions[line.code] for line in part.indicators}
            for part in (*asked.conditions, *asked.modules)
        }
        for asked in (before, after)
    )
    titles = {part.code: part.title for asked in (before, after) for part in asked.sections}
    same = [code for code in second if first.get(code) == second[code]]
    other = [code for code in (*second, *first) if code not in same]
    alike, otherwise = (tuple(titles[code] for code in codes) for codes in (same, other))
    return Difference(alike, tuple(dict.fromkeys(otherwise)))
