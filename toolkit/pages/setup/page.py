"""The setup page: the coalition, its partners, its rounds, the links."""

from typing import Any

from toolkit.errors import ToolkitError
from toolkit.evaluation import CollisionError, Partner, Settings, Wave
from toolkit.pages.page import Page
from toolkit.pages.setup import partners, texts
from toolkit.pages.setup.asked import chosen
from toolkit.pages.setup.keeping import KeepingSection
from toolkit.pages.setup.people import PeopleSection
from toolkit.pages.setup.preview import preview as partners_preview
from toolkit.roster import ROLES, Listed
from toolkit.text import both
from toolkit.widgets import Cards, LinkList, Notice, Roster, Said

__all__ = ["SetupPage"]

_MOST_LINKS = 200


class SetupPage(Page):
    """Let an evaluator prepare everything without a line of code.

    Every change is in `evaluation.toml` before the page says that it is saved.
    """

    name = "setup"

    def build(self) -> None:
        """Make every part once; `refresh` fills them."""
        self._name, self._roster, self._new = Notice.empty(), Roster.empty(), Notice.empty()
        self._pasted = Notice.empty()
        self._read: tuple[Listed, list[Partner]] | None = None
        self._rounds, self._links = Cards.empty(), LinkList.empty()
        self.listen(self._name, self._name_said)
        self.listen(self._roster, self._roster_said)
        self.listen(self._pasted, self._pasted_said)
        self.listen(self._rounds, self._round_said)
        self.listen(self._new, self._new_said)
        self.listen(self._links, self._links_said)
        self.people, self.keeping = PeopleSection(self), KeepingSection(self)
        self.refresh()
        parts = (self._name, self._roster, self._pasted, self._rounds, self._new, self._links)
        self.children = (self.masthead, self.keeping.part, *parts, *self.people.parts)

    def refresh(self) -> None:
        """Show what the evaluation holds now."""
        self._shown = self.settings
        self.masthead.state = texts.head(self)
        self._name.state = texts.name(self)
        self._roster.state = texts.roster(self)
        if self._read is not None:
            self._pasted.state = partners_preview(self, *self._read)
        self._rounds.state = texts.rounds(self)
        self._new.state = texts.new_round(self)
        self._links.state = texts.links(self)
        self.people.refresh()
        self.keeping.refresh()

    @property
    def settings(self) -> Settings:
        """What is set now."""
        return self.evaluation.settings

    def _change(self, **changes: Any) -> str:
        """Change what the page shows, keep what others changed meanwhile, and say so."""
        settings = Settings.model_validate({**self._shown.model_dump(), **changes})
        try:
            others = self.evaluation.change(settings, seen=self._shown)
        except CollisionError as error:
            self._shown = error.seen  # who presses again means it
            raise
        self._shown = settings
        return self.say("setup.kept_both" if others else "setup.kept")

    def _name_said(self, said: Said) -> str:
        fields = said.data.get("fields") or {}
        said_so = self._change(coalition={"name": str(fields.get("name", "")).strip()[:200]})
        self.masthead.state = texts.head(self)
        return said_so

    def _roster_said(self, said: Said) -> str:
        if said.kind == "paste":
            rows = [row for row in _rows(said) if str(row.get("name") or "").strip()]
            known = partners.typed(rows)  # with what was typed above and is not saved yet
            listed = Listed.of(str(said.data.get("text", "")))
            if not any(column.role or any(column.cells) for column in listed.columns):
                return self.say("setup.pasted_none")
            self._read = listed, known
            self._pasted.state = {**partners_preview(self, listed, known), "focus": True}
            return ""
        kept = partners.typed(_rows(said))
        said_so = self._change(partners=[partner.model_dump() for partner in kept])
        self.refresh()
        return said_so

    def _pasted_said(self, said: Said) -> str | None:
        """Add what was pasted, each column taken for what the evaluator says it is, or drop it."""
        if self._read is None:
            return None
        listed, known = self._read
        fields = said.data.get("fields") or {}
        roles = [str(fields.get(f"column-{i}", c.role)) for i, c in enumerate(listed.columns)]
        listed = listed.taken_for([role if role in ROLES else "" for role in roles])
        if said.data.get("button") == "look":
            self._read = listed, known
            self._pasted.state = partners_preview(self, listed, known)
            return None
        added = [partner for partner in partners.named(listed, known) if partner not in known]
        message = self.say("setup.pasted_dropped")
        if said.data.get("button") == "add":
            message = self.say("setup.pasted_none")
            if added:
                self._change(partners=[partner.model_dump() for partner in [*known, *added]])
                message = self.say("setup.pasted", count=len(added))
        # The notice goes away with the button that was pressed: the table says what was done.
        self._read, self._pasted.state = None, {}
        self.refresh()
        self._roster.state = {**self._roster.state, "message": message, "focus": True}
        return None

    def _round_said(self, said: Said) -> str:
        wave = self.settings.wave(str(said.data.get("card", "")))
        action = str(said.data.get("action"))
        if wave is not None and action in {"people", "share", "unshare", "anew"}:
            return self._look_after(wave, action)
        moves = {
            ("open", "close"): ("closed", "setup.was_closed"),
            ("closed", "reopen"): ("open", "setup.was_opened"),
            ("closed", "release"): ("released", "setup.was_released"),
            # Never open again what was once seen: the next answer would be the difference.
            ("released", "withdraw"): ("withdrawn", "setup.was_withdrawn"),
            ("withdrawn", "release"): ("released", "setup.was_released"),
        }
        move = moves.get((wave.status, action)) if wave else None
        if wave is None or move is None:
            self.refresh()
            return self.say("setup.gone")
        status, message = move
        if status == "open" and self.evaluation.open_wave:
            return self.say("setup.other_open")
        if status == "open" and wave.code in self.evaluation.releases.ever_shown():
            return self.say("setup.shown_once")
        if status == "released":
            self._show(wave)
            self.refresh()
            return self.say(message)
        waves = [
            {**other.model_dump(), "status": status} if other == wave else other.model_dump()
            for other in self.settings.waves
        ]
        self._change(waves=waves)
        self.refresh()
        return self.say(message)

    def _look_after(self, wave: Wave, action: str) -> str:
        """Show a round's people, say how many a device serves, or ask what the file asks now."""
        if action == "people":
            self.people.choose(wave.code)
            return ""
        if action == "anew":
            self.evaluation.ask_anew(wave.code)
            self.refresh()
            return self.say("setup.was_anew")
        changed = wave.model_copy(update={"shared": action == "share"})
        waves = [changed if other == wave else other for other in self.settings.waves]
        self._change(waves=[other.model_dump() for other in waves])
        self.refresh()
        return self.say(f"people.was_{action}d")

    def _show(self, wave: Wave) -> None:
        """Open the coalition's usual release with one more round; who presses says that it agreed.

        The release page is for whoever wants to choose, to look first, and to write beside it.
        """
        releases = self.evaluation.releases
        composed = releases.compose(releases.usual(wave.code))
        releases.open(composed, self.say("release.from_setup"), composed.agreed_on)

    def _new_said(self, said: Said) -> None:
        given = said.data.get("fields") or {}
        fields = {name: str(text).strip() for name, text in given.items()}
        if self.evaluation.open_wave:
            raise ToolkitError(both("setup.other_open"))
        wave = texts.wave_from(fields, [known.code for known in self.settings.waves])
        wave |= chosen(self, given)
        self._change(waves=[*(known.model_dump() for known in self.settings.waves), wave])
        self.refresh()
        self._rounds.state = {**texts.rounds(self), "message": self.say("setup.was_opened")}

    def _links_said(self, said: Said) -> str:
        wave, count = self.evaluation.open_wave, said.data.get("count")
        what = said.data.get("what")
        if what == "viewer":
            made = self.evaluation.links.make("viewer")
        elif wave is None:
            return self.say("setup.links_closed")
        elif what == "group":
            made = self.evaluation.links.make("group", wave.code)
        elif what == "partner":
            made = self._partner_links(wave)
        elif type(count) is int and 1 <= count <= _MOST_LINKS:
            made = self.evaluation.invite(wave.code, count)
        else:
            raise ToolkitError(both("setup.count_bad"))
        self._links.state = texts.links(self)
        self.people.refresh()
        return self.say("setup.made", count=len(made)) if made else self.say("setup.made_none")

    def _partner_links(self, wave: Wave) -> list[str]:
        partners = [partner.code for partner in self.settings.partners]
        made = [self.evaluation.invite_partner(wave.code, code) for code in partners]
        return [token for token in made if token]


def _rows(said: Said) -> list[dict[str, Any]]:
    rows = said.data.get("rows")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
