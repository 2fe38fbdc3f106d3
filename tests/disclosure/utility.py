"""How much of what coalitions came for is shown: the share of cells, as real ones are shown them.

`python tests/disclosure/utility.py` prints a row for each coalition. Each answers 22 lines twice,
with a little turnover; the first round is released, then both. The sample's three rounds are
released one after the other.

Columns: of everybody, the share of lines with counts, with medians, with a word, and with a wish's
median, and of conditions with *who moved*; by group, the share of cells (a line or a condition,
times every group that answered, and *the others* where they are pooled) with a median or counts,
and of all people the share whose group, alone or pooled, is shown beside the others on conditions.

Last, of everybody's lines, the share whose counts, and whose medians, are masked and would tell of
somebody (see `needed.py`): what no rule could show beside what had been shown before.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isnan
from pathlib import Path
from random import Random
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[2]))

import pandas as pd

from tests.disclosure.coalitions import DAY, GROUPS, Coalition, Person, begin
from tests.disclosure.needed import needed
from toolkit.evaluation import COALITION, FIGURES, Draft, Evaluation, Release
from toolkit.serve.demo import make_demo

__all__ = ["COLUMNS", "coalition_of", "main", "useful"]

SHAPES = {
    "5 = 4+1": (4, 1),
    "8 = 5+2+1": (5, 2, 1),
    "10 = 6+2+1+1": (6, 2, 1, 1),
    "12 = 6+3+2+1": (6, 3, 2, 1),
    "14 = 8+3+2+1": (8, 3, 2, 1),
    "20 = 10+6+3+1": (10, 6, 3, 1),
    "30 = 14+8+5+3": (14, 8, 5, 3),
}
COLUMNS = ("counts", "medians", "words", "wishes", "moved", "g.lines", "g.conds", "g.people")
_NEEDED = ("counts", "medians")
_LINES = (5, 6, 5, 6)


def main() -> None:
    """Print the table."""
    names = [*COLUMNS, *(f"!{name}" for name in _NEEDED)]
    print(f"{'coalition':<16}{'round':<9}" + "".join(f"{name:>10}" for name in names))
    with tempfile.TemporaryDirectory() as place:
        for name, sizes in SHAPES.items():
            made = [
                coalition_of(Path(place) / f"{sum(sizes)}-{seed}", sizes, seed) for seed in (1, 2)
            ]
            for version in (0, 1):
                rows = [useful(one.shown[version].release, one.evaluation) for one in made]
                if version:
                    told = [needed(one) for one in made]
                    rows = [
                        row + [one[name] for name in _NEEDED]
                        for row, one in zip(rows, told, strict=True)
                    ]
                _print(
                    name,
                    f"r{version + 1}",
                    [sum(two) / len(rows) for two in zip(*rows, strict=True)],
                )
        sample = make_demo(Path(place) / "sample", "fr")
        for wave, release in _sample(sample):
            _print("the sample", wave, useful(release, sample))


def _print(name: str, wave: str, shares: Sequence[float]) -> None:
    told = ["–".rjust(10) if isnan(share) else f"{round(100 * share):>8} %" for share in shares]
    print(f"{name:<16}{wave:<9}" + "".join(told), flush=True)


def coalition_of(folder: Path, sizes: Sequence[int], seed: int) -> Coalition:
    """Return a coalition of groups of some sizes that answered twice and was shown twice."""
    dice = Random(seed)
    coalition = begin(folder, _LINES, GROUPS[: len(sizes)])
    people = [
        Person(f"p{place:02d}", group, ("r1", "r2"))
        for place, group in enumerate(
            code for code, size in zip(GROUPS, sizes, strict=False) for _ in range(size)
        )
    ]
    # One in twelve leaves and somebody of the same group comes.
    leaving = set(dice.sample([person.code for person in people], max(1, len(people) // 12)))
    lines = [line for codes in coalition.lines.values() for line in codes]
    middle = {line: dice.uniform(2.2, 4.2) for line in lines}
    spread = {line: dice.choice((0.6, 0.9, 1.3)) for line in lines}
    said: dict[tuple[str, str, str], int | str] = {}
    for code in ("r1", "r2"):
        coalition.add_round(code)
        given = {}
        for person in people:
            here = person
            if code == "r2" and person.code in leaving:
                here = Person(f"n{person.code}", person.group, ("r2",))
            own: dict[tuple[str, str], int | str] = {}
            for line in lines:
                for aspect, lift in (("current", 0.0), ("desired", 0.8)):
                    key = here.code, line, aspect
                    if aspect == "desired" and dice.random() > 0.8:
                        continue
                    if key not in said or dice.random() > 0.7:
                        value = round(dice.gauss(middle[line] + lift, spread[line]))
                        said[key] = min(max(value, 1), 5)
                        if dice.random() < 0.03:
                            said[key] = "dont_know"
                    own[line, aspect] = said[key]
            given[here] = own
        coalition.answer_all(code, given)
        coalition.close_round(code)
        rounds = ("r1",) if code == "r1" else ("r1", "r2")
        if coalition.show(*rounds) is None:
            raise RuntimeError("nothing could be released")
    return coalition


def _sample(sample: Evaluation) -> Iterator[tuple[str, Release]]:
    """Yield the sample's releases, each opened, one round more each time, and its newest round."""
    settings = sample.settings
    over = [wave.code for wave in settings.waves if wave.status != "open"]
    closed = [
        wave.model_copy(update={"status": "closed"}) if wave.code in over else wave
        for wave in settings.waves
    ]
    sample.change(settings.model_copy(update={"waves": tuple(closed)}))
    for place, wave in enumerate(over, start=1):
        release = sample.releases.compose(Draft(COALITION, "", tuple(over[:place]), FIGURES))
        sample.releases.open(release, "Tout le monde", DAY)
        yield wave, release


