"""The strategy page: which way of working each purpose needs, and what is possible today."""

from typing import Any

from toolkit.errors import RatingError
from toolkit.evaluation import Evaluation, Wave
from toolkit.evaluation.strategy import Purpose
from toolkit.pages.asking import Asking
from toolkit.pages.strategy import texts
from toolkit.text import both
from toolkit.widgets import Cards, ChartView, Component, Drawer, Ladder, Notice, Questions, Said

__all__ = ["StrategyPage"]


class StrategyPage(Asking):
    """Let people say what each purpose needs, and a coalition see what fits it today.

    Opened by a person's own link it asks that person. An evaluator names the purposes and the
    local examples, enters what the group agrees on, and sees what people's answers say together
    once these no longer move.
    """

    name = "strategy"

    def __init__(self, evaluation: Evaluation, link: str = "") -> None:
        self._step, self._purpose = "list", ""
        super().__init__(evaluation, link)

    def build(self) -> None:
        """Make every part once; `refresh` fills them."""
        self._intro, self._new, self._legitimate = Notice.empty(), Notice.empty(), Notice.empty()
        self._ladder = Ladder(**texts.ladder(self))
        self._list, self._form = Cards.empty(), Questions.empty()
        self._top, self._care, self._drawer = Notice.empty(), Notice.empty(), Drawer.empty()
        self._results = [(Ladder.empty(), Cards.empty(), ChartView.empty()) for _ in range(2)]
        self.listen(self._ladder, self._ladder_said)
        self.listen(self._list, self._list_said)
        self.listen(self._new, self._new_said)
        self.listen(self._form, self._form_said)
        self.listen(self._top, self._top_said)
        self.listen(self._care, self._care_said)
        self.chosen = (self.link.wave if self.link else None) or ""
        if self._works and not self.chosen:
            wave = self.evaluation.newest(self.evaluation.strategy.rounds)
            self.chosen = wave.code if wave else ""
        self.follow_round()
        self.refresh()

    def turned(self) -> None:
        """Say that the round ended, or go on where the person was."""
        self.refresh(focus=True)

    @property
    def _works(self) -> bool:
        """Whether it is the evaluator's page, and not that of somebody who is asked."""
        return self.link is None or self.link.role == "evaluator"

    @property
    def _rater(self) -> str:
        """Who answers; empty on the evaluator's page."""
        return "" if self._works or self.link is None else str(self.link.rater or "")

    @property
    def wave(self) -> Wave | None:
        """The round that is answered or looked at, as it is set now."""
        return self.evaluation.settings.wave(self.chosen)

    @property
    def _where(self) -> str:
        """The code of the round; empty where there is none."""
        return self.wave.code if self.wave else ""

    def choose(self, choice: str) -> None:
        """Look at another round."""
        if self._works and self.evaluation.settings.wave(choice):
            self.chosen, self._step = choice, "list"
            self.refresh()

    def refresh(self, *, focus: bool = False) -> None:
        """Show the step that somebody is at."""
        waves = self.evaluation.settings.waves if self._works else ()
        self.masthead.state = texts.head(self, self.wave, waves)
        self._legitimate.state = texts.legitimate(self)
        parts = self._worked(focus=focus) if self._works else self._asked(focus=focus)
        self.children = (self.masthead, *parts, self._legitimate)

    def _asked(self, *, focus: bool) -> tuple[Component, ...]:
        """Return what a person sees."""
        strategy, purposes = self.evaluation.strategy, self.evaluation.strategy.purposes
        why = ""
        if not strategy.asked(self._where):
            why = "not_asked"
        elif not self.evaluation.sheet(self._where, self._rater).consented:
            why = "consent_first"
        elif not purposes:
            why = "nothing"
        if why:
            self._intro.state = self.told_late(texts.shut(self, why, self.wave)) | {"focus": focus}
            return (self._intro,)
        if purpose := self._open_purpose():
            self._form.state = texts.form(self, purpose, self._where, self._rater, focus=focus)
            return (self._form,)
        self._ladder.state = texts.ladder(self)
        listed = texts.own_list(self, self._where, self._rater, purposes)
        self._list.state = listed | {"focus": focus}
        return (self._list, self._ladder)

    def _worked(self, *, focus: bool) -> tuple[Component, ...]:
        """Return what an evaluator sees."""
        purpose = self._open_purpose()
        if purpose and self._step == "form":
            self._form.state = texts.form(self, purpose, self._where, "", focus=focus)
            return (self._form,)
        if purpose:
            return self._looked_at(purpose, focus=focus)
        strategy = self.evaluation.strategy
        self._intro.state = texts.intro(self, self.wave)
        listed = texts.work_list(self, self._where, strategy.purposes)
        self._list.state = listed | {"focus": focus}
        self._new.state = texts.new(self)
        self._ladder.state = texts.ladder(self, editable=True)
        return (self._intro, self._list, self._new, self._ladder)

    def _looked_at(self, purpose: Purpose, *, focus: bool) -> tuple[Component, ...]:
        # Only who looks needs pandas and altair: a phone that answers carries neither.
        from toolkit.evaluation.strategy import outlook  # noqa: PLC0415
        from toolkit.pages.strategy import result as results  # noqa: PLC0415
        from toolkit.pages.strategy import standing  # noqa: PLC0415

        strategy, where = self.evaluation.strategy, self._where
        shown: list[Component] = []
        found = (
            outlook.of_group(strategy, where, purpose.code),
            outlook.of_people(strategy, where, purpose.code),
        )
        agreed = strategy.answer(where, purpose.code)
        for parts, one in zip(self._results, found, strict=True):
            if one is not None:
                states = results.result(self, one, {} if one.people else agreed)
                for part, state in zip(parts, states, strict=True):
                    part.state = state
                shown += parts
        self._top.state = standing.top(self, purpose, where) | {"focus": focus}
        self._care.state = standing.care(self, purpose, where)
        self._drawer.state = results.private(self, outlook.lifts(strategy, where, purpose.code))
        return (self._top, *shown, self._drawer, self._care)

    def _open_purpose(self) -> Purpose | None:
        """Return the purpose that is asked or looked at; none when it was removed meanwhile."""
        if self._step == "list":
            return None
        known = self.evaluation.strategy.purposes
        found = next((purpose for purpose in known if purpose.code == self._purpose), None)
        if found is None:
            self._step = "list"
        return found

    def _go(self, step: str, purpose: str = "") -> None:
        if step != "list":
            self._purpose = self.evaluation.strategy.purpose(purpose or self._purpose).code
        self._step = step
        self.refresh(focus=True)

    def _only_works(self) -> None:
        # A browser may send what no part of its page offers.
        if not self._works:
            raise RatingError(both("door.refused"))

    def _ladder_said(self, said: Said) -> str:
        self._only_works()
        examples = said.data.get("examples")
        if isinstance(examples, dict):
            self.evaluation.strategy.illustrate(examples)
        self.refresh()
        return self.say("purpose.kept")

    def _list_said(self, said: Said) -> None:
        action, purpose = said.data.get("action"), str(said.data.get("card", ""))
        steps = {"agree": "form", "look": "look"} if self._works else {"answer": "form"}
        if step := steps.get(str(action)):
            self._go(step, purpose)

    def _new_said(self, said: Said) -> str:
        self._only_works()
        self.evaluation.strategy.add(_field(said))
        self.refresh()
        self._new.state = {**self._new.state, "focus": True}
        return self.say("purpose.kept")

    def _form_said(self, said: Said) -> None:
        if said.kind == "go":
            self._go("look" if said.data.get("to") == "next" and self._works else "list")
            return
        purpose, question = (str(said.data.get(name, "")) for name in ("subject", "question"))
        value = said.data.get("value")
        strategy = self.evaluation.strategy
        if self._works:
            strategy.agree(self._where, purpose, question, value)
        else:
            strategy.record(self._where, purpose, question, value, self._rater)

    def _top_said(self, said: Said) -> None:
        self._only_works()
        self._go({"agree": "form"}.get(str(said.data.get("button")), "list"))

    def _care_said(self, said: Said) -> str | None:
        self._only_works()
        strategy, button = self.evaluation.strategy, said.data.get("button")
        if button == "rename":
            strategy.rename(self._purpose, _field(said))
        elif button == "close":
            strategy.close(self._where, self._purpose)
        elif button == "reopen":
            strategy.reopen(self._where, self._purpose)
        elif button == "remove":
            strategy.remove(self._purpose)
            self._go("list")
            return None
        self.refresh()
        return self.say("purpose.kept")


def _field(said: Said) -> Any:
    """Return what was typed into a notice's one field, whatever that is called."""
    fields = said.data.get("fields")
    return next(iter(fields.values()), "") if isinstance(fields, dict) else ""
