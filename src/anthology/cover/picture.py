"""A given picture, made fit for a cover."""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from anthology.cover.page import HEIGHT, WIDTH, jpeg
from anthology.drawings import is_drawing
from anthology.images import NotAPicture, TooManyPixels, bare, in_srgb, opened, upright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

# Apple Books takes no cover whose shorter side has fewer pixels; the other shops ask for less.
SHORTEST_SIDE = 1400


def fit_cover(picture: bytes) -> tuple[bytes, tuple[int, int]]:
    """Make a given picture fit for a cover.

    It keeps its proportions: to crop it or to set it on a ground is a designer's choice.

    Args:
        picture: a file's bytes, of any kind of picture that a book takes but a drawing (SVG).

    Returns:
        An upright JPEG in sRGB within 1600 × 2560 pixels, never enlarged, without metadata; and its size in pixels.

    Raises:
        ValueError: this is no picture, it is damaged, or it has more than 50 million pixels.
    """
    from PIL import Image

    if is_drawing(picture):
        raise ValueError("it is no picture of pixels: export it as a JPEG of 1600 × 2560 pixels")
    with _readable(picture) as source:
        fitted = _on_white(in_srgb(upright(source)))
    fitted.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    return jpeg(fitted), fitted.size


def for_print(picture: bytes) -> tuple[bytes, str, tuple[int, int]]:
    """Make a given picture fit for the cover of a printed book: not a pixel fewer, and nothing transparent.

    Args:
        picture: a file's bytes, of any kind of picture that a book takes but a drawing (SVG).

    Returns:
        The file as it is where it is an upright JPEG, else a PNG in sRGB; its media type; and its size in pixels.

    Raises:
        ValueError: this is no picture, it is damaged, or it has more than 50 million pixels.
    """
    if is_drawing(picture):
        raise ValueError("it is no picture of pixels: export it as a JPEG or TIFF")
    with _readable(picture) as source:
        turned = upright(source)
        if source.format == "JPEG" and turned.size == source.size:
            return bare(picture), "image/jpeg", source.size
        whole = _on_white(in_srgb(turned))
    target = BytesIO()
    whole.save(target, "PNG")
    return target.getvalue(), "image/png", whole.size


@contextmanager
def _readable(picture: bytes) -> Iterator[Image.Image]:
    """Open a picture; raise ValueError with what to do about one that cannot be opened."""
    try:
        with opened(picture) as source:
            yield source
    except TooManyPixels as error:
        raise ValueError(f"it has {error} pixels: save it with 50 million at most") from error
    except NotAPicture as error:
        raise ValueError(f"{error}: open it in an image editor and save it as a JPEG") from error


def _on_white(picture: Image.Image) -> Image.Image:
    from PIL import Image

    if picture.mode in {"RGBA", "LA"}:
        clear = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), clear)
    return picture.convert("RGB")
