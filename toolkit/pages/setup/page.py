"""The setup page: the coalition, its partners, its rounds, the links."""

from typing import Any

from toolkit.errors import ToolkitError
from toolkit.evaluation import Settings, Wave
from toolkit.pages.page import Page
from toolkit.pages.setup import partners, texts
from toolkit.pages.setup.asked import chosen
from toolkit.text import both
from toolkit.widgets import Cards, LinkList, Notice, Roster, Said

__all__ = ["SetupPage"]

_MOST_LINKS = 200


class SetupPage(Page):
    """Let an evaluator prepare everything without a line of code.

    Every change is in `evaluation.toml` before the page says that it is saved.
    """

    roles = ("evaluator",)

    def build(self) -> None:
        """Make every part once; `refresh` fills them."""
        self._name, self._roster, self._new = Notice(), Roster(), Notice()
        self._rounds, self._links = Cards(), LinkList()
        self.listen(self._name, self._name_said)
        self.listen(self._roster, self._roster_said)
        self.listen(self._rounds, self._round_said)
        self.listen(self._new, self._new_said)
        self.listen(self._links, self._links_said)
        self.refresh()
        parts = (self._name, self._roster, self._rounds, self._new, self._links)
        self.children = (self.masthead, *parts)

    def refresh(self) -> None:
        """Show what the evaluation holds now."""
        self.masthead.state = texts.head(self)
        self._name.state = texts.name(self)
        self._roster.state = texts.roster(self)
        self._rounds.state = texts.rounds(self)
        self._new.state = texts.new_round(self)
        self._links.state = texts.links(self)

    @property
    def settings(self) -> Settings:
        """What is set now."""
        return self.evaluation.settings

    def _change(self, **changes: Any) -> None:
        settings = Settings.model_validate({**self.settings.model_dump(), **changes})
        self.evaluation.change(settings)

    def _name_said(self, said: Said) -> str:
        fields = said.data.get("fields") or {}
        self._change(coalition={"name": str(fields.get("name", "")).strip()[:200]})
        self.masthead.state = texts.head(self)
        return self.say("setup.kept")

    def _roster_said(self, said: Said) -> str:
        if said.kind == "paste":
            rows = [row for row in _rows(said) if str(row.get("name") or "").strip()]
            known = partners.typed(rows)  # with what was typed above and is not saved yet
            added = partners.pasted(str(said.data.get("text", "")), known)
            if not added:
                return self.say("setup.pasted_none")
            self._change(partners=[partner.model_dump() for partner in [*known, *added]])
            self.refresh()
            return self.say("setup.pasted", count=len(added))
        kept = partners.typed(_rows(said))
        self._change(partners=[partner.model_dump() for partner in kept])
        self.refresh()
        return self.say("setup.kept")

    def _round_said(self, said: Said) -> str:
        wave = self.settings.wave(str(said.data.get("card", "")))
        moves = {
            ("open", "close"): ("closed", "setup.was_closed"),
            ("closed", "reopen"): ("open", "setup.was_opened"),
            ("closed", "release"): ("released", "setup.was_released"),
            # Never open again what was once seen: the next answer would be the difference.
            ("released", "withdraw"): ("withdrawn", "setup.was_withdrawn"),
            ("withdrawn", "release"): ("released", "setup.was_released"),
        }
        move = moves.get((wave.status, str(said.data.get("action")))) if wave else None
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
        return self.say("setup.made", count=len(made)) if made else self.say("setup.made_none")

    def _partner_links(self, wave: Wave) -> list[str]:
        partners = [partner.code for partner in self.settings.partners]
        made = [self.evaluation.invite_partner(wave.code, code) for code in partners]
        return [token for token in made if token]


def _rows(said: Said) -> list[dict[str, Any]]:
    rows = said.data.get("rows")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
