"""The words of a wrap, fitted to back, spine and front."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from anthology.cover.back import Back, set_back, set_publisher
from anthology.cover.front import RULE, Front, Placed, set_front, typesetters
from anthology.cover.page import MARGIN, WIDTH
from anthology.cover.spine import Spine, set_spine

if TYPE_CHECKING:
    from anthology.cover.text import CoverText
    from anthology.cover.wrap import WrapGeometry

# Sizes of type in points: the text of the back, which nobody reads below eight; the spine's title, which is a line
# and no poster; and the publisher's name on the back.
_TEXT, _LEAST_TEXT = 13.0, 8.0
_SPINE, _LEAST_SPINE = 18.0, 7.0
_PUBLISHER = 8.0
_MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class WrapText:
    """What a wrap says: `front`; paragraphs of the back, parted by blank lines, and one `about` the editors.

    `spine_title` and the editors' `names` stand on the spine; an empty title leaves it without words.
    """

    front: CoverText
    back: str = ""
    about: str = ""
    spine_title: str = ""
    names: str = ""


class WrapWords(NamedTuple):
    """Words with their places in pixels of a front of 1600; `excess` is how much of its room the text of the back needs.

    `narrow` tells that the spine has no room for a line of type, whatever it says.
    """

    front: Front
    back: Back
    publisher: Placed
    spine: Spine
    excess: float
    narrow: bool = False

    @property
    def placed(self) -> dict[str, Placed]:
        """Give each block by the name that it has in the styles."""
        front = self.front
        blocks = {
            "front-title": front.title,
            "front-subtitle": front.subtitle,
            "front-editors": front.editors,
            "front-publisher": front.publisher,
            "back-publisher": self.publisher,
        }
        return blocks | ({"back-text": self.back.text[0]} if self.back.text else {})


def set_wrap(
    text: WrapText, geometry: WrapGeometry, spine_margin: float, fallback: tuple[str, ...]
) -> WrapWords:
    """Fit the words of a wrap.

    Args:
        text: what it says.
        geometry: where back, spine and front lie.
        spine_margin: the room between the words of the spine and its edges, in millimetres.
        fallback: families for characters that the theme's faces lack.
    """
    from PIL import Image, ImageDraw

    pixel = geometry.front.width / WIDTH  # millimetres
    setters = typesetters(ImageDraw.Draw(Image.new("L", (1, 1))), text.front, fallback)
    height, margin = geometry.front.height / pixel, margin_of(geometry)
    front = set_front(text.front, setters, height)

    # The text of the back begins level with the rule of the front, and ends above the barcode.
    top = RULE * height
    room = (geometry.barcode.top - geometry.back.top - geometry.safety) / pixel - top
    measure = (geometry.back.width - 2 * margin) / pixel
    sizes = _sizes(_TEXT, _LEAST_TEXT, pixel)
    back = set_back(text.back, text.about, setters, sizes, top, measure, room)

    # Both names of the publisher end on one line; that of the back has the room that the barcode leaves it.
    beside = (geometry.back.width - geometry.barcode.width - geometry.safety - 2 * margin) / pixel
    foot = front.publisher.top + front.publisher.block.height
    publisher = set_publisher(text.front, setters, round(_PUBLISHER * _MM / pixel), foot, beside)

    # A line of type is as high as its size is large, all but.
    across = (geometry.spine.width - 2 * spine_margin) / _MM
    along = (geometry.spine.height - 2 * geometry.safety) / pixel
    widths = _sizes(min(_SPINE, across), _LEAST_SPINE, pixel)
    spine = Spine()
    if text.spine_title:
        spine = set_spine(text.front, text.spine_title, text.names, setters, along, widths)
    return WrapWords(front, back, publisher, spine, (back.foot - top) / room, narrow=not widths)


def margin_of(geometry: WrapGeometry) -> float:
    """Give the room beside the text of back and front, in millimetres: that of every cover, or what is safe."""
    return max(MARGIN / WIDTH * geometry.front.width, geometry.safety)


def _sizes(largest: float, least: float, pixel: float) -> range:
    """Give sizes in pixels of so many millimetres, for sizes in points; none where the largest is below the least."""
    return (
        range(int(largest * _MM / pixel), int(least * _MM / pixel) - 1, -1) if largest >= least else range(0)
    )
