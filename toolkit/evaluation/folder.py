"""An evaluation's folder: what the evaluator decided, and what is asked."""

import logging
from functools import cached_property
from pathlib import Path

from toolkit.evaluation import settings as settings_file
from toolkit.evaluation.settings import Settings, Wave
from toolkit.instruments import Instrument, find
from toolkit.text import LANGUAGES, Text, both

__all__ = ["STORE", "Folder"]

#: The file of the answers.
STORE = "ratings.db"
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

    @property
    def settings(self) -> Settings:
        """What the evaluator decided, read again whenever the file has changed."""
        stamp = self.stamp
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, settings_file.read(self.folder))
        return self._read[1]

    @property
    def stamp(self) -> int:
        """When the settings were last written, in nanoseconds; cheap to ask for."""
        file = self.folder / settings_file.FILE
        return file.stat().st_mtime_ns if file.exists() else 0

    def change(self, settings: Settings) -> None:
        """Write new settings into `evaluation.toml`."""
        settings_file.write(self.folder, settings)
        self._read = None

    @cached_property
    def instrument(self) -> Instrument:
        """What is asked."""
        return find(self.settings.instrument, self.folder)

    @cached_property
    def log(self) -> logging.Logger:
        """Where faults and refusals are written down: a file of the evaluation's own.

        What a kernel prints is sent to the browser, and what a server prints is lost.
        """
        log = logging.getLogger(f"agir.{self.folder.absolute()}")
        if not log.handlers:
            log.propagate = False
            handler: logging.Handler
            try:
                handler = logging.FileHandler(self.folder / _LOG, encoding="utf-8")
            except OSError:
                handler = logging.NullHandler()
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
            log.addHandler(handler)
        return log

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
