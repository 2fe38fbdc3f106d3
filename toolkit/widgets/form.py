"""One condition at a time: every indicator a native radio group of anchored steps."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import either, text, whole, word

__all__ = ["Form"]


class Form(Component):
    """Ask the indicators of one section; says `answer` (one indicator, one aspect) and `go`.

    State: `title`, `about`, `questions` (code, text, question, steps with name and anchor, and
    `then`: what is asked about an earlier round, or nothing),
    `answers` (by `indicator/aspect`: value, status, note), `words`, `back`, `next`, `key` (under
    which unsent answers wait on the device), `open`, `aloud` (large, and the steps alone: for
    somebody who reads it out), `language`. Nothing is preselected.
    """

    _esm = shared_script("form")
    _css = shared_style("form")
    accepts: ClassVar = {
        "answer": {
            "indicator": word,
            "aspect": word,
            "value": either(whole),
            "status": either(word),
            "note": either(text),
        },
        "go": {"to": either(whole)},
    }
