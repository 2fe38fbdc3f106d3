"""The part of the setup page where an evaluator looks after the people of a round."""

from typing import Any

from toolkit.errors import ToolkitError
from toolkit.evaluation import Wave
from toolkit.pages.page import Page
from toolkit.pages.setup import people_texts as texts
from toolkit.pages.setup.groups import foreseen
from toolkit.text import both
from toolkit.widgets import Cards, Notice, Said, Table

__all__ = ["PeopleSection"]


class PeopleSection:
    """Who has a link, began and finished; head counts; set aside, erase, withdraw.

    Attributes
    ----------
    parts
        Its components, in the order of the page.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._table, self._count, self._links = Table.empty(), Notice.empty(), Cards.empty()
        self._groups = Notice.empty()
        self._list, self._sure = Notice.empty(), Notice.empty()
        self._chosen: str | None = None
        self._meant: list[str] = []
        self._form = 0
        page.listen(self._count, self._count_said)
        page.listen(self._links, self._links_said)
        page.listen(self._list, self._list_said)
        page.listen(self._sure, self._sure_said)
        self.parts = (
            *(self._table, self._groups, self._count),
            *(self._links, self._sure, self._list),
        )

    @property
    def wave(self) -> Wave | None:
        """The round that is looked at: the one that was chosen, else the evaluation's."""
        evaluation = self._page.evaluation
        chosen = evaluation.settings.wave(self._chosen) if self._chosen else None
        return chosen or evaluation.wave

    def choose(self, wave: str) -> None:
        """Look at another round."""
        self._chosen, self._meant = wave, []
        self.refresh()

    def refresh(self) -> None:
        """Show what the evaluation holds now."""
        wave, page = self.wave, self._page
        if wave is None:
            return
        self._table.state = texts.counted(page, [wave])
        self._groups.state = foreseen(page, wave)
        self._count.state = texts.headcount(page, wave, self._form)
        self._links.state = texts.shared_links(page, wave)
        self._list.state = texts.listed(page, wave, self._form)
        self._sure.state = texts.confirm(page, self._meant) if self._meant else {}

    def _count_said(self, said: Said) -> str:
        wave = self.wave
        fields: dict[str, Any] = said.data.get("fields") or {}
        for name, typed in fields.items():
            text, group = str(typed).strip(), name.removeprefix("count ")
            if not name.startswith("count ") or wave is None or not text:
                continue
            if not text.isdecimal():
                raise ToolkitError(both("people.count_bad"))
            self._page.evaluation.people.vouch(wave.code, group, int(text))
        return self._done("people.count_kept")

    def _list_said(self, said: Said) -> str:
        raters = self._picked((said.data.get("fields") or {}).get("who"))
        if not raters:
            return self._page.say("people.nobody_chosen")
        people = self._page.evaluation.people
        button = said.data.get("button")
        if button == "aside":
            people.set_aside(raters)
            return self._done("people.set_aside", count=len(raters))
        if button == "back":
            people.take_back(raters)
            return self._done("people.taken_back", count=len(raters))
        self._meant = raters if button == "erase" else []
        self.refresh()
        return ""

    def _picked(self, codes: Any) -> list[str]:
        """Return the people of a choice, as far as they were offered: a browser may send more."""
        chosen = set(map(str, codes)) if isinstance(codes, list) else set()
        people = self._page.evaluation.people.of(self.wave.code) if self.wave else []
        return [p.rater for p in people if {p.rater, f"burst {p.burst}"} & chosen]

    def _sure_said(self, said: Said) -> str:
        raters, self._meant = self._meant, []
        if said.data.get("button") != "yes" or not raters:
            self.refresh()
            return ""
        try:
            erased = self._page.evaluation.people.erase(raters)
        finally:
            self._form += 1
            self.refresh()
        message = self._page.say("people.erased", count=len(raters))
        if erased.unreached:
            more = self._page.say("people.unreached", names=", ".join(erased.unreached))
            message = f"{message} {more}"
        self._list.state = {**self._list.state, "text": message, "focus": True}
        return message

    def _links_said(self, said: Said) -> str:
        links, action = self._page.evaluation.links, said.data.get("action")
        shared = links.shared(self.wave.code) if self.wave else []
        link = next((one for one in shared if one.link == said.data.get("card")), None)
        if link is None:
            return self._done("setup.gone")
        if action == "aside_made":
            raters = [own.rater for own in links.handed(link) if own.rater]
            self._page.evaluation.people.set_aside(raters)
            return self._done("people.set_aside", count=len(raters))
        meant = [link] if action == "revoke" else [link, *links.handed(link)]
        return self._done("invite.revoked", count=links.revoke(meant))

    def _done(self, key: str, **values: Any) -> str:
        self._form += 1
        self.refresh()
        return self._page.say(key, **values)
