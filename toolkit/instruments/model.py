"""The frozen parts of an instrument."""

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, NamedTuple, Self
from unicodedata import normalize

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from toolkit.errors import InstrumentError
from toolkit.text import LANGUAGES, Text, both

__all__ = ["Indicator", "Instrument", "Scale", "Section", "Wording"]

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]


class Part(BaseModel):
    """Whatever an instrument is made of: frozen, and with no key that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Scale(Part):
    """2 to 11 anchored steps, named, by consecutive whole numbers: 1 to 5, 0 to 10, -2 to 2.

    The store, the exports and every figure that somebody reads hold these numbers, as people saw
    them. Inside, figures are computed from a step's position, which is 1 for the lowest: that is
    the K of `step_K`.
    """

    title: Text
    steps: Annotated[dict[int, Text], Field(min_length=2, max_length=11)]

    @field_validator("steps")
    @classmethod
    def _lowest_first(cls, steps: dict[int, Text]) -> dict[int, Text]:
        return dict(sorted(steps.items()))  # JSON that was sorted has "10" before "2"

    @model_validator(mode="after")
    def _steps_follow_each_other(self) -> Self:
        if self.steps and list(self.steps) != list(range(self.first, self.last + 1)):
            raise PydanticCustomError("steps_in_order", "steps are not 1, 2, 3…")
        return self

    @property
    def first(self) -> int:
        """The number of the lowest step."""
        return min(self.steps)

    @property
    def last(self) -> int:
        """The number of the highest step."""
        return max(self.steps)


class Wording(Part):
    """What one group is asked in its own words, beside what everybody else is asked."""

    question: Text
    anchors: dict[int, Text] = {}


class Indicator(Part):
    """One line to rate.

    Attributes
    ----------
    code, text, question
        Its code; its short name; the question a person answers.
    scale
        The id of the scale that the answer is given on.
    anchors
        A sentence for some steps; a step without one lies between its neighbours.
    short
        Whether it belongs to the short form.
    asked_of
        The groups that are asked; everybody when empty.
    asked_as
        The question and anchors of a group that is asked in words of its own.
    """

    code: Code
    text: Text
    scale: Code
    question: Text | None = None
    anchors: dict[int, Text] = {}
    short: bool = False
    asked_of: tuple[Code, ...] = ()
    asked_as: dict[Code, Wording] = {}

    def between(self, step: int) -> bool:
        """Return whether a step without an anchor lies between two that have one."""
        below, above = (
            (known < step for known in self.anchors),
            (known > step for known in self.anchors),
        )
        return step not in self.anchors and any(below) and any(above)

    def concerns(self, group: str) -> bool:
        """Return whether somebody of a group, or of none, is asked this."""
        return not self.asked_of or group in self.asked_of

    def worded_for(self, group: str) -> "Indicator":
        """Return the line in the words of a group, if it has some."""
        own = self.asked_as.get(group)
        return self.model_copy(update=dict(own)) if own else self


class Section(Part):
    """Indicators that belong together: a condition, a module, the obstacles, the need.

    Attributes
    ----------
    code, title, indicators, about
        Its code; its name; its lines; what it is about.
    version
        Of a module: its own, so that a module may be reworded and the conditions stay comparable.
    plain
        Worded so plainly that it can be read aloud to somebody.
    paired
        A group whose answers are never pooled with the others': they stand beside them, or nowhere.
    """

    code: Code
    title: Text
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    about: Text | None = None
    version: Annotated[int, Field(ge=1)] | None = None
    plain: bool = False
    paired: Code | None = None

    @property
    def rated_on(self) -> str:
        """The id of the scale that its first line is rated on."""
        return self.indicators[0].scale

    def lines_for(self, group: str) -> "Section":
        """Return the lines that somebody of a group is asked, in that group's words."""
        lines = tuple(line.worded_for(group) for line in self.indicators if line.concerns(group))
        return self.model_copy(update={"indicators": lines})


class RatedSection(NamedTuple):
    """A section, with the scale that its lines are rated on."""

    section: Section
    scale: Scale


