"""A consensus session as a facilitator leads it: ask, open, talk, ask again, record, go back."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from toolkit.errors import ConflictError, RatingError
from toolkit.evaluation.consensus.ballots import Figures, Votes, opened
from toolkit.evaluation.consensus.minutes import Minute, minutes
from toolkit.evaluation.consensus.room import Room, Stage, State
from toolkit.evaluation.people import check_count
from toolkit.ratings import Rating
from toolkit.storage import Entry
from toolkit.text import both

__all__ = ["Session", "proposed"]

#: Who the group is among those whose ratings are kept.
_GROUP = "consensus"
#: The kind of entry that holds how many people were counted in the room.
_COUNTED = "room_count"
#: The longest note on dissent, or fact, in characters.
_LONGEST = 2000
#: Why a statement is taken up, what divides first (domain reference, 8.5).
_FIRST = ("divided", "sides", "unknown", "low", "gap", "strength")


def proposed(guide: Any) -> dict[str, str]:
    """Return the statements to take up first, each with why.

    Parameters
    ----------
    guide
        What to talk about after the individual round, as `Evaluation.guide` returns it.
    """
    rows = list(zip(guide["kind"], guide["indicator"], guide["rank"], strict=True))
    ranked = sorted(rows, key=lambda row: (_FIRST.index(row[0]), row[2]))
    order: dict[str, str] = {}
    for kind, indicator, _ in ranked:
        order.setdefault(indicator, kind)
    return order


class Session(Room):
    """The session with what only a facilitator may do.

    Whoever moves it says what they had seen: of two who move it at once the second is told so by a
    ConflictError, and nothing of theirs is kept. Votes never touch people's own ratings.
    """

    @property
    def agreed(self) -> set[str]:
        """The statements of which a consensus was recorded."""
        return {entry.subject for entry in self._entries.newest("consensus", wave=self.wave)}

    @property
    def minutes(self) -> list[Minute]:
        """What came out of the session so far."""
        return minutes(self._entries, self.wave)

    @property
    def counted(self) -> int | None:
        """How many people in the room the facilitator counted who came by a group's link."""
        return self._counted(None)

    def count(self, people: int) -> None:
        """Keep how many people in the room came by a group's link, as the facilitator counted them.

        A group's link proves nothing about who votes by it: its votes count as long as they are no
        more than these people.

        Raises
        ------
        EvaluationError
            It is no number of people.
        """
        check_count(people)
        self._entries.keep([Entry(_COUNTED, people, wave=self.wave)])

    def history(self, indicator: str) -> list[Entry]:
        """Return everything that was recorded of a statement, oldest first."""
        return self._entries.history("consensus", wave=self.wave, subject=indicator)

    def begin(self, seen: State, order: Sequence[str]) -> None:
        """Open the session and let people come in; what the order leaves out follows it."""
        self._folder.begin(self.wave, self.instrument)
        known = [code for code in order if code in self.lines]
        whole = tuple(dict.fromkeys([*known, *self.lines]))
        self._move(State("wait", whole[0], 0, whole, number=seen.number))

    def ask(self, seen: State) -> None:
        """Let the room answer: a first ballot, or one more."""
        last = max((shown.ballot for shown in self.figures(seen.indicator)), default=0)
        stage: Stage = "again" if last else "rate"
        self._move(replace(seen, stage=stage, ballot=last + 1, timer=None))

    def ballot(self, seen: State) -> Votes:
        """Return how the room answered, if enough did: the facilitator's alone, before it is open.

        Raises
        ------
        RatingError
            Fewer people answered than anything may be shown of, or more came by a group's link than
            were counted.
        """
        self._still(seen)
        votes = self._votes(seen.indicator, seen.ballot)
        minimum = self._folder.settings.privacy.minimum
        if votes.answered >= minimum:
            return votes
        if waiting := self.waiting(seen):
            raise RatingError(both("consensus.uncounted", count=waiting, counted=self.counted or 0))
        raise RatingError(both("consensus.too_few", minimum=minimum, answers=votes.answered))

    def waiting(self, seen: State) -> int:
        """Return how many votes of a ballot do not count: more came by a group's link than people.

        Which of them are one person each, nobody can tell.
        """
        shared = sum(not own for own, _ in self._given(seen.subject))
        return shared if shared > (self.counted or 0) else 0

    def open(self, seen: State) -> None:
        """End a ballot and show the room what may be shown of it.

        Raises
        ------
        RatingError
            Fewer people answered than anything may be shown of; answers are still taken.
        """
        votes = self.ballot(seen)
        ready = votes, self._shown(seen, votes)
        # Ended first and counted then: a vote that comes meanwhile is counted or refused. What was
        # computed before stands if none did, so that the room need not wait for it.
        self._move(replace(seen, stage="open", timer=None))
        self.settle(self.state, ready)

    def settle(self, state: State, ready: tuple[Votes, Figures] | None = None) -> None:
        """Count the ballot that a state has opened, unless that was done.

        Parameters
        ----------
        state
            Where the session stands.
        ready
            The votes as they were a moment ago, with what may be shown of them.
        """
        kept = {"wave": self.wave, "subject": state.subject}
        if state.stage != "open" or self._entries.newest("figures", **kept):
            return
        votes = self._votes(state.indicator, state.ballot)
        shown = ready[1] if ready and ready[0] == votes else self._shown(state, votes)
        self._entries.keep([Entry("figures", shown.content, state.subject, self.wave)])

    def _shown(self, state: State, votes: Votes) -> Figures:
        before = [shown for shown in self.figures(state.indicator) if shown.ballot < state.ballot]
        earlier = [(self._votes(state.indicator, shown.ballot), shown) for shown in before]
        return opened(votes, earlier, self._folder.settings.privacy)

    def talk(self, seen: State) -> None:
        """Go on to talking; a ballot that was not opened stays shut, and takes no more answers."""
        self._move(replace(seen, stage="talk", timer=None))

    def record(self, seen: State, value: Any, dissent: str = "", fact: str = "") -> None:
        """Keep what the group agreed on; None where it did not, and leaves its views apart.

        It is stored apart from people's own ratings; earlier records stay as its history.
        """
        if max(len(dissent), len(fact)) > _LONGEST:
            raise RatingError(both("refusal.long_note", limit=_LONGEST))
        self._check(seen.indicator, value)
        content = {"value": value, "dissent": dissent, "fact": fact}
        agreed = Entry("consensus", content, seen.indicator, self.wave)
        # First the move, which of two facilitators only one can make.
        self._move(replace(seen, stage="recorded", timer=None), agreed)
        self._store.append([self._rating(seen.indicator, value)])

    def go(self, seen: State, indicator: str) -> None:
        """Take up any statement: a new one is asked, an earlier one stands as it was left."""
        if indicator not in self.lines:
            raise RatingError(both("refusal.unknown_indicator"))
        shown = self.figures(indicator)
        last = shown[-1].ballot if shown else 0
        there = replace(seen, indicator=indicator, ballot=last, timer=None)
        if self.consensus(indicator) is not None:
            self._move(replace(there, stage="recorded"))
        elif shown:
            self._move(replace(there, stage="open"))
        else:
            self.ask(there)

    def time(self, seen: State, seconds: float | None) -> None:
        """Start the timer that all screens show, or stop it."""
        timer = None if seconds is None else (float(seconds), time.time())
        self._move(replace(seen, timer=timer))

    def show_code(self, seen: State) -> None:
        """Show on every facilitator's screen the code to join by, or show it no more."""
        self._move(replace(seen, coded=not seen.coded))

    def close(self, seen: State) -> None:
        """End the session; it can be opened again, and everything in it stays."""
        self._move(replace(seen, stage="closed", timer=None))

    def _still(self, seen: State) -> None:
        if self.state.number != seen.number:
            raise ConflictError(both("store.conflict"))

    def _move(self, state: State, *more: Entry) -> None:
        self._entries.keep([state.entry(self.wave), *more], after=state.number)

    def _votes(self, indicator: str, ballot: int) -> Votes:
        subject = f"{indicator}/{ballot}"
        shown = self._entries.newest("figures", wave=self.wave, subject=subject)
        until = shown[-1].number if shown else None
        given = self._given(subject, until)
        if sum(not own for own, _ in given) > (self._counted(until) or 0):
            given = [vote for vote in given if vote[0]]
        steps = self.instrument.scale_of(indicator).steps
        return Votes.count(ballot, [vote for _, vote in given], steps)

    def _given(
        self, subject: str, until: int | None = None
    ) -> list[tuple[bool, Mapping[str, Any]]]:
        """Return each vote of those who count: whether it came by a link of their own, and it."""
        aside = {said.subject: said.content for said in self._until("aside", until)}
        links = self._store.links()
        shared = {str(link.rater) for link in links if link.role == "own"}
        kept = self._entries.newest("vote", wave=self.wave, subject=subject)
        return [(e.author not in shared, e.content) for e in kept if not aside.get(e.author)]

    def _counted(self, until: int | None) -> int | None:
        said = [entry.content for entry in self._until(_COUNTED, until, wave=self.wave)]
        return said[-1] if said else None

    def _until(self, kind: str, until: int | None, **key: str) -> list[Entry]:
        """Return what was said of a kind before a ballot was counted, or until now."""
        said = self._entries.history(kind, **key)
        return [entry for entry in said if until is None or entry.number < until]

    def _rating(self, indicator: str, value: int | None) -> Rating:
        instrument = self.instrument
        return Rating(
            wave=self.wave,
            rater=_GROUP,
            indicator=indicator,
            instrument=instrument.id,
            version=instrument.version_of(indicator),
            scale=self.lines[indicator].scale,
            mode="consensus",
            value=value,
            status=None if value is not None else "skipped",
        )
