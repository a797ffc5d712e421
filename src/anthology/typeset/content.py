"""The content of a page, parted where page numbers will be written into it."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anthology.leaves import Blank, Content, Fill, Glyph, Piece, Shift

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# As the typesetting engine writes them; ISO 32000-1, 9.4.2 and 9.4.3.
_MATRIX = re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm")
_FONT = re.compile(rb"/(\S+) (\S+) Tf")
_SHOWN = re.compile(rb"<([0-9a-f]*)>|(-?[\d.]+)")
# Two places that are nearer to each other than this, in CSS pixels, are the same.
_NEAR = 0.01


@dataclass(frozen=True, slots=True)
class Slot:
    """A text on a page that is, or holds, a page number to be: `held` stands in `text` in its place.

    `x` and `baseline` tell where the text begins, `part` how far it moves when the number is narrower than its room;
    `others` are the beginnings of texts that move with it, with their parts.
    """

    target: str
    text: str
    held: str
    x: float
    baseline: float
    part: float
    others: tuple[tuple[float, float, float], ...] = ()
    has_figures: bool = False


def content_of(
    items: Sequence[bytes], slots: Sequence[Slot], fonts: Mapping[str, Mapping[int, float]]
) -> Content:
    """Part the operators of a page at the slots that stand on it.

    Args:
        items: the operators with their operands, in order.
        slots: the texts with page numbers in them.
        fonts: the widths of each font's glyphs, in thousandths of the type size.

    Raises ValueError where a slot is not drawn as one run of glyphs of one font.
    """
    # The engine turns the page's coordinates over and leaves them so; what is drawn after it needs them as they were.
    items = [b"q", *items, b"Q"]
    pieces, blanks = _parted(items, slots, fonts)
    first = min(pieces, default=len(items))
    tail = _joined([pieces.get(index, items[index]) for index in range(first, len(items))])
    return Content(_compressed(items[:first]), tail, blanks)


def open_content_of(
    items: Sequence[bytes], slots: Sequence[Slot], fonts: Mapping[str, Mapping[int, float]]
) -> Content:
    """Part the operators of a page like `content_of`, and leave all of them open."""
    pieces, blanks = _parted(items, slots, fonts)
    return Content(b"", _joined([pieces.get(index, item) for index, item in enumerate(items)]), blanks)


def _parted(
    items: Sequence[bytes], slots: Sequence[Slot], fonts: Mapping[str, Mapping[int, float]]
) -> tuple[dict[int, Piece | tuple[Piece, ...]], tuple[Blank, ...]]:
    """Give what stands in place of the operators that a page number changes, by their index, and the blanks."""
    places = {index: place for index, item in enumerate(items) if slots and (place := _place(item))}
    pieces: dict[int, Piece | tuple[Piece, ...]] = {}
    blanks = []
    for number, slot in enumerate(slots):
        for x, baseline, part in ((slot.x, slot.baseline, slot.part), *slot.others):
            for index in _at(places, x, baseline):
                pieces[index] = (b"1 0 0 -1 ", Shift(number, places[index][0], part), _behind_x(items[index]))
        found = _at(places, slot.x, slot.baseline)
        if not found:
            raise ValueError(f'the page number "{slot.text}" is not drawn')
        shown, blank, fill = _blank(items, found[0], slot, number, fonts)
        pieces[shown] = fill
        blanks.append(blank)
    return pieces, tuple(blanks)


def operators(stream: Any) -> list[bytes]:
    """List what a stream of the engine's PDF library draws."""
    return [_bytes(item) for item in stream.stream]


def _bytes(item: Any) -> bytes:
    if isinstance(item, bytes):
        return item
    return item.encode("ascii") if isinstance(item, str) else bytes(item.data)


def _compressed(items: Sequence[bytes]) -> bytes:
    return zlib.compress(b"".join(item + b"\n" for item in items), 9) if items else b""


def _place(item: bytes) -> tuple[float, float] | None:
    found = _MATRIX.fullmatch(item)
    return (float(found[1]), float(found[2])) if found else None


def _at(places: Mapping[int, tuple[float, float]], x: float, baseline: float) -> list[int]:
    return [
        index
        for index, place in places.items()
        if abs(place[0] - x) < _NEAR and abs(place[1] - baseline) < _NEAR
    ]


def _behind_x(item: bytes) -> bytes:
    return b" " + item.split(b" ", 5)[5]


def _blank(
    items: Sequence[bytes], index: int, slot: Slot, number: int, fonts: Mapping[str, Mapping[int, float]]
) -> tuple[int, Blank, Fill]:
    """Find the glyphs of a slot behind its matrix; tell in which operator, and what room they take."""
    shown = next((at for at in range(index, len(items)) if items[at].endswith(b"] TJ")), len(items))
    end = next((at for at in range(index, len(items)) if items[at] == b"ET"), len(items))
    font = next((found for at in range(shown, -1, -1) if (found := _FONT.fullmatch(items[at]))), None)
    if shown >= end or font is None:
        raise ValueError(f'the page number "{slot.text}" is not drawn')
    key, size = font[1].decode(), float(font[2])
    glyphs = _glyphs(items[shown][1:-4], fonts[key])
    begin = slot.text.rindex(slot.held)
    if len(glyphs) != len(slot.text):
        raise ValueError(
            f'"{slot.text}" is drawn with {len(glyphs)} glyphs of one font, so that its page number cannot be told'
        )
    held = glyphs[begin : begin + len(slot.held)]
    capacity = sum(glyph.width - kerning for glyph, kerning in held) * size / 1000
    figures = {}
    if slot.has_figures:
        figures = {letter: glyph for letter, (glyph, _) in zip(slot.held, held, strict=True)}
    fill = Fill(number, _written(glyphs[:begin]), _written(glyphs[begin + len(slot.held) :]))
    return shown, Blank(slot.target, key, size, capacity, figures), fill


def _glyphs(shown: bytes, widths: Mapping[int, float]) -> list[tuple[Glyph, float]]:
    """Read the operand of a text-showing operator: each glyph, and what is taken off the room behind it."""
    glyphs: list[tuple[Glyph, float]] = []
    for found in _SHOWN.finditer(shown):
        if found[2] is not None:
            if glyphs:
                glyph, kerning = glyphs[-1]
                glyphs[-1] = glyph, kerning + float(found[2])
            continue
        for at in range(0, len(found[1]), 4):
            glyph_id = int(found[1][at : at + 4], 16)
            glyphs.append((Glyph(glyph_id, widths[glyph_id]), 0.0))
    return glyphs


def _written(glyphs: Sequence[tuple[Glyph, float]]) -> bytes:
    return b"".join(b"<%04x>" % glyph.id + (b"%g" % kerning if kerning else b"") for glyph, kerning in glyphs)


def _joined(pieces: Sequence[Piece | tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """Put operators one to a line, and join what is not to be changed."""
    made: list[Piece] = []
    for piece in pieces:
        parts = piece if isinstance(piece, tuple) else (piece,)
        for part in (*parts, b"\n"):
            if isinstance(part, bytes) and made and isinstance(made[-1], bytes):
                made[-1] += part
            elif isinstance(part, bytes):
                made.append(part)
            else:
                made.append(part)
    return tuple(made)
