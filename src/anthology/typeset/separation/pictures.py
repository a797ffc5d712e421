"""Pictures of a drawn file: read, separated, and written again as they were stored."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped]  # it ships no types
from PIL import Image, ImageChops

from anthology.typeset.content import operators
from anthology.typeset.separation.inks import PAPER
from anthology.typeset.separation.shadings import DEVICE

if TYPE_CHECKING:
    from anthology.typeset.separation.inks import Colour, Inks

# High enough that a photograph loses nothing that print would show by being stored once more.
_QUALITY = 95
# In pictures of so few colours equal pixels stand side by side, and differences between them only cost room.
_FLAT = 256
_MODES = {"gray": "L", "rgb": "RGB", "cmyk": "CMYK"}


def separate_picture(stream: Any, mask: Any, inks: Inks, ground: Colour, alpha: float | None) -> None:
    """Put a picture into the inks of a press, in place.

    Args:
        stream: the picture of the engine's PDF.
        mask: the picture that tells how much each pixel covers, if there is one.
        inks: what to print with.
        ground: what it stands on.
        alpha: how much of that the whole covers; it and the mask are worked out. None leaves the mask alone.
    """
    picture = _opened(stream)
    made = inks.picture(picture if alpha is None else _on_ground(picture, mask, ground, alpha))
    if alpha is not None:
        stream.extra.pop("SMask", None)
    if made is picture:
        # Stored data is at its best where nothing has to be changed.
        return
    stream.extra["ColorSpace"] = DEVICE[{mode: space for space, mode in _MODES.items()}[made.mode]]
    stream.extra["BitsPerComponent"] = 8
    for key in ("Decode", "DecodeParms"):
        stream.extra.pop(key, None)
    if stream.extra["Filter"] == "/DCTDecode":
        stream.stream = [_jpeg(made)]
        if made.mode == "CMYK":
            # Pillow stores inks as Adobe does: paper is 255.
            stream.extra["Decode"] = pydyf.Array([1, 0] * 4)
        return
    predicted = made.getcolors(_FLAT) is None
    if predicted:
        stream.extra["DecodeParms"] = pydyf.Dictionary(
            {"Predictor": 2, "Colors": len(made.getbands()), "Columns": made.width}
        )
    stream.stream = [zlib.compress((_differences(made) if predicted else made).tobytes(), 9)]


def _opened(stream: Any) -> Image.Image:
    """Open a picture as the engine stored it: a JPEG file, or the data of a PNG file without its frame."""
    data = b"".join(operators(stream))
    if stream.extra["Filter"] == "/DCTDecode":
        picture = Image.open(BytesIO(data))
        picture.load()
        if picture.mode == "CMYK" and "Decode" not in stream.extra:
            # Pillow takes every JPEG in four inks for one of Adobe's.
            return ImageChops.invert(picture)
        return picture
    width, height = stream.extra["Width"], stream.extra["Height"]
    colours = stream.extra["DecodeParms"].get("Colors", 1)
    # What the frame said of the bits follows from the length: each line begins with the number of its filter.
    bits = (len(zlib.decompress(data)) // height - 1) * 8 // (width * colours)
    bits = next(known for known in (16, 8, 4, 2, 1) if known <= max(1, bits))
    head = struct.pack(">IIBBBBB", width, height, bits, 2 if colours == 3 else 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    framed = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
    picture = Image.open(BytesIO(b"\x89PNG\r\n\x1a\n" + framed))
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return picture if picture.mode in _MODES.values() else picture.convert("L")


def _on_ground(picture: Image.Image, mask: Any, ground: Colour, alpha: float) -> Image.Image:
    if mask is None and alpha >= 1:
        return picture
    cover = Image.new("L", picture.size, 255) if mask is None else _opened(mask).convert("L")
    if cover.size != picture.size:
        cover = cover.resize(picture.size)
    cover = cover.point([round(value * alpha) for value in range(256)])
    coloured = len(set(ground.in_rgb())) > 1
    if (picture.mode == "CMYK" and ground != PAPER) or (picture.mode == "L" and coloured):
        picture = picture.convert("RGB")
    if picture.mode == "CMYK":
        behind: tuple[int, ...] = (0, 0, 0, 0)
    else:
        behind = tuple(round(value * 255) for value in ground.in_rgb()[: len(picture.getbands())])
    return Image.composite(picture, Image.new(picture.mode, picture.size, behind), cover)


def _jpeg(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=_QUALITY, subsampling=0)
    return file.getvalue()


def _differences(picture: Image.Image) -> Image.Image:
    """Take from each pixel the one before it in its line (predictor 2; ISO 32000-1, 7.4.4.4)."""
    before = Image.new(picture.mode, picture.size, (0,) * len(picture.getbands()))
    before.paste(picture, (1, 0))
    return ImageChops.subtract_modulo(picture, before)
