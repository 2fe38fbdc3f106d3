"""A facilitator's half of a session: what is projected, and what moves the room."""

from typing import Any

from toolkit.errors import ConflictError, RatingError, ToolkitError
from toolkit.evaluation import State
from toolkit.evaluation.consensus.session import proposed
from toolkit.pages.consensus import lead_texts as own
from toolkit.pages.consensus import texts
from toolkit.pages.consensus.minutes import minutes
from toolkit.pages.consensus.screen import Screen
from toolkit.text import both
from toolkit.widgets import Notice, Paper, Said, Stage, Table

__all__ = ["Lead"]


class Lead:
    """What the facilitator sees and does.

    Of two facilitators who act at once the second is told, and sees what stands. A screen that is
    projected from another device shows the room's half alone: warnings are not for the room. Where
    the room sees the very screen that leads, a warning would itself tell what people answered: the
    room is told before it votes what opening a ballot may tell.

    Parameters
    ----------
    page, wave
        Where it stands, and the code of the round.
    view
        What the screen is for: to lead, `room` where it is projected, `both` at once.
    """

    def __init__(self, page: Screen, wave: str, view: str = "") -> None:
        self.page = page
        self.room = page.evaluation.session(wave)
        answered = page.evaluation.participation(wave)
        self._why = proposed(page.evaluation.guide(wave)) if answered else {}
        self._state = State()
        self.view, self._asks = view, False
        self._token = ""
        self._stage, self._minutes, self._paper = Stage.empty(), Table.empty(), Paper.empty()
        self._lead, self._record, self._order = Notice.empty(), Notice.empty(), Notice.empty()
        self._count = Notice.empty()
        page.listen(self._stage, self._here)
        page.listen(self._count, self._counted)
        for notice in (self._lead, self._record, self._order):
            page.listen(notice, self._pressed)

    @property
    def _projected(self) -> bool:
        """Whether this screen only shows the room what it sees."""
        return self.view == "room"

    def choose(self, view: str) -> None:
        """Use this screen to lead, only to show the room what it sees, or for both."""
        self.view, self._asks = view if view in texts.VIEWS else "", False
        self._lead.state = {**self._lead.state, "focus": False}  # the choice keeps it

    def refresh(self) -> None:
        """Say everything in the page's language."""
        self._paper.state = own.paper(self.page, self.room, self._codes)
        self.look()

    def look(self, *, focus: bool = False) -> None:
        """Show where the room is now; with `focus`, lead the reader to what can be done next."""
        page, session = self.page, self.room
        state = session.state
        session.settle(state)
        if state.number != self._state.number:
            self._asks = False
        self._state = state
        texts.show(self._minutes, minutes(page, session))
        open_ = page.wave is not None and page.wave.status == "open"
        if state.stage == "closed" and not open_:
            self._look_back()
            return
        if state.stage != "closed" or self._projected:
            shown = texts.stage(page, session, state, big=True)
            if open_ and (state.stage == "wait" or (state.coded and state.stage != "closed")):
                shown = {**shown, **own.code(page, self._link())}
            if state.voting and self.view == "both":
                shown["text"] = own.forewarned(page, shown.get("text", ""))
            texts.show(self._stage, shown)
        if self._projected:
            page.show(self._stage)
            return
        moves = own.lead(page, session, state, following=self._next(state))
        moves = own.alike(page, state) if self._asks else moves
        texts.show(self._lead, moves | {"focus": focus})
        texts.show(self._count, own.counted(page, session, state))
        texts.show(self._record, own.record(page, session, state))
        texts.show(self._order, own.order(page, session, state, self._codes, self._why))
        parts = (self._lead, self._count, self._record, self._order, *self._recorded, self._paper)
        page.show(*(parts if state.stage == "closed" else (self._stage, *parts)))

    def _look_back(self) -> None:
        """Show what came out of a session that nobody can join any more."""
        texts.show(self._lead, own.past(self.page, recorded=bool(self._recorded)))
        if self._projected and self._recorded:
            self.page.show(*self._recorded)
        else:
            shown = (self._lead, *self._recorded)
            self.page.show(*(shown if self._projected else (*shown, self._paper)))

    @property
    def _recorded(self) -> tuple[Table, ...]:
        """The record, once something came out of the session."""
        return (self._minutes,) if self._minutes.state else ()

    @property
    def _codes(self) -> list[str]:
        """Every statement: in the order of the session, or in the one that is proposed."""
        known = [code for code in self._state.order or self._why if code in self.room.lines]
        return list(dict.fromkeys([*known, *self.room.lines]))

    def _next(self, state: State) -> str | None:
        """Return the next statement in the order of which nothing is recorded."""
        codes, agreed = self._codes, self.room.agreed
        at = codes.index(state.indicator) + 1 if state.indicator in codes else 0
        left = (code for code in codes[at:] + codes[:at] if code not in agreed)
        return next((code for code in left if code != state.indicator), None)

    def _link(self) -> str:
        """Return a link by which anybody in the room joins; one for the whole session."""
        if not self._token:
            links, wave = self.page.evaluation.links, self.room.wave
            kept = [link for link in links.of(wave) if link.role == "group"]
            self._token = links.token(kept[-1]) if kept else links.make("group", wave)[0]
        return self._token

    def _here(self, _said: Said) -> None:
        self.page.heard()
        self.look()
        texts.wind(self._stage, self._state)

    def _counted(self, said: Said) -> str | None:
        typed = str((said.data.get("fields") or {}).get("count", "")).strip()
        if not typed.isdecimal():
            raise ToolkitError(both("people.count_bad"))
        self.room.count(int(typed))
        self.look()
        return self.page.say("consensus.count_kept")

    def _pressed(self, said: Said) -> str | None:
        moves, *more = (
            [button["name"] for button in notice.state.get("buttons", ())]
            for notice in (self._lead, self._record, self._order)
        )
        button = str(said.data.get("button"))
        try:
            return self._act(button, sum(more, moves), said.data.get("fields") or {})
        finally:
            self.look(focus=button in moves)  # what was pressed there is gone with the move

    def _act(self, name: str, offered: list[str], fields: dict[str, Any]) -> str | None:
        # What is no longer offered was pressed on a screen that somebody has moved since.
        if name not in offered:
            raise ConflictError(both("store.conflict"))
        session, seen, button = self.room, self._state, name.partition("@")[0]
        if button == "record":
            session.record(seen, _step(fields), *_notes(fields))
            return self.page.say("consensus.recorded_done")
        minutes = {"timer_2": 2, "timer_5": 5}
        acts = {
            "begin": lambda: session.begin(seen, self._codes),
            "ask": lambda: session.ask(seen),
            "open": self._open,
            "open_anyway": lambda: session.open(seen),
            "leave": self._leave,
            "talk": lambda: session.talk(seen),
            "next": lambda: session.go(seen, self._next(seen) or ""),
            "go": lambda: session.go(seen, str(fields.get("to", ""))),
            "stop": lambda: session.time(seen, None),
            "code": lambda: session.show_code(seen),
            "close": lambda: session.close(seen),
        }
        if button in minutes:
            session.time(seen, 60 * minutes[button])
        else:
            acts[button]()
        return None

    def _open(self) -> None:
        """Open the ballot; ask first where it would tell what each person answered.

        Where the room would read the question, it was told beforehand.
        """
        if self.room.ballot(self._state).unanimous and self.view != "both":
            self._asks = True
        else:
            self.room.open(self._state)

    def _leave(self) -> None:
        self._asks = False


def _step(fields: dict[str, Any]) -> int | None:
    chosen = str(fields.get("value", ""))
    if chosen == "apart":
        return None
    if not chosen.removeprefix("-").isdecimal():
        raise RatingError(both("consensus.record_choose"))
    return int(chosen)


def _notes(fields: dict[str, Any]) -> tuple[str, str]:
    dissent, fact = (str(fields.get(name, "")).strip() for name in ("dissent", "fact"))
    return dissent, fact
