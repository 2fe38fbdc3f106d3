"""Lists of partners as people have them: typed, pasted from a spreadsheet or a document, in a file.

Nothing is taken for granted of them: what parts the cells, whether there are headings and in which
language, numbers or dots before each line, line ends of any system, blanks that nobody sees.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from toolkit.encodings import decoded

__all__ = ["ROLES", "Column", "Listed", "Role", "same_name", "tidy"]

Role = Literal["name", "sector", "level", ""]
#: What a column may be; one that is none of them is left out.
ROLES: tuple[Role, ...] = ("name", "sector", "level", "")

_HEADINGS: dict[Role, str] = {
    "name": "nom noms name names partenaire partenaires partner partners organisme organismes"
    " organisation organisations organization organizations membre membres member members"
    " etablissement institution groupe entite raison denomination",
    "sector": "secteur secteurs sector sectors domaine milieu field",
    "level": "niveau niveaux level levels palier echelle territoire portee",
    "": "no num numero number id code rang nr courriel email mail telephone phone adresse address"
    " contact responsable personne ville city notes note commentaire comment date",
}
#: Words of a heading beside the one that says what the column is.
_SMALL = "de du des d l le la les of the an a et ou and or n"
_GRADES = {"local", "locale", "regional", "regionale", "national", "nationale"}
#: What stands before a line of a list: 1. 1) (1) a) • – * and so on, with what parts it from it.
_MARK = re.compile(
    r"^\s*(?:[•●▪◦‣·*–—\-☐☑✓→]+|\(?\d{1,3}[.)\]]|\(?[a-z][.)]|\(?[A-Z]\))(?:\s+|$|(?<=[•●▪◦‣·]))"
)
#: Format characters, which no eye sees: zero-width blanks, marks of direction, soft hyphens.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ENDS = re.compile(r"\r\n|\r|\u2028|\u2029|\u0085|\v|\f")
_DELIMITERS = ("\t", ";", ",", "|")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: its heading, or "", what it is taken for, and what stands in it."""

    heading: str
    role: Role
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was understood, which a person may correct before anything is kept."""

    columns: tuple[Column, ...]

    @classmethod
    def of(cls, text: str) -> "Listed":
        """Return what a pasted text lists."""
        lines = _UNSEEN.sub("", _ENDS.sub("\n", text)).split("\n")
        if all(_MARK.match(line) for line in lines if line.strip()):
            lines = [_MARK.sub("", line) for line in lines]
        return cls.from_rows(_cells("\n".join(lines)))

    @classmethod
    def file(cls, file: Path) -> "Listed":
        """Return what a file lists: a workbook's first sheet, or text in whatever encoding.

        Raises
        ------
        ValueError
            It is neither.
        OSError
            It cannot be read.
        """
        content = file.read_bytes()
        if content.startswith(b"PK"):
            return cls.from_rows(_sheet(content))
        return cls.of(decoded(content)[0])

    @classmethod
    def from_rows(cls, rows: Iterable[Sequence[str]]) -> "Listed":
        """Return what a table lists, its headings apart."""
        table = [[tidy(cell) for cell in row] for row in rows]
        table = [row for row in table if any(row)]
        if not table:
            return cls(())
        width = max(map(len, table))
        table = [row + [""] * (width - len(row)) for row in table]
        first = [_meant(cell) for cell in table[0]]
        headed = "name" in first and all(role is not None for role in first)
        body = table[1:] if headed else table
        columns = [tuple(row[place] for row in body) for place in range(width)]
        heads = table[0] if headed else [""] * width
        roles = [role or "" for role in first] if headed else _guessed(columns)
        roles = [role if role not in roles[:place] else "" for place, role in enumerate(roles)]
        parts = zip(heads, roles, columns, strict=True)
        found = [Column(*part) for part in parts if part[0] or any(part[2])]
        return cls(tuple(found))

    def taken_for(self, roles: Sequence[Role]) -> "Listed":
        """Return the list with its columns taken for something else."""
        columns = [replace(c, role=role) for c, role in zip(self.columns, roles, strict=True)]
        return Listed(tuple(columns))

    @property
    def rows(self) -> list[dict[str, str]]:
        """The `name`, `sector` and `level` of each line that has a name."""
        found: dict[str, tuple[str, ...]] = {c.role: c.cells for c in self.columns if c.role}
        names = found.get("name", ())
        return [
            {"name": name, **{k: found[k][i] if k in found else "" for k in ("sector", "level")}}
            for i, name in enumerate(names)
            if name
        ]


def tidy(text: str) -> str:
    """Return a cell without what nobody sees: odd blanks, marks of direction, a list's mark."""
    return " ".join(_MARK.sub("", _UNSEEN.sub("", text)).split())


