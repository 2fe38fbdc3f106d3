"""Play what the fictional coalition says once it has rated: from its ties to its releases.

`make.py` calls `write`. Everything is said through an evaluation's own doors, in a folder that is
thrown away, then written down with the story's times. The inputs are `conversation.toml` and
`ties.csv`.

The story, continued
--------------------
*Autumn 2025.* After the money was moved, the table writes what it understands and plans four
actions. By spring two are done, one is under way; opening meetings with what went wrong was
dropped: nobody dared to in front of those who fund.

*Spring 2026.* People say what two purposes need and allow: a festival that several put resources
into already, and an evening daycare that asks for more than time and turf allow today. They say
their ties: ten of fourteen partners, who let themselves be named. Three large organizations
believe that they work with small ones that see no contact. One organization convenes, chairs and
carries the money; the funder also facilitates. One evening in April the table votes in silence,
looks, talks: on its say over resources (PP4) it meets in the middle and notes who does not; on
the weight of those with fewer means (PP3) it leaves its views apart; on reporting back (SA5) it
finds out that it does not know. Then it plans again, agrees to what is shown (to itself, to a
portfolio, to its funder), and its actions wait for the autumn round that is open now.
"""

from __future__ import annotations

import csv
import json
import tempfile
import tomllib
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.evaluation import Draft
from toolkit.evaluation.consensus.session import proposed
from toolkit.evaluation.folder import STORE
from toolkit.serve.demo import make_demo
from toolkit.storage import Entry, Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.evaluation import Evaluation
    from toolkit.text import Language

HERE = Path(__file__).parent
BEFORE, WAVE = "2025-T2", "2026-T1"
KINDS = (
    *("interpretation", "priority", "action", "example", "purpose", "strategy", "purpose_closed"),
    *("named", "tie", "roles", "session", "seat", "vote", "figures", "consensus", "release"),
)
#: With what each round was asked: whoever makes the sample keeps that anew.
ASKED = ("instrument", "instrument_text")
#: What stands for an answer in `conversation.toml`.
MARKS = {"y": "yes", "n": "no", "?": "dont_know", "i": "internal", "b": "between", "o": "imposed"}


