"""Links for many people at once: so many of them, or one for each partner of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import EvaluationError, ToolkitError
from toolkit.evaluation import DAYS, Evaluation, Partner, Wave
from toolkit.pages.setup.partners import doubtful, named
from toolkit.roster import Listed
from toolkit.text import Language, both, say

__all__ = [
    "Invitation",
    "invite_partners",
    "invite_people",
    "preview",
    "read_roster",
    "round_to_answer",
]

#: Cells of a column that a preview shows.
_FEW = 3


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


def read_roster(file: Path) -> Listed:
    """Return what a file of partners lists, as it was understood.

    Raises
    ------
    ToolkitError
        It cannot be read, is no text and no workbook, or holds no name.
    """
    try:
        listed = Listed.file(file)
    except FileNotFoundError as error:
        raise ToolkitError(both("invite.no_file", file=file.name)) from error
    except (OSError, ValueError) as error:
        raise ToolkitError(both("invite.unreadable", file=file.name)) from error
    if not listed.rows:
        raise ToolkitError(both("invite.nobody", file=file.name))
    return listed


def preview(listed: Listed, known: Sequence[Partner], language: Language) -> list[str]:
    """Return in sentences what each column of a list became, and which names are in doubt."""
    said = [say("invite.found", language, count=len(named(listed, known)))]
    for place, column in enumerate(listed.columns, start=1):
        cells = ", ".join([cell for cell in column.cells if cell][:_FEW])
        head = column.heading or say("invite.column", language, number=place)
        role = say(f"invite.as_{column.role or 'nothing'}", language)
        said.append(say("invite.became", language, head=head, role=role, cells=cells))
    for name, other, same in doubtful(listed, known):
        said.append(say(f"invite.{'same' if same else 'close'}", language, name=name, other=other))
    return said


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
