"""Picture files opened with care: known kinds only, never too large, never cut off."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

MOST_PIXELS = 50_000_000

# What is opened at all, with the media type that it is known by. Of Pillow's other readers some are old and little
# used, and one starts a program. A photograph with a smaller one behind it (MPO) is a JPEG to everyone else.
MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
    "ICO": "image/x-icon",
    "JPEG2000": "image/jp2",
}
# How files begin that are often taken for pictures of those kinds, and what they are.
_OTHERS = (
    (b"\x1f\x8b", "it is a compressed drawing (svgz)"),
    (b"%PDF", "it is a PDF"),
    (b"%!PS", "it is a PostScript file"),
    (b"\xc5\xd0\xd3\xc6", "it is a PostScript file"),
    (b"8BPS", "it is a Photoshop file"),
)
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
_ORIENTATION = 0x0112


class NotAPicture(ValueError):  # noqa: N818 (it becomes a problem at once)
    """A file that is no picture, or none that a book can show; the message says what it is."""


class TooManyPixels(ValueError):  # noqa: N818 (it becomes a problem at once)
    """A picture of more than `MOST_PIXELS`; the message says how many."""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What a picture file is: its media type by its content, its size in pixels as it stands upright, and whether it moves."""

    media_type: str
    width: int
    height: int
    moves: bool


@cache
def _formats() -> tuple[str, ...]:
    """Name the formats that are opened, once Pillow has loaded them: by itself it loads all that it knows."""
    from PIL import Image

    plugins = ("Jpeg", "Mpo", "Png", "Gif", "WebP", "Avif", "Bmp", "Tiff", "Ico", "Jpeg2K")
    for plugin in plugins:
        import_module(f"PIL.{plugin}ImagePlugin")
    return tuple(format for format in MEDIA_TYPES if format in Image.OPEN)


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """Open a picture file; one that ends too early fails when it is decoded, whatever others have told Pillow.

    Raises NotAPicture or TooManyPixels, also for what fails inside.
    """
    from PIL import Image, ImageFile, UnidentifiedImageError

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    # WeasyPrint, once loaded, has Pillow fill what is missing with grey.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            # Pillow warns of many pixels where we refuse, and of oddities in metadata that nobody will see.
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=_formats()) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    raise TooManyPixels(f"{width} × {height}")
                yield picture
    except (NotAPicture, TooManyPixels):
        raise
    except Image.DecompressionBombError:
        raise TooManyPixels(f"more than {MOST_PIXELS // 1_000_000} million") from None
    except UnidentifiedImageError:
        raise NotAPicture(_kind_of(data)) from None
    except MemoryError:
        raise
    except Exception as error:  # the readers of the formats fail in ways of their own on damaged files
        raise NotAPicture("the file is damaged or of an unknown kind") from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _kind_of(data: bytes) -> str:
    if not data:
        return "the file is empty"
    if data[4:8] == b"ftyp":
        return "it is a HEIC photograph" if data[8:12] in _HEIC else "it is a film"
    for beginning, kind in _OTHERS:
        if data.startswith(beginning):
            return kind
    return "the file is damaged or of an unknown kind"


def orientation_of(picture: Image.Image) -> int:
    """Tell how a picture is turned and mirrored (Exif 2.32, 4.6.5.1.6): 1 for upright, up to 8.

    Pillow turns a TIFF by itself. It would decode a whole PNG to look for what stands at the end, where nobody puts it.
    """
    if picture.format == "TIFF" or (picture.format == "PNG" and "exif" not in picture.info):
        return 1
    turned = picture.getexif().get(_ORIENTATION, 1)
    return turned if turned in range(1, 9) else 1


def upright(picture: Image.Image) -> Image.Image:
    """Decode a picture, and turn it as it says that it was held."""
    from PIL import ImageOps

    picture.load()
    if orientation_of(picture) == 1:
        return picture
    return ImageOps.exif_transpose(picture)


def moves(picture: Image.Image) -> bool:
    """Tell whether a picture has frames that follow each other in time, not pages or sizes."""
    return picture.format in {"GIF", "PNG", "WEBP", "AVIF"} and bool(getattr(picture, "is_animated", False))


def facts_of(data: bytes) -> PictureFacts:
    """Look at a picture file, and whether it is whole.

    Raises NotAPicture for what is no picture, is damaged or ends too early, TooManyPixels for what is too large.
    """
    with opened(data) as picture:
        width, height = picture.size
        if orientation_of(picture) >= 5:
            width, height = height, width
        is_moving = moves(picture)
        media_type = MEDIA_TYPES[picture.format or ""]
        if picture.format == "PNG":
            # Every part of a PNG has a check sum: if all are right, so is the picture.
            picture.verify()
        else:
            # At an eighth of its size a JPEG is read to its end as well, in a third of the time.
            picture.draft(None, (max(1, width // 8), max(1, height // 8)))
            picture.load()
    return PictureFacts(media_type, width, height, is_moving)
