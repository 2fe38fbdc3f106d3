"""A release as its audience will see it, before it is opened: the dashboard itself, in a frame."""

from typing import Any, Unpack

import ipywidgets

from toolkit.evaluation import Release, Wave
from toolkit.pages.dashboard.page import DashboardPage
from toolkit.pages.page import Page
from toolkit.widgets import HeadChoices, MastheadState

__all__ = ["Frame", "Preview"]

#: A frame's line, and the width of a phone; the style of both is in `widgets/base.css`.
_FRAME, _PHONE = "agir-frame", "agir-phone"


class Preview(DashboardPage):
    """The dashboard of a composed release; the evaluator looks, nobody else can.

    Parameters
    ----------
    page
        Where it is looked at.
    release
        What would be shown.
    """

    def __init__(self, page: Page, release: Release) -> None:
        self._page, self._composed = page, release
        super().__init__(page.evaluation)

    def build(self) -> None:
        """Show it in the language of the page around it; nothing of it is kept for anybody."""
        self.language = self._page.language
        self.start()
        self.refresh()

    def head(
        self, title: str, subtitle: str, page: str = "", **more: Unpack[HeadChoices]
    ) -> MastheadState:
        """Return the state of the masthead; the browser's title stays the outer page's."""
        outer = self._page.masthead.state["page"]
        return super().head(title, subtitle, outer or page, **more)

    def released(self) -> Release:
        """Return what is composed."""
        return self._composed

    def visible(self) -> list[Wave]:
        """Return its rounds, none of which was opened yet."""
        return list(self._composed.snapshot.settings.waves)

    @property
    def audience(self) -> str:
        """For whom it would be."""
        return self._composed.draft.audience

    @property
    def _own(self) -> bool:
        return False


class Frame(ipywidgets.VBox):
    """What holds a preview, as wide as the page or as a phone."""

    children: tuple[Any, ...]

    def __init__(self) -> None:
        super().__init__()
        self.add_class(_FRAME)

    def set_state(self, sync_data: Any) -> None:
        """Take nothing from the browser."""

    def narrow(self, *, phone: bool) -> None:
        """Take the width of a phone, or of the page."""
        change = self.add_class if phone else self.remove_class
        change(_PHONE)
