"""What a person answers on the relations page, for their partner."""

from typing import Any

from toolkit.errors import RatingError
from toolkit.evaluation import Sheet, Wave
from toolkit.evaluation.relations.ties import ASPECTS
from toolkit.pages.asking import Asking
from toolkit.pages.relations import texts
from toolkit.text import both
from toolkit.widgets import Notice, Said, Ties

__all__ = ["SayTies"]


class SayTies:
    """Let one person say how their partner works with each other one.

    Who they are comes from their link alone.
    """

    def __init__(self, page: Asking) -> None:
        self._page = page
        self._done = False
        self._notice, self._ties, self._named = Notice.empty(), Ties.empty(), Notice.empty()
        page.listen(self._notice, self._pressed)
        page.listen(self._ties, self._said)
        page.listen(self._named, self._named_said)

    def choose(self, choice: str) -> None:
        """Take up nothing: the link says which round it is."""

    def refresh(self, *, focus: bool = False) -> None:
        """Show the step that the person is at."""
        page, wave, step = self._page, self.wave, self._step()
        progress = texts.progress(page, wave.code, self._rater) if wave and step == "ties" else None
        page.masthead.state = texts.head(page, wave, progress=progress)
        shown: tuple[Any, ...] = (self._notice,)
        if wave and step == "ties":
            self._ties.state = texts.ties(page, wave, self._rater, focus=focus)
            shown = (self._ties,)
        else:
            self._notice.state = {**page.told_late(texts.notice(page, step, wave)), "focus": focus}
        if self._may_be_named():
            self._named.state = texts.named(page, self._rater)
            shown = (*shown, self._named)
        page.children = (page.masthead, *shown)

    @property
    def wave(self) -> Wave | None:
        """The round that is answered, as it is set now."""
        code = self._page.link.wave if self._page.link else None
        return self._page.evaluation.settings.wave(code) if code else None

    @property
    def _rater(self) -> str:
        return (self._page.link.rater if self._page.link else None) or ""

    @property
    def _sheet(self) -> Sheet:
        wave = self.wave
        if wave is None:
            raise RatingError(both("refusal.no_round"))
        return self._page.evaluation.sheet(wave.code, self._rater)

    def _step(self) -> str:
        wave, partners = self.wave, self._page.evaluation.relations.partners
        if wave is None:
            return "no_round"
        steps = {
            "closed": wave.status != "open",
            "elsewhere": "relations" not in wave.activities,
            "consent_first": not self._sheet.consented,
            "nobody_else": len(partners.listed) < 2,  # noqa: PLR2004
            "whose": not partners.of(self._rater),
            "done": self._done,
        }
        return next((step for step, reached in steps.items() if reached), "ties")

    def _may_be_named(self) -> bool:
        """Whether the person can say so: also after the round, to take it back."""
        partner = self._page.evaluation.relations.partners.of(self._rater)
        return bool(partner) and self.wave is not None and self._sheet.consented

    def _pressed(self, said: Said) -> None:
        button, step = said.data.get("button"), self._step()
        if step == "whose" and button == "choose":
            fields = said.data.get("fields") or {}
            relations = self._page.evaluation.relations
            sheet = relations.answering(self._sheet.wave.code, self._rater)
            relations.partners.choose(sheet, str(fields.get("partner", "")))
        elif step == "done" and button == "review":
            self._done = False
        self.refresh(focus=True)

    def _said(self, said: Said) -> str:
        relations, wave = self._page.evaluation.relations, self._sheet.wave
        if said.kind == "done":
            self._done = True
            self.refresh(focus=True)
            return ""
        if said.kind == "none":
            listed = said.data.get("partners")
            codes = [str(code) for code in listed] if isinstance(listed, list) else []
            count = relations.no_contact(wave.code, self._rater, codes)
            self.refresh()
            return self._page.say("relations.none_kept", count=count)
        given = {name: said.data[name] for name in ASPECTS if name in said.data}
        relations.record(wave.code, self._rater, str(said.data.get("partner", "")), **given)
        progress = texts.progress(self._page, wave.code, self._rater)
        self._page.masthead.state = texts.head(self._page, wave, progress=progress)
        return ""

    def _named_said(self, said: Said) -> str:
        button = said.data.get("button")
        if button in {"yes", "no"}:
            partners = self._page.evaluation.relations.partners
            partners.agree(self._sheet, named=button == "yes")
            self._named.state = texts.named(self._page, self._rater) | {"focus": True}
        return self._page.say("relations.named_kept")
