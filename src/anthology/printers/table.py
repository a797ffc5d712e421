"""A profile as its TOML file has it: keys and the values that they take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field, StrictBool, StrictInt
from pydantic_core import PydanticCustomError

from anthology.config.table import Table
from anthology.config.types import Day, NeededText, TrimSize, WebAddress
from anthology.config.values import STANDARDS, read_length, refusal
from anthology.printers.model import (
    MOST_PAGES,
    Colour,
    CoverRules,
    Forbidden,
    GutterBand,
    Paper,
    Profile,
    Sides,
)
from anthology.problems import near_name

# PDF/X is what profiles are for; the rest can be claimed by any edition.
_STANDARDS = ("pdf/x-4", *STANDARDS)


def _length(written: object) -> float:
    """Read a length with its unit, in millimetres; a bare number might be anything."""
    if not isinstance(written, str):
        raise PydanticCustomError("string_type", "text")
    length = read_length(written)
    if length is None:
        raise refusal("is empty")
    return length


def _standard(written: object) -> str:
    if not isinstance(written, str):
        raise PydanticCustomError("string_type", "text")
    if written not in _STANDARDS:
        near = near_name(written, _STANDARDS)
        known = f"there are: {', '.join(_STANDARDS)}"
        raise refusal("names no standard that can be kept", f'did you mean "{near}"?' if near else known)
    return written


_Length: TypeAlias = Annotated[float, BeforeValidator(_length)]
_Standard: TypeAlias = Annotated[str, BeforeValidator(_standard)]
_Count: TypeAlias = Annotated[StrictInt, Field(ge=1)]
_Amount: TypeAlias = Annotated[StrictInt, Field(ge=0)]


# What a cover is asked where the file does not say it.
_USUAL = CoverRules(Sides())


class SidesTable(Table):
    """A length for each side; what is left out is nothing."""

    top: _Length = 0.0
    outside: _Length = 0.0
    bottom: _Length = 0.0
    inside: _Length = 0.0

    def sides(self) -> Sides:
        """Give the sides in millimetres."""
        return Sides(self.top, self.outside, self.bottom, self.inside)


class GutterTable(Table):
    """The least inside margin of books of up to so many pages."""

    most_pages: _Count
    inside: _Length


class BarcodeTable(Table):
    """The place of the barcode."""

    width: _Length
    height: _Length


class CoverTable(Table):
    """What is asked of a cover in one piece; what is left out is as usual."""

    bleed: SidesTable = SidesTable()
    colours: tuple[Colour, ...] = _USUAL.colours
    safety: _Length = _USUAL.safety
    spine_text_from: _Amount = _USUAL.spine_text_from
    spine_margin: _Length = _USUAL.spine_margin
    cover_boards: _Length = _USUAL.cover_boards
    barcode: BarcodeTable | None = None

    def rules(self) -> CoverRules:
        """Give the rules."""
        return CoverRules(
            bleed=self.bleed.sides(),
            colours=self.colours,
            safety=self.safety,
            spine_text_from=self.spine_text_from,
            spine_margin=self.spine_margin,
            cover_boards=self.cover_boards,
            barcode=(self.barcode.width, self.barcode.height) if self.barcode else _USUAL.barcode,
        )


class ProfileTable(Table):
    """The whole file."""

    title: NeededText
    verified_on: Day
    sources: tuple[WebAddress, ...] = ()
    extends: str = ""
    trims: tuple[TrimSize, ...] = ()
    smallest_trim: TrimSize | None = None
    largest_trim: TrimSize | None = None
    bleed: SidesTable = SidesTable()
    bleeds: StrictBool = False
    marks: StrictBool = False
    margins: SidesTable = SidesTable()
    margins_with_bleed: SidesTable | None = None
    gutters: tuple[GutterTable, ...] = ()
    colours: tuple[Colour, ...] = ("rgb",)
    ink: _Amount = 0
    resolution: _Amount = 0
    least_pages: _Count = 1
    most_pages: _Count = MOST_PAGES
    signature: _Count = 1
    last_blank: StrictBool = False
    forbids: frozenset[Forbidden] = frozenset()
    standards: tuple[_Standard, ...] = ()
    needs_icc: StrictBool = False
    megabytes: _Amount = 0
    papers: Mapping[str, _Length] = {}
    cover: CoverTable | None = None

    def profile(self, name: str) -> Profile:
        """Give the profile, called `name`."""
        assert isinstance(self.verified_on, dt.date)  # only a missing one is None, and it is needed
        smallest, largest = self.smallest_trim, self.largest_trim
        return Profile(
            name=name,
            title=self.title,
            verified_on=self.verified_on,
            sources=self.sources,
            trims=tuple((trim.width, trim.height) for trim in self.trims),
            smallest_trim=(smallest.width, smallest.height) if smallest else None,
            largest_trim=(largest.width, largest.height) if largest else None,
            bleed=self.bleed.sides(),
            bleeds=self.bleeds,
            marks=self.marks,
            margins=self.margins.sides(),
            margins_with_bleed=(self.margins_with_bleed or self.margins).sides(),
            gutters=tuple(GutterBand(band.most_pages, band.inside) for band in self.gutters),
            colours=self.colours,
            ink=self.ink,
            resolution=self.resolution,
            pages=(self.least_pages, self.most_pages),
            signature=self.signature,
            last_blank=self.last_blank,
            forbids=self.forbids,
            standards=self.standards,
            needs_icc=self.needs_icc,
            largest=self.megabytes * 1_000_000,
            papers=tuple(Paper(paper, page) for paper, page in self.papers.items()),
            cover=self.cover.rules() if self.cover else None,
        )
