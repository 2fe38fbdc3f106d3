"""Make two more fictional coalitions, for a portfolio to show: only what each released to it.

`make.py` calls `write`. Neither their answers nor their notebooks are kept: a portfolio never
reads them. One is a small table, of which less may be shown.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

from conversation import line

from toolkit.evaluation import PORTFOLIO, Draft, Evaluation, Wave
from toolkit.evaluation.folder import STORE
from toolkit.ratings import Rating
from toolkit.storage import Store
from toolkit.templates import new_evaluation

SEED = 52051
WAVE = Wave(code="2026-T1", fr="Printemps 2026", en="Spring 2026")
OPENED = datetime(2026, 6, 9, 13, 0, tzinfo=UTC)


class Neighbour(NamedTuple):
    """Another coalition: its folder's name, its own, how many rate, and around which steps."""

    folder: str
    name: str
    people: int
    centres: dict[str, float]


NEIGHBOURS = (
    Neighbour(
        "lac-perdrix",
        "Table 0-5 ans du Lac-aux-Perdrix",
        16,
        {"CV": 2.6, "PP": 3.9, "ML": 3.4, "SA": 3.0},
    ),
    Neighbour(
        "cote-bleue",
        "Regroupement Petits pas de la Côte-Bleue",
        6,
        {"CV": 3.6, "PP": 3.2, "ML": 4.2, "SA": 2.2},
    ),
)


def write(folder: Path) -> None:
    """Write a file for each neighbour into the folder `neighbours`."""
    place = folder / "neighbours"
    place.mkdir(exist_ok=True)
    for one in NEIGHBOURS:
        with tempfile.TemporaryDirectory() as home:
            evaluation = new_evaluation(Path(home) / one.folder, "fr", "four_conditions")
            rate(evaluation, one)
            released = f"{release(evaluation)}\n"
        (place / f"{one.folder}.jsonl").write_text(released, encoding="utf-8", newline="\n")


def rate(evaluation: Evaluation, one: Neighbour) -> None:
    """Let the people of a coalition rate once."""
    settings = evaluation.settings
    named = settings.coalition.model_copy(update={"name": one.name})
    evaluation.change(settings.model_copy(update={"coalition": named, "waves": (WAVE,)}))
    instrument = evaluation.instrument
    rng = Random(f"{SEED} {one.folder}")
    ratings = []
    for number in range(one.people):
        mood = rng.uniform(-0.5, 0.5)
        for section in instrument.conditions:
            for asked in section.indicators:
                opinion = one.centres[section.code] + mood + rng.triangular(-1.2, 1.2, 0)
                ratings.append(
                    Rating(
                        wave=WAVE.code,
                        rater=f"p{number:02}",
                        indicator=asked.code,
                        instrument=instrument.id,
                        version=instrument.version,
                        scale=asked.scale,
                        value=min(5, max(1, round(opinion))),
                        recorded_at=datetime(2026, 4, 21, 14, number, tzinfo=UTC),
                    )
                )
    store = Store.file(evaluation.folder / STORE)
    store.append(ratings)
    store.close()


def release(evaluation: Evaluation) -> str:
    """Show the four conditions to the portfolio, and return the line that says so."""
    draft = Draft(PORTFOLIO, "", (WAVE.code,), ("conditions",))
    composed = evaluation.releases.compose(draft)
    evaluation.releases.open(composed, evaluation.settings.coalition.name, date(2026, 6, 2))
    store = Store.file(evaluation.folder / STORE)
    (entry,) = store.entries.newest("release")
    store.close()
    return line(entry, OPENED)
