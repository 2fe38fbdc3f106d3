"""The rating page: consent, one condition or module at a time, a finish."""

from typing import Any

from toolkit.errors import EvaluationError, StoreError
from toolkit.evaluation import Evaluation, Sheet, Wave
from toolkit.instruments import Section
from toolkit.pages.asking import Asking
from toolkit.pages.rate import texts
from toolkit.widgets import Form, HeadChoices, MastheadState, Notice, NoticeState, Said

__all__ = ["RatingPage"]


class RatingPage(Asking):
    """Let one person rate, on any device, in either language.

    Opened by a person's own link, or by the one that a device was handed for a group's. In an
    evaluator's own notebook, or by their link, it is a trial that keeps nothing. Where a module is
    worded so plainly that it can be read out, somebody may do so: one question at a time, large,
    and nothing but that module.
    """

    name = "rate"
    passing = (StoreError, EvaluationError)

    def __init__(self, evaluation: Evaluation, link: str = "") -> None:
        self.sheet: Sheet | None = None
        self._step = "consent"
        self._at = 0
        self._aloud = False
        self._offered: set[str] = set()
        super().__init__(evaluation, link)

    def build(self) -> None:
        """Open the person's sheet and show where they were."""
        if self.link is not None and self.link.role == "evaluator":
            self.link = None  # who looks at it before others do tries it
        self._notice, self._form = Notice.empty(), Form.empty()
        self.listen(self._notice, self._pressed)
        self.listen(self._form, self._answered)
        self._open_sheet()
        self._step = self._first_step()
        self.follow_round()
        self.refresh()

    def refused(self) -> None:
        """Show the questions anew where the round asks others since the page was opened."""
        super().refused()
        if self.sheet is not None and self.sheet.outdated and not self.ended:
            self._open_sheet()
            self._step = self._first_step()
            self.refresh()

    def turned(self) -> None:
        """Say that the round ended, or go on where the person was."""
        self._step = self._first_step()
        self.refresh(focus=True)

    def refresh(self, *, focus: bool = False) -> None:
        """Show the step that the person is at."""
        self.masthead.state = self._head()
        self._offered = set()
        if self._step == "form":
            parts, more = self._parts, {"aloud": self._aloud, "focus": focus}
            self._at = min(self._at, len(parts) - 1)
            self._form.state = texts.form(self, self._sheet, parts, self._at, **more)
            self.children = (self.masthead, self._form)
        else:
            state = self.told_late(self._notice_state())
            state["focus"] = focus
            self._offered = {button["name"] for button in state.get("buttons", ())}
            self._notice.state = state
            self.children = (self.masthead, self._notice)

    @property
    def _sheet(self) -> Sheet:
        if self.sheet is None:
            message = "no sheet before consent"
            raise RuntimeError(message)
        return self.sheet

    @property
    def _parts(self) -> tuple[Section, ...]:
        """What is asked, part by part: each condition and module, or each question read out."""
        sections = self._sheet.sections
        if not self._aloud:
            return sections
        aloud = tuple(
            section.model_copy(update={"indicators": (line,)})
            for section in sections
            if section.plain
            for line in section.indicators
        )
        return aloud or sections

    def choose(self, choice: str) -> None:
        """Have the questions read out, or read them oneself."""
        if self._step not in {"form", "left"} or not self._readable:
            return
        self._aloud = choice == "aloud"
        self._to_left()
        self.refresh(focus=True)

    @property
    def _readable(self) -> bool:
        return any(section.plain for section in self._sheet.sections)

    def _open_sheet(self) -> None:
        if self.link is None:
            wave = self.evaluation.wave
            self.sheet = self.evaluation.sheet(wave.code) if wave else None
        elif self.link.wave and self.link.rater:
            self.sheet = self.evaluation.sheet(self.link.wave, self.link.rater)

    def _first_step(self) -> str:
        wave = self.wave
        if wave is None:
            return "no_round"
        if wave.status != "open":
            return "closed"
        if self.sheet is None or not self.sheet.consented:
            return "consent"
        self._at = self.sheet.resume_at()
        return "done" if self.sheet.finished else "form"

    @property
    def wave(self) -> Wave | None:
        """The round that is answered, as it is set now; None when there is none."""
        code = self.link.wave if self.link else None
        if code is not None:
            return self.evaluation.settings.wave(code)
        return self.evaluation.wave if self.link is None else None

    def _head(self) -> MastheadState:
        shown = self._step in {"form", "left"} and self.sheet is not None
        more: HeadChoices = {}
        if shown:
            more["progress"] = texts.progress(self, self._sheet, self._parts)
        if shown and self._readable:
            more |= texts.ways(self, aloud=self._aloud)
        return texts.head(self, self.wave, **more)

    def _notice_state(self) -> NoticeState:
        if self._step == "consent":
            return texts.consent(self, self.wave, self.sheet)
        if self._step == "left":
            return texts.left(self, self._left())
        return texts.outcome(self, self._step, self.wave, self._own_link())

    def _left(self) -> list[str]:
        given = self._sheet.answers
        codes = [line.code for part in self._parts for line in part.indicators]
        return [code for code in codes if not texts.answered(given.get((code, "current")))]

    def _own_link(self) -> str:
        """Return the link that this device was handed, which its person has not seen yet."""
        own = self.link is not None and self.link.role == "own"
        return f"{self.address}{self._token}" if own else ""

    def _pressed(self, said: Said) -> str | None:
        button = said.data.get("button")
        if button not in self._offered:  # a browser may send what no button of ours says
            return None
        if button == "agree":
            self._agree(said.data.get("fields") or {})
        else:
            acts = {"finish": self._finish, "review": self._review, "to_left": self._to_left}
            acts[str(button)]()
        self.refresh(focus=True)
        return None

    def _agree(self, fields: dict[str, Any]) -> None:
        self._sheet.consent(str(fields.get("partner", "")), str(fields.get("group", "")))
        self._aloud = False
        self._step = self._first_step()

    def _finish(self) -> None:
        self._sheet.finish(plain=self._aloud)
        self._step = "done"

    def _review(self) -> None:
        self._step, self._at = ("form" if self._sheet.open else "closed"), 0

    def _to_left(self) -> None:
        left = self._left()
        codes = [[line.code for line in part.indicators] for part in self._parts]
        places = (i for i, lines in enumerate(codes) if left and left[0] in lines)
        self._step, self._at = "form", next(places, 0)

    def _answered(self, said: Said) -> str | None:
        if said.kind == "go":
            self._go(said.data.get("to"))
            return None
        data = said.data
        note = data.get("note")
        self._sheet.record(
            str(data.get("indicator", "")),
            aspect=data.get("aspect", "current"),
            value=data.get("value"),
            status=data.get("status"),
            note=note if note is None else str(note),
        )
        self.masthead.state = self._head()
        return None

    def _go(self, to: Any) -> None:
        last = len(self._parts) - 1
        if not self._sheet.open or not self._sheet.consented:
            self._step = self._first_step()
        elif isinstance(to, int) and to > last:
            if self._left():
                self._step = "left"
            else:
                self._finish()
        elif isinstance(to, int):
            self._step, self._at = "form", max(to, 0)
        self.refresh(focus=True)
