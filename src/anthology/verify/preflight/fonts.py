"""Rules of fonts: each is in the file, and tells which letters its glyphs are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthology.problems import Problem
    from anthology.verify.preflight.inspection import Inspection, PageFacts

# Six letters and a plus sign stand before the name of a subset (ISO 32000-1, 9.6.4).
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_SYMBOLIC = 4


def embedded(inspection: Inspection) -> Iterator[Problem]:
    """V021: every font is in the file, the fourteen standard ones too."""
    for font, page in _fonts(inspection):
        inner = _descendant(font)
        if font.get("/Subtype") == Name.Type3 or _has_file(inner):
            continue
        message = f'the font "{_name(font)}" is not in the file'
        yield inspection.problem("V021", message, page, "save the PDF with all its fonts embedded")


def telling(inspection: Inspection) -> Iterator[Problem]:
    """V022: glyphs can be turned into letters (ISO 32000-1, 9.10.2)."""
    for font, page in _fonts(inspection):
        if "/ToUnicode" not in font and not _letters_are_known(font):
            message = f'the font "{_name(font)}" does not tell which letters its glyphs are (ToUnicode)'
            hint = "its text can be neither searched nor read aloud: save the PDF anew"
            yield inspection.problem("V022", message, page, hint)


def _fonts(inspection: Inspection) -> Iterator[tuple[Object, PageFacts]]:
    """Give each font once, with the first page that has it."""
    seen: set[object] = set()
    for page, content in zip(inspection.pages, inspection.contents, strict=True):
        for font in content.fonts:
            key: object = (
                font.objgen if font.objgen != (0, 0) else (_name(font), _has_file(_descendant(font)))
            )
            if key not in seen:
                seen.add(key)
                yield font, page


def _descendant(font: Object) -> Object:
    """Give the font that has the descriptor: in composite fonts, the one within."""
    inner = font.get("/DescendantFonts")
    if isinstance(inner, Array) and len(inner) and isinstance(inner[0], Dictionary):
        return inner[0]
    return font


def _has_file(font: Object) -> bool:
    descriptor = font.get("/FontDescriptor")
    return isinstance(descriptor, Dictionary) and any(
        key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )


def _letters_are_known(font: Object) -> bool:
    """Tell whether the encoding alone names letters, as those of Latin text fonts do."""
    if font.get("/Subtype") in (Name.Type0, Name.Type3):
        return False
    encoding = font.get("/Encoding")
    if isinstance(encoding, Name | Dictionary):
        return True
    descriptor = font.get("/FontDescriptor")
    flags = int(descriptor.get("/Flags", 0)) if isinstance(descriptor, Dictionary) else 0
    return not flags & _SYMBOLIC


def _name(font: Object) -> str:
    return _SUBSET.sub("", str(font.get("/BaseFont", font.get("/Name", "/without name"))).removeprefix("/"))
