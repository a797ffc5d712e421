"""The page of a cover: its size, its margins, and the file that it becomes."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 1600, 2560  # pixels: what the shops ask for
MARGIN = 160
MEASURE = WIDTH - 2 * MARGIN


def jpeg(picture: Image.Image) -> bytes:
    """Write a picture in RGB as a JPEG without metadata."""
    from PIL import Image

    bare = Image.new("RGB", picture.size)  # Pillow writes a comment that it has read back
    bare.paste(picture)
    target = BytesIO()
    bare.save(target, "JPEG", quality=90, subsampling=0, optimize=True)
    return target.getvalue()
