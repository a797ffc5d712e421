"""Pictures that are higher than wide, and on a screen would be higher than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anthology.layout.base import PICTURE
from anthology.xhtml import add_class

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from anthology.model import Picture

# How many times its width a picture is high, at least. At three quarters, half and a third of the line's length, the
# highest of each are about 1.3 times as high as the line is long, which is less than any screen held upright.
_TALL = ((2.6, "tallest"), (1.75, "taller"), (1.25, "tall"))


def mark_tall_pictures(body: _Element, pictures: Iterable[Picture]) -> None:
    """Mark pictures by their shape (`tall`, `taller`, `tallest`), for style sheets to set them narrower; in place."""
    shapes = {
        PICTURE + picture.key: picture.height / picture.width for picture in pictures if picture.width > 0
    }
    for image in body.iter("img"):
        shape = shapes.get(str(image.get("src")), 1)
        name = next((name for least, name in _TALL if shape >= least), "")
        if name:
            add_class(image, name)
