"""One question for a phone in a room: every step a native radio, nothing preselected."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import either, whole, word

__all__ = ["Ballot"]


class Ballot(Component):
    """Ask one statement; says `vote` with the ballot that was seen and the step chosen, or none.

    State: `subject` (the statement and the ballot), `question`, `about`, `steps` (value, name,
    anchor), `given` (value, or none yet), `key` (under which an unsent vote waits on the device),
    `words`, `language`.
    """

    _esm = shared_script("ballot")
    # It looks as the form does.
    _css = shared_style("form")
    accepts: ClassVar = {"vote": {"subject": word, "value": either(whole)}}
