"""Where partners stand on a map: nearer the middle the more local, each sector in its own wedge."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import ceil, cos, dist, pi, sin

import pandas as pd

__all__ = ["LEVELS", "Place", "Rings", "around"]

#: From the middle outwards; `unstated` for a partner whose level nobody wrote.
LEVELS = ("local", "regional", "national", "unstated")
Place = tuple[float, float]
#: How much wider than high the name of a level is.
_NAME = 5
_INNER = 0.3  # of the radius: the middle stays free, for the ties


@dataclass(frozen=True)
class Rings:
    """Hold the places of a map, in pixels from its middle.

    Attributes
    ----------
    radius
        Of the outermost band.
    edges
        Outer radius of each level's band, from the middle outwards.
    wedges
        Where each sector begins and ends, clockwise from the top, in turns from 0 to 1.
    places
        Of each partner, by code.
    """

    radius: float
    edges: Mapping[str, float]
    wedges: Mapping[str, tuple[float, float]]
    places: Mapping[Hashable, Place]

    @classmethod
    def of(cls, nodes: pd.DataFrame, radius: float, apart: float) -> "Rings":
        """Place partners about `apart` pixels from each other, in the same way every time.

        `nodes` has a row a partner, `partner`, `sector` and `level`, and none of them is null.
        """
        crowd = Counter(zip(nodes["sector"], nodes["level"], strict=True))
        here = [level for level in LEVELS if (nodes["level"] == level).any()]
        sectors = list(dict.fromkeys(nodes["sector"]))
        largest = {sector: max(crowd[sector, level] for level in here) for sector in sectors}
        bounds, total = [0.0], sum(largest.values())
        for sector in sectors:
            bounds.append(bounds[-1] + largest[sector] / total)
        wedges = dict(zip(sectors, pairwise(bounds), strict=True))
        edges: dict[str, float] = {}
        places: dict[Hashable, Place] = {}
        inner = _INNER * radius
        for level in here:
            part = nodes[nodes["level"] == level]
            share = (1 / len(here) + len(part) / len(nodes)) / 2
            edges[level] = inner + share * (1 - _INNER) * radius
            places.update(_band(part, wedges, (inner, edges[level]), apart))
            inner = edges[level]
        return cls(radius, edges, wedges, places)

    def moved(self, right: float, down: float) -> "Rings":
        """Return the same places from another corner."""
        places = {code: (x + right, y + down) for code, (x, y) in self.places.items()}
        return replace(self, places=places)

    def level_places(self) -> dict[str, Place]:
        """Return where each level is named: inside its edge, on the spoke furthest from anyone."""
        spokes = [
            {level: around(turn / 36, edge - 9) for level, edge in self.edges.items()}
            for turn in range(36)
        ]
        return max(spokes, key=self._distance)

    def _distance(self, spoke: Mapping[str, Place]) -> float:
        # A name is wide and low: what stands beside it is nearer than what stands over it.
        gaps = [
            max(abs(x - a) / 2.5, abs(y - b))
            for x, y in spoke.values()
            for a, b in self.places.values()
        ]
        # Nor may the names of the levels cover each other, where the bands are narrow.
        pairs = combinations(spoke.values(), 2)
        own = [max(abs(x - a) / _NAME, abs(y - b)) for (x, y), (a, b) in pairs]
        return min([*gaps, *own])

    @property
    def nearest(self) -> float:
        """The distance between the two partners that are closest to each other."""
        pairs = combinations(self.places.values(), 2)
        return min((dist(one, other) for one, other in pairs), default=self.radius)


def around(turn: float, radius: float) -> Place:
    """Return the point at a part of a full turn, clockwise from the top."""
    return radius * sin(2 * pi * turn), -radius * cos(2 * pi * turn)


def _band(
    part: pd.DataFrame,
    wedges: Mapping[str, tuple[float, float]],
    band: tuple[float, float],
    apart: float,
) -> dict[Hashable, Place]:
    """Return the places on one band, on as many circles as its crowd needs, in turn."""
    middle = sum(band) / 2
    places = {}
    for sector, inside in part.groupby("sector", sort=False):
        start, end = wedges[str(sector)]
        count = len(inside)
        circles = max(1, ceil(count * apart / (2 * pi * middle * (end - start))))
        step = (band[1] - band[0]) / circles
        for index, partner in enumerate(inside["partner"]):
            turn = start + (index + 0.5) / count * (end - start)
            places[partner] = around(turn, band[0] + (index % circles + 0.5) * step)
    return places
