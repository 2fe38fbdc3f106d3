"""The plan: what the group understands, its priorities, its actions, and what became of them."""

from typing import Any

from toolkit.errors import ConflictError, EvaluationError
from toolkit.evaluation import Evaluation, Wave
from toolkit.evaluation.plan import Action, Plan, Priority
from toolkit.pages.page import Page
from toolkit.pages.plan import texts
from toolkit.text import both
from toolkit.widgets import Cards, Notes, Notice, Said

__all__ = ["PlanPage"]


class PlanPage(Page):
    """Let a group write what it makes of a round, and open on what it had decided before.

    Rounds are there once they are closed: figures that move with each answer would give the last
    one away. Every figure is masked as on the dashboard. Two who write at once lose no text.
    """

    name = "plan"

    def __init__(self, evaluation: Evaluation, link: str = "") -> None:
        self._action: Action | None = None
        self._priority: Priority | None = None
        super().__init__(evaluation, link)

    def build(self) -> None:
        """Make every part once; `refresh` fills them."""
        self._before, self._priorities, self._actions = Cards.empty(), Cards.empty(), Cards.empty()
        self._notes, self._nothing = Notes.empty(), Notice.empty()
        self._priority_form, self._action_form = Notice.empty(), Notice.empty()
        self.listen(self._before, self._action_said)
        self.listen(self._actions, self._action_said)
        self.listen(self._priorities, self._priority_said)
        self.listen(self._notes, self._note_said)
        self.listen(self._priority_form, self._priority_kept)
        self.listen(self._action_form, self._action_kept)
        visible, last = self.visible(), self.evaluation.wave
        chosen = last if last in visible else (visible[-1] if visible else None)
        self.chosen = chosen.code if chosen else ""
        self.refresh()

    @property
    def plan(self) -> Plan:
        """What the group wrote."""
        return self.evaluation.plan

    def visible(self) -> list[Wave]:
        """Return the rounds that can be talked about: those that nobody answers any more."""
        return [wave for wave in self.evaluation.settings.waves if wave.status != "open"]

    def choose(self, choice: str) -> None:
        """Show another round."""
        if choice in {wave.code for wave in self.visible()}:
            self.chosen, self._action, self._priority = choice, None, None
            self.refresh()

    @property
    def wave(self) -> Wave:
        """The round that is talked about."""
        found = next((wave for wave in self.visible() if wave.code == self.chosen), None)
        if found is None:
            raise EvaluationError(both("plan.gone"))
        return found

    def refresh(self) -> None:
        """Read the figures again, and say everything in the page's language."""
        visible = self.visible()
        if self.chosen not in {wave.code for wave in visible}:
            self.masthead.state = texts.head(self, visible, None)
            self._nothing.state = self.notice(**self.titled("plan.nothing"))
            self.children = (self.masthead, self._nothing)
            return
        # Only here: the rest of the page needs no pandas.
        from toolkit.pages.plan import figures  # noqa: PLC0415

        tables = self.evaluation.tables(self.language)
        self._said = figures.standing(self, tables, self.wave)
        self._tags = figures.tags(self, tables, self.wave)
        earlier = self.plan.earlier(self.chosen)
        self._moved = {
            one.code: figures.moved(self, tables, one.indicator, one.wave, self.chosen)
            for one in earlier
            if one.indicator
        }
        self.masthead.state = texts.head(self, visible, self.wave)
        self._show()
        parts = (self._notes, self._priorities, self._priority_form, self._actions)
        before = (self._before,) if earlier else ()
        self.children = (self.masthead, *before, *parts, self._action_form)

    def _show(self, *, other: str = "", focus: str = "") -> None:
        """Show what was written, as it stands now.

        Parameters
        ----------
        other
            The form whose entry somebody else changed meanwhile: it shows theirs too.
        focus
            The form to go to.
        """
        wave, plan = self.wave, self.plan
        priorities, actions = plan.priorities(wave.code), plan.actions(wave.code)
        names = {known.code: known.text[self.language] for known in self.evaluation.settings.waves}
        self._show_notes()
        earlier = plan.earlier(wave.code)
        self._before.state = texts.before(self, earlier, self._moved, names)
        form = texts.priority_form(
            self, wave, priorities, self._priority, other=other == "priority"
        )
        # With the third priority its form is gone: what it made is there to go to.
        made = focus == "priority" and form is None
        self._priorities.state = texts.priorities(self, self.wave, priorities, self._said) | {
            "focus": made
        }
        self._actions.state = texts.actions(self, actions, self._said)
        self._priority_form.state = {**form, "focus": focus == "priority"} if form else {}
        self._action_form.state = texts.action_form(
            self, wave, len(actions), self._action, other=other == "action"
        ) | {"focus": focus == "action"}

    def _show_notes(self) -> None:
        kept = self.plan.notes(self.chosen)
        self._notes.state = texts.notes(self, self.wave, kept, self._said, self._tags)

    def _note_said(self, said: Said) -> str:
        wave, seen = str(said.data.get("wave")), said.data.get("seen")
        if wave not in {known.code for known in self.visible()} or type(seen) is not int:
            raise EvaluationError(both("plan.gone"))
        code, text = str(said.data.get("code", "")), str(said.data.get("text") or "")
        try:
            self.plan.interpret(wave, code, text, seen=seen)
        finally:
            self._show_notes()
        return self.say("plan.kept")

    def _priority_said(self, said: Said) -> str:
        kept = {one.slot: one for one in self.plan.priorities(self.wave.code)}
        found = kept.get(str(said.data.get("card", "")))
        if found is None:
            self._show()
            return self.say("plan.changed")
        if said.data.get("action") == "withdraw":
            self.plan.withdraw(self.wave.code, found.slot, seen=found.number)
            self._priority = None
            self._show()
            return self.say("plan.withdrew")
        self._priority = found
        self._show(focus="priority")
        return ""

    def _priority_kept(self, said: Said) -> str:
        if said.data.get("button") == "cancel":
            self._priority = None
            self._show()
            return ""
        fields, one = _fields(said), self._priority
        slot, seen = (one.slot, one.number) if one else ("", 0)
        told = (self.chosen, fields["text"], fields["about"])
        try:
            self.plan.prioritise(*told, slot=slot, seen=seen)
        except ConflictError:
            kept = {known.slot: known for known in self.plan.priorities(self.chosen)}
            self._priority = kept.get(one.slot) if one else None
            self._show(other="priority")
            raise
        self._priority = None
        self._show(focus="priority")
        return self.say("plan.kept")

    def _action_said(self, said: Said) -> str:
        wave, _, code = str(said.data.get("card", "")).partition(" ")
        found = self._find(wave, code)
        self._action = found
        self._show(focus="action" if found else "")
        return "" if found else self.say("plan.changed")

    def _action_kept(self, said: Said) -> str:
        if said.data.get("button") == "cancel":
            self._action = None
            self._show()
            return ""
        one = self._action
        code, seen = (one.code, one.number) if one else ("", 0)
        wave = one.wave if one else self.wave.code
        try:
            self.plan.act(wave, _fields(said), code=code, seen=seen)
        except ConflictError:
            self._action = self._find(wave, one.code) if one else None
            self._show(other="action")
            raise
        self._action = None
        self._show(focus="action")
        return self.say("plan.kept")

    def _find(self, wave: str, code: str) -> Action | None:
        kept = self.plan.actions(wave) if wave in {w.code for w in self.visible()} else []
        return next((one for one in kept if one.code == code), None)


def _fields(said: Said) -> dict[str, Any]:
    names = ("text", "about", "what", "who", "by", "obstacle", "indicator", "status", "reason")
    given = said.data.get("fields")
    told = given if isinstance(given, dict) else {}
    return {name: str(told.get(name) or "") for name in names}
