"""The fonts of a book: what its leaves use of each face, united, and each face's file subset once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anthology.bind.file import File, Version, number, text
from anthology.leaves import Glyph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from anthology.leaves import LeafFont

# Tables that only shaping needs, which is done, or that describe other things than outlines.
_DROPPED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")
# What a page number in a slot is written in, as the style sheets of slots order it.
_FIGURES = {"lnum": True, "tnum": True, "onum": False, "kern": False, "liga": False}
_LETTERS = "0123456789ivxlcdm"
# Entries to a block of a character map (Adobe Technical Note 5014, 5.3).
_BLOCK = 100


@dataclass(slots=True)
class _Face:
    """One font of the book: as the first leaf describes it, with the glyphs of all."""

    font: LeafFont
    widths: dict[int, float] = field(default_factory=dict)
    letters: dict[int, str] = field(default_factory=dict)


class Faces:
    """Unites fonts by the name they have in content streams."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._faces: dict[str, _Face] = {}
        self._figures: dict[str, dict[str, Glyph]] = {}

    def unite(self, fonts: Iterable[LeafFont]) -> None:
        """Take in what a leaf uses; where two leaves read a glyph in two ways, the first holds."""
        for font in fonts:
            face = self._faces.setdefault(font.key, _Face(font))
            assert face.font.face == font.face, f"two faces have the name {font.key}"
            face.widths = {**font.widths, **face.widths}
            face.letters = {**font.letters, **face.letters}

    def figures(self, key: str) -> Mapping[str, Glyph]:
        """Give the lining tabular figures of a font, and its small letters for roman numerals."""
        if key not in self._figures:
            self._figures[key] = dict(self._shaped(self._faces[key].font))
        return self._figures[key]

    def use(self, key: str, letter: str, glyph: Glyph) -> None:
        """Take in a glyph that the binder writes with."""
        face = self._faces[key]
        face.widths.setdefault(glyph.id, glyph.width)
        face.letters.setdefault(glyph.id, letter)

    def write(self, file: File, version: Version) -> bytes:
        """Write all fonts for a version of PDF; give the entries of a resource dictionary that names them."""
        entries = []
        for key, face in self._faces.items():
            entries.append(b"/%s %d 0 R" % (key.encode(), _write(file, face, self._subset(face), version)))
        return b"".join(entries)

    def _shaped(self, font: LeafFont) -> Iterable[tuple[str, Glyph]]:
        import uharfbuzz  # type: ignore[import-untyped]  # it ships no types

        face = uharfbuzz.Face(self._files[font.face], font.number)
        shaper = uharfbuzz.Font(face)
        for letter in _LETTERS:
            buffer = uharfbuzz.Buffer()
            buffer.add_str(letter)
            buffer.guess_segment_properties()
            uharfbuzz.shape(shaper, buffer, _FIGURES)
            (info,), (place,) = buffer.glyph_infos, buffer.glyph_positions
            yield letter, Glyph(info.codepoint, round(place.x_advance * 1000 / face.upem))

    def _subset(self, face: _Face) -> bytes:
        import uharfbuzz

        flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.PASSTHROUGH_UNRECOGNIZED
        subset = uharfbuzz.SubsetInput()
        # The leaves' content streams name glyphs by the numbers that they have in the whole file.
        subset.flags = flags | uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.DESUBROUTINIZE
        subset.glyph_set.set(set(face.widths))
        subset.drop_table_tag_set.update({int.from_bytes(table.encode(), "big") for table in _DROPPED})
        original = uharfbuzz.Face(self._files[face.font.face], face.font.number)
        return bytes(subset.subset(original).blob.data)


def _write(file: File, face: _Face, data: bytes, version: Version) -> int:
    font = face.font
    is_cff = data[:4] == b"OTTO"
    entries = b"/Subtype/OpenType" if is_cff else b"/Length1 %d" % len(data)
    if is_cff and version == "1.4":
        # Of an OpenType file, PDF 1.4 knows the outlines alone (PDF Reference 1.4, table 5.23).
        entries, data = b"/Subtype/CIDFontType0C", _outlines(data)
    program = file.add_stream(entries, data)
    widest = max(face.widths.values(), default=0)
    name = font.name.encode()
    descriptor = b"<</Type/FontDescriptor/FontName/%s/FontFamily%s/Flags %d/FontBBox[0 %d %s %d]" % (
        name, text(font.family), font.flags, font.descent, number(widest), font.ascent
    )  # fmt: skip
    descriptor += b"/ItalicAngle %d/Ascent %d/Descent %d/CapHeight %d/StemV 80" % (
        font.italic_angle, font.ascent, font.descent, font.ascent
    )  # fmt: skip
    if version == "1.4":
        # PDF/A-1 wants the glyphs listed as well (ISO 19005-1, 6.3.5).
        descriptor += b"/CIDSet %d 0 R" % file.add_stream(b"", _bits(face.widths))
    descriptor += b"/FontFile%d %d 0 R>>" % (3 if is_cff else 2, program)
    descendant = file.add(
        b"<</Type/Font/Subtype/CIDFontType%d/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/CIDToGIDMap/Identity/W[%s]/FontDescriptor %d 0 R>>"
        % (0 if is_cff else 2, name, _widths(face.widths), file.add(descriptor))
    )
    return file.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (name, descendant, file.add_stream(b"", _character_map(face.letters)))
    )


def _outlines(data: bytes) -> bytes:
    """Take the table of outlines out of an OpenType file."""
    import uharfbuzz

    return bytes(uharfbuzz.Face(data).reference_table("CFF ").data)


def _widths(widths: Mapping[int, float]) -> bytes:
    """Write the widths of glyphs in runs of neighbours (ISO 32000-1, 9.7.4.3)."""
    runs: list[tuple[int, list[bytes]]] = []
    for glyph in sorted(widths):
        if not runs or glyph != runs[-1][0] + len(runs[-1][1]):
            runs.append((glyph, []))
        runs[-1][1].append(number(widths[glyph]))
    return b" ".join(b"%d[%s]" % (first, b" ".join(run)) for first, run in runs)


def _bits(glyphs: Iterable[int]) -> bytes:
    """Write a bit for each glyph, the first one highest (ISO 32000-1, table 124)."""
    present = {0, *glyphs}
    length = max(present) // 8 + 1
    bits = sum(1 << (length * 8 - 1 - glyph) for glyph in present)
    return bits.to_bytes(length, "big")


def _character_map(letters: Mapping[int, str]) -> bytes:
    """Write the text of each glyph (ISO 32000-1, 9.10.3)."""
    lines = [
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange"
    ]
    items = sorted(letters.items())
    for start in range(0, len(items), _BLOCK):
        block = items[start : start + _BLOCK]
        lines.append(b"%d beginbfchar" % len(block))
        lines += [b"<%04x> <%s>" % (glyph, said.encode("utf-16-be").hex().encode()) for glyph, said in block]
        lines.append(b"endbfchar")
    lines.append(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
    return b"\n".join(lines)
