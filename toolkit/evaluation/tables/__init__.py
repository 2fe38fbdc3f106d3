"""The tables that may be shown of a round, and of what changed between two of them."""

from toolkit.evaluation.tables.shown import Tables

__all__ = ["Tables"]
