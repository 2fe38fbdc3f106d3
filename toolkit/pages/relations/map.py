"""What the evaluator sees on the relations page: the map, its numbers, roles, joined partners."""

from typing import Any

from toolkit.errors import RatingError
from toolkit.evaluation import Wave
from toolkit.evaluation.relations.figures import PartnersMap
from toolkit.evaluation.relations.ties import WAYS
from toolkit.pages.page import Page
from toolkit.pages.relations import drawn, notes
from toolkit.pages.relations import partners as members
from toolkit.pages.relations.look import Look
from toolkit.pages.relations.texts import head
from toolkit.text import both
from toolkit.widgets import Cards, ChartView, Notice, RoleTable, Said, Table

__all__ = ["ShowMap"]


class ShowMap:
    """Show the map as the group may see it, or with what is for the evaluator alone.

    It opens as the group may see it: it may stand on a wall before anybody has looked.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        wave = page.evaluation.newest(page.evaluation.relations.rounds)
        self._page.chosen = wave.code if wave else ""
        self._look = Look()
        self._filters, self._who, self._from = Notice.empty(), Notice.empty(), Notice.empty()
        self._today, self._desired = ChartView.empty(), ChartView.empty()
        self._counts, self._figures, self._how = Table.empty(), Notice.empty(), Notice.empty()
        self._roles, self._flags, self._joined = RoleTable.empty(), Notice.empty(), Notice.empty()
        self._claims = Cards.empty()
        page.listen(self._filters, self._filters_said)
        page.listen(self._claims, self._claims_said)
        page.listen(self._roles, self._roles_said)
        page.listen(self._joined, self._joined_said)

    @property
    def wave(self) -> Wave | None:
        """The round that is shown."""
        return self._page.evaluation.settings.wave(self._page.chosen)

    def choose(self, choice: str) -> None:
        """Show another round."""
        if self._page.evaluation.settings.wave(choice):
            self._page.chosen = choice
            self.refresh()

    def refresh(self, *, focus: bool = False) -> None:
        """Read the ties again, and show them; with `focus`, lead the reader to what changed."""
        page, wave = self._page, self.wave
        waves = page.evaluation.settings.waves
        page.masthead.state = head(
            page,
            wave,
            choices=[(known.code, known.text[page.language]) for known in waves],
            choice_label=page.say("dashboard.round"),
            choice=self._page.chosen,
        )
        if wave is None:
            self._who.state = page.notice(**page.titled("rate.no_round"))
            page.children = (page.masthead, self._who)
            return
        found = page.evaluation.relations.map(wave.code, own=self._look.own)
        self._look = self._look.within(found)
        self._filters.state = notes.filters(page, found, self._look)
        self._who.state = notes.who(page, found, wave, own=self._look.own) | {"focus": focus}
        shown = self._draw(found)
        page.children = (page.masthead, self._filters, self._who, *shown, *self._own_parts())

    def _draw(self, found: PartnersMap) -> tuple[Any, ...]:
        """Return the parts of a map that may be shown, filled."""
        if found.withheld or not found.answered:
            return ()
        page, look = self._page, self._look
        nodes, today, desired = found.narrowed(
            way=look.way, sector=look.sector, level=look.level, partner=look.partner
        )
        self._today.state = drawn.relations(page, "today", nodes, today)
        self._counts.state = drawn.counts(page, found.today, found.desired)
        self._figures.state = notes.figures(page, found, look.way)
        self._how.state = page.notice(**page.titled("relations.how"))
        shown: tuple[Any, ...] = (self._today,)
        if look.partner:
            self._from.state = notes.reached(page, found, look)
            shown = (self._from, *shown)
        if not found.desired.empty:
            self._desired.state = drawn.relations(page, "desired", nodes, desired)
            shown = (*shown, self._desired)
        return (*shown, self._counts, self._figures, self._how)

    def _own_parts(self) -> tuple[Any, ...]:
        """Return what is for the evaluator alone, filled."""
        if not self._look.own or not self._page.evaluation.relations.partners.listed:
            return ()
        self._roles.state = members.roles(self._page)
        self._flags.state = members.flags(self._page)
        self._joined.state = members.joined(self._page)
        self._claims.state = members.claims(self._page)
        claims = (self._claims,) if self._claims.state["cards"] else ()
        return (*claims, self._roles, self._flags, self._joined)

    def _filters_said(self, said: Said) -> None:
        fields = said.data.get("fields") or {}
        way = str(fields.get("way", ""))
        self._look = Look(
            own=fields.get("view") == "own",
            way=int(way) if way in {str(level) for level in WAYS} else 1,
            sector=str(fields.get("sector", "")),
            level=str(fields.get("level", "")),
            partner=str(fields.get("partner", "")),
        )
        self.refresh(focus=True)

    def _roles_said(self, said: Said) -> str:
        listed = said.data.get("roles")
        if not isinstance(listed, list):
            raise RatingError(both("relations.no_role"))
        partner = str(said.data.get("partner", ""))
        self._page.evaluation.relations.roles.note(partner, [str(role) for role in listed])
        self._flags.state = members.flags(self._page)
        return self._page.say("relations.role_kept")

    def _claims_said(self, said: Said) -> str:
        accepted = said.data.get("action") == "accept"
        members.accept(self._page, str(said.data.get("card", "")), accepted=accepted)
        self.refresh()
        self._claims.state = {**self._claims.state, "focus": True}
        return self._page.say("relations.claim_kept")

    def _joined_said(self, said: Said) -> str:
        fields = said.data.get("fields") or {}
        partner, into = (str(fields.get(name, "")) for name in ("partner", "into"))
        self._page.evaluation.relations.partners.join(partner, into)
        self.refresh()
        self._joined.state = {**self._joined.state, "focus": True}
        return self._page.say("relations.joined_kept")
