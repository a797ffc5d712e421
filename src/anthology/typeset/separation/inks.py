"""Inks: how a colour, or a whole picture, is printed with black alone or with four inks."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from PIL import Image, ImageChops

from anthology.typeset.separation.profiles import (
    black_ramp,
    from_linear,
    grey,
    kind_of,
    profile_of,
    srgb,
    to_linear,
    transform,
)

if TYPE_CHECKING:
    from anthology.leaves import Sheet

Space = Literal["gray", "rgb", "cmyk"]
# What a colour adds to lightness (ITU-R BT.709); and how masks count it (ISO 32000-1, 11.5.3, which leaves it open).
_LIGHT = (0.2126, 0.7152, 0.0722)
_MASK = (0.3, 0.59, 0.11)
# Solid black and bare paper are themselves in every profile.
_ENDS = (0.0, 1.0)
# A picture of no more colours than this is drawn, not photographed: its greys are printed with black alone.
_DRAWN = 4096


class Colour(NamedTuple):
    """A colour as PDF writes it: its space, and values from 0 to 1."""

    space: Space
    values: tuple[float, ...]

    def over(self, ground: Colour, alpha: float) -> Colour:
        """Give the colour that it makes on another when it covers so much of that, mixed as screens mix them."""
        if alpha >= 1:
            return self
        if ground == PAPER:
            ground = Colour(self.space, (0.0 if self.space == "cmyk" else 1.0,) * len(self.values))
        elif ground.space != self.space:
            return Colour("rgb", self.in_rgb()).over(Colour("rgb", ground.in_rgb()), alpha)
        mixed = zip(self.values, ground.values, strict=True)
        return Colour(self.space, tuple(value * alpha + behind * (1 - alpha) for value, behind in mixed))

    def in_rgb(self) -> tuple[float, float, float]:
        """Give the colour in sRGB; inks are taken to be pure."""
        if self.space == "gray":
            return (self.values[0],) * 3
        if self.space == "cmyk":
            *inks, black = self.values
            return tuple((1 - ink) * (1 - black) for ink in inks)  # type: ignore[return-value]  # three
        return self.values  # type: ignore[return-value]  # three

    def light(self) -> float:
        """Tell how much light it sends back, from 0 to 1."""
        return sum(part * to_linear(value) for part, value in zip(_LIGHT, self.in_rgb(), strict=True))


BLACK, PAPER = Colour("gray", (0.0,)), Colour("gray", (1.0,))


class Inks:
    """What a sheet is printed with; this one keeps the colours of the screen.

    `space` is what everything comes to be in; `separated` tells that text and hairlines are solid.
    """

    space: Space = "rgb"
    separated = False

    def of(self, colour: Colour) -> Colour:
        """Give a colour in these inks."""
        return colour

    def picture(self, picture: Image.Image) -> Image.Image:
        """Give a picture (mode L, RGB or CMYK) in these inks; it is grey where black alone prints it."""
        return picture


class Grey(Inks):
    """Black alone: each colour becomes the grey that is as light, in lightness as CIELAB has it."""

    space: Space = "gray"
    separated = True

    def __init__(self, icc: bytes) -> None:
        """With a profile for greys, tints are those of its press; with one for CMYK, inks are read by it."""
        kind = kind_of(icc) if icc else "GRAY"
        if kind not in {"GRAY", "CMYK"}:
            raise ValueError(f"a gray edition needs a profile for GRAY or CMYK; this one is for {kind}")
        own = icc if icc and kind == "GRAY" else grey()
        self._same = own == grey()
        self._from_rgb = transform(srgb(), profile_of(own), ("RGB", "L"))
        self._from_cmyk = None
        if icc and kind == "CMYK":
            self._from_cmyk = transform(profile_of(icc), profile_of(own), ("CMYK", "L"))
        self._one = cache(self._converted)

    def of(self, colour: Colour) -> Colour:
        """Give the grey that is as light."""
        if _is_neutral(colour) and (self._same or colour.in_rgb()[0] in _ENDS):
            return Colour("gray", colour.in_rgb()[:1])
        return self._one(colour)

    def _converted(self, colour: Colour) -> Colour:
        by_profile = colour.space == "cmyk" and self._from_cmyk is not None
        pixel = _pixel(colour if by_profile else Colour("rgb", colour.in_rgb()))
        return Colour("gray", (self.picture(pixel).tobytes()[0] / 255,))

    def picture(self, picture: Image.Image) -> Image.Image:
        """Give a picture in greys."""
        if picture.mode == "CMYK" and self._from_cmyk is not None:
            return _applied(picture, self._from_cmyk)
        if picture.mode == "L" and self._same:
            return picture
        return _applied(picture.convert("RGB"), self._from_rgb)


class FourInks(Inks):
    """Cyan, magenta, yellow and black, as a press's profile mixes them; neutral colours are of black alone.

    What styles give in `device-cmyk()` is printed as given.
    """

    space: Space = "cmyk"
    separated = True

    def __init__(self, icc: bytes) -> None:
        if not icc:
            raise ValueError("an edition in four inks needs the profile of the press that prints it")
        if (kind := kind_of(icc)) != "CMYK":
            raise ValueError(f"an edition in four inks needs a profile for CMYK; this one is for {kind}")
        self._from_rgb = transform(srgb(), profile_of(icc), ("RGB", "CMYK"))
        self._ramp = black_ramp(icc)
        self._one = cache(self._converted)

    def of(self, colour: Colour) -> Colour:
        """Give the inks for a colour."""
        return colour if colour.space == "cmyk" else self._one(colour)

    def _converted(self, colour: Colour) -> Colour:
        if _is_neutral(colour):
            return Colour("cmyk", (0.0, 0.0, 0.0, self._ramp[round(colour.in_rgb()[0] * 255)] / 255))
        inks = _applied(_pixel(Colour("rgb", colour.in_rgb())), self._from_rgb).tobytes()
        return Colour("cmyk", tuple(ink / 255 for ink in inks))

    def picture(self, picture: Image.Image) -> Image.Image:
        """Give a picture in four inks; a grey one stays so, and is printed with black alone."""
        if picture.mode == "CMYK":
            return picture
        if picture.mode == "RGB" and (shades := _shades(picture)):
            picture = shades
        if picture.mode == "L":
            return picture.point([255 - ink for ink in self._ramp])
        mixed = _applied(picture, self._from_rgb)
        if picture.getcolors(_DRAWN) is None:
            return mixed
        # Of a diagram: a black line must not be printed with four inks that never meet exactly.
        black = picture.getchannel("R").point(list(self._ramp))
        none = Image.new("L", picture.size)
        alone = Image.merge("CMYK", (none, none, none, black))
        return Image.composite(alone, mixed, _difference(picture).point([255, *[0] * 255]))


class Mask(Inks):
    """No ink at all: the light of what is drawn tells how much of something else is seen (ISO 32000-1, 11.5.3)."""

    space: Space = "gray"

    def of(self, colour: Colour) -> Colour:
        """Give the light of a colour, as readers of masks count it."""
        light = sum(part * value for part, value in zip(_MASK, colour.in_rgb(), strict=True))
        return Colour("gray", (light,))

    def picture(self, picture: Image.Image) -> Image.Image:
        """Give the light of a picture."""
        return picture.convert("L")


@lru_cache(maxsize=4)
def inks_for(colour: str, icc: bytes) -> Inks:
    """Give the inks of a sheet.

    Args:
        colour: `rgb`, `gray` or `cmyk`.
        icc: the profile of the press; without one, greys are those of sRGB.

    Raises ValueError where four inks have no profile, or the profile is for something else.
    """
    if colour == "gray":
        return Grey(icc)
    return FourInks(icc) if colour == "cmyk" else Inks()


def inks_of(sheet: Sheet) -> Inks:
    """Give the inks that a sheet is printed with; raises ValueError as `inks_for` does."""
    return inks_for(sheet.colour, sheet.icc)


def from_lab(values: tuple[float, ...], white: tuple[float, ...]) -> Colour:
    """Give a colour of CIELAB in sRGB, as near as that comes to it.

    Args:
        values: L from 0 to 100, a and b.
        white: X, Y and Z of the white that they are measured against: D50 or D65.
    """
    y = (values[0] + 16) / 116
    x, z = y + values[1] / 500, y - values[2] / 200
    place = [_unrooted(value) * part for value, part in zip((x, y, z), white, strict=True)]
    rows = _FROM_D50 if white[2] < 1 else _FROM_D65
    light = (sum(part * value for part, value in zip(row, place, strict=True)) for row in rows)
    return Colour("rgb", tuple(from_linear(min(1.0, max(0.0, value))) for value in light))


# From XYZ to the light of sRGB (IEC 61966-2-1), for either white.
_FROM_D50 = (
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)
_FROM_D65 = (
    (3.2404542, -1.5371385, -0.4985314),
    (-0.9692660, 1.8760108, 0.0415560),
    (0.0556434, -0.2040259, 1.0572252),
)


def _unrooted(value: float) -> float:
    return value**3 if value > 6 / 29 else 3 * (6 / 29) ** 2 * (value - 4 / 29)


def _is_neutral(colour: Colour) -> bool:
    return len({round(value * 255) for value in colour.in_rgb()}) == 1 and (
        colour.space != "cmyk" or not any(colour.values[:3])
    )


def _pixel(colour: Colour) -> Image.Image:
    mode = "CMYK" if colour.space == "cmyk" else "RGB"
    return Image.new(mode, (1, 1), tuple(round(value * 255) for value in colour.values))


def _applied(picture: Image.Image, conversion: Any) -> Image.Image:
    from PIL import ImageCms

    made = ImageCms.applyTransform(picture, conversion)
    assert made is not None
    return made


def _difference(picture: Image.Image) -> Image.Image:
    """Tell for each pixel how far its colour is from grey."""
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))


def _shades(picture: Image.Image) -> Image.Image | None:
    """Give a picture in colours as one in greys, if it has nothing else."""
    return picture.getchannel("R") if _difference(picture).getextrema() == (0, 0) else None
