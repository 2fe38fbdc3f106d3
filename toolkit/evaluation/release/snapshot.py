"""A release's figures and words: what is shown, whatever is changed later."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from toolkit.evaluation.settings import Settings, Wave
from toolkit.evaluation.source import Source
from toolkit.evaluation.tabled import Tabled
from toolkit.instruments import Instrument, Section
from toolkit.text import Language

if TYPE_CHECKING:
    from pandas import DataFrame

    from toolkit.evaluation.plan import Plan
    from toolkit.evaluation.relations import Relations
    from toolkit.evaluation.release.conversation import Conversation
    from toolkit.evaluation.strategy import Strategy
    from toolkit.evaluation.tables import Tables

__all__ = ["FIGURES", "PARTS", "SAID", "Living", "Snapshot", "Standing", "take"]

#: What a release may show of the answers, in the order of the page; who answered is always told.
FIGURES = (
    *("conditions", "guide", "answers", "desired"),
    *("modules", "change", "rounds", "groups"),
)
#: What it may show of what the group said and decided: nothing of it unless it is asked for.
SAID = ("interpretation", "plan", "who", "strategy", "relations")
#: All that a release may show.
PARTS = (*FIGURES, *SAID)


class Living(Source, Protocol):
    """An evaluation, of which a snapshot is taken."""

    @property
    def plan(self) -> "Plan":
        """What the group decided."""
        ...

    @property
    def relations(self) -> "Relations":
        """How partners work together."""
        ...

    @property
    def strategy(self) -> "Strategy":
        """What each purpose needs."""
        ...

    def participation(self, wave: str, *, vouched: bool = False) -> int:
        """Return how many people answered."""
        ...

    def tables(self, language: Language | None = None) -> "Tables":
        """Return the masked tables."""
        ...


class Snapshot(Tabled):
    """What was released, read back as if it were an evaluation of which nothing else is known.

    Parameters
    ----------
    kept
        What `take` returned.
    """

    def __init__(self, kept: Mapping[str, Any]) -> None:
        self.kept = kept

    @cached_property
    def settings(self) -> Settings:
        """The names of the coalition, its groups and the rounds, and the limits that masked."""
        return Settings.model_validate(self.kept["settings"])

    @cached_property
    def instrument(self) -> Instrument:
        """The conditions and their scale, as its newest round worded them."""
        return Instrument.model_validate(self.kept["instrument"])

    def instrument_of(self, wave: str) -> Instrument:
        """Return what a round was asked with, as it was worded."""
        return self._asked.get(wave, self.instrument)

    @cached_property
    def _asked(self) -> dict[str, Instrument]:
        asked = self.kept.get("asked", {})
        return {wave: Instrument.model_validate(told) for wave, told in asked.items()}

    @property
    def parts(self) -> tuple[str, ...]:
        """What is shown."""
        return tuple(self.kept["parts"])

    def participation(self, wave: str) -> int:
        """Return how many people had answered in a round."""
        return int(self.kept["people"].get(wave, 0))

    def tables(self, language: Language | None = None) -> "Tables":
        """Return the masked tables, in a language."""
        # Who only looks at what is drawn already must not wait for pandas.
        import pandas as pd  # noqa: PLC0415

        from toolkit.evaluation.release.frozen import FrozenTables  # noqa: PLC0415

        chosen = language or self.settings.language
        return FrozenTables(self, pd.DataFrame(), chosen, kept=self.kept["tables"])

    def guide(self, wave: str, *, language: Language | None = None) -> "DataFrame":
        """Return what to talk about first after a round, of its modules as they were released."""
        from toolkit.evaluation.release.frozen import of_module  # noqa: PLC0415
        from toolkit.evaluation.tables.talk import talk  # noqa: PLC0415

        tables = self.tables(language)
        return self._marked(talk(tables, wave, of_module), tables.language)

    def conversation(self, wave: str) -> "Conversation":
        """Return what the group said of a round; nothing in a release of before that was there."""
        from toolkit.evaluation.release.conversation import Conversation  # noqa: PLC0415

        return Conversation.model_validate(self.kept.get("said", {}).get(wave, {}))


class Standing(Snapshot):
    """Rounds that are shown without a release: as they are now, and no other beside them.

    Its tables are made only when they are asked for.
    """

    def __init__(
        self, evaluation: Living, rounds: tuple[str, ...], taken: Callable[[], dict[str, Any]]
    ) -> None:
        super().__init__(_named(evaluation, rounds, FIGURES))
        # Not the evaluation itself: a visitor who is handed this reaches nothing else of it.
        self._rounds, self._taken = rounds, taken
        self._answered = lambda wave: evaluation.participation(wave, vouched=True)

    def participation(self, wave: str) -> int:
        """Return how many people answered in a round that is shown."""
        return self._answered(wave) if wave in self._rounds else 0

    def tables(self, language: Language | None = None) -> "Tables":
        """Return the masked tables, in a language."""
        self.kept = self._taken()
        return super().tables(language)


def take(
    evaluation: Living, tables: "Tables", rounds: tuple[str, ...], parts: tuple[str, ...]
) -> dict[str, Any]:
    """Return what may be shown of some rounds as it is at this moment, as JSON holds it.

    `tables` are the evaluation's, beside all that was ever shown of it.

    Nothing goes in that none of its parts shows: neither groups nor what people desire, unless
    they are asked for, and never a raw answer, a person's note or a person. A partner is in it only
    on the map of ties, by its consent, and where the group itself wrote its name.
    """
    from toolkit.evaluation.release import said  # noqa: PLC0415
    from toolkit.evaluation.release.frozen import freeze  # noqa: PLC0415
    from toolkit.evaluation.tables.answers import who_took_part  # noqa: PLC0415

    waves, modules = _asked(evaluation, rounds, parts)
    codes = [wave.code for wave in waves]
    frozen = freeze(
        tables,
        codes,
        modules,
        by_group="groups" in parts,
        desired="desired" in parts,
        moved="change" in parts,
        turnover="rounds" in parts,
    )
    return {
        **_named(evaluation, rounds, parts),
        "people": {code: evaluation.participation(code, vouched=True) for code in codes},
        "who": {code: who for code, who in who_took_part(tables.ratings).items() if code in codes},
        "tables": frozen,
        "said": said.freeze(evaluation, waves, parts),
    }


def _named(evaluation: Living, rounds: tuple[str, ...], parts: tuple[str, ...]) -> dict[str, Any]:
    """Return what a snapshot calls what it shows."""
    waves, modules = _asked(evaluation, rounds, parts)
    codes = [wave.code for wave in waves]
    told = {code: _instrument(evaluation.instrument_of(code), modules) for code in codes}
    newest = told[codes[-1]] if codes else _instrument(evaluation.instrument, modules)
    return {
        "parts": [part for part in PARTS if part in parts],
        "settings": _settings(evaluation.settings, codes, modules),
        "instrument": newest,
        # Rounds that were asked with another one are read on their own.
        "asked": {code: one for code, one in told.items() if one != newest},
    }


def _asked(
    evaluation: Living, rounds: tuple[str, ...], parts: tuple[str, ...]
) -> tuple[list[Wave], list[str]]:
    """Return the rounds of a snapshot, and the modules that they asked if these are in it."""
    waves = [wave for wave in evaluation.settings.waves if wave.code in rounds]
    asked = {code for wave in waves for code in wave.modules} if "modules" in parts else set()
    known = [part.code for w in waves for part in evaluation.instrument_of(w.code).modules]
    return waves, [code for code in dict.fromkeys(known) if code in asked]


def _settings(settings: Settings, rounds: list[str], modules: list[str]) -> dict[str, Any]:
    """Return the names and the limits; no consent, no partner, no other round."""
    kept = {"language", "instrument", "coalition", "groups"}
    told: dict[str, Any] = settings.model_dump(mode="json", include=kept)
    limits = {"minimum", "minimum_distribution"}
    told["privacy"] = settings.privacy.model_dump(mode="json", include=limits)
    names = {"code", "fr", "en", "expected"}
    told["waves"] = [
        wave.model_dump(mode="json", include=names)
        | {"status": "released", "modules": [code for code in wave.modules if code in modules]}
        | {"then": wave.then if wave.then in rounds else None}
        for wave in settings.waves
        if wave.code in rounds
    ]
    return told


def _instrument(instrument: Instrument, modules: list[str]) -> dict[str, Any]:
    """Return the names of what was rated and its scales; not the questions: nobody is asked."""
    parts = {
        "conditions": tuple(map(_bare, instrument.conditions)),
        "modules": tuple(_bare(part) for part in instrument.modules if part.code in modules),
        "obstacles": None,
        "need": None,
    }
    shown = instrument.model_copy(update=parts)
    told: dict[str, Any] = shown.model_dump(mode="json")
    return told


def _bare(section: Section) -> Section:
    bare: dict[str, Any] = {"question": None, "anchors": {}, "asked_as": {}}
    lines = tuple(line.model_copy(update=bare) for line in section.indicators)
    return section.model_copy(update={"indicators": lines})
