"""Links for many people at once: so many of them, or one for each partner of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import EvaluationError, ToolkitError
from toolkit.evaluation import DAYS, Evaluation, Partner, Wave
from toolkit.pages.setup.partners import named
from toolkit.text import both

__all__ = ["Invitation", "invite_partners", "invite_people", "read_roster", "round_to_answer"]


@dataclass(frozen=True, slots=True)
class Invitation:
    """One person's link, and the partner that it is for, if that is known."""

    link: str
    name: str = ""


def round_to_answer(evaluation: Evaluation, code: str | None) -> Wave:
    """Return the round with a code, or the open one.

    Raises
    ------
    EvaluationError
        There is none, or its results were shown and nobody answers it any more.
    """
    wave = evaluation.settings.wave(code) if code else evaluation.open_wave
    if wave is None:
        unknown = both("folder.no_wave", wave=code) if code else both("invite.no_round")
        raise EvaluationError(unknown)
    if wave.status in {"released", "withdrawn"}:
        raise EvaluationError(both("invite.over", wave=wave.text))
    return wave


def read_roster(file: Path, known: Sequence[Partner]) -> list[Partner]:
    """Return the partners of a file with a name on each line, the known ones as they are.

    Raises
    ------
    ToolkitError
        It is no text, or holds no name.
    """
    try:
        content = file.read_bytes()
        # A spreadsheet on Windows still writes accents in its own way.
        text = _decoded(content, "utf-8-sig") or _decoded(content, "cp1252")
    except OSError:
        text = ""
    if not text or "\0" in text:
        raise ToolkitError(both("invite.unreadable", file=file.name))
    partners = named(text, known)
    if not partners:
        raise ToolkitError(both("invite.nobody", file=file.name))
    return partners


def invite_people(
    evaluation: Evaluation, wave: Wave, count: int, address: str, *, days: int = DAYS
) -> list[Invitation]:
    """Return new links for as many people."""
    tokens = evaluation.invite(wave.code, count, days=days)
    return [Invitation(address + token) for token in tokens]


def invite_partners(
    evaluation: Evaluation,
    wave: Wave,
    partners: Sequence[Partner],
    address: str,
    *,
    days: int = DAYS,
) -> list[Invitation]:
    """Return a new link for each partner without one; a partner that was not known is added."""
    settings = evaluation.settings
    new = tuple(partner for partner in partners if partner not in settings.partners)
    if new:
        evaluation.change(settings.model_copy(update={"partners": (*settings.partners, *new)}))
    made = []
    for partner in partners:
        token = evaluation.invite_partner(wave.code, partner.code, days=days)
        if token:
            made.append(Invitation(address + token, partner.name))
    return made


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return ""
