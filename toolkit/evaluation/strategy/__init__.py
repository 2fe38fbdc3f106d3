"""The way of working that each purpose needs: what is asked, answered and weighed."""

from toolkit.evaluation.strategy.purposes import Purpose, Strategy

__all__ = ["Purpose", "Strategy"]
