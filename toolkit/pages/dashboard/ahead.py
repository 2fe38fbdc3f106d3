"""Draw the dashboard before anybody asks for it, so that its first visitor finds it drawn too."""

from collections.abc import Sequence
from pathlib import Path

from toolkit.evaluation import COALITION, PORTFOLIO, Evaluation
from toolkit.pages.dashboard.page import DashboardPage
from toolkit.text import LANGUAGES, Language

__all__ = ["draw_ahead"]


class _Shown(DashboardPage):
    """The dashboard as a viewer's link opens it, without such a link."""

    def __init__(self, evaluation: Evaluation, audience: str) -> None:
        self._audience = audience
        super().__init__(evaluation)

    @property
    def audience(self) -> str:
        return self._audience

    @property
    def _own(self) -> bool:
        return False


def draw_ahead(folder: str | Path, languages: Sequence[Language] = LANGUAGES) -> None:
    """Draw the round that the dashboard opens with, as each audience and the evaluator see it.

    For a process of its own that finds the server's folder in `AGIR_DRAWN`: when the server
    starts, and again when a round was closed, shown or withdrawn, or a release opened or taken
    back. What stands already is found, not drawn; a round takes a few seconds in each language.
    Older rounds are drawn when somebody asks for them.

    Raises
    ------
    ToolkitError
        The folder is no evaluation.
    """
    named = Evaluation.open(folder).releases.audiences()
    for language in languages:
        for audience in {COALITION, *named} - {PORTFOLIO}:
            _Shown(Evaluation.open(folder, language=language), audience)
        DashboardPage(Evaluation.open(folder, language=language))
