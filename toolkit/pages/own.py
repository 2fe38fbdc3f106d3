"""The pages of an evaluation's own: notebooks in its folder that `[[pages]]` names."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from toolkit.encodings import decoded
from toolkit.errors import Problem
from toolkit.evaluation import Evaluation
from toolkit.evaluation.faults import problem
from toolkit.evaluation.settings import FILE
from toolkit.pages.table import EVALUATOR, PAGES, Row
from toolkit.text import Language, Text, both, say

__all__ = ["label", "own_pages", "page_of", "pages_of"]

#: What is expected under each key.
_EXPECTED = {
    "notebook": both("check.page_notebook"),
    "roles": both("check.page_roles"),
    "title": both("check.page_title"),
}

#: What says more of a row than that a value is not allowed.
_SAID = ("page_twice", "page_no_file", "page_elsewhere")
_MISSING = ("missing", "notebook")


class _Written(BaseModel):
    """One row as the evaluator wrote it; without `roles` it is theirs alone."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    notebook: Annotated[str, StringConstraints(pattern=r"^[^./\\][^/\\]{0,120}\.ipynb$")]
    roles: tuple[Literal["viewer", "rater", "evaluator"], ...] = ()
    title: Text | Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None

    @property
    def row(self) -> Row:
        """The page; whoever may see most comes first."""
        name = self.notebook.removesuffix(".ipynb")
        known = dict.fromkeys([EVALUATOR, *sorted(self.roles, reverse=True)])
        title = self.title or name
        named = title if isinstance(title, Text) else Text(fr=title, en=title)
        return Row(name, tuple(known), title=named)


def own_pages(evaluation: Evaluation) -> tuple[list[Row], list[Problem]]:
    """Return the pages of an evaluation's own, and what is wrong with those that are not served."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for place, values in enumerate(evaluation.settings.pages):
        try:
            row = _Written.model_validate(values).row
            _check(row, evaluation.folder, rows)
        except ValidationError as error:
            problems += _problems(error, place, evaluation.folder)
        else:
            rows.append(row)
    return rows, problems


def pages_of(evaluation: Evaluation) -> list[Row]:
    """Return every page of an evaluation: those of its folder's notebooks, then its own."""
    shipped = [row for row in PAGES if (evaluation.folder / row.notebook).is_file()]
    return [*shipped, *own_pages(evaluation)[0]]


def page_of(evaluation: Evaluation, notebook: str) -> Row | None:
    """Return the page that a notebook makes, or None: it is not served."""
    known = {row.notebook: row for row in PAGES}
    return known.get(notebook) or next(
        (row for row in own_pages(evaluation)[0] if row.notebook == notebook), None
    )


def label(row: Row, language: Language) -> str:
    """Return what a page is called."""
    return row.title[language] if row.title else say(f"cli.{row.name}", language)


def _check(row: Row, folder: Path, before: Sequence[Row]) -> None:
    """Raise what pydantic would where a page cannot be served, though it is written well."""
    # Letter case is nothing to some file systems: `Setup.ipynb` would be a page of the package.
    taken = {known.notebook.casefold() for known in (*PAGES, *before)}
    file = (folder / row.notebook).resolve()
    why = ""
    if row.notebook.casefold() in taken:
        why = "page_twice"
    elif not file.is_file():
        why = "page_no_file"
    elif file.parent != folder.resolve():
        why = "page_elsewhere"
    if why:
        fault = InitErrorDetails(
            type=PydanticCustomError(why, why), loc=("notebook",), input=row.notebook
        )
        raise ValidationError.from_exception_data("pages", [fault])


def _problems(error: ValidationError, place: int, folder: Path) -> list[Problem]:
    """Return what is wrong with one row, key by key, with its line and what is expected there."""
    source = ""
    with suppress(OSError, ValueError):
        source = decoded((folder / FILE).read_bytes())[0]
    found: dict[tuple[str | int, ...], Problem] = {}
    for fault in error.errors():
        where: tuple[str | int, ...] = fault["loc"][:1]
        told = problem({**fault, "loc": ("pages", place, *where)}, FILE, source)
        key = str(where[0]) if where else ""
        if key in _EXPECTED and fault["type"] not in _SAID and (fault["type"], key) != _MISSING:
            told = replace(told, what=both("check.unexpected"), remedy=_EXPECTED[key])
        found.setdefault(where, told)
    return list(found.values())
