"""An evaluation's folder: what the evaluator decided, and what is asked."""

import logging
import os
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from toolkit.errors import EvaluationError, PassingError
from toolkit.evaluation import settings as settings_file
from toolkit.evaluation.logbook import logbook
from toolkit.evaluation.merging import CollisionError, merge
from toolkit.evaluation.settings import Settings, Wave
from toolkit.instruments import Instrument, library
from toolkit.text import LANGUAGES, Text, both

__all__ = ["LAST_GOOD", "STORE", "Folder"]

#: The file of the answers.
STORE = "ratings.db"
#: The variable in which a server names the folder that holds its settings as they were read last.
LAST_GOOD = "AGIR_LAST_GOOD"
_LOG = "agir.log"


class Folder:
    """A folder that holds one evaluation, without its answers.

    Attributes
    ----------
    folder
        Where it is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: tuple[int, Settings] | None = None
        self._fault: PassingError | None = None
        self._file: tuple[object, Instrument] | None = None

    @property
    def settings(self) -> Settings:
        """What the evaluator decided, read again whenever the file has changed.

        A file that cannot be read now, because somebody is writing it, is no reason to send people
        away: until it is whole again, what it said last stands, and the log says why.
        """
        stamp = self.stamp
        if self._read is None or self._read[0] != stamp:
            try:
                self._read = (stamp, settings_file.read(self.folder))
                self._fault = None
            except PassingError as error:
                last = self._read[1] if self._read else _last_good()
                if last is None:
                    raise
                self.log.warning("%s", error.say("en"), extra={"kind": "settings"})
                self._read, self._fault = (stamp, last), error
        return self._read[1]

    @property
    def fault(self) -> PassingError | None:
        """Why what the file said last stands, not what it says now; None where it does not."""
        self.settings  # noqa: B018 -- reads again what has changed
        return self._fault

    @property
    def stamp(self) -> int:
        """A number that differs after the settings were written; cheap to ask for."""
        try:
            state = (self.folder / settings_file.FILE).stat()
        except OSError:  # which whoever reads it will be told
            return 0
        return state.st_mtime_ns + state.st_size

    def change(self, settings: Settings, *, seen: Settings | None = None) -> bool:
        """Write new settings into `evaluation.toml`, with what others changed there meanwhile.

        Parameters
        ----------
        settings
            What is to stand.
        seen
            What they were made from; without it, what was read last.

        Returns
        -------
        bool
            Whether somebody else had changed something, which was kept beside.

        Raises
        ------
        CollisionError
            Both changed the same thing; nothing was written.
        EvaluationError
            The file cannot be read or written.
        """
        with settings_file.alone(self.folder):
            theirs = settings_file.read(self.folder)
            seen = seen or (self._read[1] if self._read else theirs)
            together = settings if theirs == seen else _together(seen, settings, theirs)
            settings_file.write(self.folder, together)
            self._read = (self.stamp, together)
        return theirs != seen

    @property
    def instrument(self) -> Instrument:
        """What the file asks as it is now: what the next round will be asked with."""
        name = self.settings.instrument
        stamp = name, library.stamp(name, self.folder)
        if self._file is None or self._file[0] != stamp:
            self._file = stamp, library.find(name, self.folder)
        return self._file[1]

    def instrument_of(self, wave: str) -> Instrument:
        """Return what a round is asked with; a folder without its store knows only the file."""
        del wave
        return self.instrument

    def begin(self, wave: str, asked: Instrument) -> None:
        """Keep that a round is asked with an instrument, from its first answer on.

        Raises
        ------
        RatingError
            It is asked with another one: the page that answers is older than that.
        """

    @cached_property
    def log(self) -> logging.Logger:
        """Where faults and refusals are written down: a file of the evaluation's own.

        What a kernel prints is sent to the browser, and what a server prints is lost.
        """
        return logbook(self.folder / _LOG)

    @property
    def open_wave(self) -> Wave | None:
        """The round that people answer now, or None."""
        return next((wave for wave in self.settings.waves if wave.status == "open"), None)

    def consent(self) -> Text:
        """Return what people are told first: the evaluator's own text, or the usual one."""
        privacy = self.settings.privacy
        text = privacy.consent or both("consent.text", minimum="{minimum}")
        # Not str.format: an evaluator's own text may hold braces.
        minimum = str(privacy.minimum)
        filled = {lang: text[lang].replace("{minimum}", minimum) for lang in LANGUAGES}
        return Text(**filled)


def _together(seen: Settings, mine: Settings, theirs: Settings) -> Settings:
    try:
        together, collisions, understood = merge(seen, mine, theirs)
    except ValidationError as error:  # each change is right, and both together are not
        raise CollisionError(both("store.conflict"), theirs) from error
    if collisions:
        raise CollisionError(both("setup.collides", names=", ".join(collisions)), understood)
    return together


def _last_good() -> Settings | None:
    """Return what a server's settings said last: a page that opens just now has read nothing."""
    if kept := os.environ.get(LAST_GOOD):
        with suppress(EvaluationError):
            return settings_file.read(Path(kept))
    return None
