"""The design of a cover that is set from the metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.cover.fan import ABOVE, EDGE, LEAF, PAPER, fan_of, rgb
from anthology.cover.front import RULE, set_front, typesetters
from anthology.cover.page import HEIGHT, MARGIN, WIDTH, jpeg
from anthology.cover.text import clean

if TYPE_CHECKING:
    from PIL import Image

    from anthology.cover.fan import Fan
    from anthology.cover.text import CoverText


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

    # The text is set first: the leaves take the room that it leaves them.
    text = Image.new("L", (WIDTH, HEIGHT))
    setters = typesetters(ImageDraw.Draw(text), book, fallback)
    front = set_front(book, setters)
    for placed in (front.title, front.subtitle, front.editors, front.publisher):
        setters[placed.style].draw(placed.block, placed.top, placed.tracking)
    fan = fan_of(clean(book.title), top=front.foot + ABOVE)
    picture = _leaves(fan)
    if book.direction == "rtl":
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    left, top = MARGIN if book.direction == "ltr" else WIDTH - MARGIN - 150, round(RULE * HEIGHT)
    ImageDraw.Draw(picture).rectangle((left, top, left + 149, top + 11), fill=fan.bright)
    picture.paste(PAPER, mask=text)
    return jpeg(picture)


def _leaves(fan: Fan) -> Image.Image:
    """Draw leaves that one can see through."""
    from PIL import Image, ImageDraw

    scale = 2  # drawn larger, for smooth edges
    picture = Image.new("RGB", (WIDTH * scale, HEIGHT * scale), fan.ground)
    pen = ImageDraw.Draw(picture, "RGBA")
    for number, corners in enumerate(fan.leaves):
        outline = [(x * scale, y * scale) for x, y in corners]
        pen.polygon(outline, fill=(*rgb(PAPER), LEAF))
        colour = (*rgb(fan.bright), 255) if number == fan.marked else (*rgb(PAPER), EDGE)
        pen.line([*outline, outline[0]], fill=colour, width=(5 if number == fan.marked else 2) * scale)
    return picture.reduce(scale)
