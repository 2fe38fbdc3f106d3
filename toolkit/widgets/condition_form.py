"""One condition's form, alone in a cell: it asks, checks and holds what is answered."""

from collections.abc import Mapping
from typing import Any, Never

import traitlets

from toolkit.instruments import RatedSection
from toolkit.text import LANGUAGES, Language, say
from toolkit.widgets.form import Form, FormQuestion
from toolkit.widgets.state import Fault, StateError

__all__ = ["ConditionForm", "form_questions"]

_ASPECTS = ("current", "desired")
_STATUSES = ("dont_know", "not_applicable", "skipped")
_NOTHING: dict[str, Any] = {"value": None, "status": None, "note": None}


class ConditionForm(Form):
    """Ask one condition, and hold what is answered; nothing is kept in an evaluation.

    Parameters
    ----------
    asked
        A condition or a module with its scale, as `evaluation.instrument["CV"]` gives it.
    language
        `fr` or `en`.

    Attributes
    ----------
    answers, desired
        What was answered of today and of what is desired, by indicator: `value` (the step, or
        None), `status` (why there is none) and `note`. Observe them, or link them to another
        widget: they change in Python alone, once an answer was checked.

    Raises
    ------
    StateError
        An argument is misspelt, or of another type.

    Examples
    --------
    >>> from toolkit.instruments import find
    >>> form = ConditionForm(find("four_conditions")["CV"], language="en")
    >>> form
    ConditionForm('CV')
    >>> form.answers
    {}
    """

    answers = traitlets.Dict().tag(sync=True)
    desired = traitlets.Dict().tag(sync=True)

    def __init__(
        self, asked: RatedSection, *, language: Language = LANGUAGES[0], **others: Never
    ) -> None:
        faults = [Fault(name, "unknown", ["asked", "language"]) for name in others]
        given: Any = asked  # whoever writes in a cell checks no types
        if not isinstance(given, RatedSection):
            faults.append(Fault("asked", "wrong", (RatedSection, asked)))
        if language not in LANGUAGES:
            faults.append(Fault("language", "wrong", (Language, language)))
        if faults:
            raise StateError(type(self).__name__, faults[0])
        self._asked = asked
        about = asked.section.about
        super().__init__(
            title=asked.section.title[language],
            about=about[language] if about else "",
            questions=form_questions(asked, language),
            answers={},
            language=language,
            words={"saved": say("rate.tried", language)},
        )
        self.observe(self._answered, "value")

    def __repr__(self) -> str:
        return f"ConditionForm({self._asked.section.code!r})"

    def _answered(self, change: Mapping[str, Any]) -> None:
        said = change["new"]
        indicator, aspect = said.data.get("indicator"), said.data.get("aspect")
        told = {name: said.data[name] for name in ("value", "status", "note") if name in said.data}
        known = {line.code for line in self._asked.section.indicators}
        if (
            said.kind != "answer"
            or indicator not in known
            or aspect not in _ASPECTS
            or told.get("value") not in (None, *self._asked.scale.steps)
            or told.get("status") not in (None, *_STATUSES)
        ):
            self.reply(said, ok=False, message=self.state["words"]["unfit"])
            return
        trait = "answers" if aspect == "current" else "desired"
        before: dict[str, Any] = getattr(self, trait).get(indicator, _NOTHING)
        now = before | told
        # In place: a view that is drawn later shows it, and the one that is open is not drawn anew.
        self.state["answers"][f"{indicator}/{aspect}"] = now
        setattr(self, trait, {**getattr(self, trait), indicator: now})
        self.reply(said)


def form_questions(asked: RatedSection, language: Language) -> list[FormQuestion]:
    """Return how each indicator of a section is asked, with its anchored steps."""
    between = say("rate.between", language)
    return [
        {
            "code": line.code,
            "text": line.text[language],
            "question": (line.question or line.text)[language],
            "then": "",
            "steps": [
                {
                    "value": step,
                    "name": name[language],
                    "anchor": line.anchors[step][language]
                    if step in line.anchors
                    else between * line.between(step),
                }
                for step, name in asked.scale.steps.items()
            ],
        }
        for line in asked.section.indicators
    ]