def same_name(name: str) -> str:
    """Return what is left of a name that two people may write differently.

    Case, accents, the shape of apostrophes and dashes, blanks, dots, a company's ending.
    """
    text = unicodedata.normalize("NFKD", _UNSEEN.sub("", name).casefold().replace("œ", "oe"))
    plain = "".join(letter for letter in text if not unicodedata.combining(letter))
    words = re.sub(r"[^\w]+", " ", plain.replace(".", "")).split()
    while len(words) > 1 and words[-1] in {"inc", "ltee", "ltd", "enr", "senc", "obnl"}:
        words.pop()
    return " ".join(words)


def _cells(source: str) -> list[list[str]]:
    """Return the cells of each line, with what parts them found out."""
    lines = [line for line in source.split("\n") if line.strip()]
    counts = {mark: [_parted(line, mark) for line in lines] for mark in _DELIMITERS}
    steady = [mark for mark, found in counts.items() if found and min(found) > 0]
    some = [mark for mark in ("\t", ";") if any(counts[mark])]
    # A comma stands in names too: it parts cells only where every line has as many.
    sure = [mark for mark in steady if mark in "\t;" or len(set(counts[mark])) == 1]
    mark = next(iter([*sure, *some]), None)
    if mark is None and '"' not in source:
        return [[line] for line in lines]
    return list(csv.reader(io.StringIO(source), delimiter=mark or ","))


def _parted(line: str, mark: str) -> int:
    return re.sub(r'"[^"]*"', "", line).count(mark)


def _sheet(content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415  # a setup page does without

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises what zip, XML and itself do
        raise ValueError("no workbook") from error
    rows = book.worksheets[0].iter_rows(values_only=True) if book.worksheets else iter(())
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def _meant(cell: str) -> Role | None:
    """Return what a heading says of its column; None if it is no heading."""
    words = [word for word in same_name(cell).split() if word not in _SMALL.split()]
    if not cell or cell in {"#", "N°", "Nº", "№"}:
        return ""
    if not words or len(words) > 4:  # noqa: PLR2004
        return None
    known = [role for word in words for role, names in _HEADINGS.items() if word in names.split()]
    if len(known) < len(words) and not (known and len(words) <= 2 and known[0] == ""):  # noqa: PLR2004
        return None
    return known[0] if len(set(known)) == 1 else next((r for r in known if r), "")


def _guessed(columns: Sequence[tuple[str, ...]]) -> list[Role]:
    """Return what columns without headings are: names first, then sector and level."""
    order: list[Role] = ["name", "sector", "level"]
    roles: list[Role] = []
    for cells in columns:
        filled = [cell for cell in cells if cell]
        numbers = filled and all(re.fullmatch(r"[\d.,()#]+", cell) for cell in filled)
        odd = not filled or numbers or all("@" in cell for cell in filled)
        graded = filled and all(same_name(cell) in _GRADES for cell in filled)
        role: Role = "level" if graded and "name" in roles else next(iter(order), "")
        roles.append("" if odd else role)
        if roles[-1] in order:
            order.remove(role)
    return roles
