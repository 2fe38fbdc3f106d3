"""What tables are made from: a folder as it is now, or what was released of it."""

from typing import Protocol

from toolkit.evaluation.settings import Settings
from toolkit.instruments import Instrument

__all__ = ["Source"]


class Source(Protocol):
    """What the evaluator decided, and what was asked."""

    @property
    def settings(self) -> Settings:
        """What the evaluator decided."""

    @property
    def instrument(self) -> Instrument:
        """What is asked now."""

    def instrument_of(self, wave: str) -> Instrument:
        """Return what a round was asked with."""
