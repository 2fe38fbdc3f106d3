"""Which links open which notebook, and the links that a server prints when it starts."""

from dataclasses import dataclass
from typing import Any

from tornado.web import HTTPError

from toolkit.evaluation import Evaluation, Link
from toolkit.serve.doors.doorkeeper import door_of
from toolkit.text import LANGUAGES, Language

__all__ = ["OPENS", "Admission", "admit", "asked_language", "doors"]

#: The slots whose link opens a notebook, the one that shows most first; a notebook that is not
#: named here is the evaluator's own, and is not served.
OPENS: dict[str, tuple[str, ...]] = {
    "rate.ipynb": ("rater", "evaluator"),
    "dashboard.ipynb": ("evaluator", "viewer"),
    "setup.ipynb": ("evaluator",),
    "strategy.ipynb": ("evaluator", "rater"),
    "relations.ipynb": ("evaluator", "rater"),
    "consensus.ipynb": ("evaluator", "rater"),
    "plan.ipynb": ("evaluator",),
    "release.ipynb": ("evaluator",),
    "portfolio.ipynb": ("evaluator",),
}


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody was let in.

    Attributes
    ----------
    token, link
        What they hold, and what it stands for.
    role
        Whose page they see.
    language
        The one they asked for, or else the evaluation's.
    """

    token: str
    link: Link
    role: str
    language: Language


def admit(handler: Any, notebook: str) -> Admission:
    """Return with which of their links somebody opens a notebook.

    Raises
    ------
    HTTPError
        None of them opens it.
    """
    door = door_of(handler)
    held = handler.current_user.held if handler.current_user else {}
    slot = next((slot for slot in OPENS.get(notebook, ()) if slot in held), None)
    if slot is None:
        name = notebook if notebook in OPENS else "a page"
        door.refused(handler, name, "another role" if held else "no link")
        raise HTTPError(403)
    link = held[slot].link
    return Admission(held[slot].token, link, link.role, asked_language(handler))


def asked_language(handler: Any) -> Language:
    """Return the language that an address asks for, or else the evaluation's."""
    door = door_of(handler)
    asked = handler.get_query_argument("lang", "")
    return next((known for known in LANGUAGES if known == asked), door.evaluation.language)


def doors(evaluation: Evaluation, address: str, *, rate: bool) -> dict[str, str]:
    """Return a link for each door: `rate` (a new person, if asked for), `dashboard`, `setup`.

    Parameters
    ----------
    evaluation
        What is behind the doors.
    address
        What stands before a token in a link.
    rate
        Whether to make a person to try it with.
    """
    found = {
        "dashboard": address + evaluation.links.standing("viewer"),
        "setup": address + evaluation.links.standing("evaluator"),
    }
    wave = evaluation.wave
    if rate and wave is not None and wave.status == "open":
        found = {"rate": address + evaluation.invite(wave.code, 1)[0], **found}
    return found
