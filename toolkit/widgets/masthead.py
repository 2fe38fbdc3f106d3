"""The head of a page: what it is, how far one is, and in which language."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import word

__all__ = ["Masthead"]


class Masthead(Component):
    """Show a title, a progress line and the language switch.

    Says `language`, `choice`, `view`; and where it is `followed`, `here` now and then, as long as
    somebody looks.

    State: `title`, `subtitle`, `page` (the browser's title), `language`, `languages` (code, name),
    `label` (of the switch), `progress` (label, value, total) or none, `choices` (code, name) with
    `choice` and `choiceLabel`; `views` (code, name) with `view` and `viewLabel`; `home` and
    `leave` (address, label) or none; `followed`.
    """

    _esm = shared_script("masthead")
    _css = shared_style("masthead")
    accepts: ClassVar = {
        **{kind: {kind: word} for kind in ("language", "choice", "view")},
        "here": {},
    }
