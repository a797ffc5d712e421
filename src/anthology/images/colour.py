"""Colours of any kind turned into those of screens: sRGB."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

# As far as a profile's colours may lie from sRGB, of 255, for nobody to see it.
_UNSEEN = 3
# What the colours of a profile are called (ICC.1:2022, table 19), in the mode that Pillow has them in.
_MODES = {"RGB": "RGB", "CMYK": "CMYK", "GRAY": "L", "LAB": "LAB"}


@lru_cache(maxsize=64)
def is_srgb(profile: bytes) -> bool:
    """Tell whether a profile describes sRGB, by what it does with colours and not by what it is called.

    A damaged profile says nothing, and nobody heeds it.
    """
    from PIL import Image

    steps = (0, 32, 96, 160, 224, 255)
    try:
        kind = _kind(profile)
        if kind == "L":
            test = Image.new("L", (len(steps), 1))
            test.putdata(steps)
            shown = _converted(test, profile)
            return _distance(test.convert("RGB"), shown) <= _UNSEEN
        if kind != "RGB":
            return kind == ""
        colours = list(product(steps, repeat=3))
        test = Image.new("RGB", (len(colours), 1))
        test.putdata(colours)
        return _distance(test, _converted(test, profile)) <= _UNSEEN
    except ValueError:
        return True


def _kind(profile: bytes) -> str:
    """Name the mode of the pictures that a profile is for; the empty string for other kinds of colour."""
    from PIL import ImageCms

    try:
        return _MODES.get(ImageCms.ImageCmsProfile(BytesIO(profile)).profile.xcolor_space.strip(), "")
    except (OSError, ImageCms.PyCMSError) as error:
        raise ValueError("the colour profile is damaged") from error


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    from PIL import ImageCms

    try:
        shown = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (OSError, ImageCms.PyCMSError) as error:
        raise ValueError("the colour profile is damaged") from error
    assert shown is not None  # only what is converted in place gives nothing back
    return shown


def _distance(one: Image.Image, other: Image.Image) -> int:
    from PIL import ImageChops

    extrema = ImageChops.difference(one, other).getextrema()
    return max(int(band[1]) for band in extrema)  # type: ignore[index]  # one pair for each of the three bands


def in_srgb(picture: Image.Image) -> Image.Image:
    """Give a picture in sRGB, grey, or either with transparency: mode RGB, L, RGBA or LA, without a profile."""
    picture, alpha = _parted(_with_eight_bits(picture))
    profile = picture.info.get("icc_profile")
    was_grey = picture.mode == "L"
    try:
        if profile and not is_srgb(profile) and _kind(profile) == picture.mode:
            picture = _converted(picture, profile)
    except ValueError:
        pass
    if picture.mode == "LAB":
        picture = _from_lab(picture)
    picture = picture.convert("L" if was_grey else "RGB")
    if alpha is not None:
        picture.putalpha(alpha)
    picture.info = {}
    return picture


def _with_eight_bits(picture: Image.Image) -> Image.Image:
    """Bring greys of 16 and 32 bits to 8: Pillow's own conversion would clip them."""
    if not picture.mode.startswith(("I", "F")):
        return picture
    info = picture.info
    whole = picture.convert("F")
    extrema = whole.getextrema()
    lowest, highest = float(extrema[0]), float(extrema[1])  # type: ignore[arg-type]  # one band, one pair
    # Numbers with a point run from 0 to 1; where any are outside, as far as they do run.
    most = 65535.0 if picture.mode.startswith("I") else 1.0
    low, high = (0.0, most) if lowest >= 0 and highest <= most else (lowest, highest)
    scale = 255.0 / (high - low) if high > low else 1.0
    grey = whole.point(lambda value: value * scale + (0.5 - low * scale)).convert("L")
    grey.info = info
    return grey


def _parted(picture: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Part a picture from its transparency, if any of it shows."""
    from PIL import Image

    info = picture.info
    if not picture.has_transparency_data:
        if picture.mode in {"1", "P", "PA", "HSV", "YCbCr", "RGBX", "LA", "RGBA", "La", "RGBa"}:
            grey = picture.mode in {"1", "LA", "La"} or (picture.mode == "P" and _is_grey(picture))
            picture = picture.convert("L" if grey else "RGB")
        picture.info = info
        return picture, None
    grey = picture.mode in {"1", "L", "LA", "La"}
    whole = picture.convert("LA" if grey else "RGBA")
    alpha = whole.getchannel("A")
    colours = whole.convert("L" if grey else "RGB")
    colours.info = info
    lowest = alpha.getextrema()[0]
    return colours, alpha if isinstance(alpha, Image.Image) and lowest != 255 else None


def _is_grey(picture: Image.Image) -> bool:
    colours = picture.getpalette("RGB") or []
    return all(colours[at] == colours[at + 1] == colours[at + 2] for at in range(0, len(colours) - 2, 3))


def _from_lab(picture: Image.Image) -> Image.Image:
    from PIL import ImageCms

    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    return _converted(picture, lab)
