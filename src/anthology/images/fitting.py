"""Pictures made fit for every reading system: JPEG, PNG or GIF, upright, in sRGB, of at most 4 million pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from anthology.images.colour import in_srgb, is_srgb
from anthology.images.opening import opened, orientation_of, upright
from anthology.images.stripping import strip

if TYPE_CHECKING:
    from PIL import Image

# Apple's and Kobo's readers refuse pictures with more, or run out of memory.
FITTING_PIXELS = 4_000_000
_LONGEST = 65_000

# Formats that lose detail as JPEG does: nothing is won by keeping all of what is left.
_LOSSY = frozenset({"JPEG", "MPO", "AVIF", "JPEG2000"})
_QUALITY = 88
# For pictures that came without loss, and lose for the first time.
_FINE_QUALITY = 92
# More bytes a pixel than a PNG of a drawing or of a screen takes, and fewer than one of a photograph; below so many
# bytes in all it does not matter.
_BYTES_A_PIXEL, _SMALL = 1.2, 400_000

_MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif"}


@dataclass(frozen=True, slots=True)
class FittedPicture:
    """A picture's bytes and the suffix of its name, without the dot."""

    data: bytes
    suffix: str

    @property
    def media_type(self) -> str:
        """Give the media type that goes with the suffix."""
        return _MEDIA_TYPES[self.suffix]


def fit(data: bytes) -> FittedPicture:
    """Make a picture fit for every reading system; one that is fit keeps its bytes, less its metadata.

    Of a picture that moves, and is not fit as it is, the first frame stays.

    Raises NotAPicture for what is damaged, TooManyPixels for what is too large.
    """
    with opened(data) as picture:
        suffix = _suffix_as_it_is(picture)
        if suffix:
            return FittedPicture(strip(data), suffix)
        lossy = picture.format in _LOSSY or (picture.format == "WEBP" and _is_lossy_webp(data))
        fine = picture.format in {"JPEG", "MPO"} and not _has_coarse_colours(picture)
        ready = _reduced(in_srgb(upright(picture)))
    if ready.mode in {"RGB", "L"}:
        if lossy:
            return FittedPicture(_as_jpeg(ready, _QUALITY, fine=fine), "jpg")
        whole = _as_png(ready)
        if len(whole) < max(_SMALL, ready.width * ready.height * _BYTES_A_PIXEL):
            return FittedPicture(whole, "png")
        return FittedPicture(_as_jpeg(ready, _FINE_QUALITY, fine=True), "jpg")
    return FittedPicture(_as_png(ready), "png")


def _suffix_as_it_is(picture: Image.Image) -> str:
    """Name the suffix of a picture that is fit as it is; the empty string for others."""
    if picture.width * picture.height > FITTING_PIXELS or orientation_of(picture) != 1:
        return ""
    profile = picture.info.get("icc_profile")
    if profile and not is_srgb(profile):
        return ""
    if picture.format in {"JPEG", "MPO"}:
        return "jpg" if picture.mode in {"RGB", "L"} else ""
    if picture.format == "PNG":
        return "" if _has_sixteen_bits(picture) else "png"
    return "gif" if picture.format == "GIF" else ""


def _has_sixteen_bits(picture: Image.Image) -> bool:
    # Pillow names the bits in the mode of what it reads; that of RGB with 16 is not the picture's own.
    tiles = getattr(picture, "tile", ())
    return picture.mode.startswith("I") or any("16" in str(tile[3]) for tile in tiles)


def _is_lossy_webp(data: bytes) -> bool:
    """Look for the chunk of a picture that lost detail (RFC 9649, 2.5)."""
    place = 12
    while place + 8 <= len(data):
        kind, size = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        if kind == b"VP8L":
            return False
        if kind == b"VP8 ":
            return True
        # The frame of one that moves has its picture inside, after 16 bytes of its own.
        place += 24 if kind == b"ANMF" else 8 + size + size % 2
    return False


def _has_coarse_colours(picture: Image.Image) -> bool:
    """Tell whether a JPEG has one colour to several pixels, as most photographs have."""
    layers: list[tuple[int, int, int, int]] = getattr(picture, "layer", [])
    # Of each component: its name, how often it is sampled across and down, its table.
    return len(layers) == 3 and layers[0][1:3] != layers[1][1:3]


def _reduced(picture: Image.Image) -> Image.Image:
    from PIL import Image

    pixels = picture.width * picture.height
    if pixels <= FITTING_PIXELS:
        return picture
    share = math.sqrt(FITTING_PIXELS / pixels)
    # A strip of one pixel cannot become any thinner, and no JPEG is longer than this (ITU T.81, B.2.2).
    width = min(max(1, int(picture.width * share)), _LONGEST, FITTING_PIXELS)
    height = min(max(1, int(picture.height * share)), _LONGEST, FITTING_PIXELS // width)
    size = min(width, FITTING_PIXELS // height), height
    return picture.resize(size, Image.Resampling.LANCZOS)


def _as_jpeg(picture: Image.Image, quality: int, *, fine: bool) -> bytes:
    """Write a JPEG; baseline, which the oldest readers show, and everything that moves its bytes told."""
    made = BytesIO()
    sampling = "4:4:4" if fine else "4:2:0"
    picture.save(made, "JPEG", quality=quality, subsampling=sampling, optimize=True, progressive=False)
    return made.getvalue()


def _as_png(picture: Image.Image) -> bytes:
    made = BytesIO()
    picture.save(made, "PNG", compress_level=6, optimize=False)
    return made.getvalue()
