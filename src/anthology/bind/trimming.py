"""How pages lie on the sheets that they are cut from: boxes, bleed, and the marks that tell a printer where to cut."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from anthology.bind.file import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from anthology.leaves import Side

Box = tuple[float, float, float, float]

# Points. Marks keep off the bleed, so that none is seen where the cut is a hair too wide; five millimetres are long
# enough for a cutter to see, and the line is as thin as a plate holds.
_MM = 72 / 25.4
_OFF, _LENGTH, _EDGE = 1 * _MM, 5 * _MM, 1 * _MM
_LINE = 0.25
# A target by which the plates are laid over one another: a circle with a cross.
_TARGET = 1.6 * _MM
# How far the arms of a Bézier curve reach that is the quarter of a circle.
_ARC = 0.5523

# The name of the ink that stands on every plate (ISO 32000-1, 8.6.6.4), in the resources of a page.
REGISTRATION = "Registration"


@dataclass(frozen=True, slots=True)
class Trimming:
    """What lies round the trimmed page: `bleed` at the head, outside, at the foot and inside, in points; `marks` or not."""

    bleed: Box = (0.0, 0.0, 0.0, 0.0)
    marks: bool = False

    def boxes(self, trim: Box, side: Side, shift: float) -> bytes:
        """Write the boxes of a page at one side of the spine (ISO 32000-1, 14.11.2), its origin moved by `shift`."""
        left, bottom, right, top = trim
        trim = (left + shift, bottom, right + shift, top)
        bleed = self._bleed_box(trim, side)
        media = _grown(bleed, (self._room,) * 4) if self.marks else bleed
        return written_boxes({"MediaBox": media, "TrimBox": trim, "BleedBox": bleed}, 0)

    def marks_of(self, trim: Box, side: Side, shift: float) -> bytes:
        """Draw crop marks and registration targets outside the bleed, in the colour of registration."""
        if not self.marks:
            return b""
        left, bottom, right, top = trim
        trim = (left + shift, bottom, right + shift, top)
        lines = [*_crop_marks(trim, self._bleed_box(trim, side)), *self._targets(trim, side)]
        drawn = b"\n".join(lines)
        return b"/Artifact <</Type/Layout>> BDC\nq /%s CS 1 SCN %s w\n%s\nQ EMC\n" % (
            REGISTRATION.encode(), number(_LINE), drawn
        )  # fmt: skip

    @property
    def _room(self) -> float:
        return _OFF + _LENGTH + _EDGE

    def _bleed_box(self, trim: Box, side: Side) -> Box:
        head, outside, foot, inside = self.bleed
        at_left, at_right = (inside, outside) if side == "right" else (outside, inside)
        return _grown(trim, (at_left, foot, at_right, head))

    def _targets(self, trim: Box, side: Side) -> Iterator[bytes]:
        left, bottom, right, top = self._bleed_box(trim, side)
        middle, centre = (trim[0] + trim[2]) / 2, (trim[1] + trim[3]) / 2
        off = _OFF + _LENGTH / 2
        for x, y in (
            (middle, top + off),
            (middle, bottom - off),
            (left - off, centre),
            (right + off, centre),
        ):
            yield _target(x, y)


def written_boxes(boxes: Mapping[str, Box], shift: float) -> bytes:
    """Write the boxes of a page, in points, its origin moved to the right by `shift`."""
    return b"".join(
        b"/%s[%s]" % (name.encode(), b" ".join(map(number, (left + shift, bottom, right + shift, top))))
        for name, (left, bottom, right, top) in boxes.items()
    )


def registration(gray: bool) -> bytes:
    """Write the colour space in which marks are drawn; a file of gray alone has no other to fall back on."""
    space, none, full = (b"DeviceGray", b"1", b"0") if gray else (b"DeviceCMYK", b"0 0 0 0", b"1 1 1 1")
    function = b"<</FunctionType 2/Domain[0 1]/C0[%s]/C1[%s]/N 1>>" % (none, full)
    return b"[/Separation/All/%s %s]" % (space, function)


def _grown(box: Box, by: Box) -> Box:
    return box[0] - by[0], box[1] - by[1], box[2] + by[2], box[3] + by[3]


def _crop_marks(trim: Box, bleed: Box) -> Iterator[bytes]:
    """Draw two marks at every corner, in line with the edges of the trimmed page."""
    for x in (trim[0], trim[2]):
        yield _line(x, bleed[1] - _OFF, x, bleed[1] - _OFF - _LENGTH)
        yield _line(x, bleed[3] + _OFF, x, bleed[3] + _OFF + _LENGTH)
    for y in (trim[1], trim[3]):
        yield _line(bleed[0] - _OFF, y, bleed[0] - _OFF - _LENGTH, y)
        yield _line(bleed[2] + _OFF, y, bleed[2] + _OFF + _LENGTH, y)


def _line(x: float, y: float, to_x: float, to_y: float) -> bytes:
    return b"%s %s m %s %s l S" % (number(x), number(y), number(to_x), number(to_y))


def _target(x: float, y: float) -> bytes:
    corners = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))
    parts = [b"%s %s m" % (number(x + _TARGET), number(y))]
    for (x1, y1), (x2, y2) in pairwise(corners):
        # The arms of the curve run along the tangents at its ends.
        points = ((x1 - _ARC * y1, y1 + _ARC * x1), (x2 + _ARC * y2, y2 - _ARC * x2), (x2, y2))
        places = [place for dx, dy in points for place in (x + _TARGET * dx, y + _TARGET * dy)]
        parts.append(b" ".join(map(number, places)) + b" c")
    long = _TARGET * 1.5
    return b"\n".join((*parts, b"S", _line(x - long, y, x + long, y), _line(x, y - long, x, y + long)))
