"""Ties with other partners: first those one knows, then one choice for each."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import either, whole, word, words

__all__ = ["Ties"]


class Ties(Component):
    """Ask how a partner works with each other one; says `answer`, `none` and `done`.

    `answer` is one partner's `current` or `desired`, `none` that there is no contact with those of
    whom nothing was said. State: `title`, `text` and `how` (over each of its two steps),
    `partners` (code, name, about), `ways` (value, name, hint; one without a hint stands apart),
    `answers` (by code: current, desired), `key` (under which unsent answers wait on the device),
    `open`, `focus`, `words`, `language`. Nothing is preselected.
    """

    _esm = shared_script("ties")
    _css = shared_style("ties")
    accepts: ClassVar = {
        "answer": {"partner": word, "current": either(whole, word), "desired": either(whole)},
        "none": {"partners": words},
        "done": {},
    }
