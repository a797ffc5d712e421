"""The font files on this machine: where a family lies, and which of them draws which part of a text."""

from __future__ import annotations

import ctypes
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from anthology.fonts import SERIF, theme_faces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PIL import ImageFont

# Fontconfig's own numbers: FcResultMatch; regular weight, roman slant, normal width.
_FOUND = 0
_PLAIN = ":weight=80:slant=0:width=100"
# A collection's index lies in the lower half of fontconfig's number, a variable face's instance in the upper.
_INDEX = 0xFFFF


class Cut(NamedTuple):
    """A face as a file, the face's number in it (0 but in collections), and the code points it can draw."""

    path: Path
    number: int
    characters: frozenset[int]

    def draws(self, character: str) -> bool:
        """Tell whether the face has this character."""
        return ord(character) in self.characters

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """Open the face in a size in pixels."""
        return _opened(self.path, self.number, size)


def cuts_in_order(
    family: str, weight: int, style: Literal["normal", "italic"], fallback: Iterable[str]
) -> tuple[Cut, ...]:
    """List faces in order of preference: the theme's wished one, its upright serif, the fallback families'."""
    files = {(face.family, face.weight, face.style): face.path for face in theme_faces()}
    places = [(files[family, weight, style], 0), (files[SERIF, 400, "normal"], 0)]
    places.extend(place for place in map(find_face, fallback) if place)
    return tuple(Cut(path, index, drawable_characters(path, index)) for path, index in dict.fromkeys(places))


def parts_by_cut(text: str, cuts: Sequence[Cut]) -> list[tuple[str, Cut]]:
    """Part text by the face that draws it: letters choose, spaces and signs go with the letters beside them."""
    chosen: list[Cut | None] = [
        _first_with(character, cuts) if unicodedata.category(character)[0] in "LM" else None
        for character in text
    ]
    parts: list[tuple[str, Cut]] = []
    for place, character in enumerate(text):
        cut = chosen[place]
        if cut is None:
            before = parts[-1][1] if parts else None
            after = next((cut for cut in chosen[place:] if cut), None)
            opening = unicodedata.category(character) in {"Ps", "Pi"}
            near = (after, before) if opening else (before, after)
            fit = (cut for cut in near if cut and cut.draws(character))
            cut = next(fit, None) or _first_with(character, cuts)
        if parts and parts[-1][1] == cut:
            parts[-1] = (parts[-1][0] + character, cut)
        else:
            parts.append((character, cut))
    return parts


def _first_with(character: str, cuts: Sequence[Cut]) -> Cut:
    return next((cut for cut in cuts if cut.draws(character)), cuts[0])


def can_shape() -> bool:
    """Tell whether Pillow can join Arabic letters and place marks: its libraqm needs the system's FriBiDi."""
    from PIL import features

    return bool(features.check("raqm"))


