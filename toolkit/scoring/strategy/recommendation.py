"""What can be said of a purpose: the strategies, the messages, and one recommendation."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from toolkit.text import Text, both

__all__ = ["ELEMENTS", "INDICATORS", "MESSAGES", "STRATEGIES", "Recommendation"]

#: In Himmelman's order, 1 to 4; each can be the right one.
STRATEGIES = ("networking", "coordinating", "cooperating", "collaborating")
#: What each strategy adds to the one before it.
ELEMENTS = ("information", "activities", "resources", "capacity")
#: The indicators and the module to work on where an obstacle holds back.
INDICATORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "time": ("SA2", "ENG"),
        "trust": ("PP5", "ML3", "SA3"),
        "turf": ("CV4", "PP4", "SA6"),
    }
)
#: Everything that a recommendation can say, in the order in which it is said.
MESSAGES = (
    *("no_need", "split_need", "no_time", "no_trust", "no_turf"),
    *("asks_more", "binding_time", "binding_trust", "binding_turf"),
    *("opens_coordinating", "opens_cooperating", "opens_collaborating", "allowed"),
    *("not_observed", "practice_short", "practice_fits", "fit"),
    *("ahead_of_time", "ahead_of_trust", "ahead_of_turf", "more_than_needed", "full_answer"),
    *("done_activities", "done_resources", "done_capacity"),
    *("missing_information", "missing_activities", "missing_resources", "non_cumulative"),
    *("strengthen", "all_legitimate"),
)


@dataclass(frozen=True)
class Recommendation:
    """Hold which strategy fits a purpose today, and why.

    Attributes
    ----------
    need, feasible, observed
        The strategy that the purpose asks for and the one that the obstacles allow, 1 to 4, and how
        far practice goes without a gap, 0 to 4; None where it cannot be said.
    fits
        The lower of `need` and `feasible`; None where there is no recommendation.
    ceilings
        The strategy that each obstacle alone allows; None where nobody knew.
    binding
        The obstacles that hold back: those at `feasible`, where the purpose asks for more.
    split
        How many people answered 1, 2, 3 and 4 to the need, where they do not agree on it.
    others
        How many people's own three answers allow strategy 1, 2, 3 and 4, leaving out those that
        come to `feasible` or are not complete; None where answers are not told apart by person.
    strengthen
        Codes of the conditions to strengthen before going deeper.
    messages
        Codes out of `MESSAGES`, in the order in which they are said.
    """

    need: int | None
    feasible: int | None
    observed: int | None
    fits: int | None
    ceilings: Mapping[str, int | None]
    binding: tuple[str, ...]
    split: tuple[int, ...] | None
    others: tuple[int, ...] | None
    strengthen: tuple[Hashable, ...]
    messages: tuple[str, ...]

    @property
    def strategy(self) -> str | None:
        """The code of the strategy that fits, out of `STRATEGIES`."""
        return STRATEGIES[self.fits - 1] if self.fits else None

    @property
    def title(self) -> Text | None:
        """The name of the strategy that fits."""
        return both(f"strategy.{self.strategy}") if self.fits else None

    @property
    def indicators(self) -> dict[str, tuple[str, ...]]:
        """The indicators to work on, for each binding obstacle."""
        return {obstacle: INDICATORS[obstacle] for obstacle in self.binding}

    @property
    def non_cumulative(self) -> bool:
        """Whether a later element was seen without an earlier one: a note, not an error."""
        return "non_cumulative" in self.messages

    @property
    def texts(self) -> tuple[Text, ...]:
        """The messages in words."""
        return tuple(both(f"strategy.{code}") for code in self.messages)
