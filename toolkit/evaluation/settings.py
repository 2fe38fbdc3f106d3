"""`evaluation.toml`: what an evaluator decides, read with care and written without losing notes."""

import datetime
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import tomlkit
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError
from tomlkit.exceptions import ParseError, TOMLKitError

from toolkit import private
from toolkit.encodings import NAMES, decoded
from toolkit.errors import EvaluationError, PassingError, Problem
from toolkit.evaluation.faults import problem
from toolkit.text import Language, Text, both

__all__ = [
    "FILE",
    "FORMAT",
    "LEVELS",
    "Group",
    "Partner",
    "Settings",
    "Wave",
    "read",
    "try_writing",
    "write",
]

FILE = "evaluation.toml"
_LOCK = ".agir-settings"
#: The newest shape of the file that this program knows.
FORMAT = 1
LEVELS = ("local", "regional", "national")

Code = Annotated[str, StringConstraints(pattern=r"^[\w][\w.-]{0,39}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Coalition(_Part):
    """The partnership that looks at itself."""

    name: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""


class Privacy(_Part):
    """What keeps people from being recognised, and what they are told before they answer."""

    minimum: Annotated[int, Field(ge=3)] = 5
    minimum_distribution: Annotated[int, Field(ge=3)] = 8
    keep_until: datetime.date | None = None
    consent: Text | None = None


class Group(_Part):
    """A role that people answer in, such as parent or funder."""

    code: Code
    fr: Name
    en: Name

    @property
    def text(self) -> Text:
        """The group's name in each language."""
        return Text(fr=self.fr, en=self.en)


class Partner(_Part):
    """A member organisation; `level` is local, regional or national."""

    code: Code
    name: Name
    sector: Annotated[str, StringConstraints(max_length=60, strip_whitespace=True)] = ""
    level: Literal["local", "regional", "national", ""] = ""


class Wave(_Part):
    """One round: open while people answer; its figures are shown once it is released.

    A withdrawn round was seen before, and so is never opened again.

    Attributes
    ----------
    modules
        Codes of the instrument's modules that are asked beside the four conditions.
    activities
        What else people are invited to do while it is open.
    then
        The earlier round that people are asked to rate again, as they see it now (a then-test).
    shared
        Whether several people may answer on one device, one after the other: a tablet that goes
        round. Without it, a group's link makes one person of each device.
    """

    code: Code
    fr: Name
    en: Name
    status: Literal["open", "closed", "released", "withdrawn"] = "closed"
    expected: Annotated[int, Field(ge=1, le=10_000)] | None = None
    closes: datetime.date | None = None
    modules: tuple[Code, ...] = ()
    activities: tuple[Literal["strategy", "relations"], ...] = ()
    then: Code | None = None
    shared: bool = False

    @property
    def text(self) -> Text:
        """The round's name in each language."""
        return Text(fr=self.fr, en=self.en)


class Settings(_Part):
    """Everything in `evaluation.toml`.

    Attributes
    ----------
    pages
        The rows of `[[pages]]` as they are written: what is wrong with one of them keeps nobody
        from answering. They are read where pages are, and never written.
    """

    format: int = FORMAT
    language: Language = "fr"
    instrument: str = "four_conditions"
    form: Literal["full", "short"] = "full"
    coalition: Coalition = Coalition()
    privacy: Privacy = Privacy()
    groups: tuple[Group, ...] = ()
    partners: tuple[Partner, ...] = ()
    waves: tuple[Wave, ...] = ()
    pages: Annotated[
        tuple[Any, ...],
        BeforeValidator(lambda rows: rows if isinstance(rows, list | tuple) else (rows,)),
    ] = Field(default=(), exclude=True)

    @model_validator(mode="after")
    def _codes_differ(self) -> Self:
        for room in (self.groups, self.partners, self.waves):
            codes = [part.code for part in room]
            if twice := next((code for code in codes if codes.count(code) > 1), None):
                raise PydanticCustomError("code_twice", "{code}", {"code": twice})
        if sum(wave.status == "open" for wave in self.waves) > 1:
            raise PydanticCustomError("two_open", "two rounds are open")
        return self

    @model_validator(mode="after")
    def _then_is_earlier(self) -> Self:
        codes = [wave.code for wave in self.waves]
        for place, wave in enumerate(self.waves):
            if wave.then is not None and wave.then not in codes[:place]:
                raise PydanticCustomError("not_earlier", "{code}", {"code": wave.then})
        return self

    def wave(self, code: str) -> Wave | None:
        """Return the round with a code."""
        return next((wave for wave in self.waves if wave.code == code), None)


def read(folder: Path) -> Settings:
    """Return the settings of an evaluation's folder.

    Raises
    ------
    EvaluationError
        The folder is no evaluation, or its file is broken or newer than this program.
    """
    return _understood(_text(folder / FILE))


@lru_cache(maxsize=8)  # each page and each look at the folder asks for it
def _understood(source: str) -> Settings:
    try:
        values = tomllib.loads(source)  # ten times as fast as what keeps comments
    except (ValueError, RecursionError):
        values = _document(source).unwrap()  # which knows the line
    if not values:  # an editor empties a file before it fills it
        raise PassingError(both("folder.empty", file=FILE))
    if isinstance(values.get("format"), int) and values["format"] > FORMAT:
        raise EvaluationError(both("folder.newer", file=FILE))
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        problems = tuple(problem(fault, FILE, source) for fault in error.errors())
        raise PassingError(both("folder.unusable", file=FILE), problems) from error


def write(folder: Path, settings: Settings) -> None:
    """Write settings into the file, leaving the evaluator's own comments where they stand.

    The new file takes the old one's place in one step, so that no reader meets half of it.

    Raises
    ------
    EvaluationError
        The file cannot be read or written.
    """
    document = _document(_text(folder / FILE))
    values = settings.model_dump(mode="python", exclude_none=True)
    for name in ("language", "instrument", "form"):
        document[name] = values[name]
    for name in ("coalition", "privacy"):
        document.setdefault(name, tomlkit.table()).update(values[name])
    for name in ("groups", "partners", "waves"):
        written = document.get(name, [])
        if values[name]:
            document[name] = _rows(values[name], written)
        elif written:
            document.remove(name)
    _replace(folder / FILE, tomlkit.dumps(document))


def _rows(rows: list[dict[str, Any]], written: Any) -> tomlkit.items.AoT:
    """Return a table for each row: the one that was written for its code, with its comments."""
    known = {table.get("code"): table for table in written}
    tables = tomlkit.aot()
    for row in rows:
        table = known.get(row["code"], tomlkit.table())
        told = {name: value for name, value in row.items() if value != ()}
        for name in set(table) - set(told):
            table.remove(name)
        for name, value in told.items():
            if table.get(name, "") != value:
                table[name] = value
        tables.append(table)
    return tables


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Read and write settings while no other process does.

    Raises
    ------
    EvaluationError
        The folder is protected.
    """
    try:
        with private.locked(folder / _LOCK):
            yield
    except OSError as error:
        raise EvaluationError(both("folder.unwritable", folder=folder.absolute().name)) from error


def try_writing(folder: Path) -> None:
    """Find out whether settings could be written.

    Raises
    ------
    EvaluationError
        The folder, or the file in it, is protected, or the disk is full.
    """
    try:
        with tempfile.TemporaryFile(dir=folder, prefix=f".{FILE}.") as trial:
            trial.write(b"x")
    except OSError as error:
        raise EvaluationError(both("folder.unwritable", folder=folder.absolute().name)) from error


def _replace(file: Path, source: str) -> None:
    try:
        private.replace(file, source.encode())
    except OSError as error:
        folder = file.parent.absolute().name
        raise EvaluationError(both("folder.unwritable", folder=folder)) from error


def _text(file: Path) -> str:
    try:
        source, encoding = decoded(file.read_bytes())
    except FileNotFoundError as error:
        folder = file.parent.absolute().name
        raise PassingError(both("folder.no_evaluation", folder=folder)) from error
    except NotADirectoryError as error:
        raise EvaluationError(both("folder.is_a_file", file=file.parent.name)) from error
    except (OSError, ValueError) as error:
        raise PassingError(both("folder.unreadable", file=FILE)) from error
    if not encoding.startswith("utf-8"):
        raise PassingError(both("check.encoding", file=FILE, encoding=NAMES[encoding]))
    return source.replace("\r\n", "\n").replace("\r", "\n")


def _document(source: str) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(source)
    except ParseError as error:
        fault = Problem(FILE, error.line, "", both("check.not_toml"), both("check.mind_quotes"))
        raise PassingError(both("folder.unusable", file=FILE), (fault,)) from error
    except TOMLKitError as error:
        raise PassingError(both("folder.unreadable", file=FILE)) from error
