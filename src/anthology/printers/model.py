"""What a printer takes, or a use asks for: the profile of an edition. All lengths in millimetres."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

Colour: TypeAlias = Literal["gray", "rgb", "cmyk"]
Forbidden: TypeAlias = Literal[
    "annotations", "outline", "transparency", "marks", "encryption", "layers", "attachments", "scripts"
]

# Printers write one size in inches and in rounded millimetres (A5 is 5.83 by 8.27 in): the rounding, in millimetres.
TRIM_TOLERANCE = 0.35
# More than anybody binds: a profile that names no most has this.
MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class Sides:
    """A length for each side of a page."""

    top: float = 0.0
    outside: float = 0.0
    bottom: float = 0.0
    inside: float = 0.0


@dataclass(frozen=True, slots=True)
class GutterBand:
    """The least inside margin of a book of up to so many pages."""

    pages: int
    inside: float


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper and how thick a page of it makes the book: half a leaf."""

    name: str
    page: float


@dataclass(frozen=True, slots=True)
class CoverRules:
    """What a printer asks of a cover in one piece: back, spine, front.

    `spine_text_from` is the least number of pages for words on the spine, and `spine_margin` the room between those
    words and its edges; `cover_boards` is added to the spine's width; `safety` is the room between what is printed
    and the cut. `barcode` is width and height of the barcode's place at the foot of the back.
    """

    bleed: Sides
    colours: tuple[Colour, ...] = ("cmyk", "rgb")
    safety: float = 6.35
    spine_text_from: int = 0
    spine_margin: float = 1.6
    cover_boards: float = 0.0
    barcode: tuple[float, float] = (50.8, 30.5)


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile.

    `verified_on` is the day on which its figures were last looked up, in `sources`. `trims` are the sizes that it
    takes, width by height; none for any between `smallest_trim` and `largest_trim`, where these are given. `bleed` is
    how far the pages reach beyond the trim, and `bleeds` whether they do so unless the edition says otherwise;
    `margins` are the least, `margins_with_bleed` those of pages that bleed. Of `colours` the first is taken where an
    edition names none; `ink` is the most ink in one place, in per cent of all colours together, 0 for any.
    `resolution` is the least of pictures, in pixels per inch. `pages` are the least and the most that it takes, a
    multiple of `signature`. `standards` are what the file claims; `needs_icc` tells that it must name the press's
    colour profile. `largest` is the most bytes of a file.
    """

    name: str
    title: str
    verified_on: dt.date
    sources: tuple[str, ...]
    trims: tuple[tuple[float, float], ...] = ()
    smallest_trim: tuple[float, float] | None = None
    largest_trim: tuple[float, float] | None = None
    bleed: Sides = Sides()
    bleeds: bool = False
    marks: bool = False
    margins: Sides = Sides()
    margins_with_bleed: Sides = Sides()
    gutters: tuple[GutterBand, ...] = ()
    colours: tuple[Colour, ...] = ("rgb",)
    ink: int = 0
    resolution: int = 0
    pages: tuple[int, int] = (1, MOST_PAGES)
    signature: int = 1
    last_blank: bool = False
    forbids: frozenset[Forbidden] = frozenset()
    standards: tuple[str, ...] = ()
    needs_icc: bool = False
    largest: int = 0
    papers: tuple[Paper, ...] = ()
    cover: CoverRules | None = None

    @property
    def for_print(self) -> bool:
        """Tell whether files of it are for paper alone: nothing in them can be followed. Only paper has a cover."""
        return self.cover is not None or "annotations" in self.forbids

    def takes_trim(self, width: float, height: float) -> bool:
        """Tell whether it takes pages of this size; what machines cannot cut apart counts as equal."""
        if self.trims and not any(
            abs(width - across) <= TRIM_TOLERANCE and abs(height - down) <= TRIM_TOLERANCE
            for across, down in self.trims
        ):
            return False
        least, most = self.smallest_trim or (0.0, 0.0), self.largest_trim or (width, height)
        return (
            least[0] - TRIM_TOLERANCE <= width <= most[0] + TRIM_TOLERANCE
            and least[1] - TRIM_TOLERANCE <= height <= most[1] + TRIM_TOLERANCE
        )

    def nearest_trim(self, width: float, height: float) -> tuple[float, float] | None:
        """Give the size nearest to this one of those that are listed; None where any between two is taken."""
        return min(self.trims, key=lambda trim: abs(trim[0] - width) + abs(trim[1] - height), default=None)

    def gutter(self, pages: int) -> float:
        """Give the least inside margin of a book of so many pages."""
        fitting = [band.inside for band in self.gutters if pages <= band.pages]
        return max(
            self.margins.inside, min(fitting, default=max((b.inside for b in self.gutters), default=0.0))
        )