class Instrument(Part):
    """Everything that one round can ask.

    `version` changes whenever the wording of a condition, an obstacle or the need does; a module
    has a version of its own.
    """

    id: Code
    version: Annotated[int, Field(ge=1)]
    title: Text
    source: Text
    scales: Annotated[dict[Code, Scale], Field(min_length=1)]
    conditions: Annotated[tuple[Section, ...], Field(min_length=1)]
    about: Text | None = None
    modules: tuple[Section, ...] = ()
    obstacles: Section | None = None
    need: Section | None = None

    def __getitem__(self, code: str) -> RatedSection:
        """Return a section by its code, with its scale.

        Raises
        ------
        InstrumentError
            There is no such section.
        """
        found = next((section for section in self.sections if section.code == code), None)
        if found is None:
            known = ", ".join(section.code for section in self.sections)
            raise InstrumentError(both("check.no_section", code=code, known=known))
        return RatedSection(found, self.scales[found.rated_on])

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every section, in the order of the file."""
        rest = tuple(section for section in (self.obstacles, self.need) if section)
        return self.conditions + self.modules + rest

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by its code."""
        return {line.code: line for section in self.sections for line in section.indicators}

    @cached_property
    def digest(self) -> str:
        """What differs as soon as anything in the instrument does."""
        told = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return sha256(told.encode()).hexdigest()[:32]

    @cached_property
    def editions(self) -> dict[str, str]:
        """By indicator, a text that is the same wherever a line is asked alike.

        In the same words (blanks and the shape of apostrophes apart), with the same anchors, on the
        same scale with the same steps. Whatever version the file says it is.
        """
        return {code: self._edition(line) for code, line in self.indicators.items()}

    def edition_of(self, indicator: str, instrument: str, version: int, scale: str) -> str:
        """Return the edition of the line that an answer is to, from what the answer says of it.

        Answers that came from a file may be to another instrument, version or scale than this: they
        are of an edition of their own.
        """
        line = self.indicators.get(indicator)
        said = instrument, version, scale
        if line and said == (self.id, self.version_of(line.code), line.scale):
            return self.editions[line.code]
        return " ".join(map(str, said))

    def _edition(self, line: Indicator) -> str:
        scale = self.scales[line.scale]
        asked = [
            [group, _words(own.question), _steps(own.anchors)]
            for group, own in sorted(line.asked_as.items())
        ]
        said = [line.scale, _steps(scale.steps), _words(line.question or line.text)]
        told = json.dumps([*said, _steps(line.anchors), asked])
        return sha256(told.encode()).hexdigest()[:16]

    def model_copy(self, **how: Any) -> Self:
        """Return a copy, which works out anew what follows from its parts."""
        copy = super().model_copy(**how)
        for name in set(vars(copy)) - set(type(self).model_fields):
            del vars(copy)[name]
        return copy

    @property
    def rated_on(self) -> str:
        """The id of the scale that all conditions are rated on: side by side needs one scale."""
        return self.conditions[0].rated_on

    def form(self, *, short: bool = False) -> tuple[Section, ...]:
        """Return the conditions that a round asks, with only the short form's lines if short."""
        if not short:
            return self.conditions
        kept = (
            section.model_copy(
                update={"indicators": tuple(line for line in section.indicators if line.short)}
            )
            for section in self.conditions
        )
        return tuple(section for section in kept if section.indicators)

    def asked(
        self, group: str, *, modules: Sequence[str] = (), short: bool = False
    ) -> tuple[Section, ...]:
        """Return what a round asks of somebody of a group: the conditions, then the modules."""
        chosen = tuple(section for section in self.modules if section.code in modules)
        own = (section.lines_for(group) for section in (*self.form(short=short), *chosen))
        return tuple(section for section in own if section.indicators)

    def version_of(self, indicator: str) -> int:
        """Return the version of the wording of an indicator."""
        return self.section_of(indicator).version or self.version

    def scale_of(self, indicator: str) -> Scale:
        """Return the scale that an indicator is rated on."""
        return self.scales[self.indicators[indicator].scale]

    def section_of(self, indicator: str) -> Section:
        """Return the section that an indicator belongs to."""
        return next(
            section
            for section in self.sections
            if any(line.code == indicator for line in section.indicators)
        )


def _words(text: Text) -> list[str]:
    plain = (normalize("NFKC", text[language]).replace("’", "'") for language in LANGUAGES)
    return [" ".join(words.split()) for words in plain]


def _steps(texts: Mapping[int, Text]) -> list[Any]:
    return [[step, _words(text)] for step, text in sorted(texts.items())]
