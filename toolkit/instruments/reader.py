"""Turn a YAML file into an instrument, or say everything that is wrong with it at once."""

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from toolkit.encodings import NAMES, decoded
from toolkit.errors import InstrumentError, Problem
from toolkit.instruments.model import Indicator, Instrument, Scale, Section, Wording
from toolkit.instruments.nodes import Lines, load
from toolkit.text import Text, both

__all__ = ["read"]

Place = tuple[str | int, ...]

_FAULTS = {
    "missing": ("check.missing", "check.add_it"),
    "extra_forbidden": ("check.unknown_key", "check.known_keys"),
    "string_too_short": ("check.empty", "check.write_it"),
    "too_short": ("check.too_few", "check.at_least"),
    "too_long": ("check.too_many", "check.at_most"),
    "steps_in_order": ("check.steps_out_of_order", "check.steps_expected"),
    "string_pattern_mismatch": ("check.bad_code", "check.code_expected"),
    "int_parsing": ("check.not_whole", "check.whole_expected"),
    "greater_than_equal": ("check.not_whole", "check.whole_expected"),
    "bool_parsing": ("check.not_yes_no", "check.yes_no_expected"),
}


def read(file: Path) -> Instrument:
    """Return the instrument that a YAML file describes.

    Raises
    ------
    InstrumentError
        With every fault found, each with its line and what was expected.
    """
    try:
        source, encoding = decoded(file.read_bytes())
    except FileNotFoundError as error:
        raise InstrumentError(both("check.no_file", file=file.name)) from error
    except IsADirectoryError as error:
        raise InstrumentError(both("check.is_a_folder", file=file.name)) from error
    except (OSError, ValueError) as error:
        raise InstrumentError(both("check.unreadable", file=file.name)) from error
    if not encoding.startswith("utf-8"):
        named = {"file": file.name, "encoding": NAMES[encoding]}
        raise InstrumentError(both("check.encoding", **named))
    if not source.strip():
        raise InstrumentError(both("check.empty_file", file=file.name))
    return _understood(source.replace("\r\n", "\n").replace("\r", "\n"), file.name)


@lru_cache(maxsize=8)  # a kernel finds there what its nursery read
def _understood(source: str, file: str) -> Instrument:
    values, lines, problems = load(source, file)
    instrument = None
    if isinstance(values, dict):
        try:
            instrument = Instrument.model_validate(values)
        except ValidationError as error:
            problems += [_problem(fault, lines) for fault in error.errors() if not _echo(fault)]
        problems += _contradictions(values, lines)
    else:
        problems.append(lines.problem((), "check.no_mapping", "check.mapping_expected"))
    if problems or instrument is None:
        order = sorted(set(problems), key=lambda problem: (problem.line, problem.where))
        raise InstrumentError(both("check.unusable", file=file), tuple(order))
    return instrument


def _echo(fault: Any) -> bool:
    """Return whether a list is called too short only because a part of it is faulty."""
    return bool(fault["type"] == "too_short" and len(fault["input"]) >= fault["ctx"]["min_length"])


def _problem(fault: Any, lines: Lines) -> Problem:
    path = tuple(step for step in fault["loc"] if step != "[key]")
    what, remedy = _FAULTS.get(fault["type"], ("check.unexpected", "check.as_documented"))
    name = str(path[-1]) if path else ""
    if fault["type"] == "missing" and name in {"fr", "en"}:
        what, remedy = "check.no_translation", "check.translate"
    if fault["type"] == "int_parsing" and fault["loc"][-1] == "[key]":
        what, remedy = "check.step_not_whole", "check.steps_expected"
    return lines.problem(
        path,
        what,
        remedy,
        name=name,
        near=_near(name),
        written=str(fault["input"])[:60],
        least=fault.get("ctx", {}).get("min_length", 1),
        most=fault.get("ctx", {}).get("max_length", 1),
    )


def _near(name: str) -> str:
    """Return the keys that were likely meant."""
    parts: tuple[type[BaseModel], ...] = (Instrument, Section, Indicator, Wording, Scale, Text)
    known = sorted({field for part in parts for field in part.model_fields})
    return ", ".join(get_close_matches(name, known, n=3, cutoff=0.6) or known)


