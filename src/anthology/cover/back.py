"""The words of a back: the text that sells the book, a line or two on its editors, and who published it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from anthology.cover.front import TRACKING, Placed
from anthology.cover.text import capitals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from anthology.cover.front import Style
    from anthology.cover.text import CoverText
    from anthology.cover.typesetter import Typesetter

# Lines of some seventy-five letters can be read; the room of any text, for its height is looked at afterwards.
_LONGEST_LINE = 33  # ems
_ANY = 1_000_000
# White between paragraphs, and before what is said of the editors, in lines.
_BETWEEN, _BEFORE_ABOUT = 0.5, 1.5


class Back(NamedTuple):
    """What stands on a back; `foot` is where the text ends, `publisher` has its lines."""

    text: tuple[Placed, ...]
    foot: float
    publisher: Placed | None


def set_back(
    book: CoverText,
    text: str,
    about: str,
    setters: Mapping[Style, Typesetter],
    sizes: Iterable[int],
    top: float,
    measure: float,
    height: float,
) -> Back:
    """Fit the text of a back in the largest size in which all of it has room, else in the smallest.

    Args:
        book: what the cover says; language and direction are taken of it.
        text: paragraphs, with blank lines between them.
        about: a paragraph about the editors.
        setters: what sets text in each style.
        sizes: from the largest to the smallest, in pixels.
        top: where the text begins, in pixels.
        measure: the longest line, in pixels.
        height: the room for the text, in pixels; a `foot` beyond it tells that not all has room.
    """
    back = Back((), top, None)
    for size in sizes:
        back = _set(text, about, setters, size, top, min(measure, _LONGEST_LINE * size))
        if back.foot <= top + height:
            break
    return back


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
    placed: list[Placed] = []
    paragraphs: list[tuple[str, Style]] = [(one, "serif") for one in re.split(r"\n\s*\n", text)]
    paragraphs.append((about, "italic"))
    foot = top
    for paragraph, style in paragraphs:
        block = setters[style].fit(paragraph, (size,), _ANY, measure)
        if not block.lines:
            continue
        if placed:
            foot += block.pitch * (_BEFORE_ABOUT if style == "italic" else _BETWEEN)
        placed.append(Placed(block, foot, style))
        foot += len(block.lines) * block.pitch
    return Back(tuple(placed), foot, None)
