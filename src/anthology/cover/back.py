"""The words of a back: the text that sells the book, a line or two on its editors, and who published it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from anthology.cover.front import TRACKING, Placed
from anthology.cover.text import capitals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from anthology.cover.front import Style
    from anthology.cover.text import CoverText
    from anthology.cover.typesetter import Typesetter

# Lines of some seventy-five letters can be read; the room of any text, for its height is looked at afterwards.
_LONGEST_LINE = 33  # ems
_ANY = 1_000_000
# White between paragraphs, and before what is said of the editors, in lines.
BETWEEN, BEFORE_ABOUT = 0.5, 1.5


class Back(NamedTuple):
    """The text of a back, and where it ends, in pixels."""

    text: tuple[Placed, ...]
    foot: float


def set_back(
    text: str,
    about: str,
    setters: Mapping[Style, Typesetter],
    sizes: Sequence[int],
    top: float,
    measure: float,
    height: float,
) -> Back:
    """Fit the text of a back in the largest size in which all of it has room, else in the smallest.

    Args:
        text: paragraphs, with blank lines between them.
        about: a paragraph about the editors.
        setters: what sets text in each style.
        sizes: from the largest to the smallest, in pixels.
        top: where the text begins, in pixels.
        measure: the longest line, in pixels.
        height: the room for the text, in pixels; a `foot` beyond it tells that not all has room.
    """

    def in_size(size: int) -> Back:
        return _set(text, about, setters, size, top, min(measure, _LONGEST_LINE * size))

    # What has room in one size has room in every smaller one.
    first = bisect_left(sizes, True, key=lambda size: in_size(size).foot <= top + height)
    return in_size(sizes[min(first, len(sizes) - 1)])


def set_publisher(
    book: CoverText, setters: Mapping[Style, Typesetter], size: int, foot: float, measure: float
) -> Placed:
    """Set the publisher's name at the foot of a back, its last line ending at `foot`, in pixels."""
    name = capitals(book.publisher, book.language)
    block = setters["sans"].fit(name, (size, size * 5 // 6), 110, measure, tracking=TRACKING)
    return Placed(block, foot - block.height, "sans", TRACKING)


def _set(
    text: str, about: str, setters: Mapping[Style, Typesetter], size: int, top: float, measure: float
) -> Back:
    paragraphs: list[tuple[str, Style]] = [(one, "serif") for one in re.split(r"\n\s*\n", text)]
    paragraphs.append((about, "italic"))
    fitted = [
        (setters[style].fit(paragraph, (size,), _ANY, measure, longest=len(paragraph) + 1), style)
        for paragraph, style in paragraphs
    ]
    fitted = [(block, style) for block, style in fitted if block.lines]
    # One grid for all of it, also where a paragraph has letters of a taller face.
    pitch = max((block.pitch for block, _ in fitted), default=0.0)
    placed: list[Placed] = []
    foot = top
    for block, style in fitted:
        if placed:
            foot += pitch * (BEFORE_ABOUT if style == "italic" else BETWEEN)
        placed.append(Placed(block._replace(pitch=pitch), foot, style))
        foot += len(block.lines) * pitch
    return Back(tuple(placed), foot)
