"""Pages drawn for the eye, with their words and where those stand: another home of pypdfium2 than the preflight's."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# PDFium does one thing at a time in a process.
_ONE_AT_A_TIME = threading.Lock()

# Wider than any screen's page, in pixels.
WIDEST = 4000


class Line(NamedTuple):
    """A line of a page: its words, and its box as parts of the page's width and height, from the top left corner."""

    text: str
    left: float
    top: float
    width: float
    height: float


class DrawnPage(NamedTuple):
    """A page: the number printed on it, its width and height in points, and its lines from top to bottom."""

    label: str
    width: float
    height: float
    lines: tuple[Line, ...]


class Drawing:
    """A PDF that can be looked at, page by page."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        with _opened(data) as pdf:
            self.pages = tuple(_read(pdf, number) for number in range(len(pdf)))

    def picture(self, number: int, width: int) -> bytes:
        """Draw the page at a place from 0 as a PNG of so many pixels across.

        Raises IndexError where there is no such page.
        """
        page = self.pages[number]
        with _opened(self._data) as pdf:
            drawn = pdf[number].render(scale=min(width, WIDEST) / page.width).to_pil()
        made = BytesIO()
        # It goes to the browser beside us: to pack it well would take longer than to send it.
        drawn.convert("RGB").save(made, "PNG", compress_level=1)
        return made.getvalue()


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2

    with _ONE_AT_A_TIME:
        pdf = pypdfium2.PdfDocument(data)
        try:
            yield pdf
        finally:
            pdf.close()


def _read(pdf: Any, number: int) -> DrawnPage:
    page = pdf[number]
    width, height = page.get_size()
    lines = tuple(
        Line(text, left / width, 1 - top / height, (right - left) / width, (top - bottom) / height)
        for text, (left, bottom, right, top) in _lines_of(page.get_textpage())
    )
    return DrawnPage(str(pdf.get_page_label(number)), width, height, lines)


def _lines_of(textpage: Any) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Join what PDFium finds, a rectangle for every change of type, to lines."""
    joined: list[tuple[float, float, float, float]] = []
    for at in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(at)
        if joined:
            before = joined[-1]
            middle = (bottom + top) / 2
            if before[1] <= middle <= before[3]:
                joined[-1] = (
                    min(before[0], left),
                    min(before[1], bottom),
                    max(before[2], right),
                    max(before[3], top),
                )
                continue
        joined.append((left, bottom, right, top))
    for box in joined:
        if text := " ".join(textpage.get_text_bounded(*box).split()):
            yield text, box
