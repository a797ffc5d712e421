"""The font files on this machine: where a family lies, and which characters a file can draw."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from pathlib import Path

# Fontconfig's own numbers: FcResultMatch; regular weight, roman slant, normal width.
_FOUND = 0
_PLAIN = ":weight=80:slant=0:width=100"
# A collection's index lies in the lower half of fontconfig's number, a variable face's instance in the upper.
_INDEX = 0xFFFF


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


@lru_cache
def drawable_characters(path: Path, index: int = 0) -> frozenset[int]:
    """List the code points for which a font file has outlines.

    A face made of bitmaps or of coloured layers alone has none that could be set at any size in one colour.

    Args:
        path: the font file.
        index: the face's index in a collection.
    """
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            outlined = any(table in font for table in ("glyf", "CFF ", "CFF2"))
            layered = "COLR" in font and font["COLR"].version > 0
            return frozenset(font.getBestCmap() or ()) if outlined and not layered else frozenset()
    except (OSError, TTLibError):
        return frozenset()


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
    library.FcPatternDestroy.argtypes = library.FcConfigDestroy.argtypes = [pointer]
