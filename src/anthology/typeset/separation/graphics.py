"""What a content stream has set by the time that something is painted (ISO 32000-1, 8.4)."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from anthology.typeset.separation.inks import BLACK, Colour

Matrix = tuple[float, float, float, float, float, float]
# What no eye sees, in points.
_UNSEEN = 0.25
UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    """An upright rectangle, in points."""

    left: float
    top: float
    right: float
    bottom: float

    def common(self, other: Box | None) -> Box:
        """Give what it has in common with another; None stands for everything."""
        if other is None:
            return self
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def meets(self, other: Box) -> bool:
        """Tell whether it has more in common with another than an edge."""
        common = self.common(other)
        # What is asked about may be a single place.
        least = min(_UNSEEN, other.right - other.left), min(_UNSEEN, other.bottom - other.top)
        return common.right - common.left >= least[0] and common.bottom - common.top >= least[1]

    def covers(self, other: Box) -> bool:
        """Tell whether another lies within it, but for what nobody sees."""
        return (
            self.left - _UNSEEN <= other.left
            and self.top - _UNSEEN <= other.top
            and other.right <= self.right + _UNSEEN
            and other.bottom <= self.bottom + _UNSEEN
        )

    def thickness(self) -> float:
        """Tell how thin it is."""
        return max(0.0, min(self.right - self.left, self.bottom - self.top))

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a place lies within it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Paint:
    """What fills or strokes: a colour or the name of a pattern, how much it covers, and the space it is given in."""

    colour: Colour | None = BLACK
    pattern: bytes = b""
    alpha: float = 1.0
    space: bytes = b"DeviceGray"


@dataclass(slots=True)
class State:
    """The part of the graphics state that separation depends on.

    `mask` names the graphics state whose mask is in force. `written` are the operators that have been written for
    fill and stroke, `written_alpha` how much they cover by what has been written.
    """

    fill: Paint = Paint()
    stroke: Paint = Paint()
    mask: str = ""
    line_width: float = 1.0
    matrix: Matrix = UNTURNED
    clip: Box | None = None
    written: tuple[bytes, bytes] = (b"", b"")
    written_alpha: tuple[float, float] = (1.0, 1.0)

    def scale(self) -> float:
        """Tell how many points one unit of the content is long."""
        a, b, c, d, _, _ = self.matrix
        return sqrt(abs(a * d - b * c))


def turned(matrix: Matrix, by: Matrix) -> Matrix:
    """Give the matrix that does as `by` first, and then as `matrix`."""
    a, b, c, d, e, f = by
    g, h, i, j, k, m = matrix
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def place(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Give a place of the content in points."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def bounds(places: list[tuple[float, float]]) -> Box:
    """Give the smallest box that holds all of some places, of which there must be one."""
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return Box(min(xs), min(ys), max(xs), max(ys))
