"""What a whole room looks at together: on a projector, legible from far; on a phone, in brief."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style

__all__ = ["Stage"]


class Stage(Component):
    """Show where a session is; says `here` now and then, as long as somebody looks.

    A timer is told as the seconds that are `left`: clocks of phones differ.

    State: `title`, `kicker`, `text`, `steps` (value, name, anchor), `count` (label, value, total),
    `timer` (left, set), `figures` (title, lines, bars (label, people, share)), `items`, `facts`
    (name, value), `picture` with `address`; `at`, which changes with each move; `big`, `words`,
    `language`.
    """

    _esm = shared_script("stage")
    _css = shared_style("stage")
    accepts: ClassVar = {"here": {}}
