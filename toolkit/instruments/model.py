"""The frozen parts of an instrument."""

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from toolkit.text import Text

__all__ = ["Indicator", "Instrument", "Scale", "Section", "Wording"]

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]


class Part(BaseModel):
    """Whatever an instrument is made of: frozen, and with no key that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Scale(Part):
    """K anchored steps, named; `steps[1]` is the lowest."""

    title: Text
    steps: Annotated[dict[int, Text], Field(min_length=2)]

    @model_validator(mode="after")
    def _steps_follow_each_other(self) -> Self:
        if sorted(self.steps) != list(range(1, len(self.steps) + 1)):
            raise PydanticCustomError("steps_in_order", "steps are not 1, 2, 3…")
        return self


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

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every section, in the order of the file."""
        rest = tuple(section for section in (self.obstacles, self.need) if section)
        return self.conditions + self.modules + rest

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by its code."""
        return {line.code: line for section in self.sections for line in section.indicators}

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