@lru_cache(maxsize=64)
def _opened(path: Path, index: int, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    engine = ImageFont.Layout.RAQM if can_shape() else ImageFont.Layout.BASIC
    return ImageFont.truetype(path, size, index=index, layout_engine=engine)


@lru_cache
def find_face(family: str) -> tuple[Path, int] | None:
    """Find the upright regular face of a family on this system.

    Args:
        family: the family's name as fontconfig knows it, in any case.

    Returns:
        The file, and the face's index in it (0 but in collections); None where the family, or fontconfig
        itself, is not installed.
    """
    from anthology.environment import FONTCONFIG, load

    library = load(FONTCONFIG)
    if library is None:
        return None
    _declare(library)
    # A configuration of our own: the process's may be the typesetter's, which hides most families.
    configuration = library.FcInitLoadConfigAndFonts()
    wanted = library.FcNameParse(f"{_escaped(family)}{_PLAIN}".encode())
    if not configuration or not wanted:
        return None
    library.FcDefaultSubstitute(wanted)
    result = ctypes.c_int()
    found = library.FcFontMatch(configuration, wanted, ctypes.byref(result))
    try:
        # Fontconfig always answers with some face; ours is the one that bears the name.
        if not found or family.casefold() not in {name.casefold() for name in _families(library, found)}:
            return None
        index = ctypes.c_int()
        library.FcPatternGetInteger(found, b"index", 0, ctypes.byref(index))
        files = _texts(library, found, b"file")
        return (Path(files[0]), index.value & _INDEX) if files else None
    finally:
        if found:
            library.FcPatternDestroy(found)
        library.FcPatternDestroy(wanted)
        library.FcConfigDestroy(configuration)


def files_of(families: Iterable[str]) -> tuple[str, ...]:
    """Name the files in which families lie on this system, with their sizes in bytes: other files set other pages."""
    from anthology.environment import FONTCONFIG, load

    library = load(FONTCONFIG)
    if library is None:
        return ()
    _declare(library)
    properties = library.FcObjectSetCreate()
    library.FcObjectSetAdd(properties, b"file")
    found: set[str] = set()
    for family in families:
        wanted = library.FcNameParse(_escaped(family).encode())
        fonts = library.FcFontList(None, wanted, properties)
        for index in range(fonts.contents.count if fonts else 0):
            for name in _texts(library, fonts.contents.patterns[index], b"file"):
                path = Path(name)
                found.add(f"{path.name} {path.stat().st_size if path.exists() else 0}")
        if fonts:
            library.FcFontSetDestroy(fonts)
        library.FcPatternDestroy(wanted)
    library.FcObjectSetDestroy(properties)
    return tuple(sorted(found))


class _FontSet(ctypes.Structure):
    """Fontconfig's FcFontSet."""

    _fields_ = (
        ("count", ctypes.c_int),
        ("room", ctypes.c_int),
        ("patterns", ctypes.POINTER(ctypes.c_void_p)),
    )


@lru_cache
def drawable_characters(path: Path, index: int = 0) -> frozenset[int]:
    """List the code points for which a font file has outlines.

    A face made of bitmaps or of coloured layers alone has none that could be set at any size in one colour.

    Args:
        path: the font file.
        index: the face's index in a collection.
    """
    import uharfbuzz  # type: ignore[import-untyped]  # it ships no types

    try:
        face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path), index)
    except uharfbuzz.HarfBuzzError:
        return frozenset()
    tables = set(face.table_tags)
    # The version stands first; from 1 on, colours are not mere layers of outlines.
    layered = "COLR" in tables and face.reference_table("COLR").data[:2] != bytes(2)
    outlined = not tables.isdisjoint({"glyf", "CFF ", "CFF2"})
    return frozenset(face.unicodes) if outlined and not layered else frozenset()


def _escaped(family: str) -> str:
    # In a fontconfig name these part families, sizes and properties.
    return "".join(f"\\{character}" if character in "\\-:,=" else character for character in family)


def _families(library: ctypes.CDLL, pattern: int) -> list[str]:
    return _texts(library, pattern, b"family")


def _texts(library: ctypes.CDLL, pattern: int, key: bytes) -> list[str]:
    texts: list[str] = []
    value = ctypes.c_char_p()
    while library.FcPatternGetString(pattern, key, len(texts), ctypes.byref(value)) == _FOUND:
        texts.append((value.value or b"").decode("utf-8", "surrogateescape"))
    return texts


def _declare(library: ctypes.CDLL) -> None:
    # Without these, ctypes cuts pointers down to 32 bits.
    pointer, number, text = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
    library.FcInitLoadConfigAndFonts.restype = pointer
    library.FcNameParse.restype = library.FcFontMatch.restype = pointer
    library.FcNameParse.argtypes = [text]
    library.FcDefaultSubstitute.argtypes = [pointer]
    library.FcFontMatch.argtypes = [pointer, pointer, pointer]
    library.FcPatternGetString.argtypes = [pointer, text, number, pointer]
    library.FcPatternGetInteger.argtypes = [pointer, text, number, pointer]
    library.FcObjectSetCreate.restype = pointer
    library.FcObjectSetAdd.argtypes = [pointer, text]
    library.FcFontList.restype = ctypes.POINTER(_FontSet)
    library.FcFontList.argtypes = [pointer, pointer, pointer]
    library.FcFontSetDestroy.argtypes = [ctypes.POINTER(_FontSet)]
    library.FcObjectSetDestroy.argtypes = [pointer]
    library.FcPatternDestroy.argtypes = library.FcConfigDestroy.argtypes = [pointer]
