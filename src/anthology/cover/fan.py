"""The picture of a cover that is set from the metadata: a fan of leaves on a coloured ground.

The title chooses ground, number and angles; every choice looks well.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TypeAlias

from anthology.cover.page import HEIGHT, WIDTH

Point: TypeAlias = tuple[float, float]
Polygon: TypeAlias = tuple[Point, ...]

PAPER = "#f7f2e8"
# Grounds on which paper white has a contrast of at least 8 to 1, each with the colour of its one bright leaf.
GROUNDS = (
    ("#7a1f1f", "#d9a55b"),
    ("#1f3a52", "#d9a55b"),
    ("#22463a", "#e0b568"),
    ("#4a2745", "#d99a7c"),
    ("#2c3640", "#c8664f"),
    ("#5a3a1c", "#e0b568"),
)
# How much of paper white a leaf lends to what lies below it, and its edge: of 255.
LEAF, EDGE = 14, 90
# Pixels between the words at the head and the leaves, and how far below the foot these come together, as a share of
# the height.
ABOVE, BELOW = 90, 0.02


@dataclass(frozen=True, slots=True)
class Fan:
    """Leaves from the first to the last, as their corners in pixels of a cover; `marked` is the bright one."""

    leaves: tuple[Polygon, ...]
    marked: int
    ground: str
    bright: str


def fan_of(title: str, top: float, height: float = HEIGHT, foot: float = BELOW * HEIGHT) -> Fan:
    """Lay out the fan of a title.

    Args:
        title: the title, without what is not printed of it.
        top: how far up the leaves may reach, in pixels from the upper edge.
        height: the height of the cover, which is 1600 pixels wide.
        foot: how far below the lower edge the leaves come together.
    """
    digest = hashlib.sha256(title.encode()).digest()
    ground, bright = GROUNDS[digest[0] % len(GROUNDS)]
    count = 6 + digest[1] % 4
    step = 7 + digest[2] % 5
    first = -14 - digest[3] % 14
    y = height + foot
    reach = max(500.0, min(1680.0, y - top))  # from the spine to a leaf's far corner
    x = WIDTH - 0.43 * reach
    leaves = tuple(
        tuple((x + right, y + down) for right, down in _leaf(reach, first + number * step))
        for number in range(count)
    )
    return Fan(leaves, 1 + digest[4] % 3, ground, bright)


def layers(fan: Fan) -> tuple[tuple[Polygon, ...], ...]:
    """Give for one leaf, two leaves and so on where at least so many lie over one another.

    Painted one after the other, each in a colour of its own, they look as leaves do that one can see through: what is
    printed may not be transparent. A point in two leaves of a fan is in all between them, for they turn about one
    corner and reach farthest at their middle.
    """
    leaves = fan.leaves
    found = []
    for many in range(len(leaves)):
        shared = (
            _intersection(leaves[number], leaves[number + many]) for number in range(len(leaves) - many)
        )
        found.append(tuple(polygon for polygon in shared if len(polygon) > 2))
    return tuple(found)


def mixed(below: str, above: str, share: float) -> str:
    """Mix two colours (`#rrggbb`): a share of the second, from 0 to 1, over the first."""
    pairs = zip(rgb(below), rgb(above), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in pairs)


def rgb(colour: str) -> tuple[int, int, int]:
    """Give the parts of a colour (`#rrggbb`), from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _leaf(diagonal: float, degrees: float) -> Polygon:
    """Give the corners of a page of two to three, turned about its lower inner one."""
    width, height = diagonal * 2 / math.sqrt(13), diagonal * 3 / math.sqrt(13)
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    corners = ((0.0, 0.0), (0.0, -height), (width, -height), (width, 0.0))
    return tuple((x * cosine - y * sine, x * sine + y * cosine) for x, y in corners)


def _intersection(one: Polygon, other: Polygon) -> Polygon:
    """Clip a convex polygon by another, clockwise in a system whose y points down (Sutherland and Hodgman, 1974)."""
    kept = list(one)
    for start, end in zip(other, (*other[1:], other[0]), strict=True):
        sides = [_side(start, end, point) for point in kept]
        clipped: list[Point] = []
        for place, point in enumerate(kept):
            before, side_before, side = kept[place - 1], sides[place - 1], sides[place]
            if (side >= 0) != (side_before >= 0):
                share = side_before / (side_before - side)
                clipped.append(
                    (before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share)
                )
            if side >= 0:
                clipped.append(point)
        kept = clipped
    return tuple(kept)


def _side(start: Point, end: Point, point: Point) -> float:
    """Tell on which side of a line a point lies: above zero within a clockwise polygon; a hair of rounding counts as on it."""
    value = (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])
    return 0.0 if abs(value) < 1e-6 else value
