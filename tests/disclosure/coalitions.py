"""Small random coalitions that answer round by round, and are shown version after version.

Everything is written as the product writes it, into a real SQLite file, and shown by real releases.
"""

import datetime
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from toolkit.errors import EvaluationError
from toolkit.evaluation import COALITION, FIGURES, Draft, Evaluation, Group, Rater, Release, Wave
from toolkit.ratings import Rating
from toolkit.templates import new_evaluation

__all__ = ["STATUSES", "Coalition", "Person", "Shown", "begin", "random_coalition"]

DAY = datetime.date(2026, 5, 12)
STATUSES = ("dont_know", "not_applicable", "skipped")
GROUPS = ("partner", "parent", "funder", "member")


@dataclass(frozen=True)
class Person:
    """Somebody of a group, and the rounds in which they took part."""

    code: str
    group: str
    rounds: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """A release that somebody could read, and who had answered each of its rounds by then."""

    release: Release
    people: dict[str, frozenset[str]]


@dataclass
class Coalition:
    """What is true: people, and what each answered; and what was shown of it.

    Attributes
    ----------
    lines
        The lines of each condition.
    steps
        K.
    answers
        By round, person, line and aspect: a step, or a status.
    shown
        Every version that was opened, for whomever, oldest first; revoked ones too.
    refused
        How many releases the product refused to open.
    out
        Who does not count any more.
    """

    evaluation: Evaluation
    lines: dict[str, tuple[str, ...]]
    steps: int = 5
    people: dict[str, Person] = field(default_factory=dict)
    answers: dict[tuple[str, str, str, str], int | str] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)
    refused: int = 0
    out: set[str] = field(default_factory=set)

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the codes of all groups."""
        return tuple(group.code for group in self.evaluation.settings.groups)

    @property
    def minimum(self) -> int:
        """Return the fewest people of whom anything is told."""
        return self.evaluation.settings.privacy.minimum

    def add_round(self, code: str, then: str | None = None) -> None:
        """Open a round; those before are over."""
        settings = self.evaluation.settings
        wave = Wave(code=code, fr=code, en=code, status="open", then=then)
        self.evaluation.change(settings.model_copy(update={"waves": (*settings.waves, wave)}))

    def close_round(self, code: str) -> None:
        """Let nobody answer a round any more."""
        settings = self.evaluation.settings
        waves = [
            wave.model_copy(update={"status": "closed"}) if wave.code == code else wave
            for wave in settings.waves
        ]
        self.evaluation.change(settings.model_copy(update={"waves": tuple(waves)}))

    def answer(self, person: Person, code: str, given: dict[tuple[str, str], int | str]) -> None:
        """Keep what somebody answered in a round: by line and aspect, a step or a status."""
        self.answer_all(code, {person: given})

    def answer_all(self, code: str, given: dict[Person, dict[tuple[str, str], int | str]]) -> None:
        """Keep what several people answered in a round, each with a link of their own."""
        new = [person for person in given if person.code not in self.people]
        for person in new:
            self.evaluation.know(Rater(person.code, "", person.group))
        if new:
            self.evaluation.links.make("rater", code, [person.code for person in new])
        batch = []
        for person, own in given.items():
            self.people[person.code] = person
            for (line, aspect), answer in own.items():
                self.answers[code, person.code, line, aspect] = answer
                batch.append(self._rating(code, person.code, line, aspect, answer))
        self.evaluation._store.append(batch)

    def show(
        self,
        *rounds: str,
        audience: str = COALITION,
        parts: tuple[str, ...] = FIGURES,
    ) -> Shown | None:
        """Open a release as evaluators do, with fewer parts where the product refuses it."""
        releases = self.evaluation.releases
        name = "" if audience == COALITION else audience
        fewer = tuple(part for part in parts if part not in {"change", "rounds"})
        fewest = tuple(part for part in fewer if part != "groups")
        for some in dict.fromkeys((parts, fewer, fewest)):
            try:
                release = releases.compose(Draft(audience, name, rounds, some))
                opened = releases.open(release, "Tout le monde", DAY)
            except EvaluationError:
                self.refused += 1
                continue
            shown = Shown(opened, {code: self.took_part(code) for code in rounds})
            self.shown.append(shown)
            return shown
        return None

    def took_part(self, code: str) -> frozenset[str]:
        """Return who has answered something in a round by now."""
        return frozenset(
            person
            for (wave, person, _, _), answer in self.answers.items()
            if wave == code and answer != "skipped" and person not in self.out
        )

    def leave_out(self, person: str, *, erase: bool = False) -> None:
        """Set somebody aside, or erase them: from now on no figure counts them."""
        people = self.evaluation.people
        people.erase([person]) if erase else people.set_aside([person])
        self.out.add(person)

    def _rating(self, wave: str, rater: str, line: str, aspect: str, answer: int | str) -> Rating:
        how = {"status": answer} if isinstance(answer, str) else {"value": answer}
        return Rating(
            wave=wave,
            rater=rater,
            indicator=line,
            aspect=aspect,
            instrument="small",
            version=1,
            scale="steps",
            **how,
        )


def begin(
    folder: Path,
    sizes: tuple[int, ...] = (1, 3),
    groups: tuple[str, ...] = GROUPS,
    *,
    steps: int = 5,
    minimum: int = 5,
    distribution: int = 8,
) -> Coalition:
    """Return a coalition that nobody has answered yet, in a folder of its own.

    `sizes` says how many lines each condition has. A folder beside it holds a blank evaluation,
    which is made once.
    """
    blank = folder.parent / "blank"
    if not (blank / "evaluation.toml").exists():
        new_evaluation(blank, "fr", "four_conditions")
    folder.mkdir()
    for file in blank.glob("*"):
        if file.suffix in {".toml", ".db"}:
            shutil.copy2(file, folder)
    lines = {
        f"C{place}": tuple(f"C{place}L{line}" for line in range(1, size + 1))
        for place, size in enumerate(sizes, start=1)
    }
    (folder / "small.yaml").write_text(_instrument(lines, steps), "utf-8")
    evaluation = Evaluation.open(folder)
    settings = evaluation.settings
    limits = {"minimum": minimum, "minimum_distribution": distribution}
    update = {
        "instrument": "small",
        "groups": tuple(Group(code=code, fr=code, en=code) for code in groups),
        "privacy": settings.privacy.model_copy(update=limits),
    }
    evaluation.change(settings.model_copy(update=update))
    return Coalition(evaluation, lines, steps)


def _instrument(lines: dict[str, tuple[str, ...]], steps: int) -> str:
    text = [
        "id: small",
        "version: 1",
        "title: {fr: Petit, en: Small}",
        "source: {fr: Essai, en: Trial}",
        "scales:",
        "  steps:",
        "    title: {fr: Crans, en: Steps}",
        "    steps:",
        *(f"      {step}: {{fr: cran {step}, en: step {step}}}" for step in range(1, steps + 1)),
        "conditions:",
    ]
    for condition, codes in lines.items():
        text += [f"  - code: {condition}", f"    title: {{fr: {condition}, en: {condition}}}"]
        text += ["    indicators:"]
        for code in codes:
            text += [f"      - code: {code}", "        scale: steps", "        short: true"]
            text += [f"        text: {{fr: énoncé {code}, en: line {code}}}"]
            text += [f"        question: {{fr: Et {code} ?, en: And {code}?}}"]
    return "\n".join(text) + "\n"


#: How many of each group, largest first: coalitions as they are, and evenly mixed ones.
SHAPES = (
    (5, 1),
    (6, 1),
    (4, 2, 1),
    (6, 2, 1, 1),
    (6, 3, 2, 1),
    (8, 3, 2, 1),
    (7, 5),
    (8, 5),
    (9, 1),
)


def random_coalition(seed: int, folder: Path) -> Coalition:
    """Return a coalition of 5 to 14 people, shown round by round as evaluators do.

    People come and go, keep most of their answers or few of them, do not know, skip; a line may be
    agreed by nearly all. The coalition is shown round 1, then rounds 1 and 2…; at times a second
    audience is shown some of it, a version is taken back, answers on paper are typed in late, or
    somebody is set aside or erased.
    """
    dice = Random(seed)
    sizes = dice.choice(((1, 3), (1, 1, 3), (3, 3), (1, 6), (1, 3, 3)))
    steps = dice.choice((5, 5, 5, 5, 3, 4))
    group_sizes = _group_sizes(dice)
    groups = GROUPS[: len(group_sizes)]
    coalition = begin(folder, sizes, groups, steps=steps)
    rounds = [f"r{place}" for place in range(1, dice.choice((2, 2, 3)) + 1)]
    people = _people(dice, rounds, dict(zip(groups, group_sizes, strict=True)))
    voice = _Voice(dice, coalition, stay=dice.choice((1.0, 0.95, 0.8, 0.5)))
    late = dice.random() < 0.15
    again = dice.random() < 0.25
    other = Random(f"{seed} left out")
    leaving = other.choice((0, 1, *[None] * 10))
    for place, code in enumerate(rounds):
        coalition.add_round(code, then=rounds[place - 1] if again and place else None)
        here = [one for one in people if code in one.rounds and one.code not in coalition.out]
        held = here.pop() if late and place == 0 and len(here) > 5 else None
        coalition.answer_all(code, {person: voice.of(person, code) for person in here})
        coalition.close_round(code)
        _show(dice, coalition, rounds[: place + 1])
        if held is not None:
            coalition.answer(held, code, voice.of(held, code))
        if place == leaving and len(here) > coalition.minimum + 1:
            coalition.leave_out(other.choice(here).code, erase=other.random() < 0.5)
    return coalition


def _group_sizes(dice: Random) -> tuple[int, ...]:
    if dice.random() < 0.6:
        return dice.choice(SHAPES)
    total, count = dice.randint(5, 14), dice.randint(2, 4)
    cuts = sorted(dice.sample(range(1, total), min(count, total) - 1))
    return tuple(high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True))


def _people(dice: Random, rounds: list[str], sizes: dict[str, int]) -> list[Person]:
    """Return people of each group; most come every time, some come later or leave."""
    people: list[Person] = []
    turnover = dice.choice((0.08, 0.15, 0.3))
    for group, size in sizes.items():
        for _ in range(size):
            came, left = 0, len(rounds)
            if dice.random() < turnover:
                came = dice.randrange(len(rounds))
            if dice.random() < turnover:
                left = dice.randint(came + 1, len(rounds))
            people.append(Person(f"p{len(people):02d}", group, tuple(rounds[came:left])))
    return people


class _Voice:
    """How people of one coalition answer."""

    def __init__(self, dice: Random, coalition: Coalition, stay: float) -> None:
        self._dice = dice
        self._coalition = coalition
        self._stay = stay
        lines = [line for codes in coalition.lines.values() for line in codes]
        self._middle = {line: dice.uniform(1.5, coalition.steps - 0.5) for line in lines}
        self._spread = {line: dice.choice((0.0, 0.3, 0.8, 1.3, 2.0)) for line in lines}
        self._unknown = {line: dice.choice((0.0, 0.02, 0.02, 0.1)) for line in lines}
        self._wishes = dice.choice((0.0, 0.7, 1.0))
        self._said: dict[tuple[str, str, str], int | str] = {}

    def of(self, person: Person, code: str) -> dict[tuple[str, str], int | str]:
        """Return what somebody answers in a round: by line and aspect."""
        wave = self._coalition.evaluation.settings.wave(code)
        given = {}
        for line in self._middle:
            given[line, "current"] = self._say(person, line, "current")
            if self._dice.random() < self._wishes:
                given[line, "desired"] = self._say(person, line, "desired", 1.0)
            before = (wave.then, person.code, line, "current") if wave and wave.then else None
            value = self._coalition.answers.get(before) if before else None
            if isinstance(value, int):
                given[line, "then"] = self._near(value + self._dice.choice((0, 0, 0, -1, 1)))
        return given

    def _say(self, person: Person, line: str, aspect: str, lift: float = 0.0) -> int | str:
        key = person.code, line, aspect
        if key in self._said and self._dice.random() < self._stay:
            return self._said[key]
        chance = self._dice.random()
        if chance < self._unknown[line]:
            answer: int | str = self._dice.choice(STATUSES)
        else:
            answer = self._near(self._dice.gauss(self._middle[line] + lift, self._spread[line]))
        self._said[key] = answer
        return answer

    def _near(self, value: float) -> int:
        return min(max(round(value), 1), self._coalition.steps)


def _show(dice: Random, coalition: Coalition, rounds: list[str]) -> None:
    """Show the rounds so far as an evaluator does."""
    parts = FIGURES
    if dice.random() < 0.2:
        parts = tuple(part for part in FIGURES if part != "groups")
    if dice.random() < 0.15:
        some = dice.sample(rounds, dice.randint(1, len(rounds)))
        coalition.show(*sorted(some), audience="donor", parts=parts)
    coalition.show(*rounds, parts=parts)
    if dice.random() < 0.15:
        some = dice.sample(rounds, dice.randint(1, len(rounds)))
        coalition.show(*sorted(some), audience="board")
    if dice.random() < 0.1:
        coalition.evaluation.releases.revoke(COALITION)
