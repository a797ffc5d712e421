"""A press of our own making: a CMYK profile (ICC.1:2001-04) small enough to be calculated, for tests of separations."""

from __future__ import annotations

import struct
from functools import cache
from itertools import product

# Points along each axis of the tables from ink to colour and from colour to ink.
_INK_GRID, _COLOUR_GRID = 7, 17
# How much light a full ink takes from the third of the spectrum that it is made for, and how much a tint gains.
_STRENGTH, _GAIN = 0.95, 0.8
# The white that profiles calculate with (D50), and linear sRGB in it (IEC 61966-2-1, adapted).
_WHITE = (0.9642, 1.0, 0.8249)
_TO_XYZ = (
    (0.4360747, 0.3850649, 0.1430804),
    (0.2225045, 0.7168786, 0.0606169),
    (0.0139322, 0.0971045, 0.7141733),
)
_FROM_XYZ = (
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)


@cache
def cmyk_profile() -> bytes:
    """Give the profile of a press whose inks each take one third of the spectrum, and whose tints print darker."""
    to_colour = _table(4, 3, _INK_GRID, _colour_of)
    to_ink = _table(3, 4, _COLOUR_GRID, _ink_of)
    tags = {
        b"desc": _description("Anthology test press"),
        b"cprt": b"text\0\0\0\0No rights reserved\0",
        b"wtpt": b"XYZ \0\0\0\0" + _numbers(_WHITE),
        **{b"A2B%d" % intent: to_colour for intent in range(3)},
        **{b"B2A%d" % intent: to_ink for intent in range(3)},
    }
    return _file(b"prtr", b"CMYK", b"Lab ", tags)


def _file(kind: bytes, inks: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    """Write head, table of tags and tags (clause 6); what several tags share stands in the file once."""
    places: dict[bytes, int] = {}
    body, begin = b"", 128 + 4 + 12 * len(tags)
    for data in tags.values():
        if data not in places:
            places[data] = begin + len(body)
            body += data + bytes(-len(data) % 4)
    table = b"".join(struct.pack(">4sII", name, places[data], len(data)) for name, data in tags.items())
    size, version = begin + len(body), 0x02400000
    made = struct.pack(">6H", 2026, 1, 31, 0, 0, 0)
    head = struct.pack(">I4xI4s4s4s12s4s", size, version, kind, inks, connection, made, b"acsp")
    head = head.ljust(68, b"\0") + _numbers(_WHITE)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _description(text: str) -> bytes:
    """Write a text in ASCII, with none in Unicode and none in the script of old Macintoshes (6.5.17)."""
    ascii_text = text.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(ascii_text)) + ascii_text + bytes(4 + 4 + 2 + 1 + 67)


def _numbers(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">3i", *(round(value * 65536) for value in values))


def _table(inputs: int, outputs: int, grid: int, function: object) -> bytes:
    """Write a table of 8 bits (6.5.7), the first input varying least rapidly."""
    assert callable(function)
    head = struct.pack(">4s4x4B", b"mft1", inputs, outputs, grid, 0)
    same = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    steps = [place / (grid - 1) for place in range(grid)]
    points = bytes(
        round(min(1.0, max(0.0, value)) * 255)
        for point in product(steps, repeat=inputs)
        for value in function(*point)
    )
    return head + same + bytes(range(256)) * inputs + points + bytes(range(256)) * outputs


def _colour_of(cyan: float, magenta: float, yellow: float, black: float) -> tuple[float, float, float]:
    """Give the colour of inks one over another, as CIELAB from 0 to 1."""
    light = tuple(
        (1 - _STRENGTH * ink**_GAIN) * (1 - _STRENGTH * black**_GAIN) for ink in (cyan, magenta, yellow)
    )
    x, y, z = (
        _root(sum(part * value for part, value in zip(row, light, strict=True)) / white)
        for row, white in zip(_TO_XYZ, _WHITE, strict=True)
    )
    return (116 * y - 16) / 100, (500 * (x - y) + 128) / 255, (200 * (y - z) + 128) / 255


def _ink_of(lightness: float, red_green: float, yellow_blue: float) -> tuple[float, float, float, float]:
    """Give inks for a colour: as much black as all of the light that is missing allows, then what is left."""
    y = (lightness * 100 + 16) / 116
    x, z = y + (red_green * 255 - 128) / 500, y - (yellow_blue * 255 - 128) / 200
    place = tuple(_cube(value) * white for value, white in zip((x, y, z), _WHITE, strict=True))
    light = [
        min(1.0, max(0.0, sum(part * value for part, value in zip(row, place, strict=True))))
        for row in _FROM_XYZ
    ]
    black = min(1.0, (1 - max(light)) / _STRENGTH)
    rest = 1 - _STRENGTH * black
    inks = [min(1.0, max(0.0, (1 - value / rest) / _STRENGTH)) ** (1 / _GAIN) for value in light]
    return inks[0], inks[1], inks[2], black ** (1 / _GAIN)


def _root(value: float) -> float:
    return float(value ** (1 / 3)) if value > 0.008856 else 7.787 * value + 16 / 116


def _cube(value: float) -> float:
    return value**3 if value > 0.206893 else (value - 16 / 116) / 7.787
