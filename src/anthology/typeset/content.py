"""The content of a page, parted where page numbers will be written into it."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from statistics import mode
from typing import TYPE_CHECKING, Any, NamedTuple

from anthology.leaves import Blank, Content, Fill, Glyph, Piece, Shift

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from anthology.typeset.faces import Drawn

# As the typesetting engine writes them; ISO 32000-1, 9.4.2 and 9.4.3.
_MATRIX = re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm")
_FONT = re.compile(rb"/(\S+) (\S+) Tf")
_SHOWN = re.compile(rb"<([0-9a-f]*)>|(-?[\d.]+)")
# Two places that are nearer to each other than this, in CSS pixels, are the same.
_NEAR = 0.01


# A glyph, and what is taken off the room behind it.
_Kerned = tuple[Glyph, float]


@dataclass(frozen=True, slots=True)
class Slot:
    """A text on a page that is, or holds, a page number to be: `held` stands in its place.

    `x` and `baseline` tell where the text begins, `part` how far it moves when the number is narrower than its room;
    `others` are the beginnings of texts that move with it, with their parts; `figures` are the glyphs to write with,
    where they are not those of every slot.
    """

    target: str
    held: str
    x: float
    baseline: float
    part: float
    others: tuple[tuple[float, float, float], ...] = ()
    figures: Mapping[str, Glyph] = field(default_factory=dict)


def content_of(items: Sequence[bytes], slots: Sequence[Slot], fonts: Mapping[str, Drawn]) -> Content:
    """Part the operators of a page at the slots that stand on it.

    Args:
        items: the operators with their operands, in order.
        slots: the texts with page numbers in them.
        fonts: the glyphs of each font.

    Raises ValueError where a slot is not drawn as one run of glyphs of one font.
    """
    # The engine turns the page's coordinates over and leaves them so; what is drawn after it needs them as they were.
    items = [b"q", *items, b"Q"]
    pieces, blanks = _parted(items, slots, fonts)
    first = min(pieces, default=len(items))
    tail = _joined([pieces.get(index, items[index]) for index in range(first, len(items))])
    return Content(_compressed(items[:first]), tail, blanks)


def open_content_of(items: Sequence[bytes], slots: Sequence[Slot], fonts: Mapping[str, Drawn]) -> Content:
    """Part the operators of a page like `content_of`, and leave all of them open."""
    pieces, blanks = _parted(items, slots, fonts)
    return Content(b"", _joined([pieces.get(index, item) for index, item in enumerate(items)]), blanks)


def figures_of(items: Sequence[bytes], slot: Slot, fonts: Mapping[str, Drawn]) -> dict[str, Glyph]:
    """Give the glyphs that a page number is drawn with, by its letters."""
    drawn = _held(items, slot, fonts).glyphs
    return {letter: glyph for letter, (glyph, _) in zip(slot.held, drawn, strict=True)}


def _parted(
    items: Sequence[bytes], slots: Sequence[Slot], fonts: Mapping[str, Drawn]
) -> tuple[dict[int, Piece | tuple[Piece, ...]], tuple[Blank, ...]]:
    """Give what stands in place of the operators that a page number changes, by their index, and the blanks."""
    places = {index: place for index, item in enumerate(items) if slots and (place := _place(item))}
    pieces: dict[int, Piece | tuple[Piece, ...]] = {}
    blanks = []
    for number, slot in enumerate(slots):
        for x, baseline, part in ((slot.x, slot.baseline, slot.part), *slot.others):
            for index in _at(places, x, baseline):
                pieces[index] = (b"1 0 0 -1 ", Shift(number, places[index][0], part), _behind_x(items[index]))
        held = _held(items, slot, fonts)
        *inner, (_, last) = held.glyphs
        between = [kerning for _, kerning in inner]
        pieces[held.shown] = Fill(
            number, held.lead + _written(held.before), _kerning(last) + _written(held.after)
        )
        room = (sum(glyph.width for glyph, _ in held.glyphs) - sum(between)) * held.size / 1000
        # Of letters that are set wide apart; kerning is no part of it, which differs from pair to pair.
        spacing = -mode(between) if between else 0.0
        blanks.append(Blank(slot.target, held.font, held.size, room, slot.figures, spacing))
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


class _Held(NamedTuple):
    """Where a page number stands: the operator that shows it, font and type size, its glyphs and those around it.

    `lead` is the space before all of them.
    """

    shown: int
    font: str
    size: float
    lead: bytes
    before: list[_Kerned]
    glyphs: list[_Kerned]
    after: list[_Kerned]


def _held(items: Sequence[bytes], slot: Slot, fonts: Mapping[str, Drawn]) -> _Held:
    """Find the glyphs of a page number behind the matrix of its text."""
    places = {index: place for index, item in enumerate(items) if (place := _place(item))}
    begins = _at(places, slot.x, slot.baseline)
    for shown in range(begins[0] if begins else len(items), len(items)):
        if items[shown] == b"ET":
            break
        if not items[shown].endswith(b"] TJ"):
            continue
        key, size = next(
            found.groups() for at in range(shown, -1, -1) if (found := _FONT.fullmatch(items[at]))
        )
        font = fonts[key.decode()]
        glyphs = _glyphs(items[shown][1:-4], font.widths)
        begin = _begin_of(slot.held, [font.letters.get(glyph.id, "") for glyph, _ in glyphs])
        if begin >= 0:
            end = begin + len(slot.held)
            lead = items[shown][1:].partition(b"<")[0]
            return _Held(
                shown, key.decode(), float(size), lead, glyphs[:begin], glyphs[begin:end], glyphs[end:]
            )
    raise ValueError(f'the page number "{slot.held}" is not drawn as one run of glyphs of one font')


def _begin_of(held: str, letters: Sequence[str]) -> int:
    """Find the glyph at which a number begins, -1 if none does; small capitals may read as letters of either kind."""
    for begin in range(len(letters) - len(held) + 1):
        if [letter.casefold() for letter in letters[begin : begin + len(held)]] == list(held.casefold()):
            return begin
    return -1


def _glyphs(shown: bytes, widths: Mapping[int, float]) -> list[_Kerned]:
    """Read the operand of a text-showing operator: each glyph, and what is taken off the room behind it."""
    glyphs: list[_Kerned] = []
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


def _written(glyphs: Sequence[_Kerned]) -> bytes:
    return b"".join(b"<%04x>" % glyph.id + _kerning(kerning) for glyph, kerning in glyphs)


def _kerning(kerning: float) -> bytes:
    return b"%g" % kerning if kerning else b""


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
