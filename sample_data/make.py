"""Make the answers of a fictional coalition, and tell the story that they tell.

`python sample_data/make.py` rewrites `raters.csv` and `ratings.csv`, then lets `conversation.py`
and `neighbours.py` write what follows from them; all byte for byte.

The story, to be checked on the figures
---------------------------------------
A table of fourteen early-childhood partners rated its four conditions three times: spring 2025
(11 people), autumn 2025 (13), spring 2026 (12). A fourth wave is open and still empty.

*Who.* Eight people answered every time. The community kitchens and the home-childcare office left
after the first wave, the library after the second; the school and three parents came with the
second (one of them only then), a national member with the third. Parents were 1, 4, then 3, and
the funder is one person: both groups stay below the minimum of five and must never be shown alone.

*Common vision (CV)* is the success: from about 3 to about 4. In the third wave the shared reading
of the situation (CV1) is a strength that all but one see: they are at 4 or 5, not unanimous.

*Power sharing (PP)* divides. Organisations with means rate it high; parents and small community
groups rate it low, so that PP3 and PP4 have two humps and a median that describes nobody. In the
summer of 2025 the organisation that holds the money moved part of it alone: the second wave
dips, also among the people who were already there, and not only because more parents answer.
Written criteria bring part of it back by the third wave; access to information (PP6) ends highest.

*Mutual learning (ML)* rises slowly, except ML3: saying that something does not work stays low, and
people agree that it is low.

*Shared accountability (SA)* is the lowest: no median above 3. On SA5, at least one person in four
does not know, each time. SA6 divides along the same line as power. Answering to one another (SA3)
has the widest gap between what is and what should be in a year; two people in three gave both.

*Seen again.* In the third wave those who came back rate the second one again, on the short form's
lines: more strictly on learning and accountability, less on power now that the anger has passed.
Few change their view of the vision, so that it stays masked.

*Small print.* Parents often find the fit with "own mission" (CV4) or "commitments of each
organisation" (SA2) not applicable. A few lines are skipped. A few people changed an answer about a
minute later: two rows, the newest is the answer. Private notes come from `notes.csv`, an input.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import conversation
import neighbours

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
SEED = 52050  # searched for: most seeds blur one part of the story or another
COLUMNS = ["wave", "rater", "instrument", "version", "indicator", "aspect"]
COLUMNS += ["mode", "scale", "value", "status", "note", "recorded_at"]


class Rater(NamedTuple):
    """A pseudonymous person: where they sit, and how the story makes them answer.

    Attributes
    ----------
    code, partner, group
        As written in `raters.csv`.
    waves
        Places of the waves answered, 0 being the first.
    lean
        1 for an organisation with means, -1 for people with few, 0 between: moves the
        indicators that divide.
    wishes
        Whether the person also gave the desired step.
    """

    code: str
    partner: str
    group: str
    waves: tuple[int, ...]
    lean: int
    wishes: bool


class Portrait(NamedTuple):
    """What the coalition thinks of one indicator.

    Attributes
    ----------
    centres
        The middle opinion in each wave, on the five steps.
    divide
        Steps added for a lean of 1, taken away for a lean of -1.
    spread
        Widest personal difference from the middle, in steps.
    unknown
        Chance that a person does not know.
    """

    centres: tuple[float, float, float]
    divide: float = 0.2
    spread: float = 1.5
    unknown: float = 0.02


WAVES = {
    "2025-T1": datetime(2025, 4, 8, tzinfo=UTC),
    "2025-T2": datetime(2025, 10, 7, tzinfo=UTC),
    "2026-T1": datetime(2026, 4, 7, tzinfo=UTC),
}

#: How those who came back in the third wave see the second one again: fewer steps, as many, more.
THEN = {
    "CV": (1, 8, 2),
    "PP": (1, 5, 5),
    "ML": (5, 5, 1),
    "SA": (8, 4, 0),
}
AGAIN = {"CV1", "CV3", "PP1", "PP3", "ML1", "ML4", "SA1", "SA3"}  # the short form's lines

RATERS = (
    Rater("r01", "cisss-saulaie", "partner", (0, 1, 2), 1, wishes=True),
    Rater("r02", "css-trois-meandres", "partner", (0, 1, 2), 1, wishes=False),
    Rater("r03", "municipalite", "partner", (0, 1, 2), 1, wishes=True),
    Rater("r04", "cpe-lucioles", "partner", (0, 1, 2), 1, wishes=True),
    Rater("r05", "maison-famille", "partner", (0, 1, 2), -1, wishes=True),
    Rater("r06", "joujoutheque", "partner", (0, 1, 2), -1, wishes=True),
    Rater("r07", "cuisines-tablee", "partner", (0,), -1, wishes=False),
    Rater("r08", "bibliotheque", "partner", (0, 1), 0, wishes=True),
    Rater("r09", "bureau-coordonnateur", "partner", (0,), 0, wishes=False),
    Rater("r10", "comite-parents", "parent", (0, 1, 2), -1, wishes=True),
    Rater("r11", "fondation-feuilles", "funder", (0, 1, 2), 1, wishes=False),
    Rater("r12", "ecole-meandres", "partner", (1, 2), 0, wishes=True),
    Rater("r13", "comite-parents", "parent", (1, 2), -1, wishes=True),
    Rater("r14", "comite-parents", "parent", (1, 2), -1, wishes=False),
    Rater("r15", "cpe-petit-quai", "parent", (1,), -1, wishes=False),
    Rater("r16", "regroupement-haltes", "partner", (2,), 0, wishes=False),
)

PORTRAITS = {
    "CV1": Portrait((3.1, 3.6, 4.4), spread=1.2),
    "CV2": Portrait((2.8, 3.2, 3.8), divide=0.4),
    "CV3": Portrait((3.0, 3.2, 3.9)),
    "CV4": Portrait((3.1, 3.5, 4.0)),
    "CV5": Portrait((2.8, 3.3, 3.9)),
    "PP1": Portrait((3.1, 2.6, 2.9), divide=0.7),
    "PP2": Portrait((3.3, 2.7, 3.1), divide=0.5, unknown=0.06),
    "PP3": Portrait((3.2, 2.6, 2.9), divide=1.4, spread=1.0),
    "PP4": Portrait((3.1, 2.4, 2.8), divide=1.5, spread=1.0),
    "PP5": Portrait((3.0, 2.5, 2.8), divide=0.5),
    "PP6": Portrait((3.2, 2.9, 3.6), divide=0.7),
    "ML1": Portrait((3.0, 3.2, 3.5)),
    "ML2": Portrait((2.4, 2.7, 3.1)),
    "ML3": Portrait((1.9, 1.9, 2.0), divide=0.1, spread=1.2),
    "ML4": Portrait((2.6, 2.9, 3.4), unknown=0.06),
    "ML5": Portrait((2.6, 2.8, 3.1)),
    "SA1": Portrait((2.4, 2.5, 2.8), unknown=0.04),
    "SA2": Portrait((2.1, 2.1, 2.4)),
    "SA3": Portrait((1.9, 1.9, 2.2), spread=1.2),
    "SA4": Portrait((2.0, 2.1, 2.5), unknown=0.08),
    "SA5": Portrait((2.2, 2.2, 2.4), unknown=0.36),
    "SA6": Portrait((2.9, 2.7, 2.9), divide=1.3, spread=1.0, unknown=0.04),
}


def make(folder: Path) -> None:
    """Write every file of the sample that is not written by hand."""
    with (HERE / "notes.csv").open(encoding="utf-8", newline="") as file:
        notes = {(n["wave"], n["rater"], n["indicator"]): n["note"] for n in csv.DictReader(file)}
    rows = [row for rater in RATERS for row in answers(rater)]
    for row in rows:
        if row["aspect"] == "current":
            row["note"] = notes.get((row["wave"], row["rater"], row["indicator"]), "")
    rows.sort(key=lambda row: row["recorded_at"])
    people = ({"rater": r.code, "partner": r.partner, "group": r.group} for r in RATERS)
    write(folder / "raters.csv", ["rater", "partner", "group"], people)
    write(folder / "ratings.csv", COLUMNS, rows)
    conversation.write(folder)
    neighbours.write(folder)


def answers(rater: Rater) -> list[dict[str, str]]:
    """Return every row of one person; their own random stream leaves other people's alone."""
    rng = Random(f"{SEED} {rater.code}")
    mood = rng.uniform(-0.4, 0.4)
    opinions = {
        code: mood + rater.lean * portrait.divide + rng.triangular(-1, 1, 0) * portrait.spread
        for code, portrait in PORTRAITS.items()
    }
    rows, given = [], {}
    for place in rater.waves:
        wave, opening = list(WAVES.items())[place]
        time = arrival(rng, rater, opening)
        for code, portrait in PORTRAITS.items():
            time += timedelta(seconds=rng.randint(14, 48), milliseconds=rng.randrange(1000))
            opinion = portrait.centres[place] + opinions[code] + rng.uniform(-0.4, 0.4)
            said = answer(rng, rater, code, opinion)
            told = [*moves(rng, rater, code, said), *again(rater, code, given.get(code))]
            given[code] = said[0] if place == 1 else None
            for aspect, value, status, after in told:
                clock = (time + after).isoformat(timespec="microseconds").replace("+00:00", "Z")
                cells = (wave, rater.code, "four_conditions", "1", code, aspect, "individual")
                rest = ("rooted5", str(value or ""), status, "", clock)
                rows.append(dict(zip(COLUMNS, cells + rest, strict=True)))
    return rows


