"""A sheet of cards to print and cut, each with one person's link as a QR code."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
import segno
from markupsafe import Markup

from toolkit.errors import ToolkitError
from toolkit.evaluation import Evaluation, Wave
from toolkit.serve.invitations import Invitation
from toolkit.shipped import shipped
from toolkit.text import Language, both, say

__all__ = ["write_cards"]


def write_cards(
    file: Path,
    evaluation: Evaluation,
    wave: Wave,
    invitations: Sequence[Invitation],
    languages: Sequence[Language],
) -> None:
    """Write the sheet, which only its owner may read: whoever reads a link may use it.

    Raises
    ------
    ToolkitError
        The file cannot be written.
    """
    folder = shipped("templates") / "voila" / "templates" / "agir"
    loader = jinja2.FileSystemLoader(folder)
    template = jinja2.Environment(loader=loader, autoescape=True).get_template("cards.html")
    sheet = template.render(
        title=say("invite.sheet", languages[0], wave=wave.text),
        language=languages[0],
        coalition=evaluation.settings.coalition.name,
        texts=[_texts(wave, language) for language in languages],
        cards=[{"name": one.name, "link": one.link, "code": _code(one)} for one in invitations],
    )
    try:
        # A sheet that was there before may be open to all: the new one takes its place.
        file.unlink(missing_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
            new.write(sheet.encode())
    except OSError as error:
        raise ToolkitError(both("invite.unwritable", file=file.name)) from error


def _texts(wave: Wave, language: Language) -> dict[str, Any]:
    until = ""
    if wave.closes:
        until = say("invite.until", language, day=wave.closes)
    keys = ("how", "type", "keep")
    return {
        "language": language,
        "round": say("invite.round", language, wave=wave.text),
        "until": until,
        **{key: say(f"invite.{key}", language) for key in keys},
    }


def _code(invitation: Invitation) -> Markup:
    code = segno.make(invitation.link, error="m", micro=False)
    return Markup(code.svg_inline(border=4, omitsize=True))  # noqa: S704  # segno's own drawing
