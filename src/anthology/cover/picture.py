"""A given picture, made fit for a cover."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from anthology.cover.page import HEIGHT, WIDTH, jpeg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

MOST_PIXELS = 50_000_000


def fit_cover(picture: bytes) -> bytes:
    """Make a given picture fit for a cover.

    Args:
        picture: a file's bytes: JPEG, PNG, WebP, GIF, TIFF or BMP.

    Returns:
        An upright JPEG in sRGB within 1600 × 2560 pixels, never enlarged, without metadata.

    Raises:
        ValueError: this is no picture, it is damaged, or it has more than 50 million pixels.
    """
    from PIL import Image

    with _truncation_refused():
        fitted = _decoded(picture)
    fitted.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    return jpeg(fitted)


@contextmanager
def _truncation_refused() -> Iterator[None]:
    """Let pictures that end too early fail: WeasyPrint, once loaded, has Pillow fill them up with grey."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _decoded(picture: bytes) -> Image.Image:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # Pillow's own limit is higher than ours and only warns.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            source = Image.open(BytesIO(picture), formats=("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"))
    except Image.DecompressionBombError as error:
        raise ValueError("the picture has more than 50 million pixels: save a smaller one") from error
    except UnidentifiedImageError as error:
        raise ValueError("this is no JPEG, PNG, WebP, GIF, TIFF or BMP picture") from error
    with source:
        width, height = source.size
        if width * height > MOST_PIXELS:
            raise ValueError(
                f"the picture has {width} × {height} pixels, more than 50 million: save a smaller one"
            )
        try:
            return _in_srgb(ImageOps.exif_transpose(source))
        except Exception as error:  # the readers of the formats fail in ways of their own on damaged files
            raise ValueError(
                "the picture is damaged: open it in an image editor and save it again"
            ) from error


def _in_srgb(picture: Image.Image) -> Image.Image:
    from PIL import Image, ImageCms

    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):  # greys of 16 bits: Pillow's own conversion would clip them
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    elif profile and picture.mode in {"RGB", "CMYK"}:
        try:
            srgb = ImageCms.createProfile("sRGB")
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(picture, source, srgb, outputMode="RGB") or picture
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that is damaged or of another kind of colour says nothing about these colours
    return picture.convert("RGB")