def arrival(rng: Random, rater: Rater, opening: datetime) -> datetime:
    """Return when the person starts: a working day in three weeks; parents, in the evening."""
    days = 7 * rng.randrange(3) + rng.randrange(3)
    hours = rng.randint(23, 25) if rater.group == "parent" else rng.randint(12, 20)
    return opening + timedelta(days=days, hours=hours, seconds=rng.randrange(3600))


def answer(rng: Random, rater: Rater, code: str, opinion: float) -> tuple[int | None, str]:
    """Return a step and an empty status, or no step and the reason."""
    concerned = not (rater.group == "parent" and code in {"CV4", "SA2"})
    draw = rng.random()
    if not concerned and rng.random() < 0.6:
        return None, "not_applicable"
    if draw < PORTRAITS[code].unknown:
        return None, "dont_know"
    if draw > 0.985:
        return None, "skipped"
    return min(5, max(1, round(opinion))), ""


def moves(
    rng: Random, rater: Rater, code: str, said: tuple[int | None, str]
) -> Iterable[tuple[str, int | None, str, timedelta]]:
    """Yield each thing the person does on one line: aspect, step, status and how much later."""
    step, status = said
    wish = rng.choices((0, 1, 2), (1, 7, 3))[0] + (code == "SA3") * rng.choice((1, 2))
    pause = timedelta(seconds=rng.randint(3, 9), milliseconds=rng.randrange(1000))
    later = timedelta(seconds=rng.randint(50, 75), milliseconds=rng.randrange(1000))
    if step and rng.random() < 0.01:
        yield "current", step - 1 if step > 1 else step + 1, "", timedelta()
        yield "current", step, "", later
    else:
        yield "current", step, status, timedelta()
    if step and rater.wishes:
        yield "desired", min(5, step + wish), "", pause


def again(
    rater: Rater, code: str, before: int | None
) -> Iterable[tuple[str, int | None, str, timedelta]]:
    """Yield how the person now sees what they rated in the second wave, if they did."""
    if before and code in AGAIN:
        rng = Random(f"{SEED} then {rater.code} {code}")
        step = before + rng.choices((-1, 0, 1), THEN[code[:2]])[0]
        yield "then", min(5, max(1, step)), "", timedelta(seconds=rng.randint(10, 13))


def write(file: Path, columns: list[str], rows: Iterable[dict[str, str]]) -> None:
    """Write rows as a UTF-8 file, with the same line ends on every system."""
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    make(HERE)
