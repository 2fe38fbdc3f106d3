"""Which of the figures that are masked would tell of somebody, had they been shown.

A line of everybody, in the newest round, is shown with more than it was, beside what was shown of
the line in other rounds and of nothing else; then it is attacked. What is recovered so was masked
with reason: no rule could have shown it.
"""

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np

from tests.disclosure.attacker import LEVELS, attack
from tests.disclosure.coalitions import Coalition
from tests.disclosure.figures import EVERYBODY, Cell, Seen, read
from toolkit.scoring.suppression.ways import statistics

__all__ = ["needed"]


def needed(coalition: Coalition) -> dict[str, float]:
    """Return the shares of lines whose `counts`, and `medians`, are masked and would tell."""
    seen = read(coalition)
    newest = seen.columns[-1]
    lines = [line for lines in coalition.lines.values() for line in lines]
    found: Counter[str] = Counter()
    for line in lines:
        cells = {
            cell
            for cell in seen.cells
            if (cell.line, cell.aspect, cell.group) == (line, "current", EVERYBODY)
        }
        shown = {name for cell in cells if cell.column == newest for name, _ in cell.told}
        before = replace(seen, cells={cell for cell in cells if cell.column != newest})
        for name, told in _figures(coalition, newest.wave, line).items():
            if not {*told} <= shown:
                cell = Cell(newest, line, "current", EVERYBODY, tuple(told.items()))
                found[name] += _tells(coalition, before, cell)
    return {name: found[name] / len(lines) for name in ("counts", "medians")}


def _figures(coalition: Coalition, wave: str, line: str) -> dict[str, dict[str, Any]]:
    """Return what would be shown: as little as there can be of each."""
    said = Counter(
        answer
        for (when, _, what, aspect), answer in coalition.answers.items()
        if (when, what, aspect) == (wave, line, "current")
    )
    counts = [said[step] for step in range(1, coalition.steps + 1)]
    if not any(counts):
        return {}
    low, high = (int(found[0]) for found in statistics(np.array([counts]))[:2])
    people = {"n": sum(counts)}
    return {
        "counts": people | {f"step_{step}": count for step, count in enumerate(counts, start=1)},
        "medians": people | {"low": low, "high": high},
    }


def _tells(coalition: Coalition, before: Seen, cell: Cell) -> bool:
    seen = Seen(before.columns, before.cells | {cell}, participation=before.participation)
    found = attack(coalition, seen, pairs=False)
    return any(found.levels[level] for level in LEVELS[:3])
