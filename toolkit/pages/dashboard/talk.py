"""The parts of the dashboard that hold what a group said and decided beside its figures."""

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.instruments import Section
from toolkit.widgets import Cards, ChartView, Notice, Table

__all__ = ["Talk"]


class Talk:
    """The parts of one dashboard; nothing of them is shown unless a release holds it.

    Parameters
    ----------
    sections
        The conditions and modules that have notes.
    """

    def __init__(self, sections: Sequence[Section]) -> None:
        self.notes = {section.code: Cards() for section in sections}
        self._named = {
            "around": Notice(),
            "today": ChartView(),
            "desired": ChartView(),
            "counts": Table(),
            "purposes": Cards(),
            "aims": Cards(),
            "promises": Cards(),
        }

    def fill(self, states: Mapping[str, Any]) -> None:
        """Take the states that `conversation.conversation` made."""
        for code, cards in self.notes.items():
            cards.state = states["notes"].get(code, {})
        for name, part in self._named.items():
            part.state = states[name]

    @property
    def parts(self) -> tuple[Any, ...]:
        """What stands after the figures, in the order in which a group comes to it."""
        return tuple(self._named.values())
