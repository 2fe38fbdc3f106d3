"""Show a failure that a person can mend as sentences, in a notebook and on a served page."""

from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import HTML, display

from toolkit.errors import PassingError, StoreError, ToolkitError
from toolkit.evaluation.visit import Visit
from toolkit.text import LANGUAGES, say

__all__ = ["PASSING", "speak_plainly"]

#: What passes by itself: people are told to come back, and the evaluator what it is.
PASSING: tuple[type[ToolkitError], ...] = (StoreError, PassingError)


def speak_plainly() -> None:
    """Let this kernel say a ToolkitError in both languages instead of showing a stack."""
    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc((ToolkitError,), _say)


def _say(_shell: Any, _kind: type, error: ToolkitError, _trace: Any, tb_offset: Any = None) -> None:  # noqa: ARG001
    visit = Visit.now()
    others = visit.served and visit.role != "evaluator" and isinstance(error, PASSING)
    parts = [
        _paragraph(say("app.not_now", language) if others else error.say(language), language)
        for language in LANGUAGES
    ]
    display(HTML("".join(parts)))


def _paragraph(text: str, language: str) -> str:
    # The text may quote what somebody typed into a file: as text, never as markup.
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    style = "white-space:pre-line"
    return f'<p class="agir-said" lang="{language}" style="{style}">{plain}</p>'
