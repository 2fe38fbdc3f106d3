"""Ties between partners: who says what of whom, and the map that follows from it."""

from toolkit.evaluation.relations.said import Relations

__all__ = ["Relations"]
