"""What the rules of a preflight look at: a PDF opened by two programs, its pages measured, its printer's profile."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pikepdf import Array, Name, Object, Pdf, PdfError

from anthology.model import Origin
from anthology.printers import Sides
from anthology.problems import Problem
from anthology.verify.preflight.codes import CODES
from anthology.verify.preflight.content import read_content
from anthology.verify.preflight.drawn import PageContent
from anthology.verify.preflight.looks import Extent, Looks

if TYPE_CHECKING:
    from anthology.printers import Colour, Profile

Part = Literal["interior", "cover"]

# A point is 1/72 inch; `UserUnit` may make it larger (ISO 32000-1, table 30).
_MM_PER_POINT = 25.4 / 72
# No cutter is as exact: what a writer of PDFs rounds away, in millimetres.
EXACT = 0.1


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a page in millimetres, from the origin of its coordinates."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Give its width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Give its height."""
        return self.top - self.bottom

    def holds(self, other: Box) -> bool:
        """Tell whether another box lies within it."""
        return (
            self.left <= other.left + EXACT
            and self.bottom <= other.bottom + EXACT
            and self.right >= other.right - EXACT
            and self.top >= other.top - EXACT
        )

    def equals(self, other: Box) -> bool:
        """Tell whether another box is the same."""
        return self.holds(other) and other.holds(self)

    def larger(self, by: Sides, inside_left: bool) -> Box:
        """Give the box with so much more on each side."""
        left, right = (by.inside, by.outside) if inside_left else (by.outside, by.inside)
        return Box(self.left - left, self.bottom - by.bottom, self.right + right, self.top + by.top)

    def smaller(self, by: Sides, inside_left: bool) -> Box:
        """Give the box with so much less on each side."""
        return self.larger(Sides(-by.top, -by.outside, -by.bottom, -by.inside), inside_left)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page: its place in the file from 1, what it is called, its boxes, and on which side its inside is.

    `trim` is the page after cutting, as the file says it or, where it does not, as the profile's bleed has it;
    `states_trim` tells which.
    """

    number: int
    called: str
    media: Box
    bleed: Box
    trim: Box
    states_trim: bool
    inside_left: bool


@dataclass
class Inspection:
    """A PDF and the profile that it is held against; `bleeds` tells whether its pages are to bleed."""

    data: bytes = field(repr=False)
    pdf: Pdf
    profile: Profile
    part: Part
    bleeds: bool
    path: str

    def problem(
        self, code: str, message: str, page: PageFacts | None = None, hint: str = "", fold: str = ""
    ) -> Problem:
        """Make a problem of the severity that its code has; its line is the page's place in the file."""
        number = page.number if page else None
        origin = Origin(self.path, number) if self.path else None
        said = f"{page.called}: {message}" if page else message
        return Problem(
            code, "error" if CODES[code].startswith("error") else "warning", said, origin, hint, fold
        )

    @property
    def bleed(self) -> Sides:
        """Give the bleed that pages are to have."""
        if self.part == "cover" and self.profile.cover:
            sides = self.profile.cover.bleed
            return Sides(sides.top, sides.outside, sides.bottom, sides.outside)
        return self.profile.bleed if self.bleeds else Sides()

    @property
    def colours(self) -> tuple[Colour, ...]:
        """Give the colours that the printer takes here; grey is the black of every cover in colour."""
        if self.part == "cover" and self.profile.cover:
            return tuple(dict.fromkeys((*self.profile.cover.colours, "gray")))
        return self.profile.colours

    @cached_property
    def pages(self) -> tuple[PageFacts, ...]:
        """Measure the pages."""
        right_to_left = self._right_to_left()
        return tuple(
            self._measured(page.obj, number, right_to_left) for number, page in enumerate(self.pdf.pages, 1)
        )

    def _right_to_left(self) -> bool:
        preferences = self.pdf.Root.get("/ViewerPreferences")
        return preferences is not None and preferences.get("/Direction") == Name("/R2L")

    def _measured(self, page: Object, number: int, right_to_left: bool) -> PageFacts:
        unit = float(page.get("/UserUnit", 1)) * _MM_PER_POINT
        media = _box(_inherited_box(page), unit) or Box(0, 0, 0, 0)
        trim, bleed = _box(page.get("/TrimBox"), unit), _box(page.get("/BleedBox"), unit)
        # A book begins on the right: odd pages have the spine on their left; books that open the other way, even ones.
        inside_left = (number % 2 == 1) != right_to_left
        cut = trim or (bleed or media).smaller(self.bleed, inside_left)
        return PageFacts(
            number, self._called(number), media, bleed or media, cut, trim is not None, inside_left
        )

    def _called(self, number: int) -> str:
        label = self.looks.label(number)
        return f"page {number} ({label})" if label and label != str(number) else f"page {number}"

    @cached_property
    def usual_trim(self) -> Box:
        """Give the size that most pages have."""
        sizes = Counter((round(page.trim.width, 1), round(page.trim.height, 1)) for page in self.pages)
        usual = sizes.most_common(1)[0][0]
        return next(p.trim for p in self.pages if (round(p.trim.width, 1), round(p.trim.height, 1)) == usual)

    @cached_property
    def contents(self) -> tuple[PageContent, ...]:
        """Read what each page draws."""
        return tuple(read_content(page.obj) for page in self.pdf.pages)

    @cached_property
    def looks(self) -> Looks:
        """Open the file in the program that draws it."""
        return Looks(self.data)

    def inked(self, page: PageFacts, within: Box | None = None) -> Extent | None:
        """Find the part of a page, or of a box of it, that is printed on; None for none, or where it cannot be drawn."""
        part = Extent(within.left, within.bottom, within.right, within.top) if within else None
        try:
            return self.looks.inked(page.number, part)
        except ValueError:
            return None


def _inherited_box(page: Object) -> Object | None:
    node: Object | None = page
    for _ in range(20):
        if node is None:
            break
        if "/MediaBox" in node:
            return node["/MediaBox"]
        node = node.get("/Parent")
    return None


def _box(written: Object | None, unit: float) -> Box | None:
    if not isinstance(written, Array) or len(written) != 4:
        return None
    try:
        across, down, far, high = (float(number) * unit for number in written)
    except (TypeError, ValueError, PdfError):
        return None
    return Box(min(across, far), min(down, high), max(across, far), max(down, high))
