"""What every column and every code means, in both languages."""

from collections.abc import Mapping

from toolkit.instruments import Instrument
from toolkit.text import Text, both

__all__ = ["COLUMNS", "codebook"]

#: The columns of the exported tables, each with its sentence in `words.yaml`.
COLUMNS = (
    *("wave", "rater", "partner", "group", "condition", "indicator", "aspect", "mode"),
    *("instrument", "version", "scale", "steps", "first", "value", "status", "note"),
    *("recorded_at", "excluded", "step_1", "n", "agreement"),
    *("dont_know", "not_applicable", "skipped", "shown"),
    "why",
    *("title", "round", "statement"),
)


def codebook(instrument: Instrument) -> list[dict[str, str]]:
    """Return a row for each column, indicator and step: `kind`, `code`, `fr`, `en`."""
    rows = [_row("column", name, both(f"codebook.{name}")) for name in COLUMNS]
    for section in instrument.sections:
        rows.append(_row("condition", section.code, section.title))
        for line in section.indicators:
            rows.append(_row("indicator", line.code, line.question or line.text))
            rows += _anchors(line.code, line.anchors)
            for group, words in line.asked_as.items():
                # What a group was asked in its own words is in the same column of answers.
                rows.append(_row("indicator", f"{line.code}/{group}", words.question))
                rows += _anchors(f"{line.code}/{group}", words.anchors)
    for name, scale in instrument.scales.items():
        rows += [_row("step", f"{name}={step}", text) for step, text in scale.steps.items()]
    return rows


def _anchors(code: str, anchors: Mapping[int, Text]) -> list[dict[str, str]]:
    return [_row("anchor", f"{code}={step}", text) for step, text in anchors.items()]


def _row(kind: str, code: str, text: object) -> dict[str, str]:
    return {"kind": kind, "code": code, "fr": str(text["fr"]), "en": str(text["en"])}  # type: ignore[index]
