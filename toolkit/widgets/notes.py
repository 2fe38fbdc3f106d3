"""A note beside each figure: what a group understands of it, written together."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import either, text, whole, word

__all__ = ["Notes"]


class Notes(Component):
    """Show figures by group, each with a box for a note; says `note`.

    It says the `code`, the `wave`, the `text` and `seen`.

    `seen` is the number of the note that the writer had before their eyes. Where another one came
    in between, both texts stand in the box's place, and the writer chooses.

    State: `title`, `text`, `groups` (code, title, count, open, lines), each line `code`, `title`,
    `tag`, `figure`, `note`, `number`; `words`, `wave`, `key` (under which unsent notes wait on the
    device), `language`.
    """

    _esm = shared_script("notes")
    _css = shared_style("notes")
    accepts: ClassVar = {"note": {"code": word, "text": text, "seen": either(whole), "wave": word}}
