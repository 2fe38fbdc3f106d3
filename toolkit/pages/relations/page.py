"""The relations page: each partner says its ties, and the map shows how all work together."""

from typing import TYPE_CHECKING

from toolkit.errors import EvaluationError, StoreError
from toolkit.pages.asking import Asking
from toolkit.pages.relations.ties import SayTies

if TYPE_CHECKING:
    from toolkit.pages.relations.map import ShowMap

__all__ = ["RelationsPage"]


class RelationsPage(Asking):
    """Ask people for the ties of their partner, and show the evaluator the map of all of them.

    Opened by a person's own link it asks; by the evaluator's, or in their own notebook, it shows
    the map as the group may see it, or with what is for the evaluator alone.
    """

    name = "relations"
    passing = (StoreError, EvaluationError)

    #: What this visitor sees of it.
    part: "SayTies | ShowMap"

    def build(self) -> None:
        """Make the part that this visitor sees."""
        if self.link is not None and self.link.role != "evaluator":
            self.part = SayTies(self)
            self.follow_round()
        else:
            # Who answers never waits for pandas and altair.
            from toolkit.pages.relations.map import ShowMap  # noqa: PLC0415

            self.part = ShowMap(self)
        self.refresh()

    def refresh(self) -> None:
        """Say everything again in the page's language."""
        self.part.refresh()

    def turned(self) -> None:
        """Say that the round ended, or go on where the person was."""
        self.part.refresh(focus=True)

    def choose(self, choice: str) -> None:
        """Show another round."""
        self.part.choose(choice)
