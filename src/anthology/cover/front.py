"""The words of a front: which there are, how large, and where; the same for the e-book and for print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from anthology.cover.page import HEIGHT, MEASURE
from anthology.cover.text import capitals
from anthology.cover.typesetter import Typesetter
from anthology.fonts import SANS, SERIF
from anthology.installed_fonts import cuts_in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL import ImageDraw

    from anthology.cover.text import CoverText
    from anthology.cover.typesetter import Block

Style: TypeAlias = Literal["serif", "italic", "sans"]

TRACKING = 0.16  # between capitals, in ems
RULE = 250 / HEIGHT  # the short rule above the title, as a share of the height
_BELOW_RULE = 90


class Placed(NamedTuple):
    """A block of text in a style, and how far below the upper edge it begins, in pixels."""

    block: Block
    top: float
    style: Style
    tracking: float = 0.0


class Front(NamedTuple):
    """All that stands on a front; `foot` is where what stands at its head ends."""

    title: Placed
    subtitle: Placed
    editors: Placed
    publisher: Placed
    foot: float


def typesetters(
    pen: ImageDraw.ImageDraw, book: CoverText, fallback: tuple[str, ...]
) -> Mapping[Style, Typesetter]:
    """Give what sets text in each style; `fallback` are families for characters that the theme's faces lack."""
    slope: Literal["normal", "italic"] = "italic" if book.direction == "ltr" else "normal"  # Arabic has none
    return {
        "serif": Typesetter(pen, book, cuts_in_order(SERIF, 400, "normal", fallback)),
        "italic": Typesetter(pen, book, cuts_in_order(SERIF, 400, slope, fallback)),
        "sans": Typesetter(pen, book, cuts_in_order(SANS, 600, "normal", fallback)),
    }


def set_front(book: CoverText, setters: Mapping[Style, Typesetter], height: float = HEIGHT) -> Front:
    """Fit the words of a front to a page of 1600 pixels by `height`."""
    part = height / HEIGHT
    rule = RULE * height
    serif, italic, sans = setters["serif"], setters["italic"], setters["sans"]
    title = Placed(serif.fit(book.title, range(236, 63, -4), height=980 * part), rule + _BELOW_RULE, "serif")
    foot = _foot(title)
    small = max(60, min(76, title.block.size * 2 // 5)) if title.block.lines else 76
    subtitle = Placed(italic.fit(book.subtitle, (small,), height=330 * part), foot + 40, "italic")
    foot = _foot(subtitle)
    editors = Placed(serif.fit(book.editors, (54, 48), height=250 * part), foot + 70, "serif")
    block = sans.fit(
        capitals(book.publisher, book.language), (38, 32), 110, MEASURE * 0.55, tracking=TRACKING
    )
    publisher = Placed(block, height - rule + 60 - block.height, "sans", TRACKING)
    return Front(title, subtitle, editors, publisher, _foot(editors))


def _foot(placed: Placed) -> float:
    return placed.top + placed.block.height
