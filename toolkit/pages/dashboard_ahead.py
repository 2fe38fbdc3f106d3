"""Draw the dashboard before anybody asks for it, so that its first visitor finds it drawn too."""

from collections.abc import Sequence
from pathlib import Path

from toolkit.evaluation import Evaluation
from toolkit.pages.dashboard import DashboardPage
from toolkit.text import LANGUAGES, Language

__all__ = ["draw_ahead"]


class _Shown(DashboardPage):
    """The dashboard as a viewer's link opens it, without such a link."""

    @property
    def _own(self) -> bool:
        return False


def draw_ahead(folder: str | Path, languages: Sequence[Language] = LANGUAGES) -> None:
    """Draw the round that the dashboard opens with, as viewers see it and as the evaluator does.

    For a process of its own that finds the server's folder in `AGIR_DRAWN`: when the server
    starts, and again when a round was closed, shown or withdrawn. What stands already is found,
    not drawn; a round takes a few seconds in each language. Older rounds are drawn when somebody
    asks for them.

    Raises
    ------
    ToolkitError
        The folder is no evaluation.
    """
    for language in languages:
        for seen_by in (_Shown, DashboardPage):
            seen_by(Evaluation.open(folder, language=language))
