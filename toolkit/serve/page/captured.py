"""What ipywidgets' `Output` captures while a cell runs, when no browser is there yet to do it."""

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import output_from_msg

__all__ = ["Outputs", "Shown"]

_SHOWN = ("display_data", "execute_result", "error")


class Shown:
    """What is shown in one place, in order: as JupyterLab puts it together.

    Attributes
    ----------
    outputs
        As a notebook keeps them; of what was printed, only what was meant to be read.
    """

    def __init__(self) -> None:
        self.outputs: list[NotebookNode] = []
        self._names: dict[str, list[NotebookNode]] = {}
        self._empties = False

    def take(self, message: dict[str, Any]) -> bool:
        """Take a message of a kernel; return whether it changed anything."""
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "clear_output":
            self._empties = bool(content.get("wait"))
            if not self._empties:
                self.outputs.clear()
            return True
        if kind == "update_display_data":
            return self._renew(content)
        if kind == "stream":
            if content["name"] != "stdout":  # warnings are for a log
                return False
        elif kind not in _SHOWN:
            return False
        self._add(output_from_msg(message), content)
        return True

    def _add(self, output: NotebookNode, content: dict[str, Any]) -> None:
        if self._empties:
            self.outputs.clear()
            self._empties = False
        last = self.outputs[-1] if self.outputs else None
        if last and last.output_type == output.output_type == "stream":
            last.text += output.text
            return
        self.outputs.append(output)
        if name := content.get("transient", {}).get("display_id"):
            self._names.setdefault(name, []).append(output)

    def _renew(self, content: dict[str, Any]) -> bool:
        known = self._names.get(content.get("transient", {}).get("display_id", ""), [])
        for output in known:
            output.data, output.metadata = content["data"], content["metadata"]
        return bool(known)


class Outputs:
    """The `Output` widgets of a kernel, and which of them listens now.

    A browser would keep for such a widget what a cell shows while the widget listens, and tell the
    kernel. Cells run here before any browser is connected: `interact` would stay empty.
    """

    def __init__(self) -> None:
        self._known: dict[str, Shown] = {}
        self._listening: list[tuple[str, str]] = []

    def opened(self, content: dict[str, Any]) -> None:
        """Take note of a new model, if it is such a widget."""
        if content["data"].get("state", {}).get("_model_name") == "OutputModel":
            self._known[content["comm_id"]] = Shown()
            self.told(content)

    def told(self, content: dict[str, Any]) -> None:
        """Take note of what the kernel says to a model: to which request it listens now."""
        widget, data = content["comm_id"], content["data"]
        state = data.get("state", {})
        if widget not in self._known or "msg_id" not in state:
            return
        self._listening = [(one, request) for one, request in self._listening if one != widget]
        if state["msg_id"]:
            self._listening.append((widget, state["msg_id"]))

    def take(self, message: dict[str, Any]) -> tuple[str, list[NotebookNode]] | None:
        """Take what is shown meanwhile.

        Returns the widget that it belongs to and all that this shows now, or None if no widget
        listens.
        """
        asked = message["parent_header"].get("msg_id")
        listens = [widget for widget, request in self._listening if request == asked]
        if not listens:
            return None
        shown = self._known[listens[-1]]
        shown.take(message)
        return listens[-1], shown.outputs
