"""The frozen parts of an instrument."""

from functools import cached_property
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from toolkit.text import Text

__all__ = ["Indicator", "Instrument", "Scale", "Section"]

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
    """

    code: Code
    text: Text
    scale: Code
    question: Text | None = None
    anchors: dict[int, Text] = {}
    short: bool = False
    asked_of: tuple[Code, ...] = ()


class Section(Part):
    """Indicators that belong together: a condition, a module, the obstacles, the need."""

    code: Code
    title: Text
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    about: Text | None = None


class Instrument(Part):
    """Everything that one round can ask; `version` changes whenever a wording does."""

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

    @property
    def rated_on(self) -> str:
        """The id of the scale that all conditions are rated on: side by side needs one scale."""
        return self.conditions[0].indicators[0].scale

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
