"""What pages look like: drawn by PDFium, and the things on them by the room they take."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

# A hundred dots an inch show a hair line, and a page in some milliseconds.
_DOTS = 100
MM_PER_DOT = 25.4 / _DOTS
# Lighter than this is paper: the grey at the edge of what lies a fraction of a dot away.
_PAPER = 200
# What a division of lengths may err by, in dots.
_HARDLY = 0.01
_MM_PER_POINT = 25.4 / 72
# Larger is no page (ISO 32000-1, annex C.2), in points.
_LARGEST = 14_400


@dataclass(frozen=True, slots=True)
class Extent:
    """A part of a page in millimetres, from the origin of the page's coordinates."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on a page: what it is ("the text “…”"), its kind, and the room it takes."""

    named: str
    kind: str
    extent: Extent


class Looks:
    """A PDF as PDFium sees it; `opened` is False where it cannot open it."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        try:
            self.pdf: pypdfium2.PdfDocument | None = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            self.pdf = None

    @property
    def opened(self) -> bool:
        """Tell whether there is anything to look at."""
        return self.pdf is not None

    def label(self, number: int) -> str:
        """Give the printed number of the page at a place from 1; empty where it has none."""
        if self.pdf is None or number > len(self.pdf):
            return ""
        return str(self.pdf.get_page_label(number - 1))

    def inked(self, number: int, within: Extent | None = None) -> Extent | None:
        """Find the part of a page that is printed on.

        Args:
            number: the page's place in the file, from 1.
            within: the part of the page that is looked at; by default the whole.

        Returns:
            The smallest rectangle round all that is not paper, to a dot; None for a blank page.

        Raises:
            ValueError: the page cannot be drawn.
        """
        import pypdfium2

        if self.pdf is None:
            raise ValueError("it cannot be drawn")
        try:
            page = self.pdf[number - 1]
            left, bottom, right, top = page.get_mediabox()
            if not (0 < right - left <= _LARGEST and 0 < top - bottom <= _LARGEST):
                raise ValueError("it has a size that no page can have")
            page.set_cropbox(left, bottom, right, top)
            page.set_rotation(0)
            image = page.render(scale=_DOTS / 72, grayscale=True, may_draw_forms=False).to_pil()
        except pypdfium2.PdfiumError as error:
            raise ValueError("it cannot be drawn") from error
        page.close()
        across, down = (
            (right - left) * _MM_PER_POINT / image.width,
            (top - bottom) * _MM_PER_POINT / image.height,
        )
        origin, ceiling = left * _MM_PER_POINT, top * _MM_PER_POINT
        if within:
            # A dot on the edge of the part belongs to what lies outside it.
            sides = (
                max(0, ceil((within.left - origin) / across - _HARDLY)),
                max(0, ceil((ceiling - within.top) / down - _HARDLY)),
                min(image.width, floor((within.right - origin) / across + _HARDLY)),
                min(image.height, floor((ceiling - within.bottom) / down + _HARDLY)),
            )
            clear = image.copy()
            clear.paste(255, (0, 0, *image.size))
            if sides[0] >= sides[2] or sides[1] >= sides[3]:
                return None
            clear.paste(image.crop(sides), sides[:2])
            image = clear
        found = image.point(lambda shade: 255 if shade < _PAPER else 0).getbbox()
        if found is None:
            return None
        return Extent(
            origin + found[0] * across,
            ceiling - found[3] * down,
            origin + found[2] * across,
            ceiling - found[1] * down,
        )

    def things(self, number: int) -> Iterator[Thing]:
        """Name what stands on a page, forms as a whole; nothing where PDFium does not know."""
        import pypdfium2
        from pypdfium2 import raw

        if self.pdf is None:
            return
        names = {raw.FPDF_PAGEOBJ_IMAGE: "picture", raw.FPDF_PAGEOBJ_PATH: "line or shape"}
        try:
            page = self.pdf[number - 1]
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError:
            return
        for thing in page.get_objects(max_depth=1, textpage=textpage):
            try:
                left, bottom, right, top = (length * _MM_PER_POINT for length in thing.get_bounds())
            except pypdfium2.PdfiumError:
                continue
            extent = Extent(left, bottom, right, top)
            if thing.type == raw.FPDF_PAGEOBJ_TEXT:
                words = " ".join(thing.extract().split())
                if words:
                    yield Thing(words, "text", extent)
            else:
                yield Thing("", names.get(thing.type, "group"), extent)
