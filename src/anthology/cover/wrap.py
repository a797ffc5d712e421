"""The cover of a printed book in one piece: how wide the spine is, and where back, spine and front lie.

All lengths in millimetres; places are measured from the upper left corner of the page, bleed and all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from anthology.printers import CoverRules, Profile

# EAN-13 (GS1 General Specifications, 5.2): modules across with both quiet zones, and a module at 100 %.
MODULES = 113
MODULE = 0.33
# Bars at 100 %, the figures below them, and the ISBN above.
BARS, FIGURES, LEGEND = 22.85, 3.2, 3.6
# No scanner is asked to read less, and nobody gains by more (GS1 General Specifications, 5.2.3.2).
_LEAST, _USUAL = 0.8, 1.0


class Panel(NamedTuple):
    """A rectangle on the page."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Give the place of the right edge."""
        return self.left + self.width

    @property
    def foot(self) -> float:
        """Give the place of the lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class WrapGeometry:
    """Where the parts of a wrap lie, each cut to the trim, on a page that holds the bleed as well.

    `safety` is the room between what is printed and the cut or a fold. `barcode` is the white field for the barcode
    at the foot of the back, `magnification` what of the usual size the barcode has there.
    """

    width: float
    height: float
    trim: Panel
    back: Panel
    spine: Panel
    front: Panel
    safety: float
    barcode: Panel
    magnification: float

    @property
    def fields(self) -> tuple[Panel, Panel, Panel]:
        """Give back, spine and front as they are coloured: with their share of the bleed."""
        return self._bled(self.back), self._bled(self.spine), self._bled(self.front)

    def _bled(self, panel: Panel) -> Panel:
        left = 0.0 if panel.left <= self.trim.left else panel.left
        right = self.width if panel.right >= self.trim.right - 1e-6 else panel.right
        return Panel(left, 0.0, right - left, self.height)


def spine_width(profile: Profile, paper: str, stated: float | None, pages: int) -> float | None:
    """Tell how wide the spine of a book is.

    Args:
        profile: the printer's.
        paper: the paper as the edition names it, empty where it names none.
        stated: the width as the edition states it, if it does; it holds.
        pages: the pages of the book as it is printed.

    Returns:
        The width in millimetres; None where neither edition nor profile knows it, for it is never guessed.
    """
    if stated is not None:
        return stated
    # Where no paper is named, all that there are may be of one thickness.
    known = {one.page for one in profile.papers if paper in ("", one.name)}
    if len(known) != 1:
        return None
    return pages * known.pop() + (profile.cover.cover_boards if profile.cover else 0.0)


def wrap_geometry(
    trim: tuple[float, float], spine: float, rules: CoverRules, direction: Literal["ltr", "rtl"]
) -> WrapGeometry:
    """Lay out a wrap.

    Args:
        trim: width and height of the book's page.
        spine: the width of the spine.
        rules: what the printer asks of covers.
        direction: that of the book: one that reads from the right has its front at the left.
    """
    width, height = trim
    bleed = rules.bleed
    top, left = bleed.top, bleed.outside
    first = Panel(left, top, width, height)
    middle = Panel(first.right, top, spine, height)
    last = Panel(middle.right, top, width, height)
    back, front = (first, last) if direction == "ltr" else (last, first)
    barcode, magnification = _barcode(back, rules, at_right=direction == "ltr")
    return WrapGeometry(
        width=last.right + bleed.outside,
        height=top + height + bleed.bottom,
        trim=Panel(left, top, last.right - left, height),
        back=back,
        spine=middle,
        front=front,
        safety=rules.safety,
        barcode=barcode,
        magnification=magnification,
    )


def _barcode(back: Panel, rules: CoverRules, *, at_right: bool) -> tuple[Panel, float]:
    """Place the barcode's field at the foot of the back, beside the spine; a small one grows to what can be read."""
    width, height = rules.barcode
    across, down = MODULES * MODULE, LEGEND + BARS + FIGURES
    size = max(_LEAST, min(_USUAL, width / across, height / down))
    width, height = max(width, across * size), max(height, down * size)
    left = back.right - rules.safety - width if at_right else back.left + rules.safety
    return Panel(left, back.foot - rules.safety - height, width, height), size
