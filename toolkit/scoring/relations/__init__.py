"""Ties between partners, as a directed table of levels on one named scale.

A map of named partners is never anonymous: agree on who sees it before it is drawn.
"""

from toolkit.scoring.relations.cells import Levels, levels
from toolkit.scoring.relations.centres import Centralisation, centralisation, centrality
from toolkit.scoring.relations.groups import ei_index, mixing
from toolkit.scoring.relations.pairs import (
    STATES,
    Reciprocity,
    dyads,
    reciprocity,
    symmetrised,
)
from toolkit.scoring.relations.reading import matrix
from toolkit.scoring.relations.steps import steps

__all__ = [
    "STATES",
    "Centralisation",
    "Levels",
    "Reciprocity",
    "centralisation",
    "centrality",
    "dyads",
    "ei_index",
    "levels",
    "matrix",
    "mixing",
    "reciprocity",
    "steps",
    "symmetrised",
]