def write(folder: Path) -> None:
    """Write `entries.jsonl`, `entries.fr.jsonl`, `entries.en.jsonl` and `agreed.csv`."""
    (french, ratings), (english, _) = play("fr"), play("en")
    # What was typed differs; all else was said once, whichever the language.
    pairs = list(zip(french, english, strict=True))
    files = {
        "entries.jsonl": [fr for fr, en in pairs if fr == en],
        "entries.fr.jsonl": [fr for fr, en in pairs if fr != en],
        "entries.en.jsonl": [en for fr, en in pairs if fr != en],
        "agreed.csv": ratings,
    }
    for name, lines in files.items():
        text = "".join(f"{line}\n" for line in lines)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def play(language: Language) -> tuple[list[str], list[str]]:
    """Return the lines of entries that one conversation leaves, and those of its ratings."""
    story = tomllib.loads((HERE / "conversation.toml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as place:
        table = Table(make_demo(Path(place), language), language, story)
        table.live()
        agreed = table.evaluation.ratings().query("mode == 'consensus'")
    columns = (HERE / "ratings.csv").read_text(encoding="utf-8").partition("\n")[0].split(",")
    told = agreed.assign(recorded_at="2026-04-28T23:30:00Z")[columns]
    return table.lines, told.to_csv(index=False, lineterminator="\n").splitlines()


class Table:
    """The coalition around its table, and who writes down what it says, and when."""

    def __init__(self, evaluation: Evaluation, language: Language, story: dict[str, Any]) -> None:
        self.evaluation, self.language, self.story = evaluation, language, story
        self.lines: list[str] = []
        self._seen = 0

    def live(self) -> None:
        """Live through the story, evening by evening."""
        self.plan(BEFORE)
        self.down(datetime(2025, 11, 18, 14, 30, tzinfo=UTC))
        self.open(WAVE)
        self.purposes()
        self.ties()
        self.down(datetime(2026, 4, 14, 12, 0, tzinfo=UTC))
        self.sit()
        self.down(datetime(2026, 4, 28, 22, 30, tzinfo=UTC))
        self.open("")
        self.follow(BEFORE)
        self.plan(WAVE)
        self.down(datetime(2026, 5, 12, 14, 30, tzinfo=UTC))
        self.release()
        self.down(datetime(2026, 5, 19, 13, 0, tzinfo=UTC))
        self.follow(WAVE)
        self.down(datetime(2026, 10, 6, 14, 30, tzinfo=UTC))

    def down(self, start: datetime) -> None:
        """Write down what stands of all that was said since the last time."""
        store = Store.file(self.evaluation.folder / STORE)
        every = sorted(
            (e for kind in (*KINDS, *ASKED) for e in store.entries.history(kind)),
            key=attrgetter("number"),
        )
        if len(every) != store.entries.turn():
            message = "KINDS leaves something out"
            raise ValueError(message)
        new = [entry for entry in every if entry.number > self._seen and entry.kind in KINDS]
        standing = sorted({entry.key: entry for entry in new}.values(), key=attrgetter("number"))
        for place, entry in enumerate(standing):
            self.lines.append(line(entry, start + timedelta(seconds=7 * place)))
        self._seen = store.entries.turn()
        store.close()

    def open(self, wave: str) -> None:
        """Let people answer one round, and no other."""
        settings = self.evaluation.settings
        waves = [
            known.model_copy(update={"status": "open" if known.code == wave else "closed"})
            for known in settings.waves
        ]
        self.evaluation.change(settings.model_copy(update={"waves": tuple(waves)}))
        for rater in self.story["people"] if wave else ():
            self.evaluation.sheet(wave, rater).consent()

    def purposes(self) -> None:
        """Name the purposes, and say what each needs, allows and has seen practised."""
        strategy = self.evaluation.strategy
        strategy.illustrate(
            {way: text[self.language] for way, text in self.story["examples"].items()}
        )
        for told in self.story["purposes"]:
            code = strategy.add(told[self.language])
            for rater, answers in zip(self.story["people"], _answers(told), strict=True):
                for question, answer in answers.items():
                    strategy.record(WAVE, code, question, answer, rater)
            for lift in told.get("lifts", ()):
                text = lift[self.language]
                strategy.record(WAVE, code, f"{lift['obstacle']}.lift", text, lift["person"])
            strategy.close(WAVE, code)

    def ties(self) -> None:
        """Say who works with whom, who may be named, and who holds which roles."""
        relations = self.evaluation.relations
        with (HERE / "ties.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            rater = row.pop("rater")
            sheet = self.evaluation.sheet(WAVE, rater)
            relations.partners.agree(sheet, named=True)
            for partner, said in row.items():
                if said:
                    relations.record(WAVE, rater, partner, **_tie(said))
        for partner, roles in self.story["roles"].items():
            relations.roles.note(partner, roles)

    def sit(self) -> None:
        """Hold the consensus session."""
        session, room = self.evaluation.session(WAVE), self.evaluation.room(WAVE)
        sheets = [self.evaluation.sheet(WAVE, rater) for rater in self.story["people"]]
        session.begin(session.state, list(proposed(self.evaluation.guide(WAVE))))
        for sheet in sheets:
            room.take_seat(sheet)
        for told in self.story["session"]:
            for ballot, votes in enumerate(told["ballots"]):
                if ballot:
                    session.ask(session.state)
                else:
                    session.go(session.state, told["indicator"])
                for sheet, vote in zip(sheets, votes, strict=True):
                    room.vote(sheet, session.state.subject, None if vote == "?" else vote)
                session.open(session.state)
                session.talk(session.state)
            notes = (told[name][self.language] for name in ("dissent", "fact"))
            session.record(session.state, told["value"] or None, *notes)
        session.close(session.state)

    def plan(self, wave: str) -> None:
        """Write what the group makes of a round, its priorities and its actions."""
        plan, language = self.evaluation.plan, self.language
        told = next(told for told in self.story["plans"] if told["wave"] == wave)
        for note in told["notes"]:
            plan.interpret(wave, note["code"], note[language], seen=0)
        for priority in told["priorities"]:
            plan.prioritise(wave, priority[language], priority["about"])
        for action in told["actions"]:
            plan.act(wave, {**self._action(action), "status": "open"}, code=action["code"])

    def follow(self, wave: str) -> None:
        """Say what became of a round's actions."""
        plan = self.evaluation.plan
        told = next(told for told in self.story["plans"] if told["wave"] == wave)
        for action, kept in zip(told["actions"], plan.actions(wave), strict=True):
            plan.act(wave, self._action(action), code=kept.code, seen=kept.number)

    def _action(self, told: dict[str, Any]) -> dict[str, str]:
        worded = {name: self._worded(told, name) for name in ("what", "who", "reason")}
        return {**told, **worded, "status": told["then"]}

    def release(self) -> None:
        """Show what the table agreed to show."""
        releases = self.evaluation.releases
        for told in self.story["releases"]:
            shown = tuple(told["rounds"]), tuple(told["parts"])
            words = [self._worded(told, name) for name in ("notes", "quotes")]
            draft = Draft(told["audience"], told.get("name", ""), *shown, *words)
            agreed = self._worded(told, "agreed")
            releases.open(releases.compose(draft), agreed, date(2026, 5, 12))

    def _worded(self, told: dict[str, Any], name: str) -> str:
        return str(told.get(name, {}).get(self.language, ""))


def _answers(told: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Yield what each person answers about a purpose."""
    asked = {name: told[name] for name in ("need", "time", "trust", "turf")}
    asked |= {f"did.{name}": marks for name, marks in told["did"].items()}
    asked |= {f"{name}.tag": marks for name, marks in told.get("from", {}).items()}
    for said in zip(*asked.values(), strict=True):
        yield {question: MARKS.get(mark, mark) for question, mark in zip(asked, said, strict=True)}


def _tie(said: str) -> dict[str, Any]:
    """Return a tie as it is recorded: `2>3` is two today, and three as it should be."""
    today, _, desired = said.partition(">")
    tie: dict[str, Any] = {"current": "dont_know" if today == "?" else int(today)}
    return tie | ({"desired": int(desired)} if desired else {})


def line(entry: Entry, said_at: datetime) -> str:
    """Return an entry as a line of JSON, with the time of the story."""
    told = {"kind": entry.kind, "wave": entry.wave, "subject": entry.subject}
    told |= {"author": entry.author, "content": entry.content}
    told |= {"recorded_at": said_at.isoformat().replace("+00:00", "Z")}
    named = {name: said for name, said in told.items() if said != ""}
    return json.dumps(named, ensure_ascii=False, separators=(",", ":"))
