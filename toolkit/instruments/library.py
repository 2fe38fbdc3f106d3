"""Find an instrument by its id: the evaluation's own first, then the built-in ones."""

from pathlib import Path

from toolkit.errors import InstrumentError
from toolkit.instruments.model import Instrument
from toolkit.instruments.reader import read
from toolkit.text import both

__all__ = ["available", "find", "is_file", "located", "stamp"]

_BUILT_IN = Path(__file__).parent
#: How the name of an instrument's file ends.
_ENDINGS = {".yaml", ".yml"}


def available(folder: Path | None = None) -> dict[str, Path]:
    """Return the file of each instrument by id; a file in `folder` goes before a built-in one."""
    places = [_BUILT_IN, *([folder, folder / "instruments"] if folder else [])]
    return {file.stem: file for place in places for file in sorted(place.glob("*.yaml"))}


def find(instrument: str, folder: Path | None = None) -> Instrument:
    """Return the instrument with an id, which is also its file's name, or by that name.

    Raises
    ------
    InstrumentError
        No such instrument, or its file cannot be used.
    """
    file = located(instrument, folder)
    if file is None:
        known = ", ".join(available(folder))
        raise InstrumentError(both("check.no_instrument", instrument=instrument, known=known))
    found = read(file)
    if found.id != file.stem:
        raise InstrumentError(both("check.other_id", file=file.name, id=found.id, name=file.stem))
    return found


def stamp(instrument: str, folder: Path | None = None) -> object:
    """Return what differs whenever the file of an instrument was written: cheap to ask for."""
    file = located(instrument, folder)
    if file is None:
        return None
    state = file.stat()
    return file, state.st_mtime_ns, state.st_size


def is_file(instrument: str) -> bool:
    """Return whether somebody named an instrument's file, wherever it is, and not an id."""
    place = Path(instrument)
    return place.suffix.lower() in _ENDINGS or place.name != instrument


def located(instrument: str, folder: Path | None = None) -> Path | None:
    """Return the file of an instrument, or None where there is none of that id or name."""
    place = Path(instrument)
    name = f"{place.stem if place.suffix.lower() in _ENDINGS else place.name}.yaml"
    own = [folder / "instruments" / name, folder / name] if folder else []
    return next((file for file in (*own, _BUILT_IN / name) if file.is_file()), None)
