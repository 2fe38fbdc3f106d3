"""Questions about one subject, each kept as soon as it is answered."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import either, text, whole, word

__all__ = ["Questions"]


class Questions(Component):
    """Ask choices and short texts; says `answer` (subject, question, value) and `go`.

    State: `title`, `about`, `subject` (what the answers are about), `parts`, `answers` by question,
    `back`, `next`, `key` (under which unsent answers wait on the device), `open`, `words` (saved,
    saving, clear, steps), `focus`, `language`. A part has a `title`, a `text`, `questions` and
    `more` (label, and questions that are optional). A question has a `code`, a `text`, `short`
    (its options stand in a row) and `options` (value, label, anchor, aside: it is no step); without
    options it asks for a text, and has a `hint`. Nothing is preselected.
    """

    _esm = shared_script("questions")
    _css = shared_style("form") + "\n" + shared_style("questions")
    accepts: ClassVar = {
        "answer": {"subject": word, "question": word, "value": either(whole, text)},
        "go": {"to": word},
    }
