"""One evaluation, as every page and every analyst meets it."""

from functools import cached_property
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Self

from toolkit.errors import EvaluationError
from toolkit.evaluation import settings as settings_file
from toolkit.evaluation.links import Links
from toolkit.evaluation.settings import Settings, Wave
from toolkit.evaluation.sheet import Sheet
from toolkit.instruments import Instrument, find
from toolkit.storage import Rater, Store
from toolkit.text import LANGUAGES, Language, Text, both

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["STORE", "Evaluation"]

STORE = "ratings.db"


class Evaluation:
    """A folder that holds one evaluation: settings, answers, notebooks.

    Attributes
    ----------
    folder
        Where it is.
    language
        `fr` or `en`: what its pages open in.
    """

    def __init__(self, folder: Path, language: Language | None, store: Store) -> None:
        self.folder = folder
        self._store = store
        self._read: tuple[int, Settings] | None = None
        self.language: Language = language or self.settings.language

    @classmethod
    def open(
        cls, folder: str | Path = ".", *, wave: str | None = None, language: Language | None = None
    ) -> Self:
        """Open the evaluation in a folder.

        Raises
        ------
        EvaluationError, InstrumentError, StoreError
            The folder is no evaluation, or one of its files is broken or newer than this program.
        """
        place = Path(folder)
        settings_file.read(place)
        if language is not None and language not in LANGUAGES:
            raise EvaluationError(both("folder.no_language", language=str(language)))
        found = cls(place, language, Store.file(place / STORE))
        if wave is not None and found.settings.wave(wave) is None:
            raise EvaluationError(both("folder.no_wave", wave=wave))
        found._chosen = wave
        return found

    _chosen: str | None = None

    @property
    def settings(self) -> Settings:
        """What the evaluator decided, read again whenever the file has changed."""
        file = self.folder / settings_file.FILE
        stamp = file.stat().st_mtime_ns if file.exists() else 0
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, settings_file.read(self.folder))
        return self._read[1]

    def change(self, settings: Settings) -> None:
        """Write new settings into `evaluation.toml`."""
        settings_file.write(self.folder, settings)
        self._read = None

    @cached_property
    def instrument(self) -> Instrument:
        """What is asked."""
        return find(self.settings.instrument, self.folder)

    @cached_property
    def links(self) -> Links:
        """The signed links of this evaluation."""
        return Links(self._store)

    @property
    def wave(self) -> Wave | None:
        """The round that was named on opening, else the open one, else the last."""
        waves = self.settings.waves
        opened = next((wave for wave in waves if wave.status == "open"), None)
        named = self.settings.wave(self._chosen) if self._chosen else None
        return named or opened or (waves[-1] if waves else None)

    def consent(self) -> Text:
        """Return what people are told before they answer: the evaluator's text, or the usual one."""
        privacy = self.settings.privacy
        text = privacy.consent or both("consent.text", minimum="{minimum}")
        values = {"{minimum}": str(privacy.minimum)}
        return Text(**{language: _filled(text[language], values) for language in LANGUAGES})

    def invite(self, wave: str, count: int) -> list[str]:
        """Return new links for as many people, who get a pseudonym each."""
        return self.links.make("rater", wave, [token_hex(6) for _ in range(count)])

    def sheet(self, wave: str, rater: str | None = None) -> Sheet:
        """Return a person's sheet in a round; with no person, one to try that keeps nothing."""
        if rater is None:
            return Sheet(self, Store("sqlite://", create=True), wave, "preview")
        return Sheet(self, self._store, wave, rater)

    def participation(self, wave: str) -> int:
        """Return how many people gave at least one answer of their own in a round."""
        given = self._store.answers(wave)
        return len({r.rater for r in given if r.mode == "individual" and r.status != "skipped"})

    def raters(self) -> dict[str, Rater]:
        """Return who the pseudonyms answer for. The evaluator's alone."""
        return self._store.raters()

    def know(self, rater: Rater) -> None:
        """Keep for whom a pseudonym answers."""
        self._store.add_rater(rater)

    def rater_of(self, partner: str) -> str | None:
        """Return the pseudonym that a partner's own link used before, so that rounds link up."""
        own = {link.rater for link in self._store.links() if link.role == "rater"}
        people = self._store.raters().values()
        return next((p.rater for p in people if p.partner == partner and p.rater in own), None)

    def ratings(self, *, history: bool = False) -> "pd.DataFrame":
        """Return every answer as a tidy table; see `tables.ratings`. The evaluator's alone."""
        return self._tables().ratings(self, self._store, history=history)

    def counts(
        self, *, by_group: bool = False, language: Language | None = None
    ) -> "pd.DataFrame":
        """Return the masked distribution of every indicator; see `tables.counts`."""
        return self._tables().counts(self, language or self.language, by_group=by_group)

    def summary(
        self, *, by_group: bool = False, language: Language | None = None
    ) -> "pd.DataFrame":
        """Return what each masked distribution says; see `tables.summary`."""
        return self._tables().summary(self, language or self.language, by_group=by_group)

    def profile(
        self, *, by_group: bool = False, language: Language | None = None
    ) -> "pd.DataFrame":
        """Return the four conditions of each round, masked, never summed; see `tables.profile`."""
        return self._tables().profile(self, language or self.language, by_group=by_group)

    def guide(self, wave: str) -> "pd.DataFrame":
        """Return what to talk about first after a round; see `tables.guide`."""
        return self._tables().guide(self, wave)

    def gaps(self, wave: str, *, language: Language | None = None) -> "pd.DataFrame":
        """Return current and desired medians side by side, masked; see `tables.gaps`."""
        return self._tables().gaps(self, wave, language or self.language)

    @staticmethod
    def _tables():  # type: ignore[no-untyped-def]  # noqa: ANN205
        # A rating page never asks for a table, and must not carry pandas (116 MB against 39).
        from toolkit.evaluation import tables  # noqa: PLC0415

        return tables


def _filled(text: str, values: dict[str, str]) -> str:
    # Not str.format: an evaluator's own text may hold braces.
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text
