"""The fonts of a set document: which glyphs of which faces it shows, apart from the font files themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from anthology.leaves import LeafFont


class Faces:
    """The font files that a process has met, by digest; each is read and digested once."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._digests: dict[str, str] = {}

    def fonts_of(self, document: Any) -> tuple[LeafFont, ...]:
        """Describe the fonts of a drawn document whose files the binder can subset: plain outlines, no glyph missing."""
        found: dict[str, LeafFont] = {}
        for font in document.fonts.values():
            if not is_united(font):
                continue
            # The same face in several sizes is one font.
            known = found.get(font.hash)
            found[font.hash] = LeafFont(
                key=font.hash,
                face=self._digest(font),
                number=font.index,
                name=font.name.decode().lstrip("/"),
                family=font.family,
                flags=font.flags,
                ascent=font.ascent,
                descent=font.descent,
                italic_angle=font.italic_angle,
                widths={**(known.widths if known else {}), **font.widths},
                letters={**(known.letters if known else {}), **font.to_unicode},
            )
        return tuple(found.values())

    def _digest(self, font: Any) -> str:
        """Give the digest of a font's whole file: what the engine holds by now is a subset."""
        from weasyprint.text.fonts import get_hb_object_data

        if font.hash not in self._digests:
            data = get_hb_object_data(font.hb_face)
            self._digests[font.hash] = hashlib.sha256(data).hexdigest()
            self.files[self._digests[font.hash]] = data
        return self._digests[font.hash]


def is_united(font: Any) -> bool:
    """Tell whether a font of the engine's can be one with the same face in other leaves."""
    changed = font.bitmap or font.png or font.svg or font.colr or font.missing or font.used_in_forms
    return not changed and "fvar" not in font.tables


class Drawn(NamedTuple):
    """The glyphs that are drawn of a font: widths in thousandths of the type size, and texts, by glyph id."""

    widths: Mapping[int, float]
    letters: Mapping[int, str]


def glyphs_by_key(document: Any) -> Mapping[str, Drawn]:
    """Give the glyphs of every font of a drawn document, by the name it has in content streams."""
    widths: dict[str, dict[int, float]] = {}
    letters: dict[str, dict[int, str]] = {}
    for font in document.fonts.values():
        widths.setdefault(font.hash, {}).update(font.widths)
        letters.setdefault(font.hash, {}).update(font.to_unicode)
    return {key: Drawn(widths[key], letters[key]) for key in widths}
