"""Partners as people type or paste them."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.evaluation import LEVELS, Partner
from toolkit.text import LANGUAGES, both

#: What the first row of a pasted table may be called.
_HEADINGS = {"nom", "name", "partenaire", "partner", "organisation", "organization", "organisme"}

__all__ = ["SECTORS", "code_for", "named", "pasted", "typed"]

#: The sectors that the page offers; a text that is none of them is kept as it was typed.
SECTORS = (
    *("early_childhood", "community", "health", "school", "municipal"),
    *("culture", "business", "employment", "funder"),
)


def typed(rows: Iterable[Mapping[str, Any]]) -> list[Partner]:
    """Return the partners of an edited table, with a code for each new one.

    Raises
    ------
    ToolkitError
        A row has no name.
    """
    partners: list[Partner] = []
    for row in rows:
        keys = ("code", "name", "sector", "level")
        fields = {key: str(row.get(key) or "").strip() for key in keys}
        if not fields["name"]:
            raise ToolkitError(both("setup.nameless"))
        partners.append(_partner(fields, partners))
    return partners


def named(text: str, known: Iterable[Partner]) -> list[Partner]:
    """Return the partners of a pasted list (name, sector, level), the known ones as they are."""
    partners = {_plain(partner.name): partner for partner in known}
    found: dict[str, Partner] = {}
    for row in csv.reader(io.StringIO(text), delimiter=_delimiter(text)):
        name, sector, level = (*(" ".join(cell.split()) for cell in row), "", "", "")[:3]
        key = _plain(name)
        if not key or key in _HEADINGS:
            continue
        if key not in partners:
            fields = {"name": name, "sector": sector, "level": level}
            partners[key] = _partner(fields, list(partners.values()))
        found[key] = partners[key]
    return list(found.values())


def pasted(text: str, known: Iterable[Partner]) -> list[Partner]:
    """Return the partners of a pasted list that are not known yet."""
    before = list(known)
    return [partner for partner in named(text, before) if partner not in before]


def _delimiter(text: str) -> str:
    """Return what parts the cells: a spreadsheet's tab, else a semicolon, else a steady comma."""
    commas = {line.count(",") for line in text.splitlines() if line.strip()}
    steady = len(commas) == 1 and commas != {0} and '"' not in text
    return "\t" if "\t" in text else "," if steady and ";" not in text else ";"


def code_for(name: str, taken: Iterable[str]) -> str:
    """Return a code made of a name's letters, that no other has."""
    stem = re.sub(r"[^a-z0-9]+", "-", _plain(name)).strip("-")[:30] or "p"
    used = set(taken)
    tries = (stem, *(f"{stem}-{number}" for number in range(2, len(used) + 3)))
    return next(code for code in tries if code not in used)


def _partner(fields: dict[str, str], others: list[Partner]) -> Partner:
    taken = [partner.code for partner in others]
    code = fields.get("code") or ""
    return Partner(
        code=code if code and code not in taken else code_for(fields["name"], taken),
        name=fields["name"][:200],
        sector=_meant(fields["sector"], SECTORS, "sector") or fields["sector"][:60],
        level=_meant(fields["level"], LEVELS, "level"),  # type: ignore[arg-type]
    )


def _meant(text: str, codes: Iterable[str], room: str) -> str:
    """Return the code that a text names, in either language, or nothing."""
    for code in codes:
        words = both(f"{room}.{code}")
        if _plain(text) in {_plain(code), *(_plain(words[language]) for language in LANGUAGES)}:
            return code
    return ""


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()
