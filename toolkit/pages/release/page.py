"""The release page: choose what is shown, look at it as it will be seen, open it, take it back."""

import datetime
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.evaluation import COALITION, PARTS, PORTFOLIO, Draft, Evaluation, Release
from toolkit.pages.page import Page
from toolkit.pages.release import texts
from toolkit.pages.release.preview import Frame, Preview
from toolkit.pages.setup import people_texts
from toolkit.pages.setup.partners import code_for
from toolkit.text import both
from toolkit.widgets import Cards, LinkList, Notice, Said, Table, TableState

__all__ = ["ReleasePage"]


class ReleasePage(Page):
    """Let an evaluator decide with the coalition what is shown, to whom; nothing shows by itself.

    What is looked at is what is opened: the figures are frozen when they are composed.
    """

    name = "release"

    def __init__(self, evaluation: Evaluation, link: str = "") -> None:
        self.composed: Release | None = None
        self.opened: Release | None = None
        self._seen, self._form, self._phone = 0, 0, False
        super().__init__(evaluation, link)

    def build(self) -> None:
        """Make every part once; `refresh` fills them."""
        self._open, self._compose, self._links = Cards.empty(), Notice.empty(), LinkList.empty()
        self._people, self._masked, self._looking = Table.empty(), Table.empty(), Notice.empty()
        self._alike, self._before = Notice.empty(), Notice.empty()
        self._frame, self._decide, self._done = Frame(), Notice.empty(), Notice.empty()
        self.listen(self._open, self._open_said)
        self.listen(self._compose, self._compose_said)
        self.listen(self._looking, self._looking_said)
        self.listen(self._decide, self._decide_said)
        self.listen(self._links, self._links_said)
        self.draft = self.evaluation.releases.draft() or self._first()
        self.refresh()

    def refresh(self) -> None:
        """Say everything again; what is composed is looked at in the page's language."""
        self.masthead.state = texts.head(self)
        self._open.state = texts.shown(self)
        self._compose.state = texts.compose(self, self.draft, self._form)
        self._links.state = texts.links(self)
        self._done.state = texts.opened(self, self.opened) if self.opened else {}
        self._look()

    def _look(self) -> None:
        """Show what is composed, or nothing."""
        done = (self._done,) if self.opened else ()
        before, after = (self.masthead, *done, self._open, self._compose), (self._links,)
        if self.composed is None:
            self._frame.children = ()
            self.children = (*before, *after)
            return
        # Who only opens the page should not wait for pandas.
        from toolkit.pages.release import masked as release_masked  # noqa: PLC0415

        self._people.state = self._counted(self.composed)
        self._masked.state = release_masked.masked(self, self.composed)
        self._alike.state = release_masked.alike(self, self.composed)
        self._looking.state = texts.looking(self, self.composed, phone=self._phone)
        self._decide.state = texts.decide(self, self.composed, self._form)
        self._frame.children = (Preview(self, self.composed),)
        self._before.state = release_masked.seen_before(self, self.composed)
        warned = [part for part in (self._alike, self._before) if part.state.get("title")]
        looked_at = (self._people, self._masked, *warned, self._looking, self._frame, self._decide)
        self.children = (*before, *looked_at, *after)

    def _counted(self, release: Release) -> TableState:
        """Return who answered by which link in the rounds of a release, and what is left out."""
        rounds = [w for w in self.evaluation.settings.waves if w.code in release.draft.rounds]
        found = people_texts.counted(self, rounds)
        left_out = [line for wave in rounds for line in people_texts.waiting(self, wave)]
        title, text = self.say("people.table_release"), self.say("people.table_setup")
        return {
            **found,
            "title": title,
            "text": "\n\n".join([found.get("text", ""), text, *left_out]),
        }

    def _first(self) -> Draft:
        """Return what most would show next: all that the coalition sees, and the newest round."""
        over = [wave for wave in self.evaluation.settings.waves if wave.status != "open"]
        return self.evaluation.releases.usual(over[-1].code) if over else Draft()

    def _take_up(self, draft: Draft) -> None:
        """Put another choice into the form; what was composed is put away."""
        self.draft, self.composed, self.opened = draft, None, None
        self._form += 1

    def _compose_said(self, said: Said) -> str:
        releases = self.evaluation.releases
        self.draft = self._read(said.data.get("fields") or {})
        releases.keep_draft(self.draft)
        self._seen = releases.seen(self.draft.audience)
        self.composed, self.opened = None, None
        try:
            self.composed = releases.compose(self.draft)
        finally:
            self._look()
        return self.say("release.composed")

    def _read(self, fields: dict[str, Any]) -> Draft:
        """Return what was chosen, as far as it was offered: a browser may send anything."""
        known = self.evaluation.releases.audiences()
        audience = str(fields.get("audience", COALITION))
        name = " ".join(str(fields.get("name", "")).split())[:200]
        if audience in {COALITION, PORTFOLIO}:
            name = ""
        elif audience in known:
            name = name or known[audience]
        elif name:
            same = [code for code, other in known.items() if other.casefold() == name.casefold()]
            audience = same[0] if same else code_for(name, [*known, COALITION, PORTFOLIO])
        else:
            raise ToolkitError(both("release.nameless"))
        waves = [wave.code for wave in self.evaluation.settings.waves if wave.status != "open"]
        rounds, figures, said = (_listed(fields.get(key)) for key in ("rounds", "parts", "said"))
        parts = [*figures, *said]
        return Draft(
            audience,
            name,
            tuple(code for code in waves if code in rounds),
            # Side by side, nothing else is drawn: nothing else is given away.
            ("conditions",) if audience == PORTFOLIO else tuple(p for p in PARTS if p in parts),
            *(str(fields.get(key, "")).strip() for key in ("notes", "quotes")),
        )

    def _looking_said(self, said: Said) -> None:
        self._phone = said.data.get("button") == "phone"
        self._frame.narrow(phone=self._phone)
        if self.composed is not None:
            self._looking.state = texts.looking(self, self.composed, phone=self._phone)

    def _decide_said(self, said: Said) -> str:
        if self.composed is None:
            return self.say("release.gone")
        fields = said.data.get("fields") or {}
        try:
            day = datetime.date.fromisoformat(str(fields.get("agreed_on", "")))
        except ValueError as error:
            raise ToolkitError(both("release.no_day")) from error
        releases, agreed = self.evaluation.releases, str(fields.get("agreed", ""))
        opened = releases.open(self.composed, agreed, day, after=self._seen)
        releases.keep_draft(None)
        self._take_up(self.draft)
        self.opened = opened
        self.refresh()
        self._done.state = {**self._done.state, "focus": True}
        return self.say("release.opened_title")

    def _open_said(self, said: Said) -> str:
        audience, releases = str(said.data.get("card", "")), self.evaluation.releases
        current = releases.current(audience)
        action = said.data.get("action")
        if action == "change":
            last = releases.history(audience)
            self._take_up(last[-1].draft if last else self._first())
            self.refresh()
            return self.say("release.taken_up")
        if action != "revoke" or current is None:
            self.refresh()
            return self.say("release.gone")
        releases.revoke(audience)
        self.refresh()
        return self.say("release.revoked")

    def _links_said(self, said: Said) -> str:
        audience = str(said.data.get("what", ""))
        if audience not in texts.viewed(self):
            return self.say("release.gone")
        self.evaluation.links.make_viewer(audience)
        self._links.state = texts.links(self)
        return self.say("setup.made", count=1)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
