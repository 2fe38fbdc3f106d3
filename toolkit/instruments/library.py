"""Find an instrument by its id: the evaluation's own first, then the built-in ones."""

from pathlib import Path

from toolkit.errors import InstrumentError
from toolkit.instruments.model import Instrument
from toolkit.instruments.reader import read
from toolkit.text import both

__all__ = ["available", "find"]

_BUILT_IN = Path(__file__).parent


def available(folder: Path | None = None) -> dict[str, Path]:
    """Return the file of each instrument by id; a file in `folder` goes before a built-in one."""
    places = [_BUILT_IN, *([folder, folder / "instruments"] if folder else [])]
    return {file.stem: file for place in places for file in sorted(place.glob("*.yaml"))}


def find(instrument: str, folder: Path | None = None) -> Instrument:
    """Return the instrument with an id, which is also its file's name.

    Raises
    ------
    InstrumentError
        No such instrument, or its file cannot be used.
    """
    files = available(folder)
    if instrument not in files:
        raise InstrumentError(
            both("check.no_instrument", instrument=instrument, known=", ".join(files))
        )
    found = read(files[instrument])
    if found.id != instrument:
        raise InstrumentError(
            both("check.other_id", file=files[instrument].name, id=found.id, name=instrument)
        )
    return found
