"""What can be said of the tie of one partner with another."""

from dataclasses import dataclass

__all__ = ["ASPECTS", "UNKNOWN", "WAYS", "Tie"]

#: The four ways of working, by their level; 0 is no contact.
WAYS = {1: "networking", 2: "coordinating", 3: "cooperating", 4: "collaborating"}
UNKNOWN = "dont_know"
ASPECTS = ("current", "desired")


@dataclass(frozen=True, slots=True)
class Tie:
    """What one person says of the tie of their partner with another.

    Attributes
    ----------
    current
        Its level today, 0 to 4, or `dont_know`; None without an answer.
    desired
        How it should be, 0 to 4; None without an answer.
    """

    current: int | str | None = None
    desired: int | None = None
