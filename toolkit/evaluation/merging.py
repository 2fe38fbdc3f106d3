"""Two evaluators who change the settings at once: what does not collide is kept of both."""

from typing import Any

from toolkit.errors import ConflictError
from toolkit.evaluation.settings import Settings
from toolkit.text import Text

__all__ = ["CollisionError", "merge"]

_ROWS = ("groups", "partners", "waves")
#: What stands for a row itself, beside its fields.
_THERE = ""
#: What is said of a path that is not there: no setting is this.
_NOTHING = object()

_Leaves = dict[tuple[str, ...], Any]


class CollisionError(ConflictError):
    """Two people changed the same setting in different ways; nothing was written.

    Attributes
    ----------
    seen
        What to have seen, so that saying the same again puts it in the other's place.
    """

    def __init__(self, message: Text, seen: Settings) -> None:
        super().__init__(message)
        self.seen = seen


def merge(seen: Settings, mine: Settings, theirs: Settings) -> tuple[Settings, list[str], Settings]:
    """Return the settings with both changes, and what both changed in different ways.

    Parameters
    ----------
    seen
        What both started from.
    mine, theirs
        What each made of it; where they collide, theirs stays.

    Returns
    -------
    tuple
        The settings; the names of what collides, none if nothing does; and what was seen, as if
        theirs had been seen where it collides: who says the same again after that, means it.
    """
    mine = _other_codes(seen, mine, theirs)
    before, here, there = _leaves(seen), _leaves(mine), _leaves(theirs)
    together: _Leaves = {}
    collisions: list[tuple[str, ...]] = []
    for path in dict.fromkeys([*there, *here]):
        was, is_here, is_there = (leaves.get(path, _NOTHING) for leaves in (before, here, there))
        if is_here not in (was, is_there):
            if is_there == was:
                is_there = is_here
            else:
                collisions.append(path)
        if is_there is not _NOTHING:
            together[path] = is_there
    understood = {path: value for path, value in before.items() if path not in collisions}
    understood |= {path: there[path] for path in collisions if path in there}
    order = {room: _order(room, seen, mine, theirs) for room in _ROWS}
    names = [_name(path, theirs, mine) for path in collisions]
    found = _built(together, order).model_copy(update={"pages": theirs.pages})
    return found, list(dict.fromkeys(names)), _built(understood, order)


def _other_codes(seen: Settings, mine: Settings, theirs: Settings) -> Settings:
    """Give a partner that I added another code, where theirs gave it to another one."""
    known = {partner.code for partner in seen.partners}
    added = {p.code: p.name for p in theirs.partners if p.code not in known}
    taken = known | set(added) | {partner.code for partner in mine.partners}
    partners = []
    for partner in mine.partners:
        kept = partner
        if partner.code not in known and added.get(partner.code, partner.name) != partner.name:
            codes = (f"{partner.code[:36]}-{number}" for number in range(2, len(taken) + 3))
            kept = partner.model_copy(update={"code": next(c for c in codes if c not in taken)})
            taken.add(kept.code)
        partners.append(kept)
    return mine.model_copy(update={"partners": tuple(partners)})


def _leaves(settings: Settings) -> _Leaves:
    """Return each value under its path; that a row is there is a value, too."""
    leaves: _Leaves = {}
    for name, value in settings.model_dump().items():
        if name in _ROWS:
            for row in value:
                leaves[name, row["code"], _THERE] = True
                leaves |= {(name, row["code"], key): kept for key, kept in row.items()}
        elif isinstance(value, dict):
            leaves |= {(name, key): kept for key, kept in value.items()}
        else:
            leaves[name,] = value
    return leaves


def _order(room: str, seen: Settings, mine: Settings, theirs: Settings) -> list[str]:
    """Return the order of rows: theirs, or mine where only I changed it; then what was added."""
    was, here, there = ([row.code for row in getattr(s, room)] for s in (seen, mine, theirs))
    first = here if [code for code in there if code in was] == was else there
    kept = [code for code in first if code in was]
    return list(dict.fromkeys([*kept, *there, *here]))


def _built(leaves: _Leaves, order: dict[str, list[str]]) -> Settings:
    values: dict[str, Any] = {}
    rows: dict[str, dict[str, dict[str, Any]]] = {room: {} for room in _ROWS}
    for path, value in leaves.items():
        if len(path) == 1:
            values[path[0]] = value
        elif path[0] in _ROWS:
            rows[path[0]].setdefault(path[1], {})[path[2]] = value
        else:
            values.setdefault(path[0], {})[path[1]] = value
    for room, found in rows.items():
        there = [found[code] for code in order[room] if found.get(code, {}).get(_THERE) is True]
        values[room] = [{key: row[key] for key in row if key != _THERE} for row in there]
    return Settings.model_validate(values)


def _name(path: tuple[str, ...], theirs: Settings, mine: Settings) -> str:
    """Return what a path is about, as an evaluator knows it."""
    if path[0] not in _ROWS:
        return ".".join(path)
    rows = [*getattr(theirs, path[0]), *getattr(mine, path[0])]
    row = next(row for row in rows if row.code == path[1])
    return str(getattr(row, "name", "") or getattr(row, "fr", path[1]))
