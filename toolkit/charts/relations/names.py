"""Names beside points, where they cover neither a point nor each other, and few ties."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from toolkit.charts.lettering import breadth, wrapped
from toolkit.charts.relations.rings import Place

__all__ = ["LINE", "SIZE", "Box", "Name", "beside"]

#: Left, top, right, bottom, in pixels.
Box = tuple[float, float, float, float]
#: Of the letters, and from one line to the next, in pixels.
SIZE, LINE = 11.5, 13.5
_WIDTHS = (104, 80, 160)
_AWAY, _POINT, _APART = 10, 7, 2
_SHIFTS = (0.5, 0.25, 0.75, 0, 1)


@dataclass(frozen=True)
class Name:
    """Hold where a name is written: its box, its lines, and the edge that they keep to."""

    box: Box
    lines: Sequence[str]
    align: str


def beside(
    places: Mapping[Hashable, Place],
    names: Mapping[Hashable, str],
    inside: Box,
    taken: Sequence[Box],
    crowd: NDArray[np.float64],
) -> list[Name] | None:
    """Return where each name is written, or nothing if one of them finds no room.

    Parameters
    ----------
    places
        Of the points, in pixels.
    names
        To write, one a point.
    inside
        No name leaves this box.
    taken
        What no name may cover, besides the points.
    crowd
        Points, shape (n, 2), that names cover as few of as they can: those of the ties.
    """
    full = [*taken, *((x - _POINT, y - _POINT, x + _POINT, y + _POINT) for x, y in places.values())]
    written = []
    # From the rim inwards: there is less choice where the picture ends.
    for point in sorted(places, key=lambda point: -np.hypot(*_from(places[point], inside))):
        free = [
            name
            for name in _choices(places[point], names[point], inside)
            if _within(name.box, inside) and not any(_touch(name.box, other) for other in full)
        ]
        if not free:
            return None
        best = min(free, key=lambda name: _covered(name.box, crowd))
        full.append(best.box)
        written.append(best)
    return written


def _from(place: Place, inside: Box) -> Place:
    return place[0] - (inside[0] + inside[2]) / 2, place[1] - (inside[1] + inside[3]) / 2


def _choices(place: Place, name: str, inside: Box) -> Iterator[Name]:
    """Yield where a name may stand, the best first: outside, inside, under, above its point."""
    x, y = place
    for width in _WIDTHS:
        lines = wrapped(name, width, SIZE)
        wide = max(breadth(line, SIZE) for line in lines) + 2
        tall = LINE * len(lines)
        right, left = (x + _AWAY, "left"), (x - _AWAY - wide, "right")
        outer = _from(place, inside)[0] >= 0
        for side, align in (right, left) if outer else (left, right):
            for part in _SHIFTS:
                top = y - tall * part
                yield Name((side, top, side + wide, top + tall), lines, align)
        for top in (y + _AWAY, y - _AWAY - tall):
            for part in _SHIFTS:
                side = x - wide * part
                yield Name((side, top, side + wide, top + tall), lines, "center")


def _covered(box: Box, crowd: NDArray[np.float64]) -> int:
    x, y = crowd[:, 0], crowd[:, 1]
    return int(((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).sum())


def _within(box: Box, inside: Box) -> bool:
    near = box[0] >= inside[0] and box[1] >= inside[1]
    return near and box[2] <= inside[2] and box[3] <= inside[3]


def _touch(box: Box, other: Box) -> bool:
    across = box[0] < other[2] + _APART and other[0] < box[2] + _APART
    return across and box[1] < other[3] + _APART and other[1] < box[3] + _APART
