"""What pages look like: drawn by PDFium, and the things on them by the room they take. The only home of pypdfium2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

# A hundred dots an inch show a hair line, and a page in some milliseconds.
_DOTS = 100
MM_PER_DOT = 25.4 / _DOTS
# Lighter than this is paper: the grey at the edge of what lies a fraction of a dot away.
_PAPER = 200
_MM_PER_POINT = 25.4 / 72


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

    def inked(self, number: int) -> Extent | None:
        """Find the part of a page that is printed on.

        Args:
            number: the page's place in the file, from 1.

        Returns:
            The smallest rectangle round all that is not paper, to a dot; None for a blank page.

        Raises:
            ValueError: the page cannot be drawn.
        """
        import pypdfium2

        if self.pdf is None:
            raise ValueError("the file cannot be drawn")
        try:
            page = self.pdf[number - 1]
            left, bottom, right, top = page.get_mediabox()
            page.set_cropbox(left, bottom, right, top)
            page.set_rotation(0)
            image = page.render(scale=_DOTS / 72, grayscale=True, may_draw_forms=False).to_pil()
        except pypdfium2.PdfiumError as error:
            raise ValueError("the page cannot be drawn") from error
        found = image.point(lambda shade: 255 if shade < _PAPER else 0).getbbox()
        width, height = image.size
        page.close()
        if found is None:
            return None
        across, down = (right - left) * _MM_PER_POINT / width, (top - bottom) * _MM_PER_POINT / height
        origin, ceiling = left * _MM_PER_POINT, top * _MM_PER_POINT
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
        page = self.pdf[number - 1]
        textpage = page.get_textpage()
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
