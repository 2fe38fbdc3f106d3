"""Attack random small coalitions, and print what was recovered at each level.

`python tests/disclosure/attack.py --coalitions 300` takes about four seconds a coalition. With
`--seed` it attacks one, and tells all that it found.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

# Last, so that whatever is installed is what is attacked.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from tests.disclosure.attacker import LEVELS, Found, attack
from tests.disclosure.coalitions import Coalition, random_coalition

__all__ = ["main"]


def main() -> None:
    """Run the command."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--coalitions", type=int, default=30, help="how many")
    asked.add_argument("--first", type=int, default=0, help="the first seed")
    asked.add_argument("--seed", type=int, help="only this one, and everything about it")
    asked.add_argument("--luck", action="store_true", help="count what is right by luck, too")
    asked.add_argument("--examples", type=int, default=5, help="recoveries to tell of")
    told = asked.parse_args()
    one = told.seed is not None
    seeds = [told.seed] if one else range(told.first, told.first + told.coalitions)
    started = time.process_time()
    attacked: dict[int, tuple[Coalition, Found]] = {}
    with tempfile.TemporaryDirectory() as place:
        for seed in seeds:
            coalition = random_coalition(seed, Path(place) / str(seed))
            attacked[seed] = coalition, attack(coalition, luck=told.luck)
            counts = " ".join(str(len(attacked[seed][1].levels[level])) for level in LEVELS)
            print(f"seed {seed}: {counts}", flush=True, file=sys.stderr)
    _table(attacked)
    for level in LEVELS[:3]:
        _examples(level, attacked, 10_000 if one else told.examples)
    print(f"\n{time.process_time() - started:.0f} s of processor time")


def _table(attacked: dict[int, tuple[Coalition, Found]]) -> None:
    refused = sum(coalition.refused for coalition, _ in attacked.values())
    shown = sum(len(coalition.shown) for coalition, _ in attacked.values())
    programs = sum(found.programs for _, found in attacked.values())
    print(
        f"{len(attacked)} coalitions, {shown} releases ({refused} refused), {programs} programs\n"
    )
    print(f"{'level':<14}{'answers':>9}{'counts':>9}{'free':>9}{'alike':>9}{'coalitions':>12}")
    for level in LEVELS:
        every = [item for _, found in attacked.values() for item in found.levels[level].items()]
        answers = sum(one.kind == "answer" for one, _ in every)
        free = sum(how.startswith("free") for _, how in every)
        affected = sum(bool(found.levels[level]) for _, found in attacked.values())
        figures = answers, len(every) - answers, free, len(every) - free
        print(f"{level:<14}" + "".join(f"{count:>9}" for count in figures) + f"{affected:>12}")


def _examples(level: str, attacked: dict[int, tuple[Coalition, Found]], most: int) -> None:
    """Print what was recovered of the smallest coalitions."""
    found = [
        (len(coalition.people), seed, one, how)
        for seed, (coalition, told) in attacked.items()
        for one, how in told.levels[level].items()
    ]
    for _, seed, one, how in sorted(found, key=str)[:most]:
        who = " ".join(sorted(one.who))
        said = f"{one.count} × {one.answer}" if one.kind == "count" else one.answer
        print(
            f"  {level}: seed {seed}, {one.wave} {one.line} {one.aspect}: {who} said {said} ({how})"
        )


if __name__ == "__main__":
    main()