def useful(release: Release, evaluation: Evaluation) -> list[float]:
    """Return the share of what is shown of a release's newest round, in the order of `COLUMNS`."""
    tables = release.snapshot.tables("fr")
    wave = release.draft.rounds[-1]
    lines = tables.summary(by_group=True)
    lines = lines[lines["wave"] == wave]
    now = lines[(lines["aspect"] == "current")]
    every = now[now["group"] == "all"]
    wished = lines[(lines["aspect"] == "desired") & (lines["group"] == "all")]
    conditions = tables.profile(by_group=True)
    conditions = conditions[conditions["wave"] == wave]
    by_group = [frame[frame["group"] != "all"] for frame in (now, conditions)]
    return [
        _share(every["shown"] == "distribution"),
        _share(every["low"].notna()),
        _share(every["reading"].notna()),
        _share(wished["low"].notna()),
        _moved(tables, release.draft.rounds),
        *(_share(frame["low"].notna() | (frame["shown"] == "distribution")) for frame in by_group),
        _people(by_group[1], evaluation, wave),
    ]


def _share(shown: pd.Series) -> float:
    return float(shown.mean()) if len(shown) else 0.0


def _moved(tables: Any, rounds: Sequence[str]) -> float:
    """Return the share of conditions with who moved, over rounds that follow each other."""
    told = [tables.changes(*two)["pairs"].notna() for two in pairwise(rounds)]
    return _share(told[-1]) if told else float("nan")


def _people(conditions: pd.DataFrame, evaluation: Evaluation, wave: str) -> float:
    """Return the share of people whose group is shown, alone or among the others."""
    frame = evaluation.ratings()
    who = frame[frame["wave"] == wave].groupby("rater")["group"].first()
    shown = conditions[conditions["low"].notna()]
    shares = []
    for _, rows in shown.groupby("condition"):
        named = {*rows["group"]}
        apart = {code for code in named if code in {*who}}
        pooled = named - apart - {""}
        shares.append(1.0 if pooled else float(who.isin(apart).mean()))
    conditions_told = conditions["condition"].nunique()
    return sum(shares) / conditions_told if conditions_told else 0.0


if __name__ == "__main__":
    main()
