"""A place in the room: what everybody sees, one question, one's own silent answer."""

from collections.abc import Mapping
from typing import Any

from toolkit.pages.consensus import texts
from toolkit.pages.consensus.screen import Screen
from toolkit.pages.rate import texts as rate_texts
from toolkit.widgets import Ballot, Notice, Said, Stage

__all__ = ["Seat"]


class Seat:
    """What one person has on their phone.

    Nobody needs to agree to anything to sit there; before their first vote they do.
    """

    def __init__(self, page: Screen, wave: str) -> None:
        rater = page.link.rater if page.link else None
        self.page = page
        self.room = page.evaluation.room(wave)
        self._sheet = page.evaluation.sheet(wave, rater)
        self._consented, self._ended = self._sheet.consented, False
        self._stage, self._ballot, self._notice = Stage.empty(), Ballot.empty(), Notice.empty()
        page.listen(self._stage, self._here)
        page.listen(self._ballot, self._voted)
        page.listen(self._notice, self._pressed)
        if self._consented and self._sheet.open:
            self.room.take_seat(self._sheet)

    def refresh(self, *, focus: bool = False) -> None:
        """Say everything in the page's language."""
        self._ended = not self._sheet.open
        if self._ended:
            told = rate_texts.outcome(self.page, "closed", self._sheet.wave)
            self._notice.state = self.page.told_late(told) | {"focus": focus}
        elif not self._consented:
            self._notice.state = texts.consent(self.page, self.page.wave, self._sheet)
        self.look()

    def look(self) -> None:
        """Show where the room is now, or that the round has ended."""
        page, room = self.page, self.room
        if self._sheet.open == self._ended:
            self.refresh(focus=True)
            return
        if self._ended:
            page.show(self._notice)
            return
        state = room.state
        asked = self._consented and state.ballot > 0
        given = room.vote_of(self._sheet, state) if asked else None
        mine = None
        if asked and not state.voting:
            mine = (page.say("consensus.mine"), self._own(state.indicator, given))
        texts.show(self._stage, texts.stage(page, room, state, big=False, mine=mine))
        texts.show(self._ballot, texts.ballot(page, room, state, given))
        page.show(self._stage, self._ballot if self._consented else self._notice)

    def _own(self, indicator: str, given: Mapping[str, Any] | None) -> str:
        if given is None:
            return self.page.say("consensus.mine_none")
        value = given["value"]
        if value is None:
            return self.page.say("rate.dont_know")
        return texts.step_name(self.page, self.room, indicator, value)

    def _here(self, _said: Said) -> None:
        self.page.heard()
        self.look()
        texts.wind(self._stage, self.room.state)

    def _pressed(self, said: Said) -> None:
        if said.data.get("button") != "agree" or self._consented:
            return
        fields = said.data.get("fields") or {}
        self._sheet.consent(str(fields.get("partner", "")), str(fields.get("group", "")))
        self._consented = True
        self.room.take_seat(self._sheet)
        self.look()

    def _voted(self, said: Said) -> None:
        subject = str(said.data.get("subject", ""))
        try:
            self.room.vote(self._sheet, subject, said.data.get("value"))
        finally:
            self.look()
