"""Which of the four strategies fits one purpose today, and what holds back."""

from toolkit.scoring.strategy.recommendation import (
    ELEMENTS,
    INDICATORS,
    MESSAGES,
    STRATEGIES,
    Recommendation,
)
from toolkit.scoring.strategy.rules import recommend

__all__ = ["ELEMENTS", "INDICATORS", "MESSAGES", "STRATEGIES", "Recommendation", "recommend"]
