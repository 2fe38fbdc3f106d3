"""What became of a cell, or of a callback, that raised: written down, and said to its reader."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from toolkit.text import Language, say

__all__ = ["Failures"]

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
#: The most characters of one failure that are written down, and shown.
_MOST, _MOST_SHOWN = 8_000, 1_000


class Failures:
    """The failures of one page.

    Parameters
    ----------
    log
        Where they are written down whole.
    notebook
        The page's.
    evaluator
        Whether its reader may mend it, and so is told what it was; nobody else is.
    language
        The reader's.
    """

    def __init__(
        self, log: logging.Logger, notebook: str, language: Language, *, evaluator: bool
    ) -> None:
        self._log, self._notebook, self._evaluator = log, notebook, evaluator
        self._failed = say("page.cell_failed", language)

    def noted(self, content: Mapping[str, Any]) -> str:
        """Write a kernel's `error` down, and return what its page says of it."""
        name, what = str(content["ename"]), str(content["evalue"])
        trace = _COLOUR.sub("", "\n".join(map(str, content["traceback"])))[-_MOST:]
        kind = {"kind": ("cell", self._notebook, name)}
        self._log.error("%s: a cell failed\n%s", self._notebook, trace or what, extra=kind)
        plain = _COLOUR.sub("", f"{name}: {what}")[:_MOST_SHOWN]
        return f"{self._failed}\n{plain}" if self._evaluator else self._failed

    def shown(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Write a kernel's `error` down, and return the one that may be shown in its place."""
        said = self.noted(content)
        return {"ename": "", "evalue": said, "traceback": [said]}

    def printed(self, content: Mapping[str, Any]) -> None:
        """Write down what a kernel printed for programmers: warnings, say."""
        text = _COLOUR.sub("", str(content["text"])).strip()[:_MOST]
        if text:
            kind = {"kind": ("stderr", self._notebook)}
            self._log.warning("%s: %s", self._notebook, text, extra=kind)