def _contradictions(values: dict[str, Any], lines: Lines) -> Iterator[Problem]:
    """Yield what each value allows but the whole does not, whatever else is wrong."""
    sections = list(_sections(values))
    indicators = [
        ((*path, "indicators", i), line)
        for path, section in sections
        for i, line in enumerate(_listed(section.get("indicators")))
        if isinstance(line, dict)
    ]
    coded = [(path, part["code"]) for path, part in sections + indicators if "code" in part]
    codes = Counter(str(code) for _, code in coded)
    for path, code in coded:
        if codes[str(code)] > 1:
            place = (*path, "code")
            yield lines.problem(place, "check.code_twice", "check.other_code", code=code)
    scales = values.get("scales")
    if isinstance(scales, dict):
        for path, line in indicators:
            yield from _off_scale(path, line, scales, lines)
        yield from _several_scales(indicators, scales, lines)
    for path, line in indicators:
        yield from _never_asked(path, line, lines)


def _several_scales(
    indicators: list[tuple[Place, dict[str, Any]]], scales: dict[str, Any], lines: Lines
) -> Iterator[Problem]:
    """Yield the lines that stand on another scale than those they are shown with."""
    shown: dict[Place, str] = {}
    for path, line in indicators:
        # All conditions are shown side by side; a module only with itself.
        together = path[:2] if path[0] == "modules" else path[:1]
        scale = line.get("scale")
        if together[0] not in {"conditions", "modules"} or str(scale) not in scales:
            continue
        first = shown.setdefault(together, str(scale))
        if scale != first:
            values = {"scale": scale, "first": first}
            yield lines.problem((*path, "scale"), "check.other_scale", "check.one_scale", **values)


def _never_asked(place: Place, line: dict[str, Any], lines: Lines) -> Iterator[Problem]:
    """Yield the wordings for a group that the line is not asked of."""
    asked, worded = _listed(line.get("asked_of")), line.get("asked_as")
    for group in worded if asked and isinstance(worded, dict) else ():
        if group not in asked:
            known = ", ".join(map(str, asked))
            spot = (*place, "asked_as", group)
            values = {"group": group, "known": known}
            yield lines.problem(spot, "check.never_asked", "check.asked_of", **values)


def _off_scale(
    place: Place, line: dict[str, Any], scales: dict[str, Any], lines: Lines
) -> Iterator[Problem]:
    scale = line.get("scale")
    if isinstance(scale, str) and scale not in scales:
        yield lines.problem(
            (*place, "scale"),
            "check.no_scale",
            "check.known_scales",
            scale=scale,
            known=", ".join(scales),
        )
    elif isinstance(scale, str) and isinstance(scales[scale], dict):
        steps = scales[scale].get("steps")
        for path, anchors in _anchored(place, line):
            for step in anchors if isinstance(steps, dict) else ():
                if step not in steps and _whole(step):
                    numbers = [int(known) for known in steps if _whole(known)] or [1]
                    values = {"step": step, "first": min(numbers), "last": max(numbers)}
                    spot = (*path, step)
                    yield lines.problem(spot, "check.no_step", "check.known_steps", **values)


def _whole(step: str) -> bool:
    return step.removeprefix("-").isdecimal()


def _anchored(place: Place, line: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield the anchors of a line, and of each group that is asked in its own words."""
    worded = line.get("asked_as")
    own = worded.items() if isinstance(worded, dict) else ()
    parts = [(place, line), *(((*place, "asked_as", group), part) for group, part in own)]
    for path, part in parts:
        anchors = part.get("anchors") if isinstance(part, dict) else None
        if isinstance(anchors, dict):
            yield (*path, "anchors"), anchors


def _sections(values: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    rooms = ("conditions", "modules")
    placed: list[tuple[Place, Any]] = [
        ((room, i), part) for room in rooms for i, part in enumerate(_listed(values.get(room)))
    ]
    placed += [((room,), values.get(room)) for room in ("obstacles", "need")]
    yield from ((path, part) for path, part in placed if isinstance(part, dict))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
