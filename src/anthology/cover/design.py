"""The design of a cover that is set from the metadata."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING, Literal

from anthology.cover.page import HEIGHT, MARGIN, MEASURE, WIDTH, jpeg
from anthology.cover.text import capitals, clean
from anthology.cover.typesetter import Typesetter
from anthology.fonts import SANS, SERIF
from anthology.installed_fonts import cuts_in_order

if TYPE_CHECKING:
    from PIL import Image

    from anthology.cover.text import CoverText

RULE = 250  # the short rule above the title, from the top edge

PAPER = "#f7f2e8"
# Grounds on which paper white has a contrast of at least 8 to 1, each with the colour of its one bright leaf.
GROUNDS = (
    ("#7a1f1f", "#d9a55b"),
    ("#1f3a52", "#d9a55b"),
    ("#22463a", "#e0b568"),
    ("#4a2745", "#d99a7c"),
    ("#2c3640", "#c8664f"),
    ("#5a3a1c", "#e0b568"),
)


def draw_cover(book: CoverText, fallback: tuple[str, ...] = ()) -> bytes:
    """Set a cover from the metadata.

    Words with letters that no face has are left out whole; `uncovered` lists those letters.

    Args:
        book: what the cover says.
        fallback: families, in order, for characters that the theme's faces lack.

    Returns:
        A JPEG of 1600 × 2560 pixels; the same text and faces give the same bytes.
    """
    from PIL import Image, ImageDraw

    digest = hashlib.sha256(clean(book.title).encode()).digest()
    ground, bright = GROUNDS[digest[0] % len(GROUNDS)]
    # The text is set first: the leaves take the room that it leaves them.
    text = Image.new("L", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(text)
    serif = Typesetter(pen, book, cuts_in_order(SERIF, 400, "normal", fallback))
    slope: Literal["normal", "italic"] = "italic" if book.direction == "ltr" else "normal"  # Arabic has none
    italic = Typesetter(pen, book, cuts_in_order(SERIF, 400, slope, fallback))
    sans = Typesetter(pen, book, cuts_in_order(SANS, 600, "normal", fallback))

    title = serif.fit(book.title, range(236, 63, -4), height=980)
    foot = serif.draw(title, RULE + 90)
    small = max(60, min(76, title.size * 2 // 5)) if title.lines else 76
    foot = italic.draw(italic.fit(book.subtitle, (small,), height=330), foot + 40)
    foot = serif.draw(serif.fit(book.editors, (54, 48), height=250), foot + 70)
    publisher = sans.fit(
        capitals(book.publisher, book.language), (38, 32), 110, MEASURE * 0.55, tracking=0.16
    )
    sans.draw(publisher, HEIGHT - RULE + 60 - publisher.height, tracking=0.16)

    picture = _leaves(ground, bright, digest, top=foot + 90)
    if book.direction == "rtl":
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    left = MARGIN if book.direction == "ltr" else WIDTH - MARGIN - 150
    ImageDraw.Draw(picture).rectangle((left, RULE, left + 149, RULE + 11), fill=bright)
    picture.paste(PAPER, mask=text)
    return jpeg(picture)


def _leaves(ground: str, bright: str, digest: bytes, top: float) -> Image.Image:
    """Draw a fan of overlapping leaves that rises from the foot of the page as far as `top`.

    The digest chooses their number, their angles and the one that is bright; every choice looks well.
    """
    from PIL import Image, ImageDraw

    count = 6 + digest[1] % 4
    step = 7 + digest[2] % 5
    first = -14 - digest[3] % 14
    marked = 1 + digest[4] % 3
    scale = 2  # drawn larger, for smooth edges
    picture = Image.new("RGB", (WIDTH * scale, HEIGHT * scale), ground)
    pen = ImageDraw.Draw(picture, "RGBA")
    spine_y = HEIGHT * 1.02
    reach = max(500.0, min(1680.0, spine_y - top))  # from the spine to a leaf's far corner
    spine_x = WIDTH - 0.43 * reach
    for number in range(count):
        corners = _leaf(reach, first + number * step)
        outline = [((spine_x + x) * scale, (spine_y + y) * scale) for x, y in corners]
        pen.polygon(outline, fill=(*_rgb(PAPER), 14))
        colour = (*_rgb(bright), 255) if number == marked else (*_rgb(PAPER), 90)
        pen.line([*outline, outline[0]], fill=colour, width=(5 if number == marked else 2) * scale)
    return picture.reduce(scale)


def _leaf(diagonal: float, degrees: float) -> list[tuple[float, float]]:
    """Give the corners of a page of two to three, turned about its lower inner one."""
    width, height = diagonal * 2 / math.sqrt(13), diagonal * 3 / math.sqrt(13)
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    corners = ((0.0, 0.0), (0.0, -height), (width, -height), (width, 0.0))
    return [(x * cosine - y * sine, x * sine + y * cosine) for x, y in corners]


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
