"""Who works with whom: a map by sector and level, with what was confirmed drawn apart."""

from toolkit.charts.relations.drawing import relations
from toolkit.charts.relations.sentence import describe_relations

__all__ = ["describe_relations", "relations"]
