"""Pictures: facts, a fit copy, a bare copy; or the words that say why not."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from zlib import crc32

from PIL import Image

from anthology.images import FITTING_PIXELS, NotAPicture, TooManyPixels, bare, facts_of, fit, opened, upright
from fuzz.choices import Choices

_TOKENS = (
    *(b"\xff\xd8", b"\xff\xd9", b"\xff\xda", b"\xff\xe1\x00\x08Exif\0\0", b"\xff\xff", b"\xff\xfe\x00\x02", b"\xff\xe2", b"\xff\xee"),
    *(b"IHDR", b"IDAT", b"IEND", b"tEXt", b"iCCP", b"acTL", b"eXIf", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x89PNG\r\n\x1a\n"),
    *(b"GIF89a", b"NETSCAPE2.0", b"\x21\xf9\x04", b"RIFF", b"WEBP", b"VP8X", b"VP8 ", b"VP8L", b"ANMF", b"II*\0", b"MM\0*", b"BM"),
)  # fmt: skip
_LONGEST = 65_000
_PNG = b"\x89PNG\r\n\x1a\n"
_EXIF = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"


@cache
def _seeds() -> tuple[bytes, ...]:
    picture = Image.linear_gradient("L").resize((24, 16))
    colours = Image.merge("RGB", (picture, picture.rotate(180), picture))
    clear = colours.convert("RGBA")
    clear.putalpha(picture)
    ways = (
        (colours, "JPEG", {"exif": _EXIF, "comment": b"a"}),
        (colours, "JPEG", {"progressive": True, "quality": 5}),
        (picture, "JPEG", {}),
        (colours.convert("CMYK"), "JPEG", {}),
        (clear, "PNG", {}),
        (colours.quantize(8), "PNG", {"transparency": 3}),
        (picture.convert("1"), "PNG", {}),
        (picture.convert("I;16"), "PNG", {}),
        (colours.quantize(8), "GIF", {"save_all": True, "append_images": [colours.quantize(4)]}),
        (clear, "WEBP", {"lossless": True}),
        (colours, "WEBP", {"save_all": True, "append_images": [clear]}),
        (colours, "TIFF", {"compression": "tiff_lzw"}),
        (picture.convert("F"), "TIFF", {}),
        (colours.convert("LAB"), "TIFF", {}),
        (colours, "BMP", {}),
        (clear, "ICO", {}),
        (colours, "AVIF", {}),
    )
    made = []
    for image, form, options in ways:
        file = BytesIO()
        image.save(file, form, **options)
        made.append(file.getvalue())
    return tuple(made)


def _with_sums(data: bytes) -> bytes:
    """Write the check sum behind each part of a PNG: whoever damages one on purpose does that too."""
    made, place = bytearray(data), len(_PNG)
    while place + 12 <= len(made):
        size = int.from_bytes(made[place : place + 4], "big")
        end = place + 8 + size
        if end + 4 > len(made):
            break
        made[end : end + 4] = crc32(made[place + 4 : end]).to_bytes(4, "big")
        place = end + 4
    return bytes(made)


def check(data: bytes) -> None:
    """Look at a picture: whoever gets facts gets a fit copy that is one, and a bare copy with the same pixels."""
    choices = Choices(data)
    kind = choices.number(15)
    made = choices.rest() if not kind else choices.damaged(choices.one_of(_seeds()), _TOKENS)
    if kind % 2 and made.startswith(_PNG):
        made = _with_sums(made)
    try:
        facts = facts_of(made)
        fitted = fit(made)
    except (NotAPicture, TooManyPixels) as refused:
        assert str(refused).strip()
        return
    assert facts.width > 0
    assert facts.height > 0
    again = facts_of(fitted.data)
    assert again.media_type == fitted.media_type
    assert again.width * again.height <= FITTING_PIXELS
    # A strip that is longer than a JPEG can be is squeezed.
    longest = max(facts.width, facts.height)
    assert longest > _LONGEST or abs(again.width * facts.height - again.height * facts.width) <= longest
    assert fit(fitted.data) == fitted
    stripped = bare(made)
    assert bare(stripped) == stripped
    assert len(stripped) <= len(made) + 40
    try:
        pixels = _pixels(made)
    except NotAPicture:
        # The check sums of a PNG are right, and what they stand for is not: only whoever decodes it knows.
        assert facts.media_type == "image/png"
        return
    assert _pixels(stripped) == pixels


def _pixels(data: bytes) -> tuple[str, tuple[int, int], bytes]:
    with opened(data) as picture:
        shown = upright(picture)
        return shown.mode, shown.size, shown.tobytes()
