"""With which link somebody opens a notebook, and the links that a server prints when it starts."""

from dataclasses import dataclass
from typing import Any

from tornado.web import HTTPError

from toolkit.errors import ToolkitError
from toolkit.evaluation import Evaluation, Link
from toolkit.pages.own import page_of
from toolkit.pages.table import Row
from toolkit.serve.doors.doorkeeper import door_of
from toolkit.text import LANGUAGES, Language

__all__ = ["Admission", "admit", "asked_language", "doors"]


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody was let in.

    Attributes
    ----------
    page
        What they opened.
    token, link
        What they hold, and what it stands for.
    role
        Whose page they see.
    language
        The one they asked for, or else the evaluation's.
    """

    page: Row
    token: str
    link: Link
    role: str
    language: Language


def admit(handler: Any, notebook: str) -> Admission:
    """Return with which of their links somebody opens a notebook.

    Raises
    ------
    HTTPError
        None of them opens it, or what opens it cannot be read just now.
    """
    door = door_of(handler)
    held = handler.current_user.held if handler.current_user else {}
    try:
        page = page_of(door.evaluation, notebook)
    except ToolkitError as error:
        raise HTTPError(503) from error
    slot = next((slot for slot in page.roles if slot in held), None) if page else None
    if page is None or slot is None:
        door.refused(handler, notebook if page else "a page", "another role" if held else "no link")
        raise HTTPError(403)
    link = held[slot].link
    return Admission(page, held[slot].token, link, link.role, asked_language(handler))


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
