"""Turn a YAML file into an instrument, or say everything that is wrong with it at once."""

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from toolkit.errors import InstrumentError, Problem
from toolkit.instruments.model import Indicator, Instrument, Section
from toolkit.instruments.nodes import Lines, load
from toolkit.text import both

__all__ = ["read"]

_FAULTS = {
    "missing": ("check.missing", "check.add_it"),
    "extra_forbidden": ("check.unknown_key", "check.known_keys"),
    "string_too_short": ("check.empty", "check.write_it"),
    "too_short": ("check.too_few", "check.at_least"),
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
    values, lines, problems = load(file)
    instrument = None
    if isinstance(values, dict):
        try:
            instrument = Instrument.model_validate(values)
        except ValidationError as error:
            problems += [_problem(fault, values, lines) for fault in error.errors()]
    else:
        problems.append(lines.problem((), "check.no_mapping", "check.mapping_expected"))
    if instrument:
        problems += _contradictions(instrument, lines)
    if problems or instrument is None:
        order = sorted(set(problems), key=lambda problem: (problem.line, problem.where))
        raise InstrumentError(both("check.unusable", file=file.name), tuple(order))
    return instrument


def _problem(fault: Any, values: dict[str, Any], lines: Lines) -> Problem:
    path = tuple(step for step in fault["loc"] if step != "[key]")
    what, remedy = _FAULTS.get(fault["type"], ("check.unexpected", "check.as_documented"))
    name = str(path[-1]) if path else ""
    if fault["type"] == "missing" and name in {"fr", "en"}:
        what, remedy = "check.no_translation", "check.translate"
    return lines.problem(
        path,
        what,
        remedy,
        name=name,
        near=_near(name, path[:-1], values),
        written=str(fault["input"])[:60],
        least=fault.get("ctx", {}).get("min_length", 1),
    )


def _near(name: str, parent: tuple[Any, ...], values: Any) -> str:
    """Return the keys that were likely meant at this place."""
    for step in parent:
        values = values[step] if isinstance(values, (dict, list)) else {}
    models = {"steps": Instrument, "indicators": Section, "text": Indicator}
    model = next((model for key, model in models.items() if key in values), Instrument)
    known = [*model.model_fields]
    return ", ".join(get_close_matches(name, known, n=3, cutoff=0.5) or known)


def _contradictions(instrument: Instrument, lines: Lines) -> Iterator[Problem]:
    """Yield what each value allows but the whole does not."""
    codes = Counter(line.code for part in instrument.sections for line in part.indicators)
    codes.update(part.code for part in instrument.sections)
    for path, section in _placed(instrument):
        if codes[section.code] > 1:
            yield lines.problem(
                (*path, "code"), "check.code_twice", "check.other_code", code=section.code
            )
        for i, indicator in enumerate(section.indicators):
            place = (*path, "indicators", i)
            yield from _indicator(indicator, place, instrument, codes, lines)


def _indicator(
    indicator: Indicator,
    place: tuple[Any, ...],
    instrument: Instrument,
    codes: Counter[str],
    lines: Lines,
) -> Iterator[Problem]:
    if codes[indicator.code] > 1:
        yield lines.problem(
            (*place, "code"), "check.code_twice", "check.other_code", code=indicator.code
        )
    scale = instrument.scales.get(indicator.scale)
    if scale is None:
        yield lines.problem(
            (*place, "scale"),
            "check.no_scale",
            "check.known_scales",
            scale=indicator.scale,
            known=", ".join(instrument.scales),
        )
        return
    for step in indicator.anchors:
        if step not in scale.steps:
            yield lines.problem(
                (*place, "anchors", str(step)),
                "check.no_step",
                "check.known_steps",
                step=step,
                last=len(scale.steps),
            )


def _placed(instrument: Instrument) -> Iterator[tuple[tuple[Any, ...], Section]]:
    for room in ("conditions", "modules"):
        for i, section in enumerate(getattr(instrument, room)):
            yield (room, i), section
    for room in ("obstacles", "need"):
        if section := getattr(instrument, room):
            yield (room,), section
