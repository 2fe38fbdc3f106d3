"""How long answers are kept: as people were told before they gave them, and no longer."""

import datetime
from typing import TYPE_CHECKING, Literal

from toolkit.errors import EvaluationError
from toolkit.evaluation.people import Erased
from toolkit.text import both, today

if TYPE_CHECKING:
    from toolkit.evaluation.gate import Evaluation

__all__ = ["due", "give_up"]

#: How long before the day an evaluator is reminded of it.
_NEAR = datetime.timedelta(days=60)


def due(evaluation: "Evaluation", now: datetime.date | None = None) -> Literal["", "near", "past"]:
    """Return whether the day that people were told is near or past, and somebody is still kept."""
    until, now = evaluation.settings.privacy.keep_until, now or today()
    if until is None or now < until - _NEAR or not evaluation.people.everybody():
        return ""
    return "near" if now <= until else "past"


def give_up(evaluation: "Evaluation") -> Erased:
    """Erase what everybody gave: answers, notes, ties and links; what was released stays as it is.

    Raises
    ------
    EvaluationError
        A round is still open.
    StoreError
        The store or one of its copies could not be written; what could be is erased.
    """
    if evaluation.open_wave is not None:
        raise EvaluationError(both("keep.open", wave=evaluation.open_wave.text))
    for wave in evaluation.settings.waves:
        evaluation.links.revoke(evaluation.links.of(wave.code))
    return evaluation.people.erase(sorted(evaluation.people.everybody()))
