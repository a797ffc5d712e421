"""Profiles that colours are converted with (ICC.1): that of sRGB, that of grey, and those of presses."""

from __future__ import annotations

import struct
from functools import lru_cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

# The white of the space between profiles, D50 (ICC.1:2022, 7.2.16).
_WHITE = (0.9642, 1.0, 0.8249)
# Points of the curve that a grey value is read by; fewer would show in dark pictures.
_POINTS = 1024
# Colours as near to what was meant as inks come; what is darker than the press's black is made as dark as that.
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION


def to_linear(value: float) -> float:
    """Give the light of a value of sRGB, both from 0 to 1 (IEC 61966-2-1)."""
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


def from_linear(light: float) -> float:
    """Give the value of sRGB that shows so much light, both from 0 to 1."""
    return float(light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)


@lru_cache(maxsize=4)
def profile_of(icc: bytes) -> Any:
    """Open a profile.

    Raises ValueError for bytes that are none.
    """
    try:
        return ImageCms.ImageCmsProfile(BytesIO(icc))
    except OSError as error:
        raise ValueError(f"the colour profile cannot be read: {error}") from error


def kind_of(icc: bytes) -> str:
    """Name the colours that a profile is for, as profiles do: `RGB`, `GRAY`, `CMYK`."""
    return str(profile_of(icc).profile.xcolor_space).strip()


@lru_cache(maxsize=1)
def srgb() -> Any:
    """Give the profile of what the engine draws in."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


@lru_cache(maxsize=1)
def grey() -> bytes:
    """Make a profile of greys that are as light as the same value in sRGB."""
    steps = (place / (_POINTS - 1) for place in range(_POINTS))
    curve = [round(to_linear(step) * 65535) for step in steps]
    name = b"sRGB grey\0"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(78),
        b"cprt": b"text\0\0\0\0No rights reserved\0",
        b"wtpt": b"XYZ \0\0\0\0" + _numbers(_WHITE),
        b"kTRC": b"curv\0\0\0\0" + struct.pack(f">I{_POINTS}H", _POINTS, *curve),
    }
    begin = 128 + 4 + 12 * len(tags)
    table, body = b"", b""
    for tag, data in tags.items():
        table += struct.pack(">4sII", tag, begin + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(
        ">I4xI4s4s4s12s4s", begin + len(body), 0x02400000, b"mntr", b"GRAY", b"XYZ ", b"", b"acsp"
    )
    head = head.ljust(68, b"\0") + _numbers(_WHITE)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def transform(source: Any, target: Any, modes: tuple[str, str]) -> Any:
    """Make ready to convert pictures from one profile to another.

    Args:
        source: the profile that they have.
        target: the profile that they are to have.
        modes: Pillow's modes for what goes in and for what comes out.

    Raises ValueError where a profile lacks what that takes: some are made for scanning alone.
    """
    try:
        return ImageCms.buildTransform(source, target, *modes, renderingIntent=_INTENT, flags=_FLAGS)
    except ImageCms.PyCMSError as error:
        raise ValueError(f"the colour profile cannot be printed with: {error}") from error


def black_ramp(icc: bytes) -> tuple[int, ...]:
    """Tell how much black ink alone is as light as each grey from 0 to 255, between solid black and paper.

    Args:
        icc: the CMYK profile of a press.
    """
    inks = Image.new("CMYK", (256, 1))
    inks.putdata([(0, 0, 0, ink) for ink in range(256)])
    # As light as they are, for once: what is darkest is what black ink is measured by.
    seen = ImageCms.buildTransform(profile_of(icc), profile_of(grey()), "CMYK", "L", renderingIntent=_INTENT)
    tints = ImageCms.applyTransform(inks, seen)
    assert tints is not None
    lights = [to_linear(value / 255) for value in tints.tobytes()]
    darkest, paper = lights[255], lights[0]
    ramp = []
    for value in range(256):
        light = darkest + (paper - darkest) * to_linear(value / 255)
        # The lightest of equals: a tint no heavier than need be.
        ramp.append(min(range(256), key=lambda ink: (abs(lights[ink] - light), ink)))
    ramp[0], ramp[255] = 255, 0
    return tuple(ramp)


def _numbers(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">3i", *(round(value * 65536) for value in values))
