"""Which notebooks show widgets that only Voilà's bundle draws: found out as they are shown."""

from collections.abc import Container
from typing import Any

from toolkit.serve.page.failures import Failures

__all__ = ["Needs", "drawn_here"]

_WIDGET = "jupyter.widget"
#: What our own script draws, beside any anywidget; the others only say how something looks.
_BOXES = {"VBoxView", "HBoxView"}
_LOOKS = ("LayoutView", "StyleView")


class Needs:
    """Remember for each notebook, as it stands, whether one of its kernels made such a widget.

    The bundle needs a policy that lets more scripts run. So it is the server that decides, by what
    the notebook itself does, and nothing that a visitor asks for.
    """

    def __init__(self) -> None:
        self._notebooks: set[str] = set()
        self._shown_by: dict[str, str] = {}
        #: Who says what became of what failed, by the kernel's id.
        self.failures: dict[str, Failures] = {}

    def bundle(self, notebook: str) -> bool:
        """Return whether a notebook, known by a digest of its file, needs the bundle."""
        return notebook in self._notebooks

    def begun(
        self, kernel_id: str, notebook: str, failures: Failures, living: Container[str]
    ) -> None:
        """Note what a kernel was started for, and who is told of what fails in it."""
        for ended in [one for one in self._shown_by if one not in living]:
            del self._shown_by[ended], self.failures[ended]
        self._shown_by[kernel_id] = notebook
        self.failures[kernel_id] = failures

    def made(self, kernel_id: str, content: dict[str, Any], *, binary: bool) -> None:
        """Note what a kernel says of a new model (the content of a `comm_open`)."""
        state = content.get("data", {}).get("state", {})
        if content.get("target_name") == _WIDGET and (binary or not drawn_here(state)):
            self.needed(kernel_id)

    def needed(self, kernel_id: str) -> None:
        """Note that a kernel says what only the bundle reads: its notebook needs it from now on."""
        if notebook := self._shown_by.get(kernel_id):
            self._notebooks.add(notebook)


def drawn_here(state: dict[str, Any]) -> bool:
    """Return whether our own script draws a model with this state."""
    view = state.get("_view_name")
    return "_esm" in state or view is None or view in _BOXES or str(view).endswith(_LOOKS)
