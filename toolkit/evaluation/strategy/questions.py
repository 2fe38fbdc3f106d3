"""What is asked of a purpose, and what may be answered."""

from collections.abc import Mapping
from typing import Any

from toolkit.errors import RatingError
from toolkit.text import both

__all__ = [
    "CORE",
    "ELEMENTS",
    "OBSTACLES",
    "QUESTIONS",
    "STEPS",
    "TAGS",
    "UNKNOWN",
    "WAYS",
    "checked",
    "one_line",
    "sound_text",
]

# As `scoring.strategy` names them, which is not loaded here: a phone's page carries no pandas.
#: Himmelman's four ways of working, and what each adds.
WAYS = ("networking", "coordinating", "cooperating", "collaborating")
ELEMENTS = ("information", "activities", "resources", "capacity")
#: What may hold back, and where that may come from.
OBSTACLES = ("time", "trust", "turf")
TAGS = ("internal", "between", "imposed")
STEPS = ("1", "2", "3", "4")
UNKNOWN = "dont_know"

_STEP = (1, 2, 3, 4, UNKNOWN)
#: What is asked of a purpose, each with what may be answered; None where a text is.
QUESTIONS: Mapping[str, tuple[Any, ...] | None] = {
    "need": _STEP,
    **dict.fromkeys(OBSTACLES, _STEP),
    **{f"{obstacle}.tag": TAGS for obstacle in OBSTACLES},
    **{f"{obstacle}.lift": None for obstacle in OBSTACLES},
    **{f"did.{element}": ("yes", "no", UNKNOWN) for element in ELEMENTS},
}
#: The questions that are not optional.
CORE = ("need", *OBSTACLES, *(f"did.{element}" for element in ELEMENTS))

_LONGEST, _LONGEST_NAME = 1000, 200


def checked(question: str, value: Any) -> Any:
    """Return an answer as it is kept; None for none.

    Raises
    ------
    RatingError
        It answers nothing that is asked.
    """
    if question not in QUESTIONS:
        raise RatingError(both("purpose.no_answer"))
    allowed = QUESTIONS[question]
    if value is None:
        return None
    if allowed is None and isinstance(value, str):
        return sound_text(value) or None
    if allowed is None or type(value) not in (int, str) or value not in allowed:
        raise RatingError(both("purpose.no_answer"))
    return value


def sound_text(text: Any) -> str:
    """Return what somebody typed, as a file can hold it.

    Raises
    ------
    RatingError
        It is far too long.
    """
    sound = _sound(text)
    if len(sound) > _LONGEST:
        raise RatingError(both("purpose.too_long", most=_LONGEST))
    return sound.strip()


def one_line(name: Any) -> str:
    """Return a name without what a paste may bring along."""
    return " ".join(_sound(name).split())[:_LONGEST_NAME]


def _sound(text: Any) -> str:
    # Half an emoji, cut off by a browser, is no text that a file can hold.
    return str(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
