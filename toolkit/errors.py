"""Failures that a person can act on: each says what happened, and what to do, in two languages."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

__all__ = [
    "AccessError",
    "ChartError",
    "ConflictError",
    "ErasedError",
    "EvaluationError",
    "InstrumentError",
    "LinkError",
    "Problem",
    "RatingError",
    "StoreError",
    "ToolkitError",
    "code_place",
]


class Said(Protocol):
    """A sentence that exists in each language."""

    def __getitem__(self, language: str, /) -> str:
        """Return the sentence in one language."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a file that a person wrote.

    Attributes
    ----------
    file
        The file's name.
    line
        Counted from 1; 0 when the fault is of the file as a whole.
    where
        The path to the value, such as `conditions[0].indicators[2].scale`.
    what
        What is wrong.
    remedy
        What was expected there.
    """

    file: str
    line: int
    where: str
    what: Said
    remedy: Said

    def say(self, language: str) -> str:
        """Return the fault as one line of a list."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        where = f" ({self.where})" if self.where else ""
        return f"{place}{where} {self.what[language]} {self.remedy[language]}"


class ToolkitError(Exception):
    """Something that the person at the screen can mend; never a fault of the program."""

    def __init__(self, message: Said, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message["en"])
        self.message = message
        self.problems = problems

    def say(self, language: str) -> str:
        """Return what happened, then every fault found, a line each."""
        return "\n".join(
            [self.message[language], *(problem.say(language) for problem in self.problems)]
        )

    def _render_traceback_(self) -> list[str]:
        # IPython asks this of an exception: an evaluator reads two sentences, not a stack.
        return [self.say("fr"), self.say("en")]


class InstrumentError(ToolkitError):
    """An instrument's file cannot be used."""


class EvaluationError(ToolkitError):
    """An evaluation's folder or settings cannot be used."""


class PassingError(EvaluationError):
    """The settings cannot be read at this moment: somebody is writing them, and will be done."""


class ChartError(ToolkitError):
    """A chart cannot be drawn of what it was given."""


class StoreError(ToolkitError):
    """Answers can be neither read nor kept just now."""


class ErasedError(ToolkitError):
    """Somebody was erased: nothing more of theirs is kept, now or later."""


class ConflictError(ToolkitError):
    """Somebody else changed it in between: look again before you change it."""


class AccessError(ToolkitError):
    """What was asked is not for the visitor whose link the page was opened with."""


class LinkError(ToolkitError):
    """A link does not open this door; the sentence never says why.

    Attributes
    ----------
    why
        One word for the server's own log; nobody who asked is told.
    """

    def __init__(self, message: Said, why: str = "") -> None:
        super().__init__(message)
        self.why = why


class RatingError(ToolkitError):
    """An answer cannot be accepted: off its scale, unknown indicator, closed round."""


def code_place(file: str, line: int) -> str:
    """Return where code of an analyst's stands, as `file:line`; of a notebook's cell, the line."""
    place = Path(file)
    return f"{place.name}:{line}" if place.is_file() else f"[{line}]"
