"""Partners as people type or paste them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.evaluation import LEVELS, Partner
from toolkit.roster import Listed, same_name
from toolkit.text import LANGUAGES, both

__all__ = ["SECTORS", "code_for", "doubtful", "named", "typed"]

#: How alike two names are, from 0 to 1, of which somebody is asked whether they are one.
_CLOSE = 0.9

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


def named(listed: Listed, known: Iterable[Partner]) -> list[Partner]:
    """Return the partners of a list, the known ones as they are, however the list writes them."""
    partners = {same_name(partner.name): partner for partner in known}
    found: dict[str, Partner] = {}
    for row in listed.rows:
        key = same_name(row["name"])
        if key and key not in partners:
            partners[key] = _partner(row, list(partners.values()))
        if key:
            found[key] = partners[key]
    return list(found.values())


def doubtful(listed: Listed, known: Iterable[Partner]) -> list[tuple[str, str, bool]]:
    """Return the names of a list that may be another's, for somebody to decide.

    Returns
    -------
    list
        The name as the list has it, the one that it is like, and whether the two are taken for
        one: they differ in case, accents, apostrophes, blanks or dots alone.
    """
    seen = {same_name(partner.name): partner.name for partner in known}
    found = []
    for row in listed.rows:
        name, key = row["name"], same_name(row["name"])
        close = [key] if key in seen else get_close_matches(key, seen, n=1, cutoff=_CLOSE)
        if close and seen[close[0]] != name:
            found.append((name, seen[close[0]], close[0] == key))
        seen.setdefault(key, name)
    return found


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
