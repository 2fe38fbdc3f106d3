"""What is wrong with a settings file, in words, and on which line."""

import re
from typing import Any

from toolkit.errors import Problem
from toolkit.text import both

__all__ = ["problem"]


def problem(fault: Any, file: str, source: str) -> Problem:
    """Return a fault that pydantic found, with its line in the file and what to write there."""
    path: tuple[str | int, ...] = fault["loc"]
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    known = {
        "missing": ("check.missing", "check.add_it"),
        "extra_forbidden": ("check.unknown_key", "check.as_documented"),
        "code_twice": ("check.code_twice", "check.other_code"),
        "two_open": ("check.two_open", "check.close_one"),
        "not_earlier": ("check.not_earlier", "check.name_earlier"),
        "string_pattern_mismatch": ("check.bad_code", "check.code_expected"),
        "page_twice": ("check.page_twice", "check.page_other"),
        "page_no_file": ("check.page_no_file", "check.page_notebook"),
        "page_elsewhere": ("check.page_elsewhere", "check.page_notebook"),
    }
    what, remedy = known.get(fault["type"], ("check.unexpected", "check.as_documented"))
    values = {"name": str(path[-1]) if path else "", "written": str(fault["input"])[:60]}
    values |= {"code": str(fault.get("ctx", {}).get("code", ""))}
    said = [both(key, **values) for key in (what, remedy)]
    return Problem(file, _line(path, source), where.lstrip("."), said[0], said[1])


def _line(path: tuple[str | int, ...], source: str) -> int:
    """Return the line on which a value, or the table around it, is written."""
    if not path:
        return 0
    wanted = {"room": str(path[0]), "index": 0, "key": str(path[-1])}
    if len(path) > 1 and isinstance(path[1], int):
        wanted["index"] = path[1]
    best, room, index = 0, "", {"": 0}
    for line, text in enumerate(source.splitlines(), start=1):
        if header := re.match(r"\s*(\[\[?)\s*([\w.-]+)", text):
            room = header[2]
            index[room] = index.get(room, -1) + 1 if header[1] == "[[" else 0
        inside = room == wanted["room"] and index.get(room) == wanted["index"]
        key = re.match(r"\s*([\w-]+)\s*=", text)
        if inside and best == 0:
            best = line
        sought = wanted["key"] if inside else "" if room else wanted["room"]
        if key and key[1] == sought:
            return line
    return best
